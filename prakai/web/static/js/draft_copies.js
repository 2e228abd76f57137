/**
 * Copies of typed words in this browser: one a window, found again by place and person, thrown away when the server has taken
 * them for good.
 */

const COPY = "prakai.draft.";
const SENT = "prakai_sent";
const MONTH = 30 * 24 * 3600 * 1000;
export const WORDS = ["title", "body", "highlight"];
export const KEPT = ["title", "body", "highlight", "kind", "language", "licence", "audience", "series", "notebook", "tags", "coauthors", "teller"];

/**
 * @typedef {{window: string, place: string, person: string, at: number, seen: string, base: string,
 *   fields: Record<string, string>}} Copy
 */

/** @param {string} name @returns {string} */
function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/** @param {HTMLFormElement} form @returns {string} the key that proves that the page is ours, as new as the browser knows it */
export function token(form) {
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  const newest = cookie("csrftoken");
  if (field instanceof HTMLInputElement) {
    if (newest) field.value = newest;
    return field.value;
  }
  return newest;
}

/** @param {string} window_ @param {Copy | null} copy keeps it; a full or forbidden store is no error */
export function keepCopy(window_, copy) {
  try {
    if (copy === null) localStorage.removeItem(COPY + window_);
    else localStorage.setItem(COPY + window_, JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

/** @returns {Copy[]} every copy in this browser, newest first; old ones are thrown away */
export function copies() {
  /** @type {Copy[]} */
  const found = [];
  try {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(COPY))) {
      const copy = JSON.parse(localStorage.getItem(name) ?? "null");
      if (!copy || Date.now() - copy.at > MONTH) localStorage.removeItem(name);
      else found.push(copy);
    }
  } catch {
    return found;
  }
  return found.sort((one, other) => other.at - one.at);
}

/** @returns {string[]} windows whose words the server has taken for good, as it told lately */
export function sentWindows() {
  return cookie(SENT).split(".").filter(Boolean);
}

/** @returns {Copy[]} the copies of those windows; they are no longer needed, and gone */
export function forgetSent() {
  const sent = sentWindows();
  const taken = sent.length ? copies().filter((copy) => sent.includes(copy.window)) : [];
  for (const window_ of sent) keepCopy(window_, null);
  if (sent.length) document.cookie = `${SENT}=; path=/; max-age=0; samesite=lax`;
  return taken;
}

/**
 * @param {Record<string, unknown>} one @param {Record<string, unknown>} other
 * @param {string[]} names whether two forms hold the same in these fields
 */
export function same(one, other, names = KEPT) {
  return names.every((name) => (one[name] ?? "") === (other[name] ?? ""));
}
