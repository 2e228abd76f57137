"""One saved page of GotoKnow to one item, or to one loose comment."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from prakai.exchange.importing.addresses import archive_moment, canonical_address, comment_number, note_number
from prakai.exchange.importing.folders import Source
from prakai.exchange.importing.hostile import Refusal
from prakai.exchange.importing.html_lines import LineWriter
from prakai.exchange.importing.html_tree import parse_page
from prakai.exchange.importing.items import Item, ItemComment, LooseComment, Trouble
from prakai.exchange.importing.licences import licence_of
from prakai.exchange.importing.lines import Line, body_html, plain_text, text_lines
from prakai.exchange.importing.media import media_in, places_of
from prakai.exchange.importing.seen import check_body, dates_seen, first_words, language_of

from .clock import check
from .conversation import Conversation, read_conversation, read_lone
from .footer import Footer, footer_start, numbered, read_footer, unglued
from .header import Header, read_header, unjoined
from .marks import Marks, numbers_of, read_marks, take_comments

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.I | re.S,
)
_FRAGMENT = re.compile(r"\s*<(div|article|section|main|table|center|h1|header)(?=[\s>])", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:(?:https?[-_. ]+)?(?:www[-_. ])?goto ?know(?:[-_. ]org)?|(?:posts?|notes?|บันทึก))[-_. ]*"
    r"(?:(?:posts?|notes?|blog[-_. ][a-z0-9]{1,40}|บันทึก)[-_. ]+)?(\d{1,8})(?:[-_ (].*)?"
    r"|e?([1-9]\d{2,7})(?: ?\(\d\)|[-_](?=[^\d\s]).*)?",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"หมายเลขบันทึก ?:|บันทึกนี้เขียนที่ ?Goto|คำสำคัญ \(Tags\)|^[ \t]*Goto ?Know[ \t]*$|^[ \t]*ติดตาม ?(?:ผู้ติดตาม)?[ \t]*$"
    r"|^[ \t]*เขียนเมื่อ|\A\s*ความเห็น \d{1,10}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LABEL = re.compile(r"^(?:ที่มา|แหล่งที่มา|ที่อยู่|จาก|ลิงก์|URL|Source|Link|Saved from) ?:? ?(?=https?:|www\.)", re.I)
_ADDRESS_LINE = re.compile(r"(?:https?://|www\.)\S*gotoknow\.org/\S+", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether a text is an HTML page or a piece of one, not a text with stray HTML in it."""
    if _HTML.match(text[:8192]) is not None:
        return True
    return (
        _FRAGMENT.match(text[:200]) is not None
        and re.search(r"</[a-z1-6]+>\s*$", text[-200:], re.I) is not None
    )


def reads_as_page(text: str) -> bool:
    """Whether a text bears the marks of a GotoKnow page: its footer, its head, or (for HTML) its address."""
    if is_html(text):
        return "gotoknow" in text.lower() or _MARKED.search(text.replace("\u00a0", " ")) is not None
    return _MARKED.search(text[:4096].replace("\u00a0", " ")) is not None or (
        _MARKED.search(text[-65536:].replace("\u00a0", " ")) is not None
    )


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A page taken apart: marks, marked comments, and the lines before, inside and after its content."""

    marks: Marks
    comments: tuple[ItemComment, ...]
    before: list[Line]
    lines: list[Line]
    after: list[Line]
    beside: list[str]


@dataclass(frozen=True, slots=True)
class _Parts:
    """A page understood: what its head, foot and conversation tell, its body, and the text left over."""

    header: Header
    footer: Footer
    talk: Conversation
    body: list[Line]
    raw: list[str]


def read_page(source: Source, text: str, media_folder: Path | None) -> Item | LooseComment:
    """The item or loose comment of one saved page; raises `Refusal`."""
    pieces = _page_pieces(text) if is_html(text) else _text_pieces(text)
    marks = pieces.marks
    lone = read_lone([*pieces.before, *pieces.lines]) or read_lone(pieces.lines)
    if lone is not None:
        url = next((address for address in marks.addresses if comment_number(address)), None)
        number = next(iter(numbers_of(marks.addresses)), None)
        return LooseComment(
            source.name, "gotoknow", lone.note_title, number, lone.comment, url, "", lone.problems
        )
    return _assembled(source, pieces, _parts(pieces), media_folder)


def _text_pieces(text: str) -> _Pieces:
    """Of a saved text: an address alone in one of its first or last lines is where it was saved from."""
    check_body(text, None)
    lines = unglued(text_lines(_once(text)))
    marks = Marks()
    shown = [place for place, line in enumerate(lines) if line.text]
    told = numbered(lines)
    for n, place in enumerate(dict.fromkeys(shown[:3] + shown[-3:])):
        if len(lines[place].text) > 500:
            continue
        address = _LABEL.sub("", lines[place].text) if n < 3 else lines[place].text
        number = note_number(address) if _ADDRESS_LINE.fullmatch(address) else None
        # Another number than that of the footer is a link to another note, and part of the text.
        if number and (n == 0 or told in (None, number)):
            marks.addresses.append(address)
            lines[place] = Line("", lines[place].number)
    return _Pieces(marks, (), [], lines, [], [])


def _once(text: str) -> str:
    """The text without a second copy of itself, as a page that was pasted or saved twice into one file has."""
    shown = text.strip()
    first = shown.partition("\n")[0]
    again = shown.find("\n" + first, len(shown) // 2 - len(first) - 4) if len(first) > 3 else -1
    return shown[again + 1 :] if again > 0 and shown[:again].strip() == shown[again + 1 :].strip() else text


def _page_pieces(text: str) -> _Pieces:
    root = parse_page(text)
    comments = take_comments(root)
    marks = read_marks(root, text)
    writer = LineWriter(marks.content)
    writer.walk(root)
    lines = writer.lines
    check_body("".join(line.text for line in lines), None)
    start, end = writer.content or (0, len(lines))
    return _Pieces(
        marks,
        comments,
        unglued(lines[:start]),
        unglued(lines[start:end]),
        unglued(lines[end:]),
        writer.beside,
    )


def _parts(pieces: _Pieces) -> _Parts:
    """Foot, head, conversation and body of a page."""
    raw: list[str] = []
    start = footer_start(pieces.lines)
    if start is not None:
        upper, tail = pieces.lines[:start], [*pieces.lines[start:], *pieces.after]
    else:
        upper, outside = pieces.lines, footer_start(pieces.after) or 0
        raw.extend(line.text for line in pieces.after[:outside] if line.text)
        tail = pieces.after[outside:]
    footer, rest = read_footer(tail)
    talk = read_conversation(rest)
    upper = unjoined(upper)
    title, author = pieces.marks.title, pieces.marks.author
    header = read_header(upper, known_title=title, known_author=author)
    if pieces.before:
        # The head may stand outside of the element that holds the text.
        before = unjoined(pieces.before)
        outer = read_header(before, known_title=title, known_author=author)
        raw[:0] = [*outer.raw, *(line.text for line in before[outer.end :] if line.text)]
        header = _both(outer, header)
    return _Parts(
        header, footer, talk, upper[header.end :], [*header.raw, *raw, *footer.raw, *talk.raw, *pieces.beside]
    )


def _both(outer: Header, inner: Header) -> Header:
    """The head inside the content, completed by the head before it."""
    return replace(
        inner,
        title=inner.title or outer.title,
        author=inner.author or outer.author,
        written_at=inner.written_at or outer.written_at,
        edited_at=inner.edited_at or outer.edited_at,
        highlight=inner.highlight or outer.highlight,
        problems=[*outer.problems, *inner.problems],
    )


def _assembled(source: Source, pieces: _Pieces, parts: _Parts, media_folder: Path | None) -> Item:
    marks, header, footer = pieces.marks, parts.header, parts.footer
    problems = [*header.problems, *footer.problems, *parts.talk.problems]
    number = _number(source, marks, footer, problems, footer.written_at or header.written_at)
    text = plain_text(parts.body)
    html = body_html(parts.body)
    title = header.title or marks.title
    if title is None:
        title = first_words(text) or (f"GotoKnow {number}" if number else source.relative)
        problems.append(Trouble("no-title", "The page has no title; its first words stand for it."))
    if not text and "<img" not in html:
        if number is None and header.title is None:
            raise Refusal("empty", "The page holds no text.")
        problems.append(Trouble("empty", "The page holds no text."))
    others = [address for address in marks.addresses if note_number(address) == number or number is None]
    moments = (archive_moment(address) for address in others)
    written_at = (
        footer.written_at or header.written_at or marks.written_at or next(filter(None, moments), None)
    )
    licence_text = footer.licence_text or marks.licence_text
    licence = licence_of(licence_text)
    if licence_text and licence is None:
        problems.append(Trouble("licence-unknown", f"The licence is not understood: {licence_text[:120]}"))
    comments = pieces.comments or parts.talk.comments
    if footer.comment_count is not None and footer.comment_count > len(comments):
        missing = footer.comment_count - len(comments)
        problems.append(
            Trouble("comments-missing", f"The page counts {missing} more comments than it holds.")
        )
    apart = check(number, written_at)
    url = canonical_address(number) if number else next(iter(others), None)
    return Item(
        source=source.name,
        line=next((line.number for line in pieces.lines if line.text and line.number), None),
        origin="gotoknow",
        key=f"gotoknow:{number}" if number else f"gotoknow-page:{source.relative}",
        number=number,
        title=title,
        author=footer.author or header.author or marks.author,
        author_email=None,
        notebook=footer.notebook or marks.notebook,
        tags=footer.tags or tuple(marks.tags),
        written_at=written_at,
        edited_at=footer.edited_at or header.edited_at or marks.edited_at,
        licence=licence,
        licence_text=licence_text,
        reads=footer.reads,
        comments=comments,
        comment_count=footer.comment_count if footer.comment_count is not None else len(comments) or None,
        url=url,
        other_urls=tuple(dict.fromkeys(address for address in others if address != url)),
        body_html=html,
        highlight=header.highlight,
        dates=dates_seen(text, written_at),
        raw="\n".join(filter(None, [*parts.raw, *(each for each in marks.addresses if each not in others)])),
        media=media_in(html, places_of(source, media_folder)),
        language=marks.language or language_of(text),
        status="published",
        problems=tuple(dict.fromkeys([*problems, *([apart] if apart else [])])),
    )


def named_number(source: Source) -> int | None:
    """The number of a note that the name of a file tells: 75052.html, gotoknow-75052.txt."""
    named = _NAMED.fullmatch(Path(source.relative.rsplit("!", 1)[-1]).stem)
    return (int(named[1] or named[2]) or None) if named else None


def _number(
    source: Source, marks: Marks, footer: Footer, problems: list[Trouble], written_at: datetime | None
) -> int | None:
    """The note's number: from its footer, else its address, else the name of the file."""
    told = numbers_of(marks.addresses)
    named = named_number(source)
    if footer.number is not None:
        other = next((number for number in told if number != footer.number), None)
        if other is not None:
            problems.append(
                Trouble(
                    "number-differs", f"The footer says note {footer.number}, but an address says {other}."
                )
            )
        return footer.number
    if told:
        return told[0]
    if named and check(named, written_at) is None:
        problems.append(
            Trouble("number-from-name", "The number of the note was taken from the name of the file.")
        )
        return named
    problems.append(Trouble("no-number", "The page does not tell the number of the note."))
    return None
