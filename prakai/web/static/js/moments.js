/**
 * Keeps "5 minutes ago" true on a page that was kept or left open: <time datetime data-ago>.
 * The server wrote the first words; the exact moment stays in the title.
 */

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const language = document.documentElement.lang || "th";

/**
 * @param {string} words the words that stand there now, to keep their digits
 * @returns {string} a language tag with the digits that the reader likes
 */
function manner(words) {
  return /[๐-๙]/.test(words) ? `${language}-u-nu-thai` : `${language}-u-nu-latn`;
}

/**
 * @param {number} seconds since the moment
 * @returns {[number, Intl.RelativeTimeFormatUnit] | null} nothing for "just now" and for the far past
 */
function span(seconds) {
  if (seconds < MINUTE || seconds >= 7 * DAY) return null;
  if (seconds < HOUR) return [Math.floor(seconds / MINUTE), "minute"];
  if (seconds < DAY) return [Math.floor(seconds / HOUR), "hour"];
  return [Math.floor(seconds / DAY), "day"];
}

/** @param {ParentNode} root */
function refresh(root) {
  for (const time of root.querySelectorAll("time[data-ago]")) {
    if (!(time instanceof HTMLTimeElement)) continue;
    const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
    if (seconds >= 7 * DAY) {
      time.textContent = time.title;
      time.removeAttribute("data-ago");
      continue;
    }
    const found = span(seconds);
    if (found) {
      const words = new Intl.RelativeTimeFormat(manner(time.title), { numeric: "always" });
      time.textContent = words.format(-found[0], found[1]).replace("ที่ผ่านมา", "ก่อน"); // as the server says it
    }
  }
}

refresh(document);
setInterval(() => refresh(document), MINUTE * 1000);
