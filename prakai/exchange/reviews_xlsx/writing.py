"""The Excel file of a review: a sheet to fill in, one person a row, and a sheet with all revealed answers.

Every cell is text, marked so that a spreadsheet never takes it for a formula. The answers of one person do not stand in
one row: where she gave no name, nothing shows that they are of the same hand.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.utils.translation import pgettext

from prakai.forums import review_rules as rules
from prakai.forums.asking import asked
from prakai.forums.models import Answer, Review
from prakai.forums.queries.reviews import questions_of
from prakai.people.models import Person

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDE = 44


def review_table(review: Review, *, by: Person) -> bytes:
    """Return the file; only for who may put answers together."""
    from openpyxl import Workbook  # heavy: only a process that writes a table pays for it

    rules.may_group(by, review).or_refuse()
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, pgettext("review table", "To fill in"), [headings(review)])
    rows = Answer.objects.revealed().filter(question__review=review).select_related("question", "pattern")
    said = [
        [asked(row.question), row.words, row.name, row.pattern.title if row.pattern else ""]
        for row in rows.order_by("question__position", "client_id")
    ]
    head = [
        pgettext("review table", "Question"),
        pgettext("review table", "Answer"),
        pgettext("review table", "Name"),
        pgettext("review table", "Group"),
    ]
    _sheet(book, pgettext("review table", "Answers"), [head, *said])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def headings(review: Review) -> list[str]:
    """Return the headings of the sheet to fill in: code, name, then each question with its number."""
    questions = [f"{place}. {one.words}" for place, one in enumerate(questions_of(review), 1)]
    return [pgettext("review table", "Code (if any)"), pgettext("review table", "Name (if any)"), *questions]


def _sheet(book: Workbook, title: str, rows: list[list[str]]) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(title)
    for number, row in enumerate(rows, 1):
        for place, words in enumerate(row, 1):
            cell = sheet.cell(row=number, column=place)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)
            cell.data_type, cell.quotePrefix = "s", True
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for place in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[sheet.cell(row=1, column=place).column_letter].width = WIDE
    sheet.freeze_panes = "A2"
