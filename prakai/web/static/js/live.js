/**
 * Says politely that an open page has changed since: a line at the foot with a link that loads it again, at the newest
 * comment. Nothing moves by itself, and nothing is asked while the page is not looked at. The server tells only that
 * something happened, never what; without this file the page is as it is.
 */

const WAIT = 1500;
const LATER = 60_000;
const MOST_TRIES = 5;
const OWN = 4000;
const TO_NEWEST = "prakai.live:newest";
const COMING = ["comment.made", "comment.released", "comment.shown", "comment.returned", "comment.brought"];
const TURNED = ["note.saved", "note.published", "note.returned", "note.withdrawn", "note.brought_again", "much"];

/**
 * @param {string} kind the verb of the journal
 * @returns {"comment" | "appreciation" | "changed" | ""} which words say it; none for what is no news to a reader
 */
export function wordsFor(kind) {
  if (COMING.includes(kind)) return "comment";
  if (kind.startsWith("appreciation.")) return "appreciation";
  return TURNED.includes(kind) ? "changed" : "";
}

/** Put the reader where the newest comment stands, once, after she asked for it. */
function goToNewest() {
  try {
    if (sessionStorage.getItem(TO_NEWEST) !== location.pathname) return;
    sessionStorage.removeItem(TO_NEWEST);
  } catch {
    return;
  }
  const comments = [...document.querySelectorAll(".comment[id]")].filter((one) => /^c\d+$/.test(one.id));
  comments.sort((one, other) => Number(one.id.slice(1)) - Number(other.id.slice(1)));
  const newest = comments.at(-1);
  if (!(newest instanceof HTMLElement)) return;
  newest.tabIndex = -1;
  newest.focus({ preventScroll: true });
  newest.scrollIntoView({ block: "center" });
}

/** @param {HTMLElement} place the empty line of the page, with its words in data attributes */
function listen(place) {
  /** @type {EventSource | null} */
  let line = null;
  let last = "";
  let tries = 0;
  let timer = 0;
  let own = 0;

  /** @param {MessageEvent} event */
  const keep = (event) => {
    tries = 0;
    if (event.lastEventId) last = event.lastEventId;
  };

  const open = () => {
    if (line || document.hidden) return;
    const after = last ? `&after=${last}` : "";
    line = new EventSource(`/live/pages?path=${encodeURIComponent(place.dataset.live ?? "")}${after}`);
    line.addEventListener("here", keep);
    line.addEventListener("changed", (event) => {
      keep(event);
      const kind = String(JSON.parse(event.data).kind);
      // What she has just sent herself is on the page already.
      if (Date.now() - own > OWN || !COMING.includes(kind)) say(place, kind);
    });
    line.addEventListener("error", () => {
      // A broken line mends itself; one that was refused (too many listen) is asked for again, later.
      if (line?.readyState !== EventSource.CLOSED) return;
      close();
      tries += 1;
      if (tries < MOST_TRIES) timer = setTimeout(open, LATER * (1 + Math.random()));
    });
  };

  const close = () => {
    clearTimeout(timer);
    line?.close();
    line = null;
  };

  const begin = () => {
    close();
    if (!document.hidden) timer = setTimeout(open, WAIT);
  };

  document.addEventListener("visibilitychange", begin);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && begin());
  for (const name of ["htmx:beforeRequest", "htmx:afterRequest"]) {
    document.addEventListener(name, () => {
      own = Date.now();
    });
  }
  begin();
}

/**
 * @param {HTMLElement} place
 * @param {string} kind
 */
function say(place, kind) {
  const which = wordsFor(kind);
  if (!which || (place.dataset.said === "comment" && which !== "comment") || place.dataset.said === which) return;
  place.dataset.said = which;
  if (!document.querySelector("link[data-live-style]")) {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = place.dataset.style ?? "";
    style.dataset.liveStyle = "";
    document.head.append(style);
  }
  const link = document.createElement("a");
  link.href = which === "changed" ? location.pathname : `${location.pathname}#conversation`;
  link.textContent = place.dataset[which] ?? "";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    try {
      if (which === "comment") sessionStorage.setItem(TO_NEWEST, location.pathname);
    } catch {
      // Without a store she lands where she was.
    }
    location.reload();
  });
  const later = document.createElement("button");
  later.type = "button";
  later.className = "button button-plain";
  later.textContent = place.dataset.later ?? "";
  later.addEventListener("click", () => {
    place.replaceChildren();
    delete place.dataset.said;
  });
  const words = document.createElement("p");
  words.append(link, later);
  place.replaceChildren(words);
}

goToNewest();
const place = document.querySelector("[data-live]");
if (place instanceof HTMLElement && "EventSource" in window) listen(place);
