/**
 * Conversation: a copy of what is typed until the server has it, names offered after an @, addresses to copy.
 * Everything here is an extra: the forms work without it. The events are heard on the document, because htmx puts new
 * forms into the page.
 */

const STORE = "prakai.talk:";
const SAID = "prakai_said";
const KEEP_FOR = 30 * 86400 * 1000;

/** @typedef {{ key: string, at: number, fields: Record<string, string> }} Copy */
/** @typedef {{ write: string, name: string, about: string }} Offer */

/** The timer of the next copy. */
let waiting = 0;

/**
 * @param {HTMLFormElement} form
 * @returns {(HTMLTextAreaElement | HTMLInputElement)[]} the fields that hold words
 */
function fieldsOf(form) {
  return [...form.elements].filter(
    (field) => field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text" && field.tabIndex >= 0)
  );
}

/** @param {HTMLFormElement} form */
function keyField(form) {
  const field = form.elements.namedItem("client_key");
  return field instanceof HTMLInputElement ? field : null;
}

/** @param {HTMLFormElement} form */
function keep(form) {
  clearTimeout(waiting);
  if (!form.isConnected) return;
  /** @type {Record<string, string>} */
  const fields = {};
  for (const field of fieldsOf(form)) if (field.value.trim()) fields[field.name] = field.value;
  try {
    const place = STORE + form.dataset.keep;
    if (Object.keys(fields).length === 0) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify({ key: keyField(form)?.value ?? "", at: Date.now(), fields }));
  } catch {
    // A full or forbidden store: the words are still in the form.
  }
}

/**
 * @param {string} place
 * @returns {Copy | null}
 */
function copyAt(place) {
  try {
    const copy = JSON.parse(localStorage.getItem(place) ?? "null");
    if (copy && Date.now() - copy.at < KEEP_FOR) return copy;
    localStorage.removeItem(place);
  } catch {
    // What cannot be read is no copy.
  }
  return null;
}

/** Put kept words back into forms that are empty; the key comes with them, so that nothing is said twice. */
function restore() {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    if (!(form instanceof HTMLFormElement) || form.dataset.restored) continue;
    form.dataset.restored = "yes";
    const copy = copyAt(STORE + form.dataset.keep);
    const empty = fieldsOf(form).filter((field) => !field.value.trim() && copy?.fields[field.name]);
    if (!copy || empty.length === 0) continue;
    for (const field of empty) field.value = copy.fields[field.name];
    const key = keyField(form);
    if (key && copy.key) key.value = copy.key;
    const around = form.closest("details");
    if (around) around.open = true;
  }
}

/** Forget the copy of the form that the server says has arrived. */
function forget() {
  const said = document.cookie.split("; ").find((part) => part.startsWith(`${SAID}=`));
  if (!said) return;
  const key = decodeURIComponent(said.slice(SAID.length + 1));
  document.cookie = `${SAID}=; path=/; max-age=0; samesite=lax`;
  try {
    for (const place of Object.keys(localStorage)) {
      if (place.startsWith(STORE) && copyAt(place)?.key === key) localStorage.removeItem(place);
    }
  } catch {
    // No store, no copy.
  }
}

document.addEventListener("input", (event) => {
  const field = event.target;
  const form = field instanceof Element ? field.closest("form[data-keep]") : null;
  if (!(form instanceof HTMLFormElement)) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => keep(form), 400);
  if (field instanceof HTMLTextAreaElement && form.dataset.suggest) offer(field, form.dataset.suggest);
});

document.addEventListener("submit", (event) => {
  if (event.target instanceof HTMLFormElement && event.target.dataset.keep) keep(event.target);
});

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-copy-link]") : null;
  if (!(button instanceof HTMLElement)) return;
  await navigator.clipboard.writeText(new URL(button.dataset.copyLink ?? "", location.href).href);
  const words = button.querySelector("[role=status]");
  if (words) words.textContent = button.dataset.copied ?? "";
});

function showCopyButtons() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy-link]")) button.removeAttribute("hidden");
}

/* Names after an @. */

/** @type {HTMLUListElement | null} */
let list = null;
let asked = 0;
/** The name that was chosen last: while it stands before the caret, it is not offered again. */
let chosen = "";

/**
 * @param {HTMLTextAreaElement} field
 * @returns {string} what stands between the last @ and the caret, empty when no name is being typed
 */
function begun(field) {
  const before = field.value.slice(0, field.selectionStart);
  const found = /(?:^|[^A-Za-z0-9._%+\-/@])@([^\s@][^@\n]{0,40})$/.exec(before);
  return found ? found[1] : "";
}

function closeList() {
  list?.remove();
  list = null;
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {string} address
 */
async function offer(field, address) {
  const words = begun(field);
  const mine = ++asked;
  if (!words || (chosen && words.startsWith(`${chosen} `))) return closeList();
  await new Promise((done) => setTimeout(done, 200));
  if (mine !== asked) return;
  try {
    const answer = await fetch(`${address}&q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || mine !== asked) return;
    show(field, (await answer.json()).found);
  } catch {
    closeList();
  }
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {Offer[]} offers
 */
function show(field, offers) {
  closeList();
  if (offers.length === 0) return;
  list = document.createElement("ul");
  list.className = "plain-list talk-offers";
  for (const one of offers) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-plain";
    button.textContent = one.about ? `${one.name} · ${one.about}` : one.name;
    button.addEventListener("click", () => write(field, one.write));
    row.append(button);
    list.append(row);
  }
  field.after(list);
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {string} name
 */
function write(field, name) {
  const caret = field.selectionStart;
  const start = caret - begun(field).length;
  field.setRangeText(`${name} `, start, caret, "end");
  closeList();
  chosen = name;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  if (!list) return;
  const field = list.previousElementSibling;
  const offers = [...list.querySelectorAll("button")];
  const at = offers.findIndex((one) => one === event.target);
  if (at < 0 && event.target !== field) return;
  if (event.key === "Escape") {
    closeList();
    if (field instanceof HTMLElement) field.focus();
  } else if (event.key === "ArrowDown" || (event.key === "ArrowUp" && at >= 0)) {
    event.preventDefault();
    const next = event.key === "ArrowDown" ? offers[at + 1] : (offers[at - 1] ?? field);
    if (next instanceof HTMLElement) next.focus();
  }
});

/* Parts of the page that htmx renews. */

function settle() {
  forget();
  restore();
  showCopyButtons();
}

// Our policy allows no style in the page, and nothing of ours is evaluated.
const { htmx } = /** @type {any} */ (window);
if (htmx) Object.assign(htmx.config, { includeIndicatorStyles: false, allowEval: false, scrollBehavior: "instant" });

document.addEventListener("htmx:afterSettle", () => {
  settle();
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place?.classList.contains("comment")) {
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  }
});

// An answer that is no part (signed out, an old token): send the form as a page, which shows the words and what to do.
document.addEventListener("htmx:responseError", (event) => {
  const form = /** @type {CustomEvent} */ (event).detail.elt;
  if (form instanceof HTMLFormElement) form.submit();
});

document.addEventListener("htmx:sendError", (event) => {
  const form = /** @type {CustomEvent} */ (event).detail.elt;
  const place = form instanceof HTMLFormElement ? form.querySelector("[data-kept]") : null;
  if (place instanceof HTMLElement) place.textContent = place.dataset.trouble ?? "";
});

settle();
