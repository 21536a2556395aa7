// A long list (<select data-pick>) becomes one that can be searched by typing; without JavaScript it stays a list.
import TomSelect from "tom-select/dist/esm/tom-select.js";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";

TomSelect.define("remove_button", removeButton);

export function enhance(selects) {
  for (const select of selects) {
    if (select.tomselect) continue;
    // The label moves to the new input; the list behind it keeps a name for those who still reach it.
    select.setAttribute("aria-label", select.labels[0]?.textContent.trim() ?? select.name);
    new TomSelect(select, {
      plugins: select.multiple ? { remove_button: { title: select.dataset.remove ?? "×" } } : {},
      maxOptions: 500,
      // Enter right after the last letter must choose what was typed, not what stood there before.
      refreshThrottle: 0,
      hideSelected: select.multiple,
      render: { no_results: (_data, escape) => `<div class="no-results">${escape(select.dataset.none ?? "—")}</div>` },
    });
  }
}
