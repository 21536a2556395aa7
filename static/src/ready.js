// Runs a function for the elements that match: once when the page stands, again for every fragment that htmx brings.
export function ready(selector, act) {
  const run = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    if (found.length) act(found);
  };
  run(document);
  document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && run(event.detail.elt));
}
