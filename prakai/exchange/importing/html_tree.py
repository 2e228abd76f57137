"""HTML as a tree and back: parsed without network and without entities, written with a few plain elements only.

What is written is tidy, not safe: addresses are passed on as they are, and whoever stores it sanitises it.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from lxml import etree

from prakai.thai.folding import clean

from .hostile import Refusal

UNSEEN: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "title", "meta", "link", "nav", "aside", "button",
     "select", "option", "textarea", "input", "map", "audio", "video", "canvas", "math", "dialog"}
)  # fmt: skip
INLINE: Final = {
    "a": "a", "b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "s": "s", "strike": "s", "del": "s",
    "sup": "sup", "sub": "sub", "code": "code", "mark": "mark",
}  # fmt: skip
BLOCKS: Final = {
    "p": "p", "div": "p", "ul": "ul", "ol": "ol", "li": "li", "table": "table", "caption": "caption",
    "thead": "thead", "tbody": "tbody", "tr": "tr", "td": "td", "th": "th", "blockquote": "blockquote", "pre": "pre",
    "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4", "figure": "figure",
    "figcaption": "figcaption", "dl": "dl", "dt": "dt", "dd": "dd",
}  # fmt: skip
EMBEDDED: Final = frozenset({"iframe", "embed", "object"})
_SPACES = re.compile(r"\s+")


def parse_page(content: str) -> etree._Element:
    """The root element of an HTML page; `Refusal` when there is none."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refusal("bad-html", "The page is not HTML that can be read.") from None
    if root is None:
        raise Refusal("bad-html", "The page is empty.")
    return root


def name_of(element: etree._Element) -> str:
    """The element's name in small letters; empty for what is no element."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_unseen(element: etree._Element) -> bool:
    """Whether a reader does not see the element."""
    if name_of(element) in UNSEEN or not isinstance(element.tag, str):
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def spaced(text: str | None) -> str:
    """Text with every run of any space as one plain space, also at the ends."""
    return _SPACES.sub(" ", clean(text)) if text else ""


# What stands around a note on a page: the names that such parts bear, and their roles.
_RAILS: Final = frozenset(
    {"sidebar", "side-bar", "side_bar", "navbar", "nav", "navigation", "menu", "topbar", "toolbar", "footer",
     "site-footer", "page-footer", "breadcrumb", "breadcrumbs", "ad", "ads", "advertisement", "banner", "related",
     "related-posts", "share", "social", "widget", "widgets", "rail", "side-rail", "left-rail", "right-rail",
     "copyright", "masthead",
     "complementary", "contentinfo", "search"}
)  # fmt: skip


def is_rail(element: etree._Element) -> bool:
    """Whether an element is named as something that stands beside a text: a menu, a side rail, the page's foot."""
    if name_of(element) in {"nav", "aside", "footer"}:
        return True
    if name_of(element) not in {"div", "section", "ul", "td", "header", "form"}:
        return False
    names = (
        f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".lower().split()
    )
    return not _RAILS.isdisjoint(names)


def rail_text(element: etree._Element) -> str:
    """The text of an element that stands beside the text."""
    parts = [spaced(element.text)]
    for child in element:
        _gather(child, parts)
        parts.append(" " + spaced(child.tail))
    return " ".join("".join(parts).split())


def visible_text(element: etree._Element) -> str:
    """All text of an element that a reader sees, on one line."""
    parts: list[str] = []
    _gather(element, parts)
    return " ".join("".join(parts).split())


def _gather(element: etree._Element, parts: list[str]) -> None:
    if not is_unseen(element):
        block = name_of(element) in BLOCKS or name_of(element) == "br"
        parts.append(" " if block else "")
        parts.append(spaced(element.text))
        for child in element:
            _gather(child, parts)
            parts.append(spaced(child.tail))
        parts.append(" " if block else "")


def opening(element: etree._Element) -> str:
    """The opening tag under which an inline element is written, with only the attributes that carry meaning."""
    name = INLINE[name_of(element)]
    href = (element.get("href") or "").strip() if name == "a" else ""
    return f'<a href="{escape(href)}">' if name == "a" else f"<{name}>"


def image(element: etree._Element) -> str:
    """An image as HTML; empty without an address."""
    source = (element.get("src") or element.get("data-src") or "").strip()
    alt = " ".join(spaced(element.get("alt")).split())
    return f'<img src="{escape(source)}" alt="{escape(alt)}">' if source else ""


def embedded(element: etree._Element) -> str:
    """What was embedded from elsewhere (a film, a map), as a link to it; empty without a web address."""
    address = (element.get("src") or element.get("data") or "").strip()
    if address.startswith("//"):
        address = "https:" + address
    if not address.lower().startswith(("http://", "https://")):
        return ""
    return f'<a href="{escape(address)}">{escape(address, quote=False)}</a>'


def written(element: etree._Element) -> str:
    """A whole block element (a list, a table, a quotation) as tidy HTML."""
    parts: list[str] = []
    _write(element, parts)
    html = "".join(parts)
    return (html if "<pre>" in html else re.sub(r" {2,}", " ", html)).strip()


def _write(element: etree._Element, parts: list[str], *, as_typed: bool = False) -> None:
    name = name_of(element)
    as_typed = as_typed or name == "pre"
    spaces = clean if as_typed else spaced
    if name == "br":
        parts.append("<br>")
    elif name == "img":
        parts.append(image(element))
    elif name in EMBEDDED:
        parts.append(embedded(element))
    elif not is_unseen(element):
        block = BLOCKS.get(name)
        # A <div> becomes a paragraph only where it holds no other block: paragraphs do not nest.
        if name in {"div", "p"} and any(name_of(child) in BLOCKS for child in element):
            block = None
        start = opening(element) if name in INLINE else f"<{block}{_spans(element)}>" if block else ""
        parts.append(start)
        parts.append(escape(spaces(element.text or ""), quote=False))
        for child in element:
            _write(child, parts, as_typed=as_typed)
            parts.append(escape(spaces(child.tail or ""), quote=False))
        parts.append(f"</{INLINE[name]}>" if name in INLINE else f"</{block}>" if block else "")


def _spans(element: etree._Element) -> str:
    """The attributes of a table cell or a list that carry meaning."""
    kept = ("colspan", "rowspan", "start")
    pairs = ((key, element.get(key) or "") for key in kept)
    return "".join(f' {key}="{value}"' for key, value in pairs if value.isascii() and value.isdigit())
