// htmx and the server: the CSRF token, where a refusal is shown, what is said when no answer comes.
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers } = event.detail;
  if (verb !== "get") headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
});

// Every answer is a page or a part of one. What comes back with a form belongs where the form stood; a refusal alone never
// replaces the row or form that it refuses: it goes to the nearest slot for it, and what was typed stays. A whole page
// where a part was expected (the session has ended, an operation led elsewhere) becomes the page.
const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const slotFor = (element) => document.querySelector("dialog[open] [data-refusals]") ?? document.getElementById("refusal") ?? element;
const samePage = (xhr, { path }) => new URL(xhr.responseURL).pathname === new URL(path, location.href).pathname;

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  const { xhr, target } = detail;
  const page = parse(xhr.responseText);
  const whole = /^\s*<!doctype/i.test(xhr.responseText);
  const form = page.querySelector(whole ? "main form.form" : "form.form");
  const refusal = xhr.status >= 400 && page.querySelector("[data-refusal]");
  if (target.id === "dialog-body" && form && samePage(xhr, detail.requestConfig)) {
    show(detail, whole ? dialogPart(page, form, detail.requestConfig.path) : xhr.responseText);
  } else if (refusal) {
    detail.target = slotFor(target);
    detail.swapOverride = "innerHTML";
    show(detail, refusal.outerHTML);
    requestAnimationFrame(() => detail.target.scrollIntoView({ block: "nearest" }));
  } else if (whole && target !== document.body) {
    detail.shouldSwap = false;
    if (xhr.status < 400) location.assign(xhr.responseURL);
  }
});

function show(detail, html) {
  detail.serverResponse = html;
  detail.shouldSwap = true;
  detail.isError = false;
}

// The form of a whole page, as the dialog shows it: heading, refusals, then the form, which sends itself back into the dialog.
function dialogPart(page, form, path) {
  form.setAttribute("hx-post", form.getAttribute("action") || path);
  form.setAttribute("hx-target", "#dialog-body");
  form.setAttribute("hx-swap", "innerHTML");
  if (form.enctype === "multipart/form-data") form.setAttribute("hx-encoding", form.enctype);
  const title = Object.assign(page.createElement("h2"), { id: "dialog-title", className: "dialog-title", textContent: page.querySelector("h1")?.textContent.trim() ?? "" });
  const slot = page.createElement("div");
  slot.dataset.refusals = "";
  slot.append(...page.querySelectorAll("main [data-refusal]"));
  return [title, slot, form].map((part) => part.outerHTML).join("");
}

function tell(kind) {
  const text = document.querySelector(`template[data-tell="${kind}"]`);
  const slot = slotFor(null);
  if (text && slot) slot.replaceChildren(text.content.cloneNode(true));
}

document.addEventListener("htmx:sendError", () => tell("offline"));
document.addEventListener("htmx:timeout", () => tell("offline"));
document.addEventListener("htmx:responseError", () => tell("failed"));

// Every answer since the person's last act clears what was refused before it.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb === "get") return;
  for (const slot of document.querySelectorAll("[data-refusals]")) slot.replaceChildren();
});

// One click, one request: a button stays pressed until the page changes.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const { submitter, target } = event;
  if (target.dataset.sent) return event.preventDefault();
  if (target.method === "post") {
    target.dataset.sent = "1";
    submitter?.classList.add("btn-loading");
  }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll(".btn-loading")) button.classList.remove("btn-loading");
});
