"""An HTML page as lines: block by block, so that the layouts told from text can be looked for in it too."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from lxml import etree

from .html_tree import (
    BLOCKS,
    EMBEDDED,
    INLINE,
    embedded,
    image,
    is_rail,
    is_unseen,
    name_of,
    opening,
    rail_text,
    spaced,
    visible_text,
    written,
)
from .lines import Line, text_lines

_WHOLE: Final = frozenset(
    {"ul", "ol", "table", "blockquote", "pre", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_BREAKING: Final = frozenset(
    {"body", "html", "section", "article", "main", "header", "footer", "form", "fieldset", "address", "center", "hr",
     "details", "summary", "figcaption", *BLOCKS}
)  # fmt: skip
_NESTED: Final = 20
"""How many inline elements are kept inside one another; nobody writes more."""
# A list or table that holds one of these is furniture of the page, not of the text.
_FURNITURE = re.compile(r"หมายเลขบันทึก|คำสำคัญ ?[(:]|บันทึกนี้เขียนที่|สัญญาอนุญาต ?:|เขียนเมื่อ|ความเห็น ?\(")


class LineWriter:
    """Walks a page and gathers its lines; `content` is the span of lines of the content element, when it was met.

    What stands beside the text, such as menus, goes to `beside`: no line of the note, and not lost.
    """

    def __init__(self, content_element: etree._Element | None = None) -> None:
        self.lines: list[Line] = []
        self.content: tuple[int, int] | None = None
        self.beside: list[str] = []
        self._content_element = content_element
        self._text: list[str] = []
        self._html: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._joins = False

    def walk(self, element: etree._Element) -> None:
        """Gather the lines of an element and all that it holds."""
        name = name_of(element)
        if name == "br":
            self._end_line()
            self._joins = True
            return
        if name in EMBEDDED:
            link = embedded(element)
            self._html.append(link)
            self._text.append(f" {element.get('src') or element.get('data') or ''} " if link else "")
            return
        if name == "img":
            self._html.append(image(element))
            return
        if is_rail(element) and not self._holds_note(element):
            self._end_paragraph()
            if name != "nav":
                self.beside.append(rail_text(element))
            return
        if is_unseen(element):
            return
        if name in INLINE:
            self._walk_inline(element, name)
        elif name in _WHOLE and not _is_furniture(element, name):
            self._take_whole(element, name)
        else:
            self._walk_block(element, breaking=name in _BREAKING)

    def _walk_inline(self, element: etree._Element, name: str) -> None:
        if len(self._open) >= _NESTED:
            self._inside(element)
            return
        tags = (opening(element), f"</{INLINE[name]}>")
        self._open.append(tags)
        self._html.append(tags[0])
        self._inside(element)
        self._open.pop()
        self._html.append(tags[1])

    def _walk_block(self, element: etree._Element, *, breaking: bool) -> None:
        is_content = element is self._content_element
        if breaking or is_content:
            self._end_paragraph()
        start = len(self.lines)
        self._inside(element)
        if breaking or is_content:
            self._end_paragraph()
        if is_content:
            self.content = (start, len(self.lines))

    def _holds_note(self, element: etree._Element) -> bool:
        """Whether what is named like a rail holds the note, its title, or parts of its footer nevertheless."""
        if name_of(element) in {"nav", "aside"}:
            return False
        if any(found is self._content_element or name_of(found) == "h1" for found in element.iter()):
            return True
        return _FURNITURE.search(rail_text(element)) is not None

    def _inside(self, element: etree._Element) -> None:
        self._say(element.text)
        for child in element:
            self.walk(child)
            self._say(child.tail)

    def _take_whole(self, element: etree._Element, name: str) -> None:
        self._end_paragraph()
        if name == "pre" and _FURNITURE.search(visible_text(element)):
            # A text that was saved as a page: its lines are those of the note.
            self.lines.extend(text_lines("".join(map(str, element.itertext()))))
            self.lines.append(Line(""))
            return
        text = visible_text(element)
        html = written(element)
        if text or "<img" in html:
            self.lines.append(Line(text, block=html))
            self.lines.append(Line(""))

    def _say(self, text: str | None) -> None:
        shown = spaced(text)
        if shown:
            self._text.append(shown)
            self._html.append(escape(shown, quote=False))

    def _end_line(self) -> None:
        text = " ".join("".join(self._text).split())
        html = "".join(self._html) + "".join(end for _, end in reversed(self._open))
        html = re.sub(r" {2,}", " ", html).strip()
        if text or "<img" in html:
            self.lines.append(Line(text, None, inline=html, joins=self._joins and bool(self.lines)))
        elif self._joins and self.lines and self.lines[-1].text:
            # Two breaks in a row are how old editors ended a paragraph.
            self.lines.append(Line(""))
        self._text = []
        self._html = [start for start, _ in self._open]

    def _end_paragraph(self) -> None:
        self._end_line()
        if self.lines and self.lines[-1].text:
            self.lines.append(Line(""))
        self._joins = False


def _is_furniture(element: etree._Element, name: str) -> bool:
    """Whether a list or table only lays out the page: it holds parts of the footer, or whole paragraphs."""
    if name == "table":
        if sum(1 for found in element.iter("td", "th")) == 1:
            return True
        inner = element.iter("p", "div", "table", "ul", "ol", "h1", "h2", "h3")
        if sum(1 for found in inner if found is not element) > 2:
            return True
    return (
        name in {"table", "ul", "ol", "dl", "blockquote"}
        and _FURNITURE.search(visible_text(element)) is not None
    )
