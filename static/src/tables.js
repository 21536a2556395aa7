// Rows that are chosen: one box for all, a bar that says how many. <form data-select> … input[name=…] … [data-select-all] … [data-select-bar]
const boxes = (form) => [...form.querySelectorAll("[data-row] input[type=checkbox]")];

function show(form) {
  const all = boxes(form);
  const chosen = all.filter((box) => box.checked).length;
  const master = form.querySelector("[data-select-all]");
  if (master) {
    master.checked = chosen > 0 && chosen === all.length;
    master.indeterminate = chosen > 0 && chosen < all.length;
  }
  for (const bar of form.querySelectorAll("[data-select-bar]")) bar.hidden = !chosen;
  for (const count of form.querySelectorAll("[data-select-count]")) count.textContent = chosen;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-select]");
  if (!form) return;
  if (event.target.matches("[data-select-all]")) for (const box of boxes(form)) box.checked = event.target.checked;
  show(form);
});
for (const form of document.querySelectorAll("[data-select]")) show(form);

// A filter form sends itself when one of its lists changes; its button is for those without JavaScript.
document.addEventListener("change", (event) => event.target.closest?.("form[data-autosubmit]")?.requestSubmit());
