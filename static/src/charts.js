// Draws <div data-chart="id of a JSON script">. Colours come from the style sheet, so that dark mode and large text follow.
import { BarChart, HeatmapChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapContinuousComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, HeatmapChart, LineChart, PieChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapContinuousComponent, SVGRenderer]);

const TONES = ["blue", "red", "green", "amber", "purple", "grey"];
const HEAT = ["heat-low", "heat-high"];
const drawn = new Map();

function look() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  const size = parseFloat(style.fontSize) * 0.75;
  return {
    tone: Object.fromEntries([...TONES, ...HEAT].map((tone) => [tone, read(`--chart-${tone}`)])),
    ink: read("--chart-ink"), line: read("--chart-line"), surface: read("--tblr-bg-surface"),
    size, font: read("--tblr-font-sans-serif"), still: matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
}

// "tone": "red" anywhere in the options becomes the colour of that tone.
function paint(value, tones) {
  if (Array.isArray(value)) return value.map((item) => paint(item, tones));
  if (value === null || typeof value !== "object") return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, paint(item, tones)]));
  if (copy.tone in tones) copy.itemStyle = { color: tones[copy.tone], ...copy.itemStyle };
  return copy;
}

function axis(own, { ink, line, size }) {
  return {
    ...own,
    axisLabel: { color: ink, fontSize: size, hideOverlap: true, ...own.axisLabel },
    axisLine: { lineStyle: { color: line }, ...own.axisLine },
    axisTick: { show: false, ...own.axisTick },
    splitLine: { lineStyle: { color: line }, show: own.type === "value", ...own.splitLine },
    nameTextStyle: { color: ink, fontSize: size, align: "left" },
  };
}

// A ring whose words do not fit beside it is drawn smaller.
function pieOf({ size, surface, narrow }) {
  const ring = { radius: narrow ? ["30%", "44%"] : ["46%", "68%"], center: ["50%", "45%"] };
  return { ...ring, itemStyle: { borderColor: surface, borderWidth: 2 }, labelLine: { length: size / 2, length2: size / 2 } };
}

function series(own, at) {
  const { ink, size } = at;
  const bar = own.type === "bar" ? { barMaxWidth: 22 } : {};
  const pie = own.type === "pie" ? pieOf(at) : {};
  return { ...bar, ...pie, cursor: "pointer", ...own, label: { color: ink, fontSize: size, textBorderWidth: 0, ...own.label } };
}

function options(given, width) {
  const at = look();
  at.narrow = width < at.size * 34;
  const own = paint(given, at.tone);
  const list = (item) => (item === undefined ? [] : Array.isArray(item) ? item : [item]);
  const text = { color: at.ink, fontSize: at.size, fontFamily: at.font };
  return {
    color: TONES.map((tone) => at.tone[tone]),
    animation: !at.still,
    animationDuration: 300,
    grid: { left: 8, right: 16, top: 16, bottom: 36, containLabel: true },
    ...own,
    textStyle: { fontFamily: at.font, ...own.textStyle },
    // Drawn as SVG text: the HTML tooltip of the library writes style attributes, which the content policy refuses.
    tooltip: { trigger: "item", renderMode: "richText", confine: true, backgroundColor: at.surface, borderColor: at.line, textStyle: text, ...own.tooltip },
    legend: own.legend === false ? undefined : { bottom: 0, icon: "roundRect", itemWidth: 14, itemHeight: 10, ...own.legend, textStyle: text },
    xAxis: own.xAxis && list(own.xAxis).map((item) => axis(item, at)),
    yAxis: own.yAxis && list(own.yAxis).map((item) => axis(item, at)),
    visualMap: own.visualMap && { textStyle: text, inRange: { color: HEAT.map((tone) => at.tone[tone]) }, ...own.visualMap },
    series: list(own.series).map((item) => series(item, at)),
  };
}

function drawOne(place) {
  const source = document.getElementById(place.dataset.chart);
  if (!source || !place.clientWidth) return;
  const given = JSON.parse(source.textContent);
  const chart = drawn.get(place) ?? init(place, null, { renderer: "svg" });
  if (!drawn.has(place)) {
    drawn.set(place, chart);
    // Each mark opens exactly the rows that it counts.
    chart.on("click", ({ data }) => data?.url && location.assign(data.url));
    widths.observe(place);
  }
  chart.setOption(options(given, place.clientWidth), { notMerge: true });
  place.dataset.drawn = "1";
}

const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    drawn.get(target)?.resize();
    drawOne(target);
  }
});

// A4 is narrower than most screens.
addEventListener("beforeprint", () => drawn.forEach((chart, place) => chart.resize({ width: Math.min(place.clientWidth, 640) })));
addEventListener("afterprint", () => drawn.forEach((chart) => chart.resize({ width: "auto" })));

export function draw(places) {
  places.forEach(drawOne);
}

document.addEventListener("theme", () => {
  for (const place of drawn.keys()) {
    if (place.isConnected) drawOne(place);
    else {
      drawn.get(place).dispose();
      drawn.delete(place);
    }
  }
});
