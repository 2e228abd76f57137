/**
 * Makes plain markup of what word processors put on the clipboard: paragraphs that only look like lists become lists, tables
 * and bold stay, everything about looks goes. The server cleans again; this is so that the writer sees what will be kept.
 */

const BULLET = /^[\s\u00a0]*[·•◦▪■□●○§oüØv\-–—*][\s\u00a0]*$/;
const GONE = "style, script, meta, link, title, xml, o\\:p, w\\:sdtpr";
// What somebody struck out while changes were tracked, and remarks in the margin, are not for readers.
const MARGIN = [
  "del[cite]", "del[datetime]", ".msoDel", ".MsoCommentReference", ".msocomanchor", ".msocomoff", ".MsoCommentText",
  "[data-looks*='mso-element:comment' i]", "a[href^='#_msocom' i]", "a[href^='#cmnt' i]",
].join(", ");
const WHOLE_PICTURE = /^data:(image\/(?:png|jpeg|gif|webp));base64,([a-z0-9+/=\s]+)$/i;
const KEPT = new Set(["href", "src", "alt", "width", "height", "colspan", "rowspan", "start", "scope", "title"]);

/** @param {string} html @returns {boolean} */
export function isFromWord(html) {
  return /mso-|class="?'?Mso|urn:schemas-microsoft-com|<o:p>/i.test(html);
}

/** @param {Element} paragraph @returns {number} the level of a list, 0 for none */
function levelOf(paragraph) {
  const style = paragraph.getAttribute("data-looks") ?? "";
  const found = /mso-list:\s*l\d+\s+level(\d+)/i.exec(style);
  if (found) return Number(found[1]);
  return /^MsoListParagraph/i.test(paragraph.className) && /mso-list:\s*l/i.test(style) ? 1 : 0;
}

/** @param {Element} paragraph @returns {string} the sign before the words, taken out of the paragraph */
function takeMarker(paragraph) {
  const marker = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*Ignore/i.test(span.getAttribute("data-looks") ?? ""));
  const words = marker?.textContent ?? "";
  marker?.remove();
  return words;
}

/** @param {string} marker @returns {number} what a numbered list starts with: 3 for "3." and "๓)", else 1 */
function startOf(marker) {
  const digits = /^[\s\u00a0]*([0-9\u0e50-\u0e59]{1,4})[.)]?[\s\u00a0]*$/.exec(marker)?.[1] ?? "1";
  return Number(digits.replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50)));
}

/** @param {Document} page turns each run of list paragraphs into nested lists */
function makeLists(page) {
  /** @type {{list: Element, level: number}[]} */
  let open = [];
  /** @type {Element | null} */
  let last = null;
  for (const paragraph of [...page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const level = levelOf(paragraph);
    if (level === 0) continue;
    const follows = last !== null && open[0] && open[0].list.nextElementSibling === paragraph;
    if (!follows) open = [];
    const marker = takeMarker(paragraph);
    const kind = BULLET.test(marker) ? "ul" : "ol";
    while (open.length > 0 && open[open.length - 1].level > level) open.pop();
    let current = open[open.length - 1];
    if (!current || current.level < level) {
      const list = page.createElement(kind);
      if (kind === "ol" && startOf(marker) > 1) list.setAttribute("start", String(startOf(marker)));
      if (current) (current.list.lastElementChild ?? current.list).append(list);
      else paragraph.before(list);
      current = { list, level };
      open.push(current);
    }
    const item = page.createElement("li");
    const words = page.createElement("p");
    words.append(...paragraph.childNodes);
    item.append(words);
    current.list.append(item);
    paragraph.remove();
    last = item;
  }
}

/** @param {Element} element leaves what it holds in its place */
function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

/** @param {Element} element @param {string} name the same words in an element of another name */
function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

/** @param {Element} image @returns {string} where it lies; what was copied from a page of ours without the host */
function sourceOf(image) {
  const source = image.getAttribute("src") ?? "";
  return source.startsWith(`${location.origin}/`) ? source.slice(location.origin.length) : source;
}

/** @param {string} source @returns {boolean} */
function isOurs(source) {
  return source.startsWith("/media/");
}

/** @param {string} html @returns {Document} it read; our strict policy reports every style a parser meets, so they are renamed */
function read(html) {
  const unstyled = html.replace(/<style\b[^]*?<\/style>/gi, "").replace(/(<[a-z][^<>]*?\s)style\s*=/gi, "$1data-looks=");
  return new DOMParser().parseFromString(unstyled, "text/html");
}

/** @param {string} html @returns {HTMLImageElement[]} its pictures, none of them fetched */
function picturesOf(html) {
  return [...read(html).querySelectorAll("img")];
}

/** @param {string} html @returns {File[]} pictures that lie in the text itself, as LibreOffice puts them */
export function picturesIn(html) {
  return picturesOf(html).flatMap((image, at) => {
    const found = WHOLE_PICTURE.exec(image.getAttribute("src") ?? "");
    if (!found) return [];
    const bytes = Uint8Array.from(atob(found[2].replace(/\s/g, "")), (sign) => sign.charCodeAt(0));
    return [new File([bytes], `picture-${at + 1}.${found[1].slice(6)}`, { type: found[1] })];
  });
}

/** @param {string} html @returns {number} how many pictures lie where we may not show them from: another site, her disk */
export function picturesLeft(html) {
  return picturesOf(html).filter((image) => {
    if (isOurs(sourceOf(image)) || WHOLE_PICTURE.test(sourceOf(image))) return false;
    const width = Number(image.getAttribute("width"));
    return width >= 80 || (!image.alt.trim() && !(width > 0 && width < 30)); // not signs of joy, nor dots that count readers
  }).length;
}

/**
 * @param {string} html as the clipboard gave it
 * @returns {string} markup that the editor understands
 */
export function cleanPasted(html) {
  const page = read(html);
  for (const element of [...page.querySelectorAll(GONE)]) element.remove();
  const comments = page.createNodeIterator(page, NodeFilter.SHOW_COMMENT);
  for (let comment = comments.nextNode(); comment; comment = comments.nextNode()) comment.parentNode?.removeChild(comment);
  for (const element of [...page.querySelectorAll(MARGIN)]) element.remove();
  for (const mark of [...page.querySelectorAll("a[href^='#_ftn' i], a[href^='#_edn' i]")]) unwrap(mark);
  // Word counts merged cells with a last row that nobody sees.
  for (const row of [...page.querySelectorAll("tr[height='0']")]) if (!row.textContent?.trim()) row.remove();
  if (isFromWord(html)) makeLists(page);
  for (const heading of [...page.querySelectorAll("h1")]) rename(heading, "h2");
  for (const heading of [...page.querySelectorAll("h5, h6")]) rename(heading, "h4");
  // Google Docs wraps everything into a <b> that is not bold.
  for (const bold of [...page.querySelectorAll("b[id^='docs-internal'], b[data-looks*='font-weight:normal'], b[data-looks*='font-weight: normal']")]) unwrap(bold);
  for (const span of [...page.querySelectorAll("span")]) {
    const style = span.getAttribute("data-looks") ?? "";
    const [bold, slanted] = [/font-weight:\s*(bold|[6-9]00)/i, /font-style:\s*italic/i].map((look) => look.test(style));
    if (bold && slanted) {
      const words = page.createElement("em");
      words.append(...span.childNodes);
      span.append(words);
    }
    if (bold || slanted) rename(span, bold ? "strong" : "em");
  }
  for (const element of [...page.querySelectorAll("span, font, div, section, article, center, [is]")]) {
    if (element.tagName === "DIV" && !element.querySelector("p, ul, ol, table, h1, h2, h3, h4, div, figure, blockquote, pre")) {
      const paragraph = page.createElement("p");
      paragraph.append(...element.childNodes);
      element.replaceWith(paragraph);
    } else unwrap(element);
  }
  // Pages of ours show no picture of another host; signs of joy have their words.
  for (const image of [...page.querySelectorAll("img")]) {
    if (isOurs(sourceOf(image))) image.setAttribute("src", sourceOf(image));
    else image.replaceWith(image.alt);
  }
  for (const element of [...page.body.querySelectorAll("*")]) {
    if (element.tagName.includes(":")) {
      unwrap(element);
      continue;
    }
    for (const { name } of [...element.attributes]) if (!KEPT.has(name)) element.removeAttribute(name);
  }
  for (const empty of [...page.body.querySelectorAll("p")]) {
    if (!empty.textContent?.replaceAll("\u00a0", " ").trim() && !empty.querySelector("img, br")) empty.remove();
  }
  return page.body.innerHTML.trim();
}
