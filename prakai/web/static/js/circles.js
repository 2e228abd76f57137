/**
 * Dragging people between circles, where there is a mouse: dropping somebody ticks her (with all who are ticked), writes the
 * number of the circle and sends the form that is there anyway. Without this, ticks and the number do the same.
 */

const form = document.querySelector("form[data-circles]");

if (form instanceof HTMLFormElement && matchMedia("(pointer: fine)").matches) {
  form.dataset.drag = "";
  for (const row of form.querySelectorAll("[data-who]")) {
    if (row instanceof HTMLElement) row.draggable = true;
  }

  /** @param {EventTarget | null} target */
  const circleOf = (target) => {
    const box = target instanceof Element ? target.closest("[data-circle]") : null;
    return box instanceof HTMLElement ? box : null;
  };

  /** @param {HTMLElement | null} box the circle above which somebody is held */
  const mark = (box) => {
    for (const other of form.querySelectorAll("[data-over]")) if (other !== box) other.removeAttribute("data-over");
    if (box) box.dataset.over = "true";
  };

  /** @type {HTMLInputElement | null} */
  let held = null;

  form.addEventListener("dragstart", (event) => {
    const row = event.target instanceof Element ? event.target.closest("[data-who]") : null;
    held = row ? row.querySelector("input[name=who]") : null;
    if (held && event.dataTransfer) event.dataTransfer.setData("text/plain", held.value);
  });

  form.addEventListener("dragover", (event) => {
    const box = held ? circleOf(event.target) : null;
    mark(box);
    if (box) event.preventDefault();
  });

  form.addEventListener("dragend", () => {
    held = null;
    mark(null);
  });

  form.addEventListener("drop", (event) => {
    const box = circleOf(event.target);
    const to = form.elements.namedItem("to");
    if (!box || !held || !(to instanceof HTMLInputElement)) return;
    event.preventDefault();
    held.checked = true;
    to.value = box.dataset.circle ?? "";
    form.requestSubmit();
  });
}
