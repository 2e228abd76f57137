"""The head of a GotoKnow page: title, alias, dates and pull quote, in the layouts that saved pages show.

A title and a blank line; `GotoKnow`, title, name and dates; title, alias and a member card; a title that comes
twice; or no title at all. Where a name or a quote is told only by its place, that is noted as a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from prakai.exchange.importing.items import Trouble
from prakai.exchange.importing.lines import INDENT, Line, nonblank
from prakai.exchange.importing.moments import read_written
from prakai.thai.folding import fold
from prakai.thai.graphemes import count
from prakai.thai.names import bare_name

_SITE = re.compile(r"Goto ?Know(?:\.org)?", re.IGNORECASE)
_CARD = re.compile(
    r"(?:(?:ติดตาม|ผู้ติดตาม|ติดต่อ|Contact|Follow(?:ers)?)(?: ?[\d,]{1,9})?(?: |$|(?=ผู้|ติด))){1,4}", re.IGNORECASE
)
_WRITTEN = re.compile(
    r"(?:(?:เขียน|สร้าง)(?:เมื่อ ?:?|(?: ?:))|เมื่อ(?= (?:จ|อ|พ|พฤ|ศ|ส|อา)\.))(?P<when>(?: ?[\d๐-๙(จอพศส].*)?)"
)
_EDITED = re.compile(r"(?:แก้ไข|ปรับปรุง)(?:ล่าสุด)?(?:เมื่อ ?:?|(?: ?:))(?P<when>(?: ?[\d๐-๙(จอพศส].*)?)")
_JOINED = re.compile(
    r"(?P<name>.{0,60}?) ?(?P<written>(?:เขียน|สร้าง)เมื่อ ?:? ?[\d๐-๙][^#]*?)"
    r"(?: (?P<edited>แก้ไข(?:ล่าสุด)?เมื่อ ?:? ?[\d๐-๙].*))?"
)
_BY = re.compile(r"(?:โดย|ผู้เขียน|เขียนโดย|By) ?:? ", re.IGNORECASE)
_AGO = re.compile(r"\([^()]*\)")
_GREETING = re.compile(r"สวัสดี|เรียน ?(?:ท่าน|คุณ|อาจารย์|เพื่อน)|กราบ(?:เรียน|สวัสดี)|เมื่อวันที่|เมื่อวานนี้")
_TELLING = re.compile(rf"{_GREETING.pattern}|วันที่|วันนี้|ช่วง|ผม|ดิฉัน|ข้าพเจ้า|เรา|แต่|และ|จึง|เพราะ|ซึ่ง|ดังนั้น|ขอบคุณ")
_HEAD = 14
"""How many visible lines may belong to the head."""
TITLE_LIMIT = 120
ALIAS_LIMIT = 40
QUOTE_LIMIT = 240


@dataclass(slots=True)
class Header:
    """What the head of a page tells; `end` is the place of the first line of the body."""

    title: str | None = None
    author: str | None = None
    written_at: datetime | None = None
    edited_at: datetime | None = None
    highlight: str | None = None
    end: int = 0
    raw: list[str] = field(default_factory=list)
    problems: list[Trouble] = field(default_factory=list)


def same(one: str, other: str) -> bool:
    """Whether two lines say the same after normalising."""
    if one == other:
        return True
    # Folding takes away a few signs, never half of a line.
    return max(len(one), len(other)) < 2 * min(len(one), len(other)) + 8 and fold(one) == fold(other)


def unjoined(lines: Sequence[Line]) -> list[Line]:
    """The lines, with `name เขียนเมื่อ … แก้ไขเมื่อ …` on one line of the head broken into three."""
    result = list(lines)
    for place in reversed(list(islice(nonblank(lines), _HEAD))):
        line = lines[place]
        if line.block is not None or len(line.text) > 200:
            continue
        found = _JOINED.fullmatch(line.text)
        parts = [found[name] for name in ("name", "written", "edited") if found[name]] if found else []
        if len(parts) > 1 and all(_when(part) for part in parts[1 if found and found["name"] else 0 :]):
            result[place : place + 1] = [Line(part, line.number) for part in parts]
    return result


def _when(text: str) -> datetime | None:
    found = _WRITTEN.fullmatch(text) or _EDITED.fullmatch(text)
    return read_written(_AGO.sub(" ", found["when"]).strip(" ,")) if found else None


def _named(text: str) -> str:
    """A name without the word "by" before it."""
    return _BY.sub("", text, count=1) if _BY.match(text) else text


def _has_style(text: str) -> bool:
    """Whether a line begins with a title such as นาย or รศ.ดร., as the legal name under an alias does."""
    return bare_name(text) != " ".join(text.split())


def read_header(
    lines: Sequence[Line], *, known_title: str | None = None, known_author: str | None = None
) -> Header:
    """The head of a page. What is known was told by the page's own markup."""
    header = Header(title=known_title)
    if known_title:
        at = next((place for place in nonblank(lines[:80]) if same(lines[place].text, known_title)), None)
        if at is not None and not any(_WRITTEN.match(line.text) for line in lines[:at]):
            header.raw.extend(
                line.text for line in lines[:at] if line.text and not _SITE.fullmatch(line.text)
            )
            header.end = at + 1
            _read_after_title(lines, header)
            _skip_byline(lines, header, known_author)
            return header
    if _read_dated(lines, header) or _read_card(lines, header):
        _read_repeat(lines, header)
        return header
    if header.title is None:
        _read_bare(lines, header)
    return header


def _read_dated(lines: Sequence[Line], header: Header) -> bool:
    """Layout with dates: [GotoKnow] / title / name / เขียนเมื่อ … / แก้ไขเมื่อ … / title again / body."""
    places = list(nonblank(lines))[:_HEAD]
    dated = next((n for n, place in enumerate(places[:6]) if _WRITTEN.fullmatch(lines[place].text)), None)
    if dated is None:
        return False
    above = [lines[place].text for place in places[:dated]]
    above = [text for text in above if not _SITE.fullmatch(text) and not _CARD.fullmatch(text)]
    _take_names(above, header)
    header.end = places[dated]
    _read_dates(lines, header)
    return True


def _take_names(above: list[str], header: Header) -> None:
    """Title and name from the lines above the dates or the member card, the legal name kept raw."""
    if len(above) >= 3 and _has_style(above[1]) and _reads_as_name(above[1]) and header.title is None:
        header.author, header.title = _named(above[0]), above[2]
        header.raw.append(above[1])
        header.problems.append(Trouble("author-guessed", "The author was told from the place of the line."))
        header.raw.extend(above[3:])
        return
    if above and (header.title is None or same(above[0], header.title)):
        header.title = above.pop(0)
    if above:
        header.author = _named(above.pop(0))
    header.raw.extend(above)


def _read_dates(lines: Sequence[Line], header: Header) -> None:
    """The lines เขียนเมื่อ and แก้ไขเมื่อ from `header.end` on; the end moves behind them."""
    for place in range(header.end, min(len(lines), header.end + 8)):
        text = lines[place].text
        written, edited = _WRITTEN.fullmatch(text), _EDITED.fullmatch(text)
        found = written or edited
        if not found:
            if text:
                break
            continue
        when = _AGO.sub(" ", found["when"]).strip(" ,")
        moment = read_written(when)
        if moment is None:
            reason = f"A date is not understood: {when[:80]}" if when else "The date of writing was lost."
            header.problems.append(Trouble("bad-date", reason))
            header.raw.append(text)
        elif written:
            header.written_at = moment
        else:
            header.edited_at = moment
        header.end = place + 1


def _read_card(lines: Sequence[Line], header: Header) -> bool:
    """Layout with a member card: title / alias / ติดตาม ผู้ติดตาม / ติดต่อ / pull quote / body."""
    places = list(nonblank(lines))[:_HEAD]
    card = next((n for n, place in enumerate(places[:6]) if _CARD.fullmatch(lines[place].text)), None)
    if card is None or (card == 0 and header.title is None):
        return False
    _take_names(
        [lines[place].text for place in places[:card] if not _SITE.fullmatch(lines[place].text)], header
    )
    header.end = places[card] + 1
    _skip_card(lines, header)
    _read_quote(lines, header)
    return True


def _skip_card(lines: Sequence[Line], header: Header) -> None:
    for place in range(header.end, min(len(lines), header.end + 6)):
        text = lines[place].text
        if _CARD.fullmatch(text):
            header.end = place + 1
        elif text:
            break


def _read_after_title(lines: Sequence[Line], header: Header) -> None:
    """What stands between a title known from markup and the body: a name before dates, dates, a member card."""
    places = [place for place in nonblank(lines) if place >= header.end][:5]
    marked = next((n for n, place in enumerate(places) if _WRITTEN.fullmatch(lines[place].text)), None)
    card = next((n for n, place in enumerate(places) if _CARD.fullmatch(lines[place].text)), None)
    first = min((n for n in (marked, card) if n is not None), default=None)
    if first is not None and first <= 2:
        if first > 0:
            header.author = _named(lines[places[0]].text)
            header.raw.extend(lines[place].text for place in places[1:first])
        header.end = places[first]
        _read_dates(lines, header)
        _skip_card(lines, header)
        if card is not None:
            _read_quote(lines, header)
    _read_repeat(lines, header)


def _skip_byline(lines: Sequence[Line], header: Header, author: str | None) -> None:
    """Go over the line that only says again who wrote, and when."""
    place = next((place for place in nonblank(lines) if place >= header.end), None)
    if place is None or not author:
        return
    text = _named(lines[place].text)
    rest = text.removeprefix(author).strip(" ·|,-–")
    if text.startswith(author) and (not rest or read_written(rest) is not None):
        header.author = header.author or author
        header.written_at = header.written_at or read_written(rest)
        header.end = place + 1


def _read_quote(lines: Sequence[Line], header: Header) -> None:
    """A pull quote after the member card: one short paragraph that stands before a longer body."""
    places = [place for place in nonblank(lines) if place >= header.end][:12]
    if len(places) < 2 or places[1] == places[0] + 1:
        return
    text = lines[places[0]].text
    quote = lines[places[0]].indent < INDENT and count(text) <= QUOTE_LIMIT and not _TELLING.match(text)
    # A first paragraph is no shorter than the next; a quote is, by much, or it stands in marks.
    following, rest = len(lines[places[1]].text), sum(len(lines[place].text) for place in places[1:])
    quote = quote and (text[0] in "\"“”'‘" or (following > len(text) and 2 * rest > 3 * len(text)))
    if quote and (header.title is None or not same(text, header.title)):
        header.highlight = text
        header.end = places[0] + 1


def _read_repeat(lines: Sequence[Line], header: Header) -> None:
    """A title that comes again within the next lines is dropped; what stands between is the pull quote."""
    if header.title is None:
        return
    places = [place for place in nonblank(lines) if place >= header.end][:3]
    for n, place in enumerate(places):
        if same(lines[place].text, header.title):
            between = [lines[earlier].text for earlier in places[:n]]
            if between and header.highlight is None:
                header.highlight = "\n".join(between)
            else:
                header.raw.extend(between)
            header.end = place + 1
            return


def _read_bare(lines: Sequence[Line], header: Header) -> None:
    """Layouts without marks: a title line that stands alone, perhaps with an alias right under it; or no title."""
    places = [place for place in nonblank(lines) if not _SITE.fullmatch(lines[place].text)][:4]
    if len(places) < 2:
        return
    first, second = lines[places[0]], lines[places[1]]
    if first.indent >= INDENT or first.block is not None or count(first.text) > TITLE_LIMIT:
        return
    if _GREETING.match(first.text):
        return
    if _named_first(lines, places):
        _take_names([lines[place].text for place in places[:3]], header)
        header.end = places[2] + 1
        return
    alone = places[1] > places[0] + 1 or second.indent >= INDENT
    alias = not alone and len(places) > 2 and places[2] > places[1] + 1 and _reads_as_name(second.text)
    if not alone and not alias:
        return
    header.title = first.text
    header.end = places[0] + 1
    if alias:
        header.author = second.text
        header.end = places[1] + 1
        header.problems.append(Trouble("author-guessed", "The author was told from the place of the line."))
        _read_quote(lines, header)
    _read_repeat(lines, header)


def _named_first(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Whether alias and legal name stand before the title, three lines without a gap and then one."""
    if len(places) < 4 or places[2] != places[0] + 2 or places[3] == places[2] + 1:
        return False
    alias, legal, title = (lines[place] for place in places[:3])
    named = _reads_as_name(alias.text) and _has_style(legal.text) and _reads_as_name(legal.text)
    return named and title.indent < INDENT and count(title.text) <= TITLE_LIMIT


def _reads_as_name(text: str) -> bool:
    """Whether a line may be a person's name: short, without figures and without the signs of a sentence."""
    if count(text) > ALIAS_LIMIT or _TELLING.match(text):
        return False
    return re.search(r"[\d๐-๙?!:;,()\"“”]|ๆ|ฯ", text) is None
