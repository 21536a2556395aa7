// <details data-menu>: one open at a time; Escape and a click elsewhere close it; focus returns to its summary.
const open = () => document.querySelector("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = open();
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (location.hash === "#side") {
    location.hash = "main";
  }
});

// "返回上一页": the page before still holds what was typed; a page opened by itself follows the address instead.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-back]") || history.length < 2) return;
  event.preventDefault();
  history.back();
});
