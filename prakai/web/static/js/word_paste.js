/**
 * Makes plain markup of what word processors put on the clipboard: paragraphs that only look like lists become lists, tables
 * and bold stay, everything about looks goes. The server cleans again; this is so that the writer sees what will be kept.
 */

const BULLET = /^[\s\u00a0]*[·•◦▪■□●○§oüØv\-–—*][\s\u00a0]*$/;
const GONE = "style, script, meta, link, title, xml, o\\:p, w\\:sdtpr";
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
    const kind = BULLET.test(takeMarker(paragraph)) ? "ul" : "ol";
    while (open.length > 0 && open[open.length - 1].level > level) open.pop();
    let current = open[open.length - 1];
    if (!current || current.level < level) {
      const list = page.createElement(kind);
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

/**
 * @param {string} html as the clipboard gave it
 * @returns {string} markup that the editor understands
 */
export function cleanPasted(html) {
  // The strict policy of our pages reports every style that a parser meets, so styles are renamed before.
  const unstyled = html.replace(/<style\b[^]*?<\/style>/gi, "").replace(/(<[a-z][^<>]*?\s)style\s*=/gi, "$1data-looks=");
  const page = new DOMParser().parseFromString(unstyled, "text/html");
  for (const element of [...page.querySelectorAll(GONE)]) element.remove();
  const comments = page.createNodeIterator(page, NodeFilter.SHOW_COMMENT);
  for (let comment = comments.nextNode(); comment; comment = comments.nextNode()) comment.parentNode?.removeChild(comment);
  if (isFromWord(html)) makeLists(page);
  // Google Docs wraps everything into a <b> that is not bold.
  for (const bold of [...page.querySelectorAll("b[id^='docs-internal'], b[data-looks*='font-weight:normal'], b[data-looks*='font-weight: normal']")]) unwrap(bold);
  for (const span of [...page.querySelectorAll("span")]) {
    const style = span.getAttribute("data-looks") ?? "";
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) {
      const strong = page.createElement("strong");
      strong.append(...span.childNodes);
      span.replaceWith(strong);
    }
  }
  for (const element of [...page.querySelectorAll("span, font, div, section, article, center, [is]")]) {
    if (element.tagName === "DIV" && !element.querySelector("p, ul, ol, table, h1, h2, h3, h4, div, figure, blockquote, pre")) {
      const paragraph = page.createElement("p");
      paragraph.append(...element.childNodes);
      element.replaceWith(paragraph);
    } else unwrap(element);
  }
  for (const image of [...page.querySelectorAll("img")]) if (!/^(https?:)?\/(?!\/\/)/i.test(image.getAttribute("src") ?? "")) image.remove();
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
