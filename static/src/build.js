// Builds static/build: two scripts that every page loads, three that pages load when they need them, one style sheet, one small icon font.
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";
import subsetFont from "subset-font";

const SOURCE = new URL("./", import.meta.url);
const HOME = new URL("../build/", import.meta.url);
// Built beside and moved file by file: a server that runs meanwhile never misses one.
const TARGET = pathToFileURL(`${await mkdtemp(fileURLToPath(new URL("../build.", import.meta.url)))}/`);
const require = createRequire(import.meta.url);

// The whole icon font weighs 507 KB, more than a first page may; only the icons named in icons.txt are kept.
async function icons() {
  const names = (await readFile(new URL("icons.txt", SOURCE), "utf8")).split(/\s+/).filter(Boolean);
  const sheet = await readFile(require.resolve("@tabler/icons-webfont/dist/tabler-icons.css"), "utf8");
  const codes = new Map([...sheet.matchAll(/\.ti-([\w-]+):before\s*{\s*content:\s*"\\([0-9a-f]+)"/g)].map((m) => [m[1], m[2]]));
  const unknown = names.filter((name) => !codes.has(name));
  if (unknown.length) throw new Error(`icons.txt names icons that the font does not have: ${unknown.join(", ")}`);
  const text = String.fromCodePoint(...names.map((name) => parseInt(codes.get(name), 16)));
  const font = await readFile(require.resolve("@tabler/icons-webfont/dist/fonts/tabler-icons.woff2"));
  await writeFile(new URL("icons.woff2", TARGET), await subsetFont(font, text, { targetFormat: "woff2" }));
  return names.map((name) => `.ti-${name}:before{content:"\\${codes.get(name)}"}`).join("\n");
}

// Families of the design that no page uses (most of them need scripts that we do not ship): a third of the sheet.
const UNUSED = new RegExp(`\\.(?:${[
  "accordion", "apexcharts", "avatar-upload", "bg-gradient", "bs-popover", "bs-tooltip", "btn-(?:ghost|outline)", "btn-animate", "btn-floating", "card-stamp", "carousel", "chat", "divide", "dropdown", "dropzone", "float-", "focus-ring", "form-(?:colorinput|floating|imagecheck|range|selectgroup|switch)",
  "grid-", "hr-text", "img-responsive", "legend", "link-underline", "list-group-item-", "litepicker", "loader", "markdown", "modal", "nav-segmented", "navbar", "noUi",
  "offcanvas", "offset-x", "pagination", "page-(?:cover|item|link|wrapper)", "payment", "placeholder", "popover", "ribbon", "spinner-grow", "step", "switch-icon", "table-(?:mobile|sort)",
  "text-bg", "timeline", "toast", "tooltip", "tracking", "ts-", "wrapper-(?:full|layout)",
].join("|")})`);

function pruned(css) {
  let kept = "";
  for (let at = 0, start = 0, depth = 0; at < css.length; at += 1) {
    if (css[at] === "{") depth += 1;
    if (css[at] !== "}" || (depth -= 1) > 0) continue;
    kept += rule(css.slice(start, at + 1));
    start = at + 1;
  }
  return kept;
}

function rule(text) {
  const open = text.indexOf("{");
  const head = text.slice(0, open).trim();
  if (/^@(media|supports)/.test(head)) {
    const inner = pruned(text.slice(open + 1, -1));
    return inner && `${head}{${inner}}`;
  }
  if (head.startsWith("@")) return text;
  const selectors = head.split(/,(?![^(]*\))/).filter((selector) => !UNUSED.test(selector.replace(/:not\([^)]*\)/g, "")));
  return selectors.length ? `${selectors.join(",")}${text.slice(open)}` : "";
}

// Served as they are by whitenoise to a browser that accepts them; the server compresses nothing while it works.
async function compress(name) {
  const source = await readFile(new URL(name, TARGET));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };
  await writeFile(new URL(`${name}.gz`, TARGET), await promisify(gzip)(source, { level: 9 }));
  await writeFile(new URL(`${name}.br`, TARGET), await promisify(brotliCompress)(source, quality));
}

const rules = await icons();
await build({
  entryPoints: ["app.js", "theme.js", "charts.js", "pick.js", "workbench.js", "app.css"].map((name) => new URL(name, SOURCE).pathname),
  outdir: TARGET.pathname,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox113", "safari16.4"],
  legalComments: "external",
  logLevel: "warning",
  external: ["./icons.woff2"],
  plugins: [{
    name: "icon-rules",
    setup(bundler) {
      bundler.onResolve({ filter: /^icon-rules$/ }, () => ({ path: "icon-rules", namespace: "icons" }));
      bundler.onLoad({ filter: /.*/, namespace: "icons" }, () => ({ contents: rules, loader: "css" }));
      bundler.onLoad({ filter: /tabler\.css$/ }, async ({ path }) => {
        const css = await readFile(path, "utf8");
        const notice = css.match(/\/\*![^]*?\*\//)?.[0] ?? "";
        return { contents: notice + pruned(css.replace(/\/\*[^]*?\*\//g, "").replace(/^@charset[^;]*;/, "")), loader: "css" };
      });
    },
  }],
});
await copyFile(new URL("favicon.svg", SOURCE), new URL("favicon.svg", TARGET));
for (const name of await readdir(TARGET)) if (/\.(css|js|svg)$/.test(name)) await compress(name);

const fresh = await readdir(TARGET);
await mkdir(HOME, { recursive: true });
for (const name of fresh) await rename(new URL(name, TARGET), new URL(name, HOME));
for (const name of await readdir(HOME)) if (!fresh.includes(name)) await rm(new URL(name, HOME), { recursive: true });
await rm(TARGET, { recursive: true });
