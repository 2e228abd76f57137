/**
 * Says which files were chosen, where the browser's own field is covered by a button in the reader's language
 * (desk.css, .upload-field). What is sent at once (pictures.js) leaves the field empty, and nothing is said here.
 */

document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.type !== "file") return;
  const told = target.closest("[data-upload]")?.querySelector("[data-uploaded]");
  if (told) told.textContent = [...(target.files ?? [])].map((file) => file.name).join(", ");
});
