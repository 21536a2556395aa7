// What is typed into <form data-draft="key"> is kept in this tab until it is accepted: an error, a timeout or a second
// page in between loses nothing. sessionStorage only, named by person, emptied on leaving: nothing stays in the browser.
import { ready } from "./ready.js";

const person = document.querySelector('meta[name="person"]')?.content ?? "";
const prefix = `draft:${person}:`;
const skipped = (field) => !field.name || ["hidden", "password", "file", "submit", "button"].includes(field.type);
const fields = (form) => [...form.elements].filter((field) => !skipped(field));

function keys(start) {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(start));
}

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  return field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value;
}

function put(field, value) {
  if (typeof value === "boolean") field.checked = value;
  else if (Array.isArray(value)) for (const option of field.options) option.selected = value.includes(option.value);
  else field.value = value;
}

const slot = (field) => (field.type === "checkbox" || field.type === "radio" ? `${field.name}=${field.value}` : field.name);
const note = (form, word) => {
  const place = form.querySelector("[data-draft-note]");
  if (place) place.textContent = word ? (document.querySelector(`template[data-tell="${word}"]`)?.content.textContent.trim() ?? "") : "";
};

function keep(form) {
  const typed = Object.fromEntries(fields(form).map((field) => [slot(field), valueOf(field)]));
  sessionStorage.setItem(prefix + form.dataset.draft, JSON.stringify({ typed, sent: false }));
  note(form, "kept");
}

function restore(form) {
  const stored = sessionStorage.getItem(prefix + form.dataset.draft);
  // A form that comes back with errors already holds what was typed.
  if (!stored || form.querySelector(".error-summary")) return;
  const { typed } = JSON.parse(stored);
  let changed = false;
  for (const field of fields(form)) {
    if (!(slot(field) in typed) || JSON.stringify(valueOf(field)) === JSON.stringify(typed[slot(field)])) continue;
    put(field, typed[slot(field)]);
    changed = true;
  }
  sessionStorage.setItem(prefix + form.dataset.draft, JSON.stringify({ typed, sent: false }));
  if (changed) note(form, "restored");
}

function sent(form) {
  const key = prefix + form.dataset.draft;
  const stored = sessionStorage.getItem(key);
  if (stored) sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(stored), sent: true }));
}

// What was sent has been accepted when the page says so, or no longer shows the form without being a refusal.
function settle() {
  if (document.querySelector("[data-refusal]")) return;
  const accepted = document.querySelector("#messages .alert-success");
  const shown = new Set([...document.querySelectorAll("form[data-draft]")].map((form) => prefix + form.dataset.draft));
  for (const key of keys(prefix)) {
    if (JSON.parse(sessionStorage.getItem(key)).sent && (accepted || !shown.has(key))) sessionStorage.removeItem(key);
  }
}

try {
  if (person) for (const key of keys("draft:")) if (!key.startsWith(prefix)) sessionStorage.removeItem(key);
  if (person) settle();
  ready("form[data-draft]", (forms) => forms.forEach(restore));
  let timer;
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(keep, 400, form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-logout]")) for (const key of keys("draft:")) sessionStorage.removeItem(key);
    if (!form.matches("[data-draft]")) return;
    clearTimeout(timer);
    keep(form);
    sent(form);
  }, true);
  if (person) document.addEventListener("htmx:afterSettle", settle);
} catch {
  // Without storage a form works as before, it only forgets.
}
