/**
 * The teller's clock of a circle, the same on all of its phones: counts down what the page says in words anyway, and asks
 * every few seconds whether another turn has begun (an answer of no bytes while nothing has). Colours change gently,
 * nothing blinks, nothing sounds. The phone's own clock may be wrong, so only the time since the page came is taken from it.
 *
 * <div data-circle-line="address"> around <div id="clock" data-mark="…"> with <section data-clock>, when somebody tells.
 */

const SOON = 60;
const LOOK_EVERY = 5000;

const line = document.querySelector("[data-circle-line]");
const said = document.querySelector("[data-turn-said]");
let came = Date.now();

/**
 * @param {number} seconds
 * @returns {string} minutes and seconds, such as 4:05
 */
function written(seconds) {
  const whole = Math.abs(Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Keep the screen on while somebody tells, where the browser can; where it cannot, the words still say when to end. */
async function stayAwake() {
  if (document.visibilityState !== "visible" || !("wakeLock" in navigator) || !document.querySelector("[data-clock]")) return;
  try {
    await navigator.wakeLock.request("screen");
  } catch (trouble) {
    if (!(trouble instanceof DOMException)) throw trouble; // a low battery refuses
  }
}

/** @param {string | null | undefined} words what is said once to who hears the page */
function say(words) {
  if (said && words) said.textContent = words;
}

function tick() {
  const box = document.querySelector("[data-clock]");
  const left = box?.querySelector("[data-left]");
  const phase = box?.querySelector("[data-phase]");
  if (!(box instanceof HTMLElement) || !(left instanceof HTMLElement) || !(phase instanceof HTMLElement)) return;
  const { began = "0", now = "0", telling = "300", asking = "180" } = box.dataset;
  const passed = Number(now) - Number(began) + (Date.now() - came) / 1000;
  const tells = Number(telling) - passed;
  const asks = tells + Number(asking);
  const state = tells > SOON ? "telling" : tells > 0 ? "soon" : asks > 0 ? "asking" : "over";
  left.textContent = state === "over" ? `+${written(asks)}` : written(tells > 0 ? tells : asks);
  left.hidden = false;
  if (box.dataset.state === state) return;
  const isFirst = !box.dataset.state;
  box.dataset.state = state;
  phase.textContent = phase.dataset[`${state}Words`] ?? "";
  if (!isFirst) say(phase.textContent);
}

/** @param {string} text the clock anew, as the server lays it out */
function take(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("clock");
  const old = document.getElementById("clock");
  if (!fresh || !old) return;
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(fresh);
  came = Date.now();
  for (const row of document.querySelectorAll("[data-member]")) {
    if (row instanceof HTMLElement && row.dataset.member === fresh.dataset.teller) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  tick();
  const heading = fresh.querySelector("h3");
  say(heading?.textContent);
  if (hadFocus && heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  void stayAwake();
}

/** @param {HTMLElement} place */
async function look(place) {
  if (document.hidden) return;
  const mark = document.getElementById("clock")?.dataset.mark ?? "";
  try {
    const answer = await fetch(place.dataset.circleLine ?? "", { headers: { "If-None-Match": `"${mark}"` }, cache: "no-store" });
    if (answer.status === 200 && !answer.redirected) take(await answer.text());
  } catch {
    // The network is gone for a while; the next look tells.
  }
}

if (line instanceof HTMLElement) {
  tick();
  setInterval(tick, 500);
  void stayAwake();
  setInterval(() => void look(line), LOOK_EVERY + Math.random() * 1000);
  document.addEventListener("visibilitychange", () => {
    void stayAwake();
    if (!document.hidden) void look(line);
  });
}
