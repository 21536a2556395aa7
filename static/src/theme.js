// Runs before the page is drawn: light or dark, normal or large text. Only these two words are ever kept in localStorage.
const root = document.documentElement;
const night = matchMedia("(prefers-color-scheme: dark)");

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that forbids storage still shows the page.
  }
}

function recall(key, fallback) {
  try {
    return localStorage.getItem(key) || fallback;
  } catch {
    return fallback;
  }
}

function apply() {
  const theme = recall("theme", "light");
  const size = recall("size", "normal");
  root.dataset.bsTheme = theme === "auto" ? (night.matches ? "dark" : "light") : theme;
  root.dataset.size = size;
  for (const button of document.querySelectorAll("[data-theme-set]")) button.setAttribute("aria-pressed", String(button.dataset.themeSet === theme));
  for (const button of document.querySelectorAll("[data-size-set]")) button.setAttribute("aria-pressed", String(button.dataset.sizeSet === size));
  document.dispatchEvent(new CustomEvent("theme"));
}

root.classList.add("js");
apply();
night.addEventListener("change", apply);
document.addEventListener("DOMContentLoaded", apply);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-theme-set],[data-size-set]");
  if (!button) return;
  if (button.dataset.themeSet) remember("theme", button.dataset.themeSet);
  else remember("size", button.dataset.sizeSet);
  apply();
});
// Paper is white.
addEventListener("beforeprint", () => { root.dataset.bsTheme = "light"; document.dispatchEvent(new CustomEvent("theme")); });
addEventListener("afterprint", apply);
