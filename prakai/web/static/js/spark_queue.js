/**
 * Sparks that were thrown and have not arrived yet: they lie in this phone, with the number that each got when it was
 * written, until the server has answered for it. They are sent again after a while, when the network is back, and when the page
 * is opened again; the number lets the server know what it has already. Two taps are one spark.
 *
 * Without this file, or where the phone keeps nothing, the form is sent as forms are.
 */

import { digits, pause } from "./wall.js";

const PLACE = "prakai-sparks";
const STORE = "thrown";
const PATIENCE = 20_000;
const SECOND_TAP = 2_000;

/** @typedef {{client_id: string, action: string, fields: [string, string][], picture: File | null, at: number, refused?: string}} Thrown */

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((resolve, reject) => {
    const asking = indexedDB.open(PLACE, 1);
    asking.onupgradeneeded = () => asking.result.createObjectStore(STORE, { keyPath: "client_id" });
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
    asking.onblocked = () => reject(new Error("blocked"));
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} ask
 * @returns {Promise<T>} when it is written for good
 */
async function kept(mode, ask) {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const whole = base.transaction(STORE, mode);
      const asking = ask(whole.objectStore(STORE));
      whole.oncomplete = () => resolve(asking.result);
      whole.onabort = whole.onerror = () => reject(whole.error ?? asking.error);
    });
  } finally {
    base.close();
  }
}

/** @returns {Promise<Thrown[]>} what waits here, in the order in which it was written */
async function all() {
  const found = await kept("readonly", (store) => store.getAll());
  return found.sort((one, other) => one.at - other.at);
}

/** @returns {string} a number for a spark that is yet to be written */
function newNumber() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Queue {
  /**
   * @param {HTMLFormElement | null} form nothing where the wall takes nothing in now
   * @param {HTMLElement} place where it is said how many wait
   */
  constructor(form, place) {
    this.form = form;
    this.place = place;
    this.isKeeping = false;
    this.isSending = false;
    this.tries = 0;
    this.timer = 0;
    this.said = "";
    this.keptAt = -Infinity;
  }

  begin() {
    const { form } = this;
    form?.addEventListener("submit", (event) => this.take(form, event));
    addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => !document.hidden && this.soon(0));
    this.soon(0);
  }

  /** @param {string} name @returns {HTMLInputElement | HTMLTextAreaElement | null} */
  field(name) {
    const found = this.form?.elements.namedItem(name);
    return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found : null;
  }

  /**
   * @param {HTMLFormElement} form
   * @param {SubmitEvent} event
   */
  async take(form, event) {
    const words = this.field("words");
    const files = /** @type {HTMLInputElement | null} */ (this.field("picture"))?.files;
    const picture = files?.[0] ?? null;
    if (this.isKeeping) return event.preventDefault(); // the second tap
    if (!words?.value.trim() && !picture) {
      // The second tap on what was just thrown; else the server says kindly what is missing.
      if (performance.now() - this.keptAt < SECOND_TAP) event.preventDefault();
      return;
    }
    event.preventDefault();
    this.isKeeping = true;
    try {
      const number = this.field("client_id");
      const client_id = number?.value || newNumber();
      const given = new FormData(form);
      /** @type {[string, string][]} */
      const fields = [];
      for (const [name, value] of given) if (typeof value === "string" && name !== "client_id") fields.push([name, value]);
      await kept("readwrite", (store) => store.put({ client_id, action: form.action, fields, picture, at: Date.now() }));
      words.value = "";
      words.dispatchEvent(new Event("input", { bubbles: true }));
      for (const name of ["picture", "builds_on"]) {
        const emptied = this.field(name);
        if (emptied) emptied.value = "";
      }
      form.querySelector(".wall-first")?.remove();
      if (number) number.value = newNumber();
      this.keptAt = performance.now();
      this.soon(0);
    } catch {
      form.submit(); // this phone keeps nothing (a private window, a full disk): as forms are sent
    } finally {
      this.isKeeping = false;
    }
  }

  /** @param {number} wait */
  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (const thrown of (await all()).filter((one) => one.refused === undefined)) {
        await this.tell();
        const wait = await this.sendOne(thrown);
        if (wait !== null) {
          this.soon(wait);
          break;
        }
        this.tries = 0;
      }
      await this.tell();
    } catch {
      // The phone's own store is not there now; the next time it may be.
    } finally {
      this.isSending = false;
    }
  }

  /** @param {Thrown} thrown @returns {Promise<number | null>} nothing when it was answered; else how long to wait */
  async sendOne(thrown) {
    const body = new FormData();
    for (const [name, value] of thrown.fields) body.append(name, value);
    body.append("client_id", thrown.client_id);
    if (thrown.picture) body.append("picture", thrown.picture);
    let answer;
    try {
      answer = await fetch(thrown.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return pause(Math.min(this.tries++, 5));
    }
    if (answer.ok) {
      const { state } = await answer.json().catch(() => ({ state: "shown" }));
      this.said = state === "waits" ? "held" : "arrived";
      await kept("readwrite", (store) => store.delete(thrown.client_id));
      return null;
    }
    if (answer.status >= 500 || [408, 425, 429].includes(answer.status)) {
      const asked = Number(answer.headers.get("Retry-After")) * 1000;
      return Math.max(asked || 0, pause(Math.min(this.tries++, 5)));
    }
    const { detail } = await answer.json().catch(() => ({ detail: "" }));
    await kept("readwrite", (store) => store.put({ ...thrown, refused: String(detail ?? "") }));
    return null;
  }

  /** Say how many wait, that it has arrived, or what was not taken and why, with its words to be put back. */
  async tell() {
    const found = await all();
    const waiting = found.filter((one) => one.refused === undefined).length;
    const line = this.place.querySelector("[role=status]");
    const words = this.place.dataset;
    if (line) line.textContent = waiting ? (words.waiting ?? "").replace("0", digits(waiting)) : this.said ? (words[this.said] ?? "") : "";
    const list = this.place.querySelector("ul");
    list?.replaceChildren(...found.filter((one) => one.refused !== undefined).map((one) => this.returned(one)));
  }

  /** @param {Thrown} thrown @returns {HTMLLIElement} */
  returned(thrown) {
    const item = document.createElement("li");
    const words = thrown.fields.find(([name]) => name === "words")?.[1] ?? "";
    const reason = document.createElement("p");
    reason.textContent = thrown.refused || (this.place.dataset.refused ?? "");
    const quote = document.createElement("blockquote");
    quote.textContent = words;
    const back = document.createElement("button");
    back.type = "button";
    back.className = "button button-quiet";
    back.textContent = this.place.dataset.back ?? "";
    back.addEventListener("click", async () => {
      const field = this.field("words");
      if (!field) return;
      field.value = field.value.trim() ? `${field.value}\n${words}` : words;
      await kept("readwrite", (store) => store.delete(thrown.client_id));
      await this.tell();
      field.focus();
    });
    item.append(reason, quote);
    if (this.form) item.append(back);
    return item;
  }
}

const form = document.getElementById("throw");
const place = document.getElementById("queue");
if (place && "indexedDB" in window) new Queue(form instanceof HTMLFormElement ? form : null, place).begin();
