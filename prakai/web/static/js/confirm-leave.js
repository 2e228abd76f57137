/**
 * Asks before a page with unsaved words is left: <form data-guard>. Sending the form, or the event "prakai:saved" on it
 * (the autosave of the editor), makes it clean again.
 */

/** @type {Set<HTMLFormElement>} */
const unsaved = new Set();

for (const form of document.querySelectorAll("form[data-guard]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  form.addEventListener("input", () => unsaved.add(form));
  form.addEventListener("submit", () => unsaved.delete(form));
  form.addEventListener("prakai:saved", () => unsaved.delete(form));
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved.size > 0) event.preventDefault();
});
