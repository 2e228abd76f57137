/**
 * Stories that were written without a connection wait on this device, and are sent one by one when there is one again.
 * Each goes with the key that its form was given, so that one that arrived already is not kept twice.
 * Everything here is an extra: the form works without it, and talk.js keeps a copy of what is being typed.
 */

const STORE = "prakai.stories:";
const COPY = "prakai.talk:";
const AGAIN = 20_000;
const PATIENCE = 15_000;

/** @typedef {{ key: string, at: number, fields: Record<string, string>, problems?: string[] }} Waiting */

const place = document.querySelector("[data-story-outbox]");
const form = document.querySelector("form[data-story-form]");
const name = place instanceof HTMLElement ? STORE + place.dataset.storyOutbox : "";
const address = place instanceof HTMLElement ? (place.dataset.sendTo ?? "") : "";
let isSending = false;

/** @returns {Waiting[]} what waits on this device */
function waiting() {
  try {
    const rows = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(rows) ? rows : [];
  } catch {
    return [];
  }
}

/**
 * @param {Waiting[]} rows
 * @returns {boolean} whether this device could keep them
 */
function keep(rows) {
  try {
    if (rows.length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(rows));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} key what arrived, or is open in the form again */
function drop(key) {
  keep(waiting().filter((row) => row.key !== key));
}

/** @param {string} words said to the one who writes, and read aloud */
function say(words) {
  const status = place?.querySelector("[data-outbox-status]");
  if (status) status.textContent = words;
}

/** @returns {string} the token of this page, which is newer than that of a form of an hour ago */
function token() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field instanceof HTMLInputElement ? field.value : "";
}

/** @returns {string} a fresh key; randomUUID is missing where the line is not encrypted, as in a hall */
function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {Waiting} row
 * @returns {Promise<{ address: string, title: string } | string[]>} where it stands now, or what is wrong with it;
 *   rejects when there is no connection, or the place has trouble of its own
 */
async function send(row) {
  const body = new URLSearchParams({ ...row.fields, csrfmiddlewaretoken: token() });
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, signal: stop.signal });
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.ok && told.address) return told;
    return told.problems ?? [""];
  } finally {
    clearTimeout(timer);
  }
}

/** Send what waits, oldest first; what is wrong stays, and says so. */
async function sendAll() {
  if (isSending || waiting().length === 0) return;
  isSending = true;
  try {
    for (const row of waiting().filter((one) => !one.problems)) {
      const told = await send(row);
      if (Array.isArray(told)) {
        keep(waiting().map((one) => (one.key === row.key ? { ...one, problems: told } : one)));
      } else {
        drop(row.key);
        say(`${place?.querySelector("[data-outbox-status]")?.getAttribute("data-sent") ?? ""} ${told.title}`);
      }
    }
  } catch {
    // No connection yet: it is tried again.
  } finally {
    isSending = false;
    show();
  }
}

/** Show what waits, and what has to be looked at. */
function show() {
  const box = place?.querySelector("[data-outbox-box]");
  const list = box?.querySelector("[data-outbox-list]");
  if (!(box instanceof HTMLElement) || !list) return;
  const rows = waiting();
  box.hidden = rows.length === 0;
  if (place instanceof HTMLElement && !form) place.hidden = false;
  list.replaceChildren(
    ...rows.map((row) => {
      const item = document.createElement("li");
      item.textContent = `${row.problems ? box.dataset.trouble : box.dataset.waits} ${row.fields.title || "…"} ${(row.problems ?? []).join(" ")} `;
      if (row.problems) {
        const open = document.createElement("button");
        open.type = "button";
        open.className = "button button-quiet";
        open.textContent = box.dataset.open ?? "";
        open.addEventListener("click", () => reopen(row));
        item.append(open);
      }
      return item;
    })
  );
}

/** @param {Waiting} row put back into the form, or carried to the page that has one */
function reopen(row) {
  if (!(form instanceof HTMLFormElement)) {
    location.assign(`${address}#waiting-${row.key}`);
    return;
  }
  for (const field of form.elements) {
    const isTyped = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
    if (!isTyped || !field.name || field.name === "csrfmiddlewaretoken") continue;
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = field.name in row.fields;
    else field.value = row.fields[field.name] ?? "";
  }
  drop(row.key);
  show();
  form.scrollIntoView();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * @param {HTMLFormElement} from
 * @returns {Waiting}
 */
function rowOf(from) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const [field, value] of new FormData(from)) {
    if (typeof value === "string" && field !== "csrfmiddlewaretoken") fields[field] = value;
  }
  fields.client_key ||= freshKey();
  return { key: fields.client_key, at: Date.now(), fields };
}

/** @param {HTMLFormElement} used empty it for the next story; teller and text are another's, the circle may stay */
function begin(used) {
  for (const field of used.elements) {
    if (field instanceof HTMLTextAreaElement) field.value = "";
    if (field instanceof HTMLInputElement && field.type === "text") field.value = "";
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = false;
  }
  const key = used.elements.namedItem("client_key");
  if (key instanceof HTMLInputElement) key.value = freshKey();
  try {
    localStorage.removeItem(COPY + used.dataset.keep);
  } catch {
    // No store, no copy.
  }
  used.dispatchEvent(new Event("input", { bubbles: true }));
  used.querySelector("input[type=text]")?.scrollIntoView({ block: "center" });
}

if (form instanceof HTMLFormElement && name) {
  const key = form.elements.namedItem("client_key");
  if (key instanceof HTMLInputElement && !key.value) key.value = freshKey();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    const row = rowOf(form);
    const kept = keep([...waiting().filter((one) => one.key !== row.key), row]);
    isSending = true;
    try {
      const told = await send(row);
      drop(row.key);
      if (Array.isArray(told)) form.submit();
      else {
        begin(form);
        location.assign(told.address);
      }
    } catch {
      if (!kept) return;
      begin(form);
      say(place?.querySelector("[data-outbox-status]")?.getAttribute("data-kept") ?? "");
    } finally {
      isSending = false;
      show();
    }
  });
}

if (name) {
  place?.querySelector("[data-outbox-send]")?.addEventListener("click", () => {
    keep(waiting().map(({ problems, ...row }) => row));
    sendAll();
  });
  addEventListener("online", sendAll);
  setInterval(sendAll, AGAIN);
  const asked = waiting().find((row) => location.hash === `#waiting-${row.key}`);
  if (asked && form) reopen(asked);
  show();
  sendAll();
}
