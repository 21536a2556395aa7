// A link with data-dialog opens its page inside the dialog of the page; without JavaScript it leads to the full page.
let opener = null;
const host = () => document.getElementById("dialog");
const body = () => document.getElementById("dialog-body");
const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

async function open(link) {
  opener = link;
  await htmx.ajax("GET", link.href, { source: link, target: "#dialog-body", swap: "innerHTML" });
  if (!body().childElementCount) return;
  if (!host().open) host().showModal();
  body().querySelector("input:not([type=hidden]),textarea,select")?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-dialog]");
  if (link && plain(event) && window.htmx) {
    event.preventDefault();
    open(link);
    return;
  }
  const shown = event.target.closest?.("[data-close]")?.closest("dialog[open]");
  if (shown) {
    event.preventDefault();
    shown.close();
  }
});

// "close" does not bubble: it is caught on its way down.
document.addEventListener("close", (event) => {
  if (event.target !== host()) return;
  body().replaceChildren();
  opener?.focus();
  opener = null;
}, true);
// The server ends a dialog by the header HX-Trigger: dialog-close.
document.addEventListener("dialog-close", () => host().close());
