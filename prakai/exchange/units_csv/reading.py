"""Bytes of a CSV file to rows of text. What is not such a file is refused with one sentence that says what to do."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from prakai.exchange.units_csv.columns import column_of

MOST_BYTES: Final = 1024 * 1024
MOST_ROWS: Final = 5000
MOST_CELLS: Final = 60
LONGEST_CELL: Final = 8000

_LONE_MARK: Final = re.compile("(?:^|[^\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_TWICE_ENCODED: Final = re.compile("à¸|à¹")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: where it stands in the file, and its cells by column, empty ones left out.

    ``spilled`` says that it has more cells than there are headings.
    """

    line: int
    cells: dict[str, str]
    spilled: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says: its rows, the headings that were not understood, and its text for the next step."""

    rows: list[Row]
    unknown: list[str]
    text: str


def read_table(content: bytes) -> Table:
    """Return the table in ``content``: UTF-8, UTF-16 with BOM, or TIS-620; commas, semicolons or tabs.

    Raises ``ValidationError`` with one sentence for a file that is too large, empty, no text, in another encoding,
    without a column of names, or wider or longer than a list of units is.
    """
    if len(content) > MOST_BYTES:
        words = pgettext("units file", "The file is too large: at most %(most)d MB. Please split it.")
        raise ValidationError(words % {"most": MOST_BYTES // (1024 * 1024)})
    return table_of(_text_of(content))


def table_of(text: str) -> Table:
    """Return the table in ``text``, such as ``Table.text`` of one that was read before. Raises like ``read_table``."""
    if len(text) > MOST_BYTES or _CONTROLS.search(text):
        raise ValidationError(pgettext("units file", "The file cannot be read. Please choose it once more."))
    lines = _lines(text)
    try:
        head = next(lines)
    except StopIteration:
        raise ValidationError(
            pgettext("units file", "The file is empty. The template shows how it looks.")
        ) from None
    columns = [column_of(cell) for cell in head[1]]
    _check_columns(columns)
    width = len(columns)
    rows = [Row(line, _cells(columns, cells), any(map(str.strip, cells[width:]))) for line, cells in lines]
    unknown = [
        cell.strip()[:60]
        for cell, column in zip(head[1], columns, strict=True)
        if cell.strip() and not column
    ]
    return Table([row for row in rows if row.cells], unknown, text)


def _text_of(content: bytes) -> str:
    """Decode; what decodes only by accident (a workbook, Latin letters, text encoded twice) is refused."""
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        words = pgettext(
            "units file", "This is a workbook, not a CSV file. In Excel choose Save as, then CSV UTF-8."
        )
        raise ValidationError(words)
    wrong = ValidationError(
        pgettext(
            "units file",
            "The letters cannot be read. Please save the file as CSV UTF-8 (in Excel: Save as, CSV UTF-8).",
        )
    )
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp874"):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if _CONTROLS.search(text) or _TWICE_ENCODED.search(text):
            raise wrong
        if encoding == "cp874" and _LONE_MARK.search(text):
            raise wrong
        return text
    raise wrong


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Return (line number, cells) of every line with something in it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(first))
    count, before = 0, 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > MOST_CELLS:
                words = pgettext(
                    "units file", "Line %(line)d has %(count)d cells; a table of units has at most %(most)d."
                )
                raise ValidationError(words % {"line": line, "count": len(cells), "most": MOST_CELLS})
            if any(len(cell) > LONGEST_CELL for cell in cells):
                words = pgettext(
                    "units file", "A cell in line %(line)d is too long. Is a quotation mark missing?"
                )
                raise ValidationError(words % {"line": line})
            count += 1
            if count > MOST_ROWS + 1:
                words = pgettext("units file", "The file has too many lines: at most %(most)d at a time.")
                raise ValidationError(words % {"most": MOST_ROWS})
            yield line, cells
    except csv.Error:
        words = pgettext(
            "units file", "Line %(line)d cannot be read as a table. Is a quotation mark missing?"
        )
        raise ValidationError(words % {"line": before + 1}) from None


def _delimiter(head: str) -> str:
    """The mark between cells that makes the most headings understood; a comma when none does."""
    head = head[:4000]
    known = {
        mark: sum(column_of(cell.strip(' "')) is not None for cell in head.split(mark)) for mark in ",;\t"
    }
    return max(known, key=lambda mark: known[mark])


def _check_columns(columns: list[str | None]) -> None:
    if "name_th" not in columns:
        words = pgettext(
            "units file",
            "No column holds the names of the units. Its heading is name_th or ชื่อหน่วยงาน, in the first line.",
        )
        raise ValidationError(words)
    twice = {column for column in columns if column and columns.count(column) > 1}
    if twice:
        words = pgettext("units file", "Two columns say the same: %(column)s. Please keep one.")
        raise ValidationError(words % {"column": ", ".join(sorted(twice))})


def _cells(columns: list[str | None], cells: list[str]) -> dict[str, str]:
    found = {column: _plain(cell) for column, cell in zip(columns, cells, strict=False) if column}
    return {column: cell for column, cell in found.items() if cell}


def _plain(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from reading it as a formula (see ``writing``)."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "'") else text
