// What every page needs: menus, dialog, drafts, keyboard, tables; charts and pickers are fetched when a page has one.
import "./requests.js";
import "./menus.js";
import "./dialog.js";
import "./drafts.js";
import "./keyboard.js";
import "./tables.js";
import { ready } from "./ready.js";

const address = (name) => document.querySelector(`meta[name="${name}"]`).content;

ready("[data-chart]", async (charts) => (await import(address("charts"))).draw(charts));
ready("[data-pick]", async (selects) => (await import(address("pick"))).enhance(selects));
// On a narrow screen tabs and chips run beyond the edge: where one is stays in sight.
ready(".tabs [aria-current], .chips [aria-current]", (found) => {
  for (const one of found) {
    const [at, row] = [one.getBoundingClientRect(), one.parentElement];
    if (row.scrollWidth > row.clientWidth) row.scrollLeft += at.left + at.width / 2 - row.getBoundingClientRect().left - row.clientWidth / 2;
  }
});
ready("[data-focus]", ([first]) => first.focus());
