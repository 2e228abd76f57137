/**
 * Grouping by hand: drag a sentence to a core, or press 1 to 9 on a chosen one. Both fill the form beneath and send it;
 * without scripts the form is filled with boxes and a list.
 */

const form = document.querySelector("form#put");
const MARK = "core-over";

/** @param {string} core the number of a core, or "none" */
function putUnder(core) {
  const choice = form?.querySelector("select[name=core]");
  if (!(form instanceof HTMLFormElement) || !(choice instanceof HTMLSelectElement)) return;
  const title = form.elements.namedItem("title");
  if (title instanceof HTMLInputElement) title.value = "";
  choice.value = core;
  form.requestSubmit();
}

/**
 * @param {Element | null} card
 * @returns {HTMLInputElement | null}
 */
function boxOf(card) {
  return card?.querySelector("input[type=checkbox]") ?? null;
}

document.addEventListener("dragstart", (event) => {
  const card = event.target instanceof Element ? event.target.closest("[data-nugget]") : null;
  const box = boxOf(card);
  if (!card || !box || !event.dataTransfer) return;
  // Who chose several drags them all; who drags one that is not chosen means that one.
  if (!box.checked) for (const other of document.querySelectorAll("[data-nugget] input:checked")) if (other instanceof HTMLInputElement) other.checked = false;
  box.checked = true;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/x-nugget", card.getAttribute("data-nugget") ?? "");
});

document.addEventListener("dragover", (event) => {
  const core = event.target instanceof Element ? event.target.closest("[data-core]") : null;
  for (const other of document.querySelectorAll(`.${MARK}`)) if (other !== core) other.classList.remove(MARK);
  if (!core || !event.dataTransfer?.types.includes("text/x-nugget")) return;
  event.preventDefault();
  core.classList.add(MARK);
});

document.addEventListener("dragend", () => {
  for (const core of document.querySelectorAll(`.${MARK}`)) core.classList.remove(MARK);
});

document.addEventListener("drop", (event) => {
  const core = event.target instanceof Element ? event.target.closest("[data-core]") : null;
  if (!core || !event.dataTransfer?.types.includes("text/x-nugget")) return;
  event.preventDefault();
  putUnder(core.getAttribute("data-core") ?? "none");
});

document.addEventListener("keydown", (event) => {
  const card = event.target instanceof Element ? event.target.closest("[data-nugget]") : null;
  const box = boxOf(card);
  if (!box || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
  const core = document.querySelectorAll("[data-core]:not([data-core=none])")[Number(event.key) - 1];
  if (!core) return;
  event.preventDefault();
  box.checked = true;
  putUnder(core.getAttribute("data-core") ?? "");
});

if (form) {
  for (const card of document.querySelectorAll("[data-nugget]")) card.setAttribute("draggable", "true");
  const hint = document.querySelector("[data-core-hint]");
  if (hint instanceof HTMLElement) hint.hidden = false;
}
