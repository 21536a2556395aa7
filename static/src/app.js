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
ready("[data-focus]", ([first]) => first.focus());
