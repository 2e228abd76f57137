/**
 * The open wall, in the hand and on the screen of the hall: new sparks are put in as they come, what was taken off goes.
 * A broken line is taken up again with the id of what was heard last, so that nothing is missed and nothing comes twice.
 * Without this file the page is as it is, and "Look again" loads it anew.
 *
 * <ul id="sparks" data-wall="code" data-after="entry" [data-most="24"]> with <li data-spark="id">; and
 * <template id="spark-told">, one <li>, whose parts say with data-told what they hold.
 */

const OLDER = "before";
const LONGEST_WAIT = 60_000;
const SOON = 400;

/**
 * @typedef {{id: string, words: string, name: string, picture: boolean, builds_on: string, builds_on_words: string,
 *   group: string, pinned: boolean, echoes: number, at: string}} Spark
 * @typedef {{sparks?: Spark[], gone?: string[], state?: string}} Turn
 */

/** @param {number} tries @returns {number} how long to wait before the next try: longer each time, and not all at once */
export function pause(tries) {
  return Math.min(LONGEST_WAIT, 2000 * 2 ** tries) * (0.5 + Math.random() / 2);
}

/** @param {string} words @returns {string} the language that its letters say */
export function spoken(words) {
  return /[฀-๿]/.test(words) || !/[A-Za-z]/.test(words) ? "th" : "en";
}

/** @param {number} count @returns {string} with the digits that the reader likes */
export function digits(count) {
  const isThai = document.getElementById("wall-said")?.dataset.zero === "๐";
  return new Intl.NumberFormat(`${document.documentElement.lang || "th"}-u-nu-${isThai ? "thai" : "latn"}`).format(count);
}

class Wall {
  /**
   * @param {HTMLElement} list
   * @param {HTMLTemplateElement} pattern
   */
  constructor(list, pattern) {
    this.list = list;
    this.pattern = pattern;
    this.code = list.dataset.wall ?? "";
    this.last = list.dataset.after ?? "";
    this.most = Number(list.dataset.most) || Infinity;
    this.isOlder = new URLSearchParams(location.search).has(OLDER);
    this.said = document.getElementById("wall-said");
    /** @type {Spark[]} */
    this.waiting = [];
    /** @type {EventSource | null} */
    this.line = null;
    this.tries = 0;
    this.timer = 0;
  }

  listen() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.close() : this.open()));
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", (event) => event.persisted && this.open());
    addEventListener("online", () => {
      this.close();
      this.open();
    });
    this.open();
  }

  open() {
    if (this.line || document.hidden) return;
    clearTimeout(this.timer);
    const line = new EventSource(`/live/walls/${encodeURIComponent(this.code)}?after=${encodeURIComponent(this.last)}`);
    this.line = line;
    line.addEventListener("here", (event) => {
      this.tries = 0;
      this.keep(event);
      this.say("");
      this.tellState(String(JSON.parse(event.data).state), false);
    });
    line.addEventListener("wall", (event) => {
      this.keep(event);
      this.take(JSON.parse(event.data));
    });
    line.addEventListener("much", () => this.lookAgain());
    line.addEventListener("error", () => {
      if (this.line !== line) return;
      this.say("lost");
      // A broken line mends itself; one that was refused (full, closed) is asked for again, later.
      if (line.readyState !== EventSource.CLOSED) return;
      this.close();
      this.tries += 1;
      this.timer = setTimeout(() => this.open(), pause(this.tries));
    });
  }

  close() {
    clearTimeout(this.timer);
    this.line?.close();
    this.line = null;
  }

  /** @param {MessageEvent} event */
  keep(event) {
    if (event.lastEventId) this.last = event.lastEventId;
  }

  /** @param {Turn} turn */
  take(turn) {
    for (const id of turn.gone ?? []) this.remove(id);
    for (const spark of turn.sparks ?? []) this.put(spark);
    this.offer();
    if (turn.state) this.tellState(turn.state, true);
  }

  /** @param {string} id @returns {HTMLElement[]} where this spark stands, in the list and pinned above it */
  found(id) {
    return /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`[data-spark="${CSS.escape(id)}"]`)]);
  }

  /** @param {string} id */
  remove(id) {
    this.waiting = this.waiting.filter((one) => one.id !== id);
    for (const item of this.found(id)) item.remove();
    for (const quote of document.querySelectorAll(`[data-builds-on="${CSS.escape(id)}"]`)) quote.remove();
  }

  /** @param {Spark} spark */
  put(spark) {
    const known = this.found(spark.id);
    const waits = this.waiting.findIndex((one) => one.id === spark.id);
    if (known.length) {
      for (const item of known) this.turn(item, spark);
    } else if (waits >= 0) {
      this.waiting[waits] = spark;
    } else if (!this.isOlder) {
      if (this.isBeingRead()) this.waiting.push(spark);
      else this.insert(spark);
    }
  }

  /** Whether something put in above would push away what somebody reads or has in focus. @returns {boolean} */
  isBeingRead() {
    if (this.most !== Infinity) return false;
    return this.list.getBoundingClientRect().top < 0 || this.list.contains(document.activeElement);
  }

  /** @param {Spark} spark */
  insert(spark) {
    const item = this.made(spark);
    item.classList.add("wall-new", "screen-new");
    this.list.prepend(item);
    document.getElementById("no-sparks")?.setAttribute("hidden", "");
    while (this.list.children.length > this.most) {
      const oldest = this.list.lastElementChild;
      if (!oldest || oldest.contains(document.activeElement)) break;
      oldest.remove();
    }
  }

  /**
   * @param {HTMLElement} item
   * @param {Spark} spark
   */
  turn(item, spark) {
    // What a keeper pins moves on the screen; the server lays it out.
    if (item.dataset.pinned !== undefined && (item.dataset.pinned === "1") !== spark.pinned) return this.lookAgain();
    for (const place of item.querySelectorAll("[data-told=echoes]")) this.count(/** @type {HTMLElement} */ (place), spark.echoes);
  }

  /**
   * @param {HTMLElement} place
   * @param {number} echoes
   */
  count(place, echoes) {
    place.hidden = echoes === 0;
    const number = place.querySelector("[data-told=number]") ?? place;
    number.textContent = echoes ? digits(echoes) : "";
  }

  /** @param {Spark} spark @returns {HTMLElement} */
  made(spark) {
    const copy = /** @type {DocumentFragment} */ (this.pattern.content.cloneNode(true));
    const item = /** @type {HTMLElement} */ (copy.firstElementChild);
    item.id = `s-${spark.id}`;
    item.dataset.spark = spark.id;
    if (item.dataset.pinned !== undefined) item.dataset.pinned = spark.pinned ? "1" : "0";
    for (const named of item.querySelectorAll("[href*=SPARK], [action*=SPARK]")) {
      for (const name of ["href", "action"]) {
        const address = named.getAttribute(name);
        if (address) named.setAttribute(name, address.replace("SPARK", spark.id).replace("FIRST", spark.builds_on));
      }
    }
    for (const place of item.querySelectorAll("[data-told]")) this.fill(/** @type {HTMLElement} */ (place), spark);
    return item;
  }

  /**
   * @param {HTMLElement} place
   * @param {Spark} spark
   */
  fill(place, spark) {
    const what = place.dataset.told ?? "";
    if (what === "echoes") this.count(place, spark.echoes);
    else if (what === "picture" && spark.picture) {
      place.setAttribute("src", `/w/${this.code}/sparks/${spark.id}/picture`);
    } else if (what === "moment") {
      place.setAttribute("datetime", spark.at);
      place.title = new Date(spark.at).toLocaleString(document.documentElement.lang || "th");
    } else if (what === "name") place.textContent = spark.name || place.textContent;
    else if (what === "first" && spark.builds_on) {
      place.dataset.buildsOn = spark.builds_on;
      const quote = place.querySelector("q") ?? place;
      quote.textContent = spark.builds_on_words;
      quote.setAttribute("lang", spoken(spark.builds_on_words));
      place.querySelector("a")?.setAttribute("href", `#s-${spark.builds_on}`);
    } else if (what === "words" && spark.words) {
      place.textContent = spark.words;
      place.setAttribute("lang", spoken(spark.words));
    } else if (what === "group" && spark.group) place.textContent = ` · ${spark.group}`;
    else if (what !== "number") (place.closest("blockquote") ?? place).remove();
  }

  /** Offer what came while somebody read further down. */
  offer() {
    const button = document.getElementById("wall-more-sparks");
    if (!(button instanceof HTMLButtonElement)) return;
    button.hidden = this.waiting.length === 0;
    button.textContent = (button.dataset.words ?? "").replace("0", digits(this.waiting.length));
    button.onclick = () => {
      const came = this.waiting;
      this.waiting = [];
      button.hidden = true;
      for (const spark of came) this.insert(spark);
      const first = this.list.querySelector("a, button");
      if (first instanceof HTMLElement) first.focus({ preventScroll: true });
      this.list.scrollIntoView({ block: "start" });
    };
  }

  /**
   * @param {string} state
   * @param {boolean} isNews
   */
  tellState(state, isNews) {
    const place = document.getElementById("wall-state");
    if (place) place.textContent = this.said?.dataset[state] ?? "";
    else if (isNews || state !== "open") this.say(state);
  }

  /** @param {string} what one of the words that the page brought along, or "" for silence */
  say(what) {
    if (this.said) this.said.textContent = what ? (this.said.dataset[what] ?? "") : "";
  }

  /** Load the page anew, in a moment, unless somebody is writing on it. */
  lookAgain() {
    const words = document.querySelector("#throw textarea");
    if (!dispatchEvent(new CustomEvent("wall:look-again", { cancelable: true }))) return; // screen.js does it in place
    if (words instanceof HTMLTextAreaElement && words.value.trim()) this.say("again");
    else setTimeout(() => location.reload(), SOON + Math.random() * SOON);
  }
}

const list = document.getElementById("sparks");
const pattern = document.getElementById("spark-told");
if (list?.dataset.wall && pattern instanceof HTMLTemplateElement && "EventSource" in window) new Wall(list, pattern).listen();
