"""A page as lines, and lines as a body: what saved text and saved HTML become before a layout is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape

from prakai.thai.digits import to_arabic
from prakai.thai.folding import clean

INDENT = 3
"""Columns of space before a line that make it the first of a paragraph."""


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line. `text` is tidy (no no-break spaces, no runs of space) and empty for a blank line.

    `number`: the line in the file, from 1, None when unknown. `indent`: columns of space before it.
    `inline`: the line's HTML when it came from a page (already escaped), else None.
    `block`: a whole HTML element (list, table, quotation, heading) that stands for itself, else None.
    `joins`: the line goes on the paragraph of the line before it.
    """

    text: str
    number: int | None = None
    indent: int = 0
    inline: str | None = None
    block: str | None = None
    joins: bool = False


def tidy(text: str) -> str:
    """One line of text: characters repaired, every kind of space one plain space, none at the ends."""
    return " ".join(clean(text).split())


def text_lines(text: str) -> list[Line]:
    """The lines of a saved text, literal Word HTML taken out; blank lines stay as separators."""
    lines: list[Line] = []
    for number, written in enumerate(text.split("\n"), start=1):
        pieces = _without_word(written) if "<" in written else [written]
        for piece in pieces:
            spaced = piece.replace("\t", "    ")
            indent = len(spaced) - len(spaced.lstrip())
            shown = tidy(spaced)
            if not shown and len(pieces) > 1 and lines and not lines[-1].text:
                continue
            joins = bool(shown and lines and lines[-1].text and indent < INDENT and len(pieces) == 1)
            lines.append(Line(shown, number, indent, joins=joins))
    return lines


_WORD_NAMES = (
    "p|div|span|font|b|i|u|s|strong|em|br|hr|sup|sub|center|table|tbody|thead|tr|td|th|ul|ol|li|h[1-6]|img|a"
    r"|o:p|st1:[a-z]+|v:[a-z]+|w:[a-z]+|\?xml:namespace"
)
# Thai stands in a tag only between quotes; elsewhere what looks like a tag is text.
_WORD_REST = r"""(?=[\s/>])(?:[^<>"'\u0e00-\u0e7f]|"[^"<>]*"|'[^'<>]*')*>"""
_WORD_TAG = re.compile(rf"</?(?:{_WORD_NAMES}){_WORD_REST}", re.IGNORECASE)
_WORD_CONDITION = re.compile(r"<!\[(?:if|endif)[^\]<>]*\]>")
_WORD_BREAK = re.compile(rf"</?(?:p|div|br|tr|li|ul|ol|table|h[1-6]|hr){_WORD_REST}", re.IGNORECASE)
_LINK = re.compile(r"<a\s([^<>]{1,2000})>([^<>]*)</a>", re.IGNORECASE)
_HREF = re.compile(r"""href\s{0,9}=\s{0,9}["']?([^"'\s<>]+)""", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{1,7}|[lr][sd]quo|hellip|ndash|mdash|bull);")


def _without_word(written: str) -> list[str]:
    """The line without literal HTML that Word left in it, broken where the HTML broke it.

    Only names that Word writes go; a placeholder such as <Link> is text and stays, and so does an address of a link.
    """
    if not _WORD_TAG.search(written) and "<!" not in written:
        return [written]
    plain = _WORD_CONDITION.sub("", _without_comments(written))
    plain = _LINK.sub(_with_address, plain)
    plain = _WORD_TAG.sub("", _WORD_BREAK.sub("\n", plain))
    plain = _ENTITY.sub(lambda entity: unescape(entity[0]), plain)
    return plain.split("\n")


def _without_comments(text: str) -> str:
    """The text without HTML comments; one without an end is text."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[position:start])
        position = end + 3
    return "".join(parts) + text[position:]


def _with_address(link: re.Match[str]) -> str:
    """The text of a link, and its address when the text does not show it."""
    found = _HREF.search(link[1])
    return link[2] if found is None or found[1] in link[2] else f"{link[2]} ({found[1]})"


def plain_text(lines: Sequence[Line]) -> str:
    """The text of lines as read by a person, blank lines once between paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.text for line in lines)).strip()


# (1) · 1. · 1) · ๑. · (๑) and the signs that people type for a point.
_NUMBERED = re.compile(r"(?:\((\d{1,3})\)|(\d{1,3})(?:[.](?!\d)|\)))\s*(?=\S)")
_POINT = re.compile(r"(?:[•·●▪◦‣➢✓]|[-–—*](?=\s))\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """The sign before a line of a list: its number (None for a point) and how many characters it takes."""

    number: int | None
    width: int
    sure: bool


def _mark_of(line: Line) -> _Mark | None:
    if line.block is not None:
        return None
    numbered = _NUMBERED.match(to_arabic(line.text))
    if numbered:
        return _Mark(int(numbered[1] or numbered[2]), numbered.end(), sure=False)
    point = _POINT.match(line.text)
    return _Mark(None, point.end(), sure=point[0][0] not in "-–—*") if point else None


def body_html(lines: Sequence[Line]) -> str:
    """Paragraphs and lists of a body as HTML, text escaped; HTML of a page is passed on, not sanitised."""
    kept = list(lines)
    parts: list[str] = []
    at = 0
    while at < len(kept):
        line = kept[at]
        if not line.text and line.block is None and not line.inline:
            at += 1
        elif line.block is not None:
            parts.append(line.block)
            at += 1
        elif _list_here(kept, at):
            html, at = _list_at(kept, at)
            parts.append(html)
        else:
            end = _paragraph_end(kept, at)
            parts.append("<p>" + "<br>".join(_inner(each) for each in kept[at:end]) + "</p>")
            at = end
    return "\n".join(parts)


def _inner(line: Line) -> str:
    return line.inline if line.inline is not None else escape(line.text, quote=False)


def _paragraph_end(lines: Sequence[Line], at: int) -> int:
    end = at + 1
    while end < len(lines) and lines[end].joins and lines[end].block is None and not _list_here(lines, end):
        end += 1
    return end


def _list_here(lines: Sequence[Line], at: int) -> bool:
    """Whether a list begins at a line: a number or a dash needs a next one to be a list and not a sentence."""
    mark = _mark_of(lines[at])
    if mark is None:
        return False
    return mark.sure or _next_point(lines, at, mark) is not None


def _next_point(lines: Sequence[Line], at: int, mark: _Mark) -> int | None:
    """Where the list goes on after the point at `at`: over one blank line, and over lines that join the point."""
    blanks = 0
    for place in range(at + 1, min(len(lines), at + 8)):
        line = lines[place]
        if not line.text:
            blanks += 1
            if blanks > 1 or line.block is not None:
                return None
            continue
        following = _mark_of(line)
        if following is not None:
            fits = following.number is None if mark.number is None else following.number == mark.number + 1
            return place if fits else None
        if blanks or not line.joins:
            return None
    return None


def _list_at(lines: Sequence[Line], at: int) -> tuple[str, int]:
    """The list that begins at a line, as HTML, and the place after it."""
    mark = _mark_of(lines[at])
    assert mark is not None
    start = mark.number
    points: list[str] = []
    while mark is not None:
        following = _next_point(lines, at, mark)
        end = at + 1 if following is None else following
        own = [_unmarked(lines[at], mark)] + [line for line in lines[at + 1 : end] if line.text]
        points.append("<li>" + "<br>".join(_inner(line) for line in own) + "</li>")
        mark = None if following is None else _mark_of(lines[following])
        at = end
    name = "ul" if start is None else "ol"
    opening = f'<ol start="{start}">' if start not in (None, 1) else f"<{name}>"
    return f"{opening}{''.join(points)}</{name}>", at


_INLINE_MARK = re.compile(r"\s*(?:\(?[\d๐-๙]{1,3}[.)]|[•·●▪◦‣➢✓]|[-–—*](?=\s))\s*")


def _unmarked(line: Line, mark: _Mark) -> Line:
    """The line without its sign; a sign inside other HTML stays, which is better than a wrong cut."""
    inline = (
        None
        if line.inline is None
        else _INLINE_MARK.sub("", line.inline, count=1)
        if _INLINE_MARK.match(line.inline)
        else line.inline
    )
    return replace(line, text=line.text[mark.width :], inline=inline)


def nonblank(lines: Sequence[Line]) -> Iterator[int]:
    """The places of lines that show something."""
    return (place for place, line in enumerate(lines) if line.text)
