/**
 * The review: a clock that counts down, a quiet line when the facilitator moves on, and words that survive a lost line.
 * Without this file the page says when the phase ends, and every form works.
 */

const LOOK_EVERY = 15000;

/** @param {Element} clock */
function tick(clock) {
  const left = clock.querySelector("[data-left]");
  if (!(clock instanceof HTMLElement) || !(left instanceof HTMLElement) || !clock.dataset.ends) return;
  const seconds = Math.floor((Date.parse(clock.dataset.ends) - Date.now()) / 1000);
  const over = seconds <= 0;
  clock.classList.toggle("review-clock-over", over);
  clock.classList.toggle("review-clock-soon", !over && seconds <= 120);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  left.textContent = over
    ? left.dataset.over || ""
    : (left.dataset.words || "").replace("{time}", `${Math.floor(seconds / 60)}:${two(seconds % 60)}`);
  left.hidden = false;
}

for (const clock of document.querySelectorAll(".review-clock[data-ends]")) {
  tick(clock);
  setInterval(() => tick(clock), 1000);
}

/** @param {HTMLElement} place */
async function look(place) {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.reviewState || "", { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const now = await answer.json();
    const known = place.dataset.revealed;
    place.dataset.revealed = String(now.revealed);
    const moved = String(now.phase) !== place.dataset.phase || (known !== undefined && known !== String(now.revealed));
    const news = place.querySelector("[data-review-news]");
    if (moved && news instanceof HTMLElement) news.hidden = false;
  } catch {
    // The line is gone for a while; the next look tells.
  }
}

for (const place of document.querySelectorAll("[data-review-state]")) {
  if (!(place instanceof HTMLElement)) continue;
  look(place);
  setInterval(() => look(place), LOOK_EVERY + Math.random() * 3000);
}

/**
 * Keeps what is typed in this phone until the server says that it has it; sent again, it is the same point.
 * @param {HTMLFormElement} form
 */
function keep(form) {
  const words = form.querySelector("textarea[name=words]");
  const client = form.querySelector("input[name=client_id]");
  const question = form.querySelector("input[name=question]");
  if (!(words instanceof HTMLTextAreaElement)) return;
  if (!(client instanceof HTMLInputElement) || !(question instanceof HTMLInputElement)) return;
  const key = `review:${form.action}:${question.value}`;
  const said = document.cookie.match(/(?:^|; )prakai_said=([^;]*)/)?.[1];
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (kept && kept.client === said) localStorage.removeItem(key);
    else if (kept && !words.value) [words.value, client.value] = [kept.words, kept.client];
    words.addEventListener("input", () => {
      localStorage.setItem(key, JSON.stringify({ words: words.value, client: client.value }));
    });
  } catch {
    // A browser that keeps nothing: the form works as it is.
  }
}

for (const form of document.querySelectorAll("form[data-review-form]")) {
  if (form instanceof HTMLFormElement) keep(form);
}

/** Words that this phone kept and that came too late: shown, so that they can be copied. */
for (const place of document.querySelectorAll("[data-review-late]")) {
  const words = place.querySelector("textarea");
  if (!(place instanceof HTMLElement) || !words || words.value || !place.dataset.reviewLate) continue;
  try {
    const kept = JSON.parse(localStorage.getItem(`review:${location.origin}${place.dataset.reviewLate}`) || "null");
    if (kept && kept.words) [words.value, place.hidden] = [kept.words, false];
  } catch {
    // A browser that keeps nothing.
  }
}

/** Enter goes on to the next field of a form that is keyed in; Shift and Enter makes a new line. */
for (const form of document.querySelectorAll("form[data-keying]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  const fields = [...form.querySelectorAll("input:not([type=hidden]), textarea")];
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.ctrlKey) return;
    const place = fields.indexOf(/** @type {Element} */ (event.target));
    if (place < 0) return;
    event.preventDefault();
    const next = fields[place + 1];
    if (next instanceof HTMLElement) next.focus();
    else form.requestSubmit();
  });
}

