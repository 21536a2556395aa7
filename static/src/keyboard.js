// "/" search · "g" then a letter: the pages of the side bar · j/k rows · Enter open · x select · "?" this list.
const typing = (element) => element.closest?.("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable]");
const rows = () => [...document.querySelectorAll("tr[data-row],li[data-row],article[data-row]")].filter((row) => row.offsetParent);
let going = 0;

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement.closest?.("[data-row]"));
  const next = all[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by, 0), all.length - 1)];
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function showKeys() {
  const dialog = document.getElementById("keys");
  const list = dialog.querySelector("[data-keys]");
  list.replaceChildren(...[...document.querySelectorAll("a[data-key]")].map((link) => {
    const line = document.createElement("div");
    const keys = document.createElement("dt");
    keys.append(...["g", link.dataset.key].flatMap((key) => [Object.assign(document.createElement("kbd"), { textContent: key }), " "]));
    line.append(keys, Object.assign(document.createElement("dd"), { textContent: link.textContent.trim() }));
    return line;
  }));
  // What a page adds of its own.
  const own = document.querySelector("template[data-page-keys]");
  if (own && !dialog.querySelector("[data-keys] ~ .keys")) dialog.append(own.content.cloneNode(true));
  dialog.showModal();
}

const acts = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": showKeys,
  j: () => step(1),
  k: () => step(-1),
  Enter: () => document.activeElement.matches("[data-row]") && document.activeElement.querySelector("a[href]")?.click(),
  x: () => document.activeElement.closest("[data-row]")?.querySelector("input[type=checkbox]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (Date.now() - going < 1200) {
    going = 0;
    const link = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
    return;
  }
  if (event.key === "g") going = Date.now();
  else if (Object.hasOwn(acts, event.key)) {
    if (event.key === "Enter" && !event.target.matches("[data-row]")) return;
    event.preventDefault();
    acts[event.key]();
  }
});
document.addEventListener("click", (event) => event.target.closest?.("[data-help]") && showKeys());
