/**
 * The screen of the hall in the hands of its keeper: pinning, freezing, hiding and putting together happen in place, and
 * what changed is told now and then to who listens to the page instead of seeing it. The place and the focus stay.
 * Without this file each move is a form that loads the page anew.
 */

import { digits } from "./wall.js";

const TOLD_EVERY = 10_000;
const PARTS = ["pinned-part", "screen-moves"];

const list = document.getElementById("sparks");
const said = document.getElementById("screen-said");

/** @param {Element} item @returns {string} the id of its spark, safe to ask for */
const spark = (item) => CSS.escape(item.getAttribute("data-spark") ?? "");

/** @returns {Set<string>} the sparks that stand in the list */
const standing = () => new Set([...(list?.children ?? [])].map((item) => item.id));

/** @returns {[string, string]} which spark, and which of its moves, has the focus */
function inFocus() {
  const button = document.activeElement;
  return [button?.closest("[data-spark]")?.getAttribute("data-spark") ?? "", button?.getAttribute("data-key") ?? ""];
}

/** @param {[string, string]} focus */
function focusAgain([id, key]) {
  if (id) {
    const item = document.querySelector(`[data-spark="${CSS.escape(id)}"]`);
    const button = item?.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? item?.querySelector("button, a");
    const rest = document.querySelector("#pinned button, #sparks button");
    const found = button ?? rest;
    if (found instanceof HTMLElement) found.focus({ preventScroll: Boolean(button) });
  } else if (key) {
    const button = document.querySelector(`#screen-moves [data-key="${CSS.escape(key)}"]`);
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  }
}

/**
 * Lay the screen out as the server does now. What the line brought or took while the answer was on its way stays so.
 * @param {string} text the page
 * @param {Set<string>} before what stood in the list when the page was asked for
 */
function layOut(text, before) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const rows = fresh.getElementById("sparks");
  if (!list || !rows) return location.reload();
  const now = standing();
  const came = [...list.children].filter((item) => !before.has(item.id) && !fresh.querySelector(`[data-spark="${spark(item)}"]`));
  const stay = [...rows.children].filter((item) => !before.has(item.id) || now.has(item.id));
  const focus = inFocus();
  list.replaceChildren(...came, ...stay);
  for (const name of PARTS) {
    const [old, next] = [document.getElementById(name), fresh.getElementById(name)];
    if (old && next) old.replaceChildren(...next.childNodes);
  }
  const [state, told] = [document.getElementById("wall-state"), fresh.getElementById("wall-state")];
  if (state && told && state.textContent !== told.textContent) state.textContent = told.textContent;
  const titles = fresh.getElementById("group-titles");
  if (titles) document.getElementById("group-titles")?.replaceChildren(...titles.childNodes);
  document.getElementById("no-sparks")?.toggleAttribute("hidden", document.querySelector("[data-spark]") !== null);
  focusAgain(focus);
}

/** @param {RequestInit} [sent] @param {string} [to] @returns {Promise<void>} */
async function ask(sent, to = location.href) {
  const before = standing();
  const answer = await fetch(to, { cache: "no-store", ...sent });
  const text = await answer.text();
  if (answer.ok && new URL(answer.url).pathname === location.pathname) layOut(text, before);
  else throw new Error(String(answer.status));
}

/** Moves of the keeper. What could not be done in place is done as if this file were not there. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  event.preventDefault();
  const words = new FormData(form);
  form.closest("dialog")?.close();
  ask({ method: "POST", body: words }, form.action).then(
    () => form.closest("dialog") && form.reset(),
    () => form.submit(),
  );
});

// Another screen or phone of a keeper moved something: wall.js asks for a new look at the page.
let soon = 0;
addEventListener("wall:look-again", (event) => {
  event.preventDefault();
  clearTimeout(soon);
  soon = window.setTimeout(() => ask().catch(() => location.reload()), 300 + Math.random() * 300);
});

/** The windows for hiding and putting together know which spark is meant. */
document.addEventListener("click", (event) => {
  const opener = event.target instanceof Element ? event.target.closest("[data-for-spark]") : null;
  const dialog = document.getElementById(opener?.getAttribute("data-for-spark") ?? "");
  const item = opener?.closest("[data-spark]");
  const form = dialog?.querySelector("form[method=post]");
  if (!(dialog instanceof HTMLDialogElement) || !(form instanceof HTMLFormElement) || !item) return;
  event.preventDefault();
  const id = item.getAttribute("data-spark") ?? "";
  if (form.dataset.action) form.action = form.dataset.action.replace("SPARK", id);
  const field = form.elements.namedItem("sparks");
  if (field instanceof HTMLInputElement) field.value = id;
  const quote = dialog.querySelector("[data-quote]");
  if (quote) {
    quote.textContent = item.querySelector("blockquote")?.textContent?.trim() ?? "";
    quote.setAttribute("lang", item.querySelector("blockquote p")?.getAttribute("lang") ?? "th");
  }
  dialog.showModal();
});

/** Who hears the page is told of new sparks together, at most every ten seconds; all of them are in the list. */
if (list && said) {
  let many = 0;
  let newest = "";
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const item of change.addedNodes) {
        if (!(item instanceof HTMLElement) || !item.classList.contains("screen-new") || item.dataset.heard) continue;
        item.dataset.heard = "1";
        many += 1;
        newest = item.querySelector("blockquote")?.textContent?.trim() ?? "";
      }
    }
  }).observe(list, { childList: true });
  setInterval(() => {
    if (!many) return;
    said.textContent = (said.dataset.words ?? "").replace("{n}", digits(many)).replace("{newest}", newest);
    many = 0;
  }, TOLD_EVERY);
}
