/**
 * Passes a page on: the device's own way when it has one, else copying the address. LINE and mail are plain links.
 * The two buttons are hidden until this file has found that they work.
 */

for (const place of document.querySelectorAll("[data-share]")) {
  if (!(place instanceof HTMLElement)) continue;
  const title = place.dataset.shareTitle ?? document.title;
  const url = place.dataset.shareUrl ?? location.href;

  const device = place.querySelector("[data-share-device]");
  if (device instanceof HTMLElement && typeof navigator.share === "function") {
    device.hidden = false;
    // Closing the device's window without choosing is no error.
    device.addEventListener("click", () => void navigator.share({ title, url }).catch(() => undefined));
  }

  const copy = place.querySelector("[data-share-copy]");
  if (copy instanceof HTMLElement && navigator.clipboard) {
    const words = copy.querySelector("[role=status]");
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url);
      if (words) words.textContent = copy.dataset.copied ?? "";
    });
  }
}
