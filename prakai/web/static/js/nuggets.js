/**
 * Marking by selecting: words selected inside one part of a story can be marked with one press.
 * Without it the story's sentences are boxes to tick.
 */

const form = document.querySelector("form[data-selection-form]");

/** @returns {string} the selected place as the form sends it (part:start:end in letters), empty when there is none */
function selected() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return "";
  const range = selection.getRangeAt(0);
  const part = partOf(range.startContainer);
  if (!part || part !== partOf(range.endContainer)) return "";
  const before = document.createRange();
  before.selectNodeContents(part);
  before.setEnd(range.startContainer, range.startOffset);
  const start = letters(before.toString());
  return `${part.dataset.part}:${start}:${start + letters(range.toString())}`;
}

/**
 * @param {string} words
 * @returns {number} as many as the server counts: JavaScript counts rare letters twice
 */
function letters(words) {
  return [...words].length;
}

/**
 * @param {Node} node
 * @returns {HTMLElement | null}
 */
function partOf(node) {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest("[data-part]") ?? null;
}

if (form instanceof HTMLFormElement) {
  document.addEventListener("selectionchange", () => {
    const place = form.elements.namedItem("place");
    const found = selected();
    if (place instanceof HTMLInputElement && found) place.value = found;
    form.hidden = !found;
  });
  // A press on the button must not take the selection away before it is sent.
  form.addEventListener("pointerdown", (event) => event.preventDefault());
}
