"""Clean markup: the only HTML that rooms keep, its plain text, and safe excerpts."""

from __future__ import annotations

import html
import re

import nh3

from prakai.thai.folding import clean
from prakai.thai.graphemes import cut

TAGS = {
    "p", "br", "h2", "h3", "h4", "strong", "em", "u", "s", "sub", "sup", "blockquote", "ul", "ol", "li", "a", "hr",
    "pre", "code", "table", "thead", "tbody", "tr", "th", "td", "caption", "figure", "figcaption", "img", "span",
}  # fmt: skip
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "span": {"lang"},
    "p": {"lang"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
WITHOUT_CONTENT = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"}
COMMENT_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote"}

_BLOCK_END = re.compile(
    r"</(?:p|h[1-6]|li|tr|blockquote|figcaption|caption|pre|table|ul|ol)>|<br\s*/?>|<hr\s*/?>"
)
_CELL_END = re.compile(r"</t[dh]>")
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r"\s*\n\s*")
_EMPTY_HEADING_CELL = re.compile(r"<th\b([^>]*)>(?:\s|\u00a0|&nbsp;|<br\s*/?>)*</th>")
_SCOPE = re.compile(r' scope="[^"]*"')
_EMPTY_BLOCK = re.compile(r"<(p|h2|h3|h4|li)>(?:\s|\u00a0|&nbsp;|<br\s*/?>)*</\1>")


def clean_html(text: str) -> str:
    """Return ``text`` with only our tags and attributes: no styles, classes, scripts, or outside pictures' tricks.

    Headings of level 1 become level 2 (the title is the page's only h1); links gain ``rel``; empty paragraphs, as
    word processors leave them, go; a heading cell without words becomes a plain cell, since it heads nothing.
    Characters are put in the normal form of the Thai room.
    """
    text = text.replace("\x00", "")
    text = re.sub(r"<(/?)h1\b", r"<\1h2", text, flags=re.I)
    text = re.sub(r"<(/?)b\b(?=[\s>])", r"<\1strong", text, flags=re.I)
    text = re.sub(r"<(/?)i\b(?=[\s>])", r"<\1em", text, flags=re.I)
    safe = nh3.clean(
        text,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        clean_content_tags=WITHOUT_CONTENT,
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
    )
    safe = clean(safe.replace("\u00a0", " ").replace("&nbsp;", " "))
    previous = None
    while previous != safe:
        previous, safe = safe, _EMPTY_BLOCK.sub("", safe)
    return _EMPTY_HEADING_CELL.sub(lambda cell: f"<td{_SCOPE.sub('', cell[1])}></td>", safe).strip()


def clean_comment(text: str) -> str:
    """Return the small markup that comments may carry."""
    return nh3.clean(
        clean(text.replace("\x00", "")),
        tags=COMMENT_TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        clean_content_tags=WITHOUT_CONTENT,
        link_rel="nofollow noopener noreferrer",
    ).strip()


def from_plain(text: str) -> str:
    """Return HTML for text typed without an editor: blank lines part paragraphs, single ones break lines."""
    blocks = [
        block.strip() for block in re.split(r"\n\s*\n", clean(text.replace("\r\n", "\n").replace("\r", "\n")))
    ]
    return "\n".join(
        f"<p>{html.escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block
    )


def looks_like_html(text: str) -> bool:
    """Return whether ``text`` comes from the editor (block tags) rather than from a bare text field."""
    return bool(re.search(r"<(?:p|h[1-4]|ul|ol|li|blockquote|table|figure|pre|div|br)\b[^>]*>", text, re.I))


def body_from(text: str) -> str:
    """Return clean HTML from a text field that may hold the editor's HTML or plain text typed without JavaScript."""
    return clean_html(text if looks_like_html(text) else from_plain(text))


def plain_of(markup: str) -> str:
    """Return the text of ``markup``: a line for each block, spaces single, entities read."""
    text = _CELL_END.sub(" ", _BLOCK_END.sub("\n", markup))
    text = html.unescape(_TAG.sub("", text))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def excerpt(plain: str, limit: int = 280) -> str:
    """Return the beginning of a plain text, at most ``limit`` graphemes, on one line."""
    return cut(" ".join(plain.split()), limit)
