// 任务分解台: cards and text hold on to each other, every deed by a key, and only what a deed touched is replaced.
const $ = (selector, root = document) => root.querySelector(selector);
const cards = () => [...document.querySelectorAll("#cards .group:not([hidden]) [data-card]")];
const now = () => $("#cards [data-card][data-on]");
const groupOf = (card) => card?.closest(".group");
const typing = (element) => element.closest?.("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable]");
const wide = matchMedia("(min-width: 1100px)");
let going = 0;
let place = 0;

// Scrolls only the pane that holds it, never the page around two columns.
function bring(element) {
  const pane = element.closest(".bench-pane");
  if (!pane || getComputedStyle(pane).overflowY === "visible") return element.scrollIntoView({ block: "nearest" });
  const [at, frame] = [element.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (at.top < frame.top + 8 || at.bottom > frame.bottom - 8) pane.scrollTop += at.top - frame.top - Math.min(frame.height / 4, 160);
}

function choose(card, { focus = true, from = "" } = {}) {
  for (const on of document.querySelectorAll("[data-bench] [data-on]")) on.removeAttribute("data-on");
  if (!card) return;
  card.dataset.on = "";
  place = cards().indexOf(card);
  const clause = document.getElementById(groupOf(card).dataset.clause);
  if (clause) clause.dataset.on = "";
  if (clause && from !== "text") bring(clause);
  if (from !== "card") bring(card);
  if (focus) card.focus({ preventScroll: true });
  const address = new URL(location.href);
  if (/^d\d+$/.test(card.id)) address.searchParams.set("draft", card.id.slice(1));
  else address.searchParams.delete("draft");
  address.hash = "";
  history.replaceState(history.state, "", address);
}

function step(by) {
  const all = cards();
  const at = all.indexOf(now());
  choose(all[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by, 0), all.length - 1)]);
}

function nextOpen() {
  const all = cards();
  const waits = (card) => ["open", "proposed"].includes(groupOf(card).dataset.coverage);
  choose(all.slice(all.indexOf(now()) + 1).find(waits) ?? all.find(waits));
}

// What stands on the card, else on its clause.
const press = (verb) => (now() && (now().querySelector(`[data-do="${verb}"]`) ?? groupOf(now()).querySelector(`[data-do="${verb}"]`)))?.click();

const acts = {
  j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
  a: () => press("accept"), e: () => press("edit"), m: () => press("merge"), s: () => press("split"), d: () => press("drop"),
  p: () => press("dispose"), n: () => press("add"), o: nextOpen,
  u: () => $('#bench-bar [data-do="undo"]')?.click(),
  x: () => now()?.querySelector("input[name=others]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || $("dialog[open]")) return;
  if (event.key === "g") going = Date.now();
  else if (Date.now() - going < 1200) going = 0;
  else if (Object.hasOwn(acts, event.key)) {
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  }
}, true);

document.addEventListener("click", (event) => {
  const next = event.target.closest?.('a[data-do="next"]');
  const latest = event.target.closest?.("[data-refusal] a[href]");
  const link = event.target.closest?.('[data-bench] a[href^="#"]');
  if (next && cards().length && !$('#bench-bar .chip[aria-current]')) {
    event.preventDefault();
    nextOpen();
  } else if (latest && latest.pathname === location.pathname) {
    event.preventDefault();
    location.assign(latest.href);
    location.reload();
  } else if (link) {
    const to = document.getElementById(link.hash.slice(1));
    if (!to) return;
    event.preventDefault();
    const details = to.closest("details");
    if (details) details.open = true;
    if (to.matches(".cl")) choose($(`#g${to.id.slice(1)} [data-card]`), { from: "card" });
    else choose(to.matches("[data-card]") ? to : $("[data-card]", to), { from: "text" });
  } else {
    const clause = event.target.closest?.(".cl");
    const card = event.target.closest?.("#cards [data-card]");
    if (clause) choose($(`#g${clause.id.slice(1)}:not([hidden]) [data-card]`), { from: "text" });
    else if (card && card !== now()) choose(card, { focus: !event.target.closest("a,button,input,summary"), from: "card" });
  }
});

// A deed by one click goes without leaving the page; merging opens its form with what is marked.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.id === "marks") {
    event.preventDefault();
    const address = new URL(submitter.formAction);
    const own = submitter.closest("[data-card]");
    let others = [...document.querySelectorAll("#cards input[name=others]:checked")].map((box) => box.value);
    if (!others.length) others = cards().slice(cards().indexOf(own) + 1).map((card) => card.querySelector("input[name=others]")?.value).filter(Boolean).slice(0, 1);
    for (const key of others) if (`d${key}` !== own.id) address.searchParams.append("others", key);
    const link = Object.assign(document.createElement("a"), { href: address.href });
    link.dataset.dialog = "";
    own.append(link);
    link.click();
    link.remove();
  } else if ((form.id === "deed" || form.matches("[data-deed]")) && window.htmx) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (submitter?.classList.contains("btn-loading")) return;
    submitter?.classList.add("btn-loading");
    const values = Object.fromEntries(new FormData(form, submitter));
    htmx.ajax("POST", submitter?.hasAttribute("formaction") ? submitter.formAction : form.action, { source: document.body, target: "#refusal", swap: "none", values })
      .finally(() => submitter?.classList.remove("btn-loading"));
  }
}, true);

// After a deed the same card is chosen, or what stands in its place.
document.addEventListener("bench-changed", (event) => {
  const wanted = document.getElementById(event.detail.focus);
  const card = wanted?.matches("[data-card]") ? wanted : cards()[Math.min(Math.max(place, 0), cards().length - 1)];
  requestAnimationFrame(() => choose(card));
});

const asked = location.hash.match(/^#([cgd])(\d+)$/);
const first = asked && document.getElementById(asked[0].slice(1));
const own = now() && (!first || !first.matches(".cl") || groupOf(now()).dataset.clause === first.id) && now();
const start = own || (first?.matches(".cl") ? $(`#g${asked[2]} [data-card]`) : first?.matches("[data-card]") ? first : first && $("[data-card]", first));
if (start) choose(start, { focus: wide.matches });
else if (first?.matches(".cl")) {
  first.dataset.on = "";
  bring(first);
}
