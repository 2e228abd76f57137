// @ts-check
/** A button that prints the page; hidden until this file has found that it works. The browser's own menu does it, too. */

for (const button of document.querySelectorAll("[data-print]")) {
  if (!(button instanceof HTMLElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
