/**
 * Single keys for those who like them. They follow the place of the key (event.code), so that they work the same with the
 * Thai layout; they rest while somebody types or a window is open, and can be switched off: data-keys="off" on <html> (the reader's
 * settings) or the box in the help window (this device).
 */

const STORE = "prakai.keys";
const GO_WITHIN = 1200;

/** @type {Record<string, string>} where "g" and a second key lead */
const PLACES = { KeyH: "/", KeyN: "/#latest", KeyU: "/units", KeyM: "/desk" };

/** @type {Record<string, string>} keys that press what carries data-key, first inside the thing in focus */
const PRESSES = { KeyR: "reply", KeyL: "appreciate", KeyB: "build", KeyP: "pin", KeyF: "freeze", KeyH: "hide", KeyT: "together" };

let goUntil = 0;

/** @returns {boolean} */
function switchedOff() {
  if (document.documentElement.dataset.keys === "off") return true;
  try {
    return localStorage.getItem(STORE) === "off";
  } catch {
    return false;
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** @param {number} by one step forward (1) or back (-1) through the things of the page */
function step(by) {
  const things = [...document.querySelectorAll("[data-step]")].filter((thing) => thing instanceof HTMLElement);
  if (things.length === 0) return;
  const now = things.findIndex((thing) => thing.contains(document.activeElement));
  const next = now < 0 ? (by > 0 ? 0 : things.length - 1) : Math.min(Math.max(now + by, 0), things.length - 1);
  const thing = /** @type {HTMLElement} */ (things[next]);
  const link = thing.querySelector("a[href], button");
  thing.scrollIntoView({ block: "nearest" });
  if (link instanceof HTMLElement) link.focus({ preventScroll: true });
}

/** @param {string} name */
function press(name) {
  const around = document.activeElement?.closest("[data-step]");
  const found = around?.querySelector(`[data-key="${name}"]`) ?? document.querySelector(`[data-key="${name}"]`);
  if (!(found instanceof HTMLElement)) return false;
  found.focus();
  found.click();
  return true;
}

function search() {
  const field = document.querySelector("input[type=search]");
  if (field instanceof HTMLElement) field.focus();
  else location.assign("/search");
}

function help() {
  const window_ = document.getElementById("keyboard-help");
  if (window_ instanceof HTMLDialogElement && !window_.open) window_.showModal();
}

/**
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the key was one of ours
 */
function answer(event) {
  const { code, shiftKey } = event;
  if (shiftKey) return code === "Slash" ? (help(), true) : false;
  if (Date.now() < goUntil) {
    goUntil = 0;
    if (!(code in PLACES)) return false;
    location.assign(PLACES[code]);
    return true;
  }
  if (code === "KeyG") goUntil = Date.now() + GO_WITHIN;
  else if (code === "Slash") search();
  else if (code === "KeyN") location.assign("/write");
  else if (code === "KeyJ") step(1);
  else if (code === "KeyK") step(-1);
  else if (code in PRESSES) return press(PRESSES[code]);
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]") || switchedOff()) return;
  if (answer(event)) event.preventDefault();
});

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  if (!(box instanceof HTMLInputElement)) continue;
  box.checked = !switchedOff();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(STORE);
      else localStorage.setItem(STORE, "off");
    } catch {
      box.checked = true;
    }
  });
}
