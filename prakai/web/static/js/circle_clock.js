/**
 * The teller's clock: counts down what the page says in words anyway. Colours change gently, nothing blinks, nothing sounds.
 * The phone's own clock may be wrong, so only the time since the page came is taken from it. The screen stays on while it runs.
 */

const box = document.querySelector("[data-clock]");
const left = box?.querySelector("[data-left]");
const phase = box?.querySelector("[data-phase]");
const SOON = 60;

/**
 * @param {number} seconds
 * @returns {string} minutes and seconds, such as 4:05
 */
function written(seconds) {
  const whole = Math.abs(Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Keep the screen on, where the browser can; where it cannot, the words of the page still say when to end. */
async function stayAwake() {
  if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
  try {
    await navigator.wakeLock.request("screen");
  } catch (trouble) {
    if (!(trouble instanceof DOMException)) throw trouble; // a low battery refuses
  }
}

if (box instanceof HTMLElement && left instanceof HTMLElement && phase instanceof HTMLElement) {
  const { began = "0", now = "0", telling = "300", asking = "180" } = box.dataset;
  const start = Date.now();
  const gone = Number(now) - Number(began);

  const tick = () => {
    const passed = gone + (Date.now() - start) / 1000;
    const tells = Number(telling) - passed;
    const asks = tells + Number(asking);
    const state = tells > SOON ? "telling" : tells > 0 ? "soon" : asks > 0 ? "asking" : "over";
    left.textContent = state === "over" ? `+${written(asks)}` : written(tells > 0 ? tells : asks);
    if (box.dataset.state !== state) {
      box.dataset.state = state;
      phase.textContent = phase.dataset[`${state}Words`] ?? "";
    }
  };

  left.hidden = false;
  tick();
  setInterval(tick, 500);
  void stayAwake();
  document.addEventListener("visibilitychange", () => void stayAwake());
}
