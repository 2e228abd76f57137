"""The text of an Excel workbook (XLSX): each visible sheet by its name, then its rows; formulas by their last value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from prakai.search.extracting.limits import MOST_ROWS, MOST_SHEETS
from prakai.search.extracting.parts import bearable


def texts(content: bytes) -> Iterator[str]:
    """Yield names of sheets and rows; cells stand apart."""
    book = openpyxl.load_workbook(
        bearable(content, held=False), read_only=True, data_only=True, keep_links=False
    )
    for sheet in islice(book.worksheets, MOST_SHEETS):
        if sheet.sheet_state != "visible" or not isinstance(sheet, ReadOnlyWorksheet):
            continue
        yield sheet.title
        # A sheet may claim a million columns: only cells that are there count.
        sheet.reset_dimensions()
        for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS):
            yield "  ".join(said(value) for value in row if value is not None)


def said(value: Any) -> str:
    """Return a cell's value as people would type it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)
