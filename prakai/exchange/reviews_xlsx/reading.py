"""Reading an Excel file of answers: one person a row. Nothing is written here; what is not right is told by row."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from prakai.forums.actions.keying import points
from prakai.forums.asking import asked
from prakai.forums.models import Review
from prakai.forums.said import Sheet
from prakai.kernel.typed import line
from prakai.thai.digits import to_arabic
from prakai.thai.folding import fold

MOST_BYTES: Final = 5_000_000
MOST_UNPACKED: Final = 60_000_000
MOST_ROWS: Final = 2000
_NUMBERED: Final = re.compile(r"\s*(\d{1,2})\s*[.)]")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would bring in: a sheet for each person, and what has to be put right first, by row."""

    sheets: list[Sheet]
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The plan as text that a form carries until it is confirmed."""
        rows = [
            [one.key, one.name, {str(pk): words for pk, words in one.words.items()}] for one in self.sheets
        ]
        return json.dumps(rows, ensure_ascii=False)

    @property
    def points(self) -> int:
        """How many points there are in all."""
        return sum(len(points(words)) for one in self.sheets for words in one.words.values())


def plan_of(content: bytes, review: Review) -> Plan:
    """Return what the first sheet of the file would bring in; raises ``ValidationError`` for what is no such file."""
    rows = list(_rows(content))
    if not rows:
        raise ValidationError({"table": pgettext("review table", "There is nothing in this file.")})
    columns, name_at, code_at = _columns(rows[0], review)
    seen: Counter[str] = Counter()
    plan = Plan([])
    for number, row in enumerate(rows[1:], 2):
        words = {pk: row[place] for place, pk in columns.items() if place < len(row) and row[place].strip()}
        if not words:
            continue
        name = row[name_at] if name_at is not None and name_at < len(row) else ""
        code = row[code_at].strip() if code_at is not None and code_at < len(row) else ""
        code = "".join(to_arabic(code).casefold().split())
        told = json.dumps([code] if code else [name, sorted(words.items())], ensure_ascii=False)
        seen[told] += 1
        if code and seen[told] > 1:
            message = pgettext("review table", "The code %(code)s stands in a row above already.")
            plan.problems.append((number, message % {"code": code}))
            continue
        key = hashlib.sha256(f"{told}:{seen[told]}".encode()).hexdigest()
        try:
            line(name, most=100, field="name")
            for text in words.values():
                points(text)
        except ValidationError as trouble:
            plan.problems.append((number, " ".join(trouble.messages)))
            continue
        plan.sheets.append(Sheet(key, name, words))
    return plan


def sheets_in(text: str, review: Review) -> list[Sheet]:
    """Return the sheets of a plan that was confirmed; raises ``ValidationError`` when it is none."""
    known = set(review.questions.values_list("pk", flat=True))
    try:
        rows = json.loads(text)
        sheets = [
            Sheet(str(k), str(n), {int(pk): str(words) for pk, words in said.items()}) for k, n, said in rows
        ]
    except (ValueError, TypeError, AttributeError) as trouble:
        raise ValidationError(pgettext("review table", "Please choose the file once more.")) from trouble
    if len(sheets) > MOST_ROWS or any(set(sheet.words) - known for sheet in sheets):
        raise ValidationError(pgettext("review table", "Please choose the file once more."))
    return sheets


def _rows(content: bytes) -> Iterable[list[str]]:
    from openpyxl import load_workbook  # heavy: only a process that reads a table pays for it

    no_table = ValidationError(
        {"table": pgettext("review table", "This is no Excel file (.xlsx) that can be read.")}
    )
    if len(content) > MOST_BYTES:
        raise ValidationError({"table": pgettext("review table", "This file is too large; 5 MB at most.")})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise no_table
        book = load_workbook(io.BytesIO(content), read_only=True)
        sheet = book.worksheets[0]
        found = [
            [_text(cell) for cell in row[:40]]
            for row in sheet.iter_rows(max_row=MOST_ROWS + 2, values_only=True)
        ]
        book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as trouble:
        raise no_table from trouble
    if len(found) > MOST_ROWS + 1:
        raise ValidationError({"table": pgettext("review table", "At most 2,000 rows, please.")})
    return found


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell)


def _columns(head: list[str], review: Review) -> tuple[dict[int, int], int | None, int | None]:
    """Return which column answers which question, and where name and code stand."""
    questions = list(review.questions.all())
    by_words = {fold(asked(question)): question.pk for question in questions}
    columns: dict[int, int] = {}
    named: dict[str, int] = {}
    for place, words in enumerate(head):
        numbered = _NUMBERED.match(to_arabic(words))
        pk = by_words.get(fold(words))
        if pk is None and numbered and 1 <= int(numbered[1]) <= len(questions):
            pk = questions[int(numbered[1]) - 1].pk
        if pk is not None and pk not in columns.values():
            columns[place] = pk
        elif fold(words).startswith(("ชื่อ", "name")):
            named.setdefault("name", place)
        elif fold(words).startswith(("รหัส", "code")):
            named.setdefault("code", place)
    if not columns:
        message = pgettext(
            "review table", "No heading is a question of this review. Take the empty table from here."
        )
        raise ValidationError({"table": message})
    return columns, named.get("name"), named.get("code")
