"""The tables of a report as XLSX: a sheet for each, with fixed headings; words stay words."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from prakai.exchange.harvest.report import Quote, Report, Table

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
WIDEST = 60


def xlsx_of(report: Report, *, first: str) -> bytes:
    """Return the report's facts and words on a sheet called ``first``, and each of its tables on one of its own."""
    book = Workbook(write_only=True)
    names: set[str] = set()
    _sheet(book, _name(first, names), _overview(report))
    for heading, table in report.tables():
        _sheet(book, _name(table.title or heading, names), table)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _overview(report: Report) -> Table:
    rows = [(name, value) for name, value in report.facts]
    for section in report.sections:
        for part in section.parts:
            if isinstance(part, Table):
                continue
            said_by = f" ({part.said_by})" if isinstance(part, Quote) and part.said_by else ""
            rows.append((section.heading, f"{part.text}{said_by}"))
    return Table((report.kind or report.title, report.title), tuple(rows))


def _sheet(book: Workbook, name: str, table: Table) -> None:
    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(table.headings):
        longest = max((len(row[place]) for row in table.rows), default=0)
        letter = chr(ord("A") + place) if place < 26 else "Z"
        sheet.column_dimensions[letter].width = min(WIDEST, max(12, longest, len(heading)) + 2)
    sheet.append([_cell(sheet, words, bold=True) for words in table.headings])
    for row in table.rows:
        sheet.append([_cell(sheet, words) for words in row])


def _cell(sheet: WriteOnlyWorksheet, words: str, *, bold: bool = False) -> WriteOnlyCell:
    """A cell of words: what begins like a formula is no formula, and what XML cannot hold is left out."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", words))
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=bold)
    return cell


def _name(words: str, taken: set[str]) -> str:
    """A sheet's name: at most 31 letters, none that spreadsheets refuse, each once."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", words).split())[:LONGEST_NAME] or "–"
    name, number = plain, 2
    while name.casefold() in taken:
        end = f" {number}"
        name, number = plain[: LONGEST_NAME - len(end)] + end, number + 1
    taken.add(name.casefold())
    return name
