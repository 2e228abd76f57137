/**
 * No word is lost: a copy in this browser within a second, on the server within five; found again after a closed window, a
 * lost connection or an expired sign-in; two windows are shown side by side and never overwrite each other.
 */

import { copies, forgetSent, keepCopy, KEPT, same, sentWindows, token, WORDS } from "./draft_copies.js";

const RETURN = "prakai.return";
const LOCAL_WAIT = 300;
const LOCAL_MOST = 900;
const SERVER_WAIT = 1500;
const SERVER_MOST = 3500;
const SECOND_TAP = 2000;

/**
 * @typedef {import("./draft_copies.js").Copy} Copy
 * @typedef {{form: HTMLFormElement, words: Record<string, string>, setBody: (html: string) => void}} Desk
 */

/** @param {number} moment @returns {string} hour and minute, with the day when it is not today */
function clock(moment) {
  const when = new Date(moment);
  const today = when.toDateString() === new Date().toDateString();
  return when.toLocaleString(document.documentElement.lang || "th", {
    hour: "2-digit",
    minute: "2-digit",
    ...(today ? {} : { day: "numeric", month: "short" }),
  });
}

/** A timer that runs after a pause, but no later than a limit after the first call. */
class Soon {
  /** @param {() => void} work @param {number} wait @param {number} most */
  constructor(work, wait, most) {
    this.work = work;
    this.wait = wait;
    this.most = most;
    this.timer = 0;
    this.since = 0;
  }

  call() {
    const now = Date.now();
    if (!this.since) this.since = now;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.now(), Math.max(0, Math.min(this.wait, this.since + this.most - now)));
  }

  stop() {
    clearTimeout(this.timer);
    this.since = 0;
  }

  now() {
    this.stop();
    this.work();
  }
}

/** Keeps the drafts of one writing form. */
export class Drafts {
  /** @param {Desk} desk */
  constructor(desk) {
    this.form = desk.form;
    this.words = desk.words;
    this.setBody = desk.setBody;
    this.seen = this.form.dataset.seen ?? "";
    this.state = this.form.querySelector("[data-saved]");
    this.notices = document.querySelector("[data-writing-notices]");
    this.changed = false;
    this.busy = false;
    this.sentAt = 0; // when the form itself was sent; until the next page comes, there is nothing more to keep
    this.failures = 0;
    /** @type {Record<string, string>} */
    this.lastSent = {};
    this.told = new Set();
    this.local = new Soon(() => this.keepHere(), LOCAL_WAIT, LOCAL_MOST);
    this.server = new Soon(() => void this.send(), SERVER_WAIT, SERVER_MOST);
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel("prakai.drafts") : null;
    this.taken = forgetSent();
    this.listen();
  }

  /** @param {string} name @returns {HTMLInputElement} */
  field(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }

  get window() {
    return this.field("window").value;
  }

  /** @returns {Record<string, string>} */
  fields() {
    const typed = new FormData(this.form);
    /** @type {Record<string, string>} */
    const found = {};
    for (const name of KEPT) {
      const value = typed.get(name);
      if (typeof value === "string") found[name] = value;
    }
    return found;
  }

  listen() {
    this.form.addEventListener("input", () => {
      if (this.sentAt) this.changeWindow();
      this.changed = true;
      this.local.call();
      this.server.call();
    });
    this.form.addEventListener("submit", (event) => {
      if (Date.now() - this.sentAt < SECOND_TAP) return event.preventDefault();
      token(this.form);
      this.keepHere();
      this.local.stop();
      this.server.stop();
      this.sentAt = Date.now();
    });
    // Only now is sure what the browser itself has put back into the fields.
    window.addEventListener("pageshow", (event) => {
      this.sentAt = 0;
      if (event.persisted && sentWindows().includes(this.window)) return location.reload();
      const now = this.fields();
      if (this.taken.some((copy) => copy.place === this.form.dataset.place && same(copy.fields, now, WORDS))) this.startFresh();
      this.taken = [];
      if (!event.persisted) void this.offer();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.changed && !this.sentAt) {
        this.keepHere();
        void this.send(true);
      }
    });
    window.addEventListener("pagehide", () => this.changed && this.keepHere());
    window.addEventListener("online", () => this.changed && void this.send());
    this.channel?.addEventListener("message", (event) => {
      if (event.data?.ask) this.channel?.postMessage({ lives: this.window });
    });
  }

  keepHere() {
    /** @type {Copy} */
    const copy = {
      window: this.window,
      place: this.form.dataset.place ?? "",
      person: this.form.dataset.person ?? "",
      at: Date.now(),
      seen: this.seen,
      base: this.field("base_version").value,
      fields: this.fields(),
    };
    return keepCopy(copy.window, copy);
  }

  /** @param {string} words */
  say(words) {
    if (this.state && this.state.textContent !== words) this.state.textContent = words;
  }

  /** @param {boolean} leaving whether the page may be gone before the answer comes */
  async send(leaving = false) {
    if (this.sentAt) return;
    if (this.busy) return this.server.call();
    this.busy = true;
    this.changed = false;
    const fields = this.fields();
    const body = JSON.stringify({ fields, note: this.form.dataset.note || null, base_version: this.field("base_version").value, seen: this.seen || null });
    this.say(this.words.saving);
    try {
      const answer = await fetch(`/drafts/${encodeURIComponent(this.window)}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token(this.form) },
        body,
        keepalive: leaving && body.length < 60000,
        credentials: "same-origin",
      });
      if (answer.status >= 500) throw new Error(String(answer.status));
      const told = await answer.json().catch(() => ({}));
      this.failures = 0;
      if (answer.ok) this.saved(told, fields);
      else this.refused(answer.status, told, fields);
    } catch {
      this.changed = true;
      this.failures += 1;
      this.keepHere();
      this.say(this.words.kept_here);
      window.setTimeout(() => this.changed && void this.send(), Math.min(60000, 3000 * 2 ** this.failures));
    } finally {
      this.busy = false;
      this.lastSent = fields;
    }
  }

  /** @param {{saved_at: string, shown: string, newer: boolean, other: string}} told @param {Record<string, string>} fields */
  saved(told, fields) {
    this.seen = told.saved_at;
    this.say(this.words.saved.replace("{time}", told.shown));
    if (!this.changed && same(this.fields(), fields)) {
      this.keepHere();
      this.form.dispatchEvent(new Event("prakai:saved"));
    } else this.server.call();
    if (told.newer) this.tellOther(this.words.newer, "saved");
    else if (told.other) this.tellOther(this.words.elsewhere, told.other);
  }

  /** @param {number} status @param {Record<string, any>} told @param {Record<string, string>} fields */
  refused(status, told, fields) {
    this.changed = true;
    this.keepHere();
    if (status === 401 || told.problem === "token") this.tellSignedOut();
    else if (told.problem === "sent") {
      // The form overtook this copy of it. What was typed since then goes on as words of their own.
      this.changed = !same(this.fields(), fields);
      if (this.changed) {
        this.changeWindow();
        this.server.call();
      }
    } else if (told.problem === "elsewhere") {
      this.seen = told.saved_at;
      // What the server holds is what this very page sent before a lost answer: no other window at all.
      if (!same(told.fields ?? {}, this.lastSent)) {
        const other = this.window;
        this.changeWindow();
        this.tellOther(this.words.elsewhere, other);
      }
      this.server.call();
    } else this.say(`${this.words.too_long}${told.words ?? status}`);
  }

  /** From now on this page is a window of its own: what it holds overwrites nothing that another one sent. */
  changeWindow() {
    this.field("window").value = crypto.randomUUID().replaceAll("-", "").slice(0, 24);
    this.seen = "";
    this.sentAt = 0;
  }

  /** The browser went back to a sheet that was sent, and put its words in once more. */
  startFresh() {
    this.form.reset();
    const desk = document.createElement("a");
    desk.href = "/desk";
    desk.textContent = this.words.desk;
    this.tell(this.words.fresh, [desk], "fresh");
  }

  /** @param {string} text @param {(HTMLElement)[]} moves @param {string} key a notice of one key is shown once */
  tell(text, moves, key) {
    if (!this.notices || this.told.has(key)) return null;
    this.told.add(key);
    const notice = document.createElement("div");
    notice.className = "notice notice-warn";
    notice.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = `${text} `;
    words.append(...moves);
    notice.append(words);
    this.notices.append(notice);
    return notice;
  }

  /** @param {string} words @param {() => void} work @returns {HTMLButtonElement} */
  move(words, work) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet";
    button.textContent = words;
    button.addEventListener("click", work);
    return button;
  }

  /** @param {string} text @param {string} other the window, or "saved" */
  tellOther(text, other) {
    const compare = this.move(this.words.compare, () => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "compare";
      field.value = other;
      this.form.append(field);
      this.form.requestSubmit();
    });
    this.tell(text, [compare], `other ${other === "saved" ? "saved" : "window"}`);
  }

  tellSignedOut() {
    this.say(this.words.signed_out);
    const link = document.createElement("a");
    link.className = "button button-quiet";
    link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = this.words.sign_in;
    link.addEventListener("click", () => {
      this.keepHere();
      sessionStorage.setItem(RETURN, this.window);
      this.form.dispatchEvent(new Event("prakai:saved"));
    });
    this.tell(this.words.signed_out, [link], "signed out");
  }

  /** @returns {Promise<Set<string>>} windows that are open now, here or in another tab */
  living() {
    return new Promise((resolve) => {
      const found = new Set();
      if (!this.channel) return resolve(found);
      const hear = (/** @type {MessageEvent} */ event) => event.data?.lives && found.add(event.data.lives);
      this.channel.addEventListener("message", hear);
      this.channel.postMessage({ ask: true });
      window.setTimeout(() => {
        this.channel?.removeEventListener("message", hear);
        resolve(found);
      }, 150);
    });
  }

  /** Offers what an earlier window of this place held; after a sign-in it comes back by itself. */
  async offer() {
    const { place, person } = this.form.dataset;
    const now = this.fields();
    const mine = copies().filter((copy) => copy.place === place && copy.person === person && !same({ ...now, ...copy.fields }, now));
    if (mine.length === 0) return;
    const living = await this.living();
    for (const copy of mine.filter((one) => one.window !== this.window && living.has(one.window))) mine.splice(mine.indexOf(copy), 1);
    const back = mine.find((copy) => copy.window === sessionStorage.getItem(RETURN));
    sessionStorage.removeItem(RETURN);
    if (back) return this.restore(back);
    for (const copy of mine.slice(0, 3)) {
      const notice = this.tell(
        this.words.found.replace("{time}", clock(copy.at)),
        [
          this.move(this.words.restore, () => {
            notice?.remove();
            this.restore(copy);
          }),
          this.move(this.words.drop, () => {
            keepCopy(copy.window, null);
            notice?.remove();
          }),
        ],
        copy.window,
      );
    }
  }

  /** @param {Copy} copy */
  restore(copy) {
    for (const [name, value] of Object.entries(copy.fields)) {
      const field = this.form.elements.namedItem(name);
      if (name === "body") this.setBody(value);
      else if (field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
      else if (field instanceof HTMLSelectElement && [...field.options].some((option) => option.value === value)) field.value = value;
    }
    this.field("window").value = copy.window;
    this.field("base_version").value = copy.base;
    this.seen = copy.seen;
    this.say(this.words.restored);
    this.changed = true;
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
