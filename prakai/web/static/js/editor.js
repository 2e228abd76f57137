/**
 * The editor over the plain text field: the parts of django-prose-editor, with our own tools that say what they do in words.
 * Its file is fetched at the first touch of the field; if it does not come, the field stays as it is.
 */

/**
 * @typedef {{take: (files: File[]) => void, filesOf: (given: DataTransfer | null) => File[],
 *   takePasted: (html: string) => void, cleanPasted: (html: string) => string}} Ways
 * @typedef {{address: string, kind: string, name: string, alt: string, width: number | null, height: number | null}} Media
 */

const BLOCK = /<(?:p|h[1-4]|ul|ol|li|blockquote|table|figure|pre|div|br)\b[^>]*>/i;

/** @param {string} text @returns {boolean} the same question as the server's */
export function looksLikeHtml(text) {
  return BLOCK.test(text);
}

/** @param {string} text @returns {string} blank lines part paragraphs, single ones break lines, as on the server */
export function fromPlain(text) {
  const holder = document.createElement("p");
  return text
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter(Boolean)
    .map((block) => {
      holder.textContent = block;
      return `<p>${holder.innerHTML.replaceAll("\n", "<br>")}</p>`;
    })
    .join("");
}

/** @param {HTMLTextAreaElement} field waits until nobody is in the middle of a letter */
function quiet(field) {
  return new Promise((resolve) => {
    let timer = window.setTimeout(resolve, document.activeElement === field ? 120 : 0);
    let composing = false;
    const again = () => {
      clearTimeout(timer);
      if (!composing) timer = window.setTimeout(resolve, 120);
    };
    field.addEventListener("input", again);
    field.addEventListener("compositionstart", () => ((composing = true), again()));
    field.addEventListener("compositionend", () => ((composing = false), again()));
  });
}

/** @param {any} kit @param {() => void} askLink the parts that a note may hold, and no more */
function parts(kit, askLink) {
  const Link = kit.Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": () => (askLink(), true) }) });
  const Figure = kit.Figure.extend({ addExtensions: () => [], addAttributes: () => ({}) });
  const Caption = kit.Caption.extend({ addAttributes: () => ({}) });
  return [
    kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.Heading.configure({ levels: [2, 3, 4] }),
    kit.Bold, kit.Italic, kit.Underline, kit.Strike, kit.Subscript, kit.Superscript, kit.Code, kit.CodeBlock,
    kit.Blockquote, kit.BulletList, kit.OrderedList, kit.ListItem, kit.HorizontalRule,
    Link.configure({ openOnClick: false, enableTarget: false, autolink: true }),
    kit.Table, kit.TableRow, kit.TableHeader, kit.TableCell, kit.Image, Figure, Caption,
    kit.Dropcursor, kit.Gapcursor, kit.History, ours(kit),
  ];
}

/**
 * Chromium goes on writing where the cursor was before a block came in above it, until the cursor is set anew.
 * @param {any} editor
 */
function settle(editor) {
  requestAnimationFrame(() => {
    document.getSelection()?.removeAllRanges();
    editor.commands.focus();
  });
}

/** @param {any} kit our own commands: pictures, headings of the prompts */
function ours(kit) {
  return kit.Extension.create({
    name: "prakai",
    addCommands() {
      return {
        putHeading: (/** @type {string} */ text) => (/** @type {any} */ { chain, editor }) => {
          const heading = { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text }] };
          const start = editor.isEmpty ? chain().clearContent() : chain().focus("end");
          settle(editor);
          return start.insertContent([heading, { type: "paragraph" }]).focus("end").run();
        },
        putMedia: (/** @type {Media} */ media) => (/** @type {any} */ { chain, editor }) => {
          const sides = { width: media.width, height: media.height };
          const content =
            media.kind === "picture"
              ? { type: "figure", content: [{ type: "image", attrs: { src: media.address, alt: media.alt, ...sides } }] }
              : { type: "paragraph", content: [{ type: "text", text: media.name, marks: [{ type: "link", attrs: { href: media.address } }] }] };
          if (editor.isFocused) settle(editor);
          return chain().insertContent([content, { type: "paragraph" }]).run();
        },
        describeMedia: (/** @type {string} */ address, /** @type {string} */ alt) => (/** @type {any} */ { tr, dispatch }) => {
          tr.doc.descendants((/** @type {any} */ node, /** @type {number} */ at) => {
            if (node.type.name === "image" && node.attrs.src === address && dispatch) tr.setNodeAttribute(at, "alt", alt);
          });
          return true;
        },
        dropMedia: (/** @type {string} */ address) => (/** @type {any} */ { tr, dispatch }) => {
          /** @type {[number, number][]} */
          const found = [];
          tr.doc.descendants((/** @type {any} */ node, /** @type {number} */ at) => {
            const holds = node.type.name === "figure" && node.firstChild?.attrs.src === address;
            if (holds || (node.type.name === "image" && node.attrs.src === address)) found.push([at, at + node.nodeSize]);
            return !holds;
          });
          if (dispatch) for (const [from, to] of found.reverse()) tr.delete(from, to);
          return true;
        },
      };
    },
  });
}

/** @param {any} editor @param {Record<string, string>} words asks for an address in a window of the page */
function askLink(editor, words) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const box = document.createElement("form");
  box.method = "dialog";
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.id = "link-address";
  input.value = editor.getAttributes("link").href ?? "";
  label.htmlFor = input.id;
  label.textContent = words.link_address;
  const done = document.createElement("button");
  done.className = "button";
  done.textContent = words.link;
  box.append(label, input, done);
  dialog.append(box);
  document.body.append(dialog);
  let sent = false;
  box.addEventListener("submit", () => (sent = true));
  dialog.addEventListener("close", () => {
    const address = input.value.trim();
    dialog.remove();
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!sent) return;
    if (!address) chain.unsetLink().run();
    else chain.setLink({ href: /^(?:[a-z][a-z0-9+.-]*:|\/|#)/i.test(address) ? address : `https://${address}` }).run();
  });
  dialog.showModal();
}

/** @param {any} editor @param {Record<string, string>} words @param {() => void} picture @returns {HTMLElement} */
function toolbar(editor, words, picture) {
  const bar = document.createElement("div");
  bar.className = "editor-tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.tools);
  const inTable = () => editor.isActive("table");
  /** @type {[string, () => void, (() => boolean) | null, (() => boolean) | null][]} words, move, pressed, shown */
  const tools = [
    ["heading", () => editor.chain().focus().toggleHeading({ level: 2 }).run(), () => editor.isActive("heading"), null],
    ["bold", () => editor.chain().focus().toggleBold().run(), () => editor.isActive("bold"), null],
    ["italic", () => editor.chain().focus().toggleItalic().run(), () => editor.isActive("italic"), null],
    ["list", () => editor.chain().focus().toggleBulletList().run(), () => editor.isActive("bulletList"), null],
    ["numbers", () => editor.chain().focus().toggleOrderedList().run(), () => editor.isActive("orderedList"), null],
    ["quote", () => editor.chain().focus().toggleBlockquote().run(), () => editor.isActive("blockquote"), null],
    ["link", () => askLink(editor, words), () => editor.isActive("link"), null],
    ["picture", picture, null, null],
    ["table", () => editor.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run(), null, () => !inTable()],
    ["row", () => editor.chain().focus().addRowAfter().run(), null, inTable],
    ["column", () => editor.chain().focus().addColumnAfter().run(), null, inTable],
    ["untable", () => editor.chain().focus().deleteTable().run(), null, inTable],
    ["undo", () => editor.chain().focus().undo().run(), null, null],
    ["redo", () => editor.chain().focus().redo().run(), null, null],
  ];
  const buttons = tools.map(([name, move, pressed, shown], at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "editor-tool";
    button.textContent = words[name];
    button.tabIndex = at === 0 ? 0 : -1;
    button.addEventListener("click", move);
    const update = () => {
      if (pressed) button.setAttribute("aria-pressed", String(pressed()));
      if (shown) button.hidden = !shown();
    };
    editor.on("transaction", update);
    update();
    bar.append(button);
    return button;
  });
  // One stop for the tab key; the arrows move inside, as in every toolbar.
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const shown = buttons.filter((button) => !button.hidden);
    const now = shown.findIndex((button) => button === document.activeElement);
    const next = shown[(now + step + shown.length) % shown.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next?.focus();
    event.preventDefault();
  });
  return bar;
}

/** @param {any} doc @param {number} letters @returns {number} the place behind so many letters that are no spaces */
function placeBehind(doc, letters) {
  let left = letters;
  let place = 1;
  doc.descendants((/** @type {any} */ node, /** @type {number} */ at) => {
    if (!node.isText || left <= 0) return left > 0;
    for (let i = 0; i < node.text.length && left > 0; i += 1) {
      if (!/\s/.test(node.text[i])) left -= 1;
      place = at + i + 1;
    }
    return false;
  });
  return place;
}

/**
 * @param {string} url where django-prose-editor lies
 * @param {HTMLTextAreaElement} field it goes on holding the words, for the form
 * @param {Record<string, string>} words
 * @param {Ways} ways
 */
export async function makeEditor(url, field, words, ways) {
  const kit = await import(url);
  await quiet(field);
  const label = field.labels?.[0];
  if (label) label.id ||= `${field.id}-label`;
  const had = document.activeElement === field;
  const before = field.value.slice(0, field.selectionStart).replace(/\s/g, "").length;
  const spaced = /\S $/.test(field.value);
  const atEnd = field.selectionStart >= field.value.trimEnd().length;
  const element = document.createElement("div");
  element.className = "prose-editor";
  field.before(element);
  /** @type {any} */
  const editor = new kit.Editor({
    element,
    injectCSS: false,
    content: looksLikeHtml(field.value) ? field.value : fromPlain(field.value),
    extensions: parts(kit, () => askLink(editor, words)),
    editorProps: {
      attributes: {
        class: "prose",
        role: "textbox",
        "aria-multiline": "true",
        ...(label ? { "aria-labelledby": label.id } : {}),
        ...(field.lang ? { lang: field.lang } : {}),
      },
      transformPastedHTML: ways.cleanPasted,
      handlePaste: (/** @type {any} */ _view, /** @type {ClipboardEvent} */ event) => {
        if (takeFiles(ways, event.clipboardData)) return true;
        ways.takePasted(event.clipboardData?.getData("text/html") ?? "");
        return false;
      },
      handleDrop: (/** @type {any} */ _view, /** @type {DragEvent} */ event, /** @type {any} */ _slice, /** @type {boolean} */ moved) => {
        if (moved || !takeFiles(ways, event.dataTransfer)) return false;
        event.preventDefault();
        return true;
      },
    },
    onUpdate: () => {
      const html = editor.getHTML();
      field.value = html === "<p></p>" ? "" : html;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const chooser = field.form?.querySelector("[data-upload] input[type=file]");
  element.before(toolbar(editor, words, () => chooser instanceof HTMLElement && chooser.click()));
  field.hidden = true;
  label?.addEventListener("click", () => editor.commands.focus());
  if (had) editor.commands.focus(atEnd ? "end" : placeBehind(editor.state.doc, before));
  if (had && atEnd && spaced) editor.view.dispatch(editor.state.tr.insertText(" "));
  return editor;
}

/** @param {Ways} ways @param {DataTransfer | null} given @returns {boolean} */
function takeFiles(ways, given) {
  const files = ways.filesOf(given);
  if (files.length > 0) ways.take(files);
  return files.length > 0;
}
