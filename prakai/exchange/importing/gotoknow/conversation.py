"""Comments of a GotoKnow page: after the count in the footer, or alone on a page of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from prakai.exchange.importing.hostile import LIMITS
from prakai.exchange.importing.items import ItemComment, Trouble
from prakai.exchange.importing.lines import Line, body_html
from prakai.exchange.importing.moments import read_written
from prakai.thai.digits import to_arabic

_WEEKDAY = r"(?:จ|อ|พ|พฤ|ศ|ส|อา)\."
_DATED = re.compile(
    r"(?:(?P<label>เขียนเมื่อ|ตอบเมื่อ) ?:?(?P<when>.*)|(?P<name>.*?)\s*เมื่อ (?P<old>" + _WEEKDAY + r" .*))"
)
_OLD_NUMBER = re.compile(r"\(([0-9๐-๙]{1,10})\)\s*$")
_NUMBER = re.compile(r"#([0-9๐-๙]{1,10})")
_MARKED_NUMBER = re.compile(r"\s*#([0-9๐-๙]{1,10})$")
_SEAT = re.compile(r"\[ ?IP ?:[^\]]*\]", re.IGNORECASE)
_ALONE = re.compile(r"(?:ความเห็น|ความคิดเห็น) ?(?:ที่ |เลขที่ |หมายเลข )?#?([0-9๐-๙]{1,10})")
_SITE = re.compile(r"Goto ?Know(?:\.org)?", re.IGNORECASE)
_AGO = re.compile(r"\([^()]*\)")


@dataclass(slots=True)
class _Draft:
    """A comment while its lines are gathered."""

    author: str | None
    written_at: datetime | None
    number: int | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Conversation:
    """The comments read, and the lines before the first of them, which nobody understood."""

    comments: tuple[ItemComment, ...] = ()
    raw: list[str] = field(default_factory=list)
    problems: list[Trouble] = field(default_factory=list)


def read_conversation(lines: Sequence[Line]) -> Conversation:
    """Comments as name, `เขียนเมื่อ …` and text, or with the name before `เมื่อ อา. 28 ม.ค. 2550 @ 10:25 (number)`.

    A number stands alone as `#123`, or in brackets after the date. A written network address is left out: it is
    personal, and says nothing to readers.
    """
    talk = Conversation()
    drafts: list[_Draft] = []
    waiting: list[Line] = []
    hidden = 0
    for line in lines:
        text, seats = _SEAT.subn("", line.text)
        hidden += seats
        if seats:
            line = Line(text.strip(), line.number)
        dated = _dated(line.text)
        number = _NUMBER.fullmatch(line.text)
        if dated:
            if len(drafts) >= LIMITS.comments:
                talk.problems.append(Trouble("too-many-comments", "Only the first comments are read."))
                talk.raw.extend(each.text for each in waiting if each.text)
                waiting = []
                break
            draft = _opened(dated, waiting, drafts)
            if not drafts:
                talk.raw.extend(each.text for each in waiting if each.text)
            drafts.append(draft)
            waiting = []
        elif number and drafts:
            drafts[-1].number = int(to_arabic(number[1]))
        else:
            waiting.append(line)
    _close(drafts, waiting)
    if not drafts:
        talk.raw.extend(line.text for line in waiting if line.text)
        return talk
    if hidden:
        talk.problems.append(Trouble("address-left-out", "Network addresses beside comments are left out."))
    talk.comments = tuple(_finished(draft, place) for place, draft in enumerate(drafts, start=1))
    return talk


def _dated(text: str) -> re.Match[str] | None:
    """The line that opens a comment; `เขียนเมื่อวานนี้…` is a sentence, since no date stands there."""
    found = _DATED.fullmatch(text)
    if found is None:
        return None
    when = _when(found)
    return found if not when or read_written(when) is not None else None


def _when(dated: re.Match[str]) -> str:
    """What the date line says of the moment: without a number and without how long ago it was."""
    when = _MARKED_NUMBER.sub("", dated["when"] if dated["label"] else dated["old"])
    return _AGO.sub(" ", when).strip(" ,")


def _opened(dated: re.Match[str], waiting: list[Line], drafts: list[_Draft]) -> _Draft:
    """A new comment at its date line; the last line waiting is its author, those before belong to the one above."""
    when = dated["when"] if dated["label"] else dated["old"]
    number = _MARKED_NUMBER.search(when) or _OLD_NUMBER.search(when)
    moment = read_written(_when(dated))
    author = (dated["name"] or "").strip() or None
    while waiting and not waiting[-1].text:
        waiting.pop()
    if author is None and waiting:
        author = waiting.pop().text
    if author:
        number = number or _MARKED_NUMBER.search(author)
        author = _MARKED_NUMBER.sub("", author).strip() or None
    _close(drafts, waiting)
    return _Draft(author, moment, int(to_arabic(number[1])) if number else None)


def _close(drafts: list[_Draft], waiting: list[Line]) -> None:
    """Give the waiting lines to the comment above, as its text."""
    if drafts:
        drafts[-1].lines.extend(waiting)


def _finished(draft: _Draft, place: int) -> ItemComment:
    key = f"gotoknow-comment:{draft.number}" if draft.number else f"comment-{place}"
    return ItemComment(key, draft.author, None, draft.written_at, body_html(draft.lines), draft.number)


@dataclass(frozen=True, slots=True)
class Lone:
    """A comment on a page of its own, and the title of the note that it names."""

    note_title: str | None
    comment: ItemComment
    problems: tuple[Trouble, ...]


def read_lone(lines: Sequence[Line]) -> Lone | None:
    """`ความเห็น 2820923` / title of the note / [name] / `เขียนเมื่อ [date]` / text; None for any other page."""
    shown = [place for place, line in enumerate(lines) if line.text and not _SITE.fullmatch(line.text)]
    head = _ALONE.fullmatch(lines[shown[0]].text) if shown else None
    if head is None:
        return None
    number = int(to_arabic(head[1]))
    dated = next((n for n, place in enumerate(shown[1:5], start=1) if _dated(lines[place].text)), None)
    title = lines[shown[1]].text if len(shown) > 1 and dated != 1 else None
    author: str | None = None
    moment: datetime | None = None
    problems: list[Trouble] = []
    start = shown[2] if len(shown) > 2 else len(lines)
    if dated is not None:
        found = _dated(lines[shown[dated]].text)
        moment = read_written(_when(found)) if found else None
        author = lines[shown[2]].text if dated == 3 else None
        start = shown[dated] + 1
    if moment is None:
        problems.append(Trouble("bad-date", "The date of the comment was lost."))
    comment = ItemComment(
        f"gotoknow-comment:{number}", author, None, moment, body_html(lines[start:]), number
    )
    return Lone(title, comment, tuple(problems))
