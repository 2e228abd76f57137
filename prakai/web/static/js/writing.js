/**
 * The writing page comes alive: the plain text field becomes an editor at the first touch, drafts keep themselves, pictures
 * come in, Ctrl+S saves and Ctrl+Enter publishes. Without this file the field and the buttons work as they are.
 */

import { Drafts } from "./drafts.js";
import { filesOf, Pictures } from "./pictures.js";
import { fromPlain, looksLikeHtml, makeEditor } from "./editor.js";
import { cleanPasted, picturesIn, picturesLeft } from "./word_paste.js";

const form = document.querySelector("form[data-writing]");
const field = form?.querySelector("textarea[data-editor]");
const script = document.querySelector("script[data-editor-url]");
/** @type {Record<string, string>} */
const words = JSON.parse(document.getElementById("writing-words")?.textContent ?? "{}");

if (form instanceof HTMLFormElement && field instanceof HTMLTextAreaElement && script instanceof HTMLElement) {
  begin(form, field, script.dataset.editorUrl ?? "");
}

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement} field @param {string} url */
function begin(form, field, url) {
  /** @type {ReturnType<typeof makeEditor> | null} */
  let coming = null;
  /** @type {Awaited<ReturnType<typeof makeEditor>> | null} */
  let editor = null;

  const load = () => {
    coming ??= makeEditor(url, field, words, { take: (files) => pictures.take(files), filesOf, takePasted, cleanPasted }).then(
      (made) => (editor = made),
    );
    return coming;
  };

  /** @param {string} html takes in the pictures that lie in pasted text, and says which ones stayed behind */
  const takePasted = (html) => {
    pictures.take(picturesIn(html));
    const left = picturesLeft(html);
    if (left > 0) pictures.leave(left);
  };

  /** @param {string} html puts words into the field, whatever it is by now */
  const setBody = (html) => {
    if (editor) editor.commands.setContent(looksLikeHtml(html) ? html : fromPlain(html), { emitUpdate: true });
    else {
      field.value = html;
      if (looksLikeHtml(html)) void load();
    }
  };

  const pictures = new Pictures({
    form,
    words,
    insert: (media) => void load().then((made) => made.commands.putMedia(media)),
    describe: (media, alt) => void load().then((made) => made.commands.describeMedia(media.address, alt)),
    drop: (media) => void load().then((made) => made.commands.dropMedia(media.address)),
  });
  const drafts = new Drafts({ form, words, setBody });

  const cover = () => {
    if (!coming && !field.hidden && looksLikeHtml(field.value)) standIn(field, load);
  };
  cover();
  window.addEventListener("pageshow", cover);
  for (const touch of ["focus", "pointerdown", "dragenter"]) field.addEventListener(touch, () => void load(), { once: true });
  field.addEventListener("paste", (event) => {
    const files = filesOf(event.clipboardData);
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (files.length > 0) {
      event.preventDefault();
      pictures.take(files);
    } else if (/<(?:table|li|h[1-6])\b|mso-list/i.test(html)) {
      event.preventDefault();
      void load().then((made) => {
        made.chain().focus().insertContent(cleanPasted(html)).run();
        takePasted(html);
      });
    }
  });

  for (const prompt of form.querySelectorAll("[data-prompt]")) {
    if (!(prompt instanceof HTMLElement)) continue;
    prompt.hidden = false;
    prompt.addEventListener("click", () => void load().then((made) => made.commands.putHeading(prompt.dataset.prompt ?? "")));
  }

  keys(form, drafts);
  countLetters(form, field);
}

/**
 * Markup is no sight for a writer, and the editor is heavy: until the first touch the text is shown as readers see it.
 * @param {HTMLTextAreaElement} field @param {() => Promise<any>} load
 */
function standIn(field, load) {
  const shown = document.createElement("div");
  shown.className = "prose editor-stand-in";
  shown.tabIndex = 0;
  shown.setAttribute("role", "textbox");
  shown.setAttribute("aria-readonly", "true");
  shown.setAttribute("aria-multiline", "true");
  shown.setAttribute("aria-label", words.touch);
  shown.append(...new DOMParser().parseFromString(cleanPasted(field.value), "text/html").body.childNodes);
  for (const inside of shown.querySelectorAll("a, img")) inside.setAttribute("tabindex", "-1");
  field.before(shown);
  field.hidden = true;
  const open = async () => {
    const editor = await load();
    const had = shown.contains(document.activeElement);
    shown.remove();
    if (had) editor.commands.focus("start");
  };
  for (const touch of ["focus", "pointerdown", "dragenter"]) shown.addEventListener(touch, () => void open(), { once: true });
  shown.addEventListener("click", (event) => event.preventDefault());
  // Another part may have asked for the editor first: a picture, a prompt, text that comes back.
  const watch = new MutationObserver(() => {
    if (!field.parentElement?.querySelector(".prose-editor")) return;
    watch.disconnect();
    void open();
  });
  if (field.parentElement) watch.observe(field.parentElement, { childList: true });
}

/** @param {HTMLFormElement} form @param {Drafts} drafts */
function keys(form, drafts) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    if (event.code === "KeyS" && !event.shiftKey) {
      event.preventDefault();
      drafts.keepHere();
      void drafts.send();
    } else if (event.code === "Enter") {
      event.preventDefault();
      const publish = form.querySelector("[data-move=publish]");
      if (publish instanceof HTMLButtonElement) form.requestSubmit(publish);
    }
  }, true);
}

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement} field counts what a reader calls letters */
function countLetters(form, field) {
  const place = form.querySelector("[data-length]");
  if (!place || !("Segmenter" in Intl)) return;
  const letters = new Intl.Segmenter("th", { granularity: "grapheme" });
  let timer = 0;
  const count = () => {
    const shown = looksLikeHtml(field.value) ? (new DOMParser().parseFromString(field.value, "text/html").body.textContent ?? "") : field.value;
    const n = shown.length > 20000 ? shown.length : [...letters.segment(shown)].length;
    place.textContent = n ? words.letters.replace("{n}", n.toLocaleString("en")) : "";
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(count, 600);
  });
  count();
}
