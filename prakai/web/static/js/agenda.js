/**
 * Dragging blocks of an agenda to another place; the buttons "up" and "down" do the same without a mouse.
 * A dropped block is sent like a form, and the board comes back anew with its times.
 */

// The policy of our pages allows no styles or code in the page itself, which htmx would put there.
if (window.htmx) Object.assign(window.htmx.config, { includeIndicatorStyles: false, allowEval: false, scrollBehavior: "instant" });

/** @type {HTMLElement | null} */
let dragged = null;

/** Lets every block of the board be picked up. */
function prepare() {
  for (const block of document.querySelectorAll("#board [data-block]")) {
    block.setAttribute("draggable", "true");
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null} the list of a day under the pointer
 */
function dayUnder(target) {
  return target instanceof Element ? target.closest("[data-day]") : null;
}

/**
 * @param {HTMLElement} day
 * @param {number} y where the pointer is
 * @returns {number} before which block of the day it would fall
 */
function placeIn(day, y) {
  const others = [...day.querySelectorAll("[data-block]")].filter((block) => block !== dragged);
  const place = others.findIndex((block) => {
    const box = block.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return place < 0 ? others.length : place;
}

document.addEventListener("dragstart", (event) => {
  if (!(event.target instanceof HTMLElement) || !event.target.matches("[data-block]")) return;
  dragged = event.target;
  event.dataTransfer?.setData("text/plain", dragged.dataset.block ?? "");
});

document.addEventListener("dragend", () => {
  dragged = null;
});

document.addEventListener("dragover", (event) => {
  if (dragged && dayUnder(event.target)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const day = dayUnder(event.target);
  const form = dragged?.querySelector("form[action$='/move']");
  if (!dragged || !day || !(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  const values = { day: day.dataset.day, to: String(placeIn(day, event.clientY)) };
  const token = form.querySelector("[name='csrfmiddlewaretoken']");
  if (token instanceof HTMLInputElement) values.csrfmiddlewaretoken = token.value;
  window.htmx?.ajax("POST", form.action, { target: "#board", swap: "outerHTML show:none", values });
});

/** The button that was pressed; a button that is over (up, at the head) hands its focus to its neighbour. */
let pressed = "";
document.addEventListener("htmx:beforeRequest", () => {
  pressed = document.activeElement?.id ?? "";
});

document.addEventListener("htmx:afterSettle", () => {
  prepare();
  if (document.activeElement && document.activeElement !== document.body) return; // she has gone on meanwhile
  const button = pressed ? document.getElementById(pressed) : null;
  if (!(button instanceof HTMLButtonElement)) return;
  const next = button.disabled ? button.form?.querySelector("button:enabled") : button;
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
});
prepare();
