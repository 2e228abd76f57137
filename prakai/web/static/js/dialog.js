/**
 * Opens a <dialog> from a link with data-dialog="id". Without this file the link leads to its own page.
 * The element that opened it gets the focus back: <dialog> does that by itself.
 */

/**
 * @param {string} id
 * @returns {boolean} whether there was such a dialog and it is open now
 */
function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || typeof dialog.showModal !== "function") return false;
  if (!dialog.open) dialog.showModal();
  return true;
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest("[data-dialog]");
  if (opener instanceof HTMLElement && openDialog(opener.dataset.dialog ?? "")) {
    event.preventDefault();
    return;
  }
  // A press on the veil, outside the window itself, closes it.
  if (event.target instanceof HTMLDialogElement && event.target.open) {
    const box = event.target.getBoundingClientRect();
    const inside =
      event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
});
