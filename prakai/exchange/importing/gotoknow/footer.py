"""The foot of a GotoKnow page: notebook, tags, number, dates, licence, counts; unknown parts are kept as raw text.

Written after the one complete footer known (the founding note) and tolerant of what else is likely: no commas between
fields, `สร้าง:` for `เขียน:`, Buddhist years with `น.`, flowers, a doubled read count. `()` is the empty place of
a script's "time ago"; `อ่าน: คลิก` is a count behind a click, so it is unknown and never 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from prakai.exchange.importing.items import Trouble
from prakai.exchange.importing.lines import Line
from prakai.exchange.importing.moments import read_written
from prakai.thai.digits import to_arabic

WHERE = re.compile(r"บันทึกนี้เขียนที่ ?Goto ?Know(?:\.org)?", re.IGNORECASE)
_TAGS = re.compile(
    r"(?:คำสำคัญ|คำหลัก|ป้าย|แท็ก|Tags?) ?(?:\((?:Tags?|คำหลัก|ป้าย|แท็ก)\) ?:?|:|(?=#))", re.IGNORECASE
)
_NUMBER = re.compile(r"หมายเลขบันทึก ?:? ?[\d๐-๙]+")
_COMMENTS = re.compile(
    r"(?:(?:ความเห็น|ความคิดเห็น)(?:ทั้งหมด)? ?\((?P<bracketed>[\d๐-๙,]+)\)|(?P<before>[\d๐-๙,]+) (?:ความเห็น|ความคิดเห็น))$"
)
_BREAKS = re.compile(
    r"(?<=\S)(?=บันทึกนี้เขียนที่ ?Goto ?Know(?:\.org)? โดย|คำสำคัญ ?\(Tags\)|หมายเลขบันทึก ?: ?[\d๐-๙])"
)
_SPACED_BREAKS = re.compile(
    r" (?=บันทึกนี้เขียนที่ ?Goto ?Know(?:\.org)? โดย|คำสำคัญ ?\(Tags\)|หมายเลขบันทึก ?:? ?[\d๐-๙])"
)
# The author's own name may begin with ใน, so the word stands apart where anything else does.
_BY = re.compile(r"(?:\s*โดย(?P<author>.*?))?(?:\sใน\s+(?P<notebook>\S.*))?$")
_BY_JOINED = re.compile(r"(?:\s*โดย(?P<author>.*?))?(?:(?:(?<=โดย)|\s)ใน\s*(?P<notebook>\S.*))?$")
_ABOVE = re.compile(r"(?:โดย .{1,80} )?เมื่อ (?:จ|อ|พ|พฤ|ศ|ส|อา)\. \S|สัญญาอนุญาต ?:|(?:ดอกไม้|อ่าน) ?: ?[\d๐-๙]")
_OLD = re.compile(r"(?:โดย (?P<author>.{1,80}) )?(?P<when>เมื่อ (?:จ|อ|พ|พฤ|ศ|ส|อา)\. .*)")
_KIN = re.compile(r"เขียน|สร้าง|แก้ไข|สัญญาอนุญาต|อ่าน ?:|จำนวนที่อ่าน")
_FIELD = re.compile(
    r"(?P<number>หมายเลขบันทึก)"
    r"|(?P<written>(?:เขียน|สร้าง)(?:เมื่อ|(?= ?:))|เมื่อ(?= (?:จ|อ|พ|พฤ|ศ|ส|อา)\.))"
    r"|(?P<edited>(?:แก้ไข|ปรับปรุง)(?:ล่าสุด)?(?:เมื่อ|(?= ?:)))"
    r"|(?P<licence>สัญญาอนุญาต(?= ?:))|(?P<flowers>ดอกไม้(?= ?:))"
    r"|(?P<comments>ความเห็น(?= ?[:(])|ความคิดเห็น(?= ?[:(]))"
    r"|(?P<reads>(?:จำนวน(?:ที่|ผู้|การ|ครั้งที่)อ่าน *)+|(?:เปิดอ่าน|เข้าชม|อ่าน)(?= ?:))"
)
_UNKNOWN = re.compile(r" ?, (?=[^,:()]{1,30} ?: )")
_AGO = re.compile(r"\([^()]*\)")


@dataclass(slots=True)
class Footer:
    """What a footer tells; everything None or empty when it does not."""

    number: int | None = None
    author: str | None = None
    notebook: str | None = None
    tags: tuple[str, ...] = ()
    written_at: datetime | None = None
    edited_at: datetime | None = None
    licence_text: str | None = None
    reads: int | None = None
    comment_count: int | None = None
    raw: list[str] = field(default_factory=list)
    problems: list[Trouble] = field(default_factory=list)


def unglued(lines: Sequence[Line]) -> list[Line]:
    """The lines, with a footer that runs on in one line broken where its parts begin."""
    result: list[Line] = []
    for line in lines:
        pieces = _pieces(line.text) if line.block is None and "บันทึก" in line.text else [line.text]
        if len(pieces) == 1:
            result.append(line)
        else:
            result.extend(Line(piece.strip(), line.number) for piece in pieces)
    return result


def _pieces(text: str) -> list[str]:
    """A line broken where parts of a footer begin; at spaces only where it holds two of them, as no sentence does."""
    found = [piece for part in _BREAKS.split(text) for piece in _SPACED_BREAKS.split(part)]
    return found if sum(1 for piece in found if _is_part(piece)) > 1 else _BREAKS.split(text)


def _is_part(text: str) -> bool:
    return any(pattern.match(text) for pattern in (WHERE, _TAGS, _NUMBER))


def footer_start(lines: Sequence[Line]) -> int | None:
    """Where the footer begins, None without one: the last line with the note's number, and its kin above it."""
    anchor = _numbered(lines)
    if anchor is None:
        anchor = _last(lines, WHERE)
    if anchor is None:
        tags, count = _last(lines, _TAGS), _last(lines, _COMMENTS)
        if tags is not None and (count is None or tags < count):
            anchor = tags
        elif count is not None and not any(line.text for line in lines[count + 1 :]):
            anchor = count
    if anchor is None:
        return None
    start = place = anchor
    while place > 0 and anchor - place < 12:
        place -= 1
        text = lines[place].text
        if WHERE.match(text) or _TAGS.match(text) or _ABOVE.match(text):
            start = place
        elif text and not text.startswith("#"):
            break
    return start


def _numbered(lines: Sequence[Line]) -> int | None:
    """The last line with the note's number and the fields around it: in a comment, somebody may name another note."""
    found = [place for place, line in enumerate(lines) if _NUMBER.match(line.text)]
    for place in reversed(found):
        following = next((line.text for line in lines[place + 1 :] if line.text), "")
        if _KIN.search(lines[place].text) or _FIELD.match(following) or _COMMENTS.match(following):
            return place
    return found[-1] if found else None


def numbered(lines: Sequence[Line]) -> int | None:
    """The number of the note that the footer among these lines tells."""
    place = _numbered(lines)
    found = _NUMBER.match(lines[place].text) if place is not None else None
    return int(to_arabic(re.sub(r"\D", "", found[0]))[:10]) if found else None


def _last(lines: Sequence[Line], pattern: re.Pattern[str]) -> int | None:
    return next((place for place in range(len(lines) - 1, -1, -1) if pattern.match(lines[place].text)), None)


def read_footer(lines: Sequence[Line]) -> tuple[Footer, list[Line]]:
    """The footer that `lines` (from its start on) hold, and the lines after its comment count (the conversation)."""
    footer = Footer()
    counted = next((place for place, line in enumerate(lines) if _COMMENTS.match(line.text)), None)
    for place, line in enumerate(lines[:counted]):
        text = line.text
        where = WHERE.match(text)
        tags = _TAGS.match(text)
        if where:
            _read_where(text[where.end() :], footer)
        elif tags:
            footer.tags += tags_of(text[tags.end() :])
        elif text.startswith("#") and not footer.number:
            footer.tags += tags_of(text)
        elif _OLD.fullmatch(text):
            _read_old(text, footer)
        elif _FIELD.match(text):
            _read_fields(text, footer)
        elif text and counted is None and not _goes_on(lines[place + 1 : place + 5]):
            return footer, list(lines[place:])
        elif text:
            footer.raw.append(text)
    if counted is None:
        return footer, []
    number = _COMMENTS.match(lines[counted].text)
    footer.comment_count = _count(number["bracketed"] or number["before"]) if number else None
    return footer, list(lines[counted + 1 :])


def _goes_on(lines: Sequence[Line]) -> bool:
    """Whether more of the footer follows an unknown line; `เขียนเมื่อ` alone may be that of a comment."""
    fields = (_FIELD.match(line.text) for line in lines)
    return any(field.lastgroup != "written" for field in fields if field)


def _read_where(rest: str, footer: Footer) -> None:
    """`โดย <author> ใน <notebook>`: the author is often empty, since it was a picture or a link."""
    apart = re.search(r"\sใน\s+\S", rest)
    found = (_BY if apart else _BY_JOINED).match(rest)
    if found is None:
        footer.raw.append(rest.strip())
        return
    footer.author = (found["author"] or "").strip(" :") or None
    if footer.author == "ใน":
        footer.author = None
    footer.notebook = (found["notebook"] or "").strip() or None
    if not footer.author and not footer.notebook and rest.strip() not in {"", "โดย", "โดย ใน"}:
        footer.raw.append(rest.strip())


def _read_old(text: str, footer: Footer) -> None:
    """`โดย <author> เมื่อ จ. 29 ม.ค. 2550 @ 10:25 (75052)`, as pages of the first years say it."""
    found = _OLD.fullmatch(text)
    if found is not None:
        footer.author = footer.author or found["author"]
        _read_fields(found["when"], footer)


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of `#a#b`, or of `a, b`, as written: a tag may end in a full stop or hold a hyphen or a space."""
    pieces = text.split("#") if "#" in text else text.split(",")
    tags = (piece.strip(" ,\t") for piece in pieces)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _count(text: str) -> int | None:
    digits = re.fullmatch(
        r"\(?([0-9]{1,3}(?:,?[0-9]{3}){0,3}|[0-9]{1,10})(?: ?(?:ครั้ง|คน|ดอก|ความเห็น))?\)?",
        to_arabic(text).strip(),
    )
    return int(digits[1].replace(",", "")) if digits else None


def _read_fields(text: str, footer: Footer) -> None:
    """All fields of one line: each runs to the name of the next."""
    names = list(_FIELD.finditer(text))
    for name, following in zip(names, [*names[1:], None], strict=True):
        value = text[name.end() : following.start() if following else len(text)].strip(" ,:")
        value, *unknown = _UNKNOWN.split(value, maxsplit=1)
        footer.raw.extend(unknown)
        _read_field(name.lastgroup or "", value, name[0], footer)


def _read_field(kind: str, value: str, name: str, footer: Footer) -> None:
    """One field into the footer; a value that is not understood is kept raw with its name."""
    if kind == "number":
        number = re.match(r"[0-9]{1,9}(?![0-9])", to_arabic(value))
        footer.number = (int(number[0]) or None) if number else None
        rest = value[number.end() :].strip(" ,") if number else value
        if rest:
            footer.raw.append(rest)
    elif kind in {"written", "edited"}:
        _read_moment(kind, value, name, footer)
    elif kind == "licence":
        footer.licence_text = value or None
    elif kind == "reads":
        _read_reads(value, name, footer)
    elif kind == "comments" and _count(value) is not None:
        footer.comment_count = _count(value)
    else:
        footer.raw.append(f"{name}: {value}")


def _read_moment(kind: str, value: str, name: str, footer: Footer) -> None:
    written = _AGO.sub(" ", value).strip(" ,")
    moment = read_written(written)
    if moment is None and written:
        footer.raw.append(f"{name}: {written}")
        footer.problems.append(Trouble("bad-date", f"A date in the footer is not understood: {written[:80]}"))
    elif kind == "written":
        footer.written_at = moment
    else:
        footer.edited_at = moment


def _read_reads(value: str, name: str, footer: Footer) -> None:
    reads = _count(value)
    if reads is not None:
        footer.reads = reads
    elif value not in {"", "คลิก", "คลิ๊ก"}:
        footer.raw.append(f"{name}: {value}")
