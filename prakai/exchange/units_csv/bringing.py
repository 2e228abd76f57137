"""Files on disk that are tables of units: told from others by what is in them, brought in, and reported row by row."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError

from prakai.exchange.importing.reports import Line
from prakai.exchange.units_csv.columns import column_of
from prakai.exchange.units_csv.importing import import_units
from prakai.exchange.units_csv.planning import Outcome, Step, UnitsReport, plan_units
from prakai.exchange.units_csv.reading import MOST_BYTES, read_table
from prakai.kernel.actors import Actor
from prakai.units import rules

HEAD_BYTES = 4096
ENCODINGS = ("utf-8-sig", "cp874")
STATUS = {Outcome.NEW: "added", Outcome.KNOWN: "unchanged", Outcome.WRONG: "broken"}
# Nothing of a table comes in while one of its rows is wrong.
WAITING = "waiting"


def is_units_table(path: Path) -> bool:
    """Return whether the file at ``path`` is a table of units: its first line has a heading for their names.

    That heading alone (``name_th``, ``ชื่อหน่วยงาน``) could also be the first line of a text, so it needs another
    column beside it, or a name that ends in ``.csv`` or ``.tsv``.
    """
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        texts = [head[: len(head) // 2 * 2].decode("utf-16", errors="ignore")]
    else:
        texts = [head.decode(encoding, errors="ignore") for encoding in ENCODINGS]
    return any(_is_head(text, path.suffix.lower() in (".csv", ".tsv")) for text in texts)


def _is_head(text: str, is_named_so: bool) -> bool:
    first = next((line for line in text.splitlines() if line.strip()), "")
    for mark in ",;\t":
        known = {column_of(cell.strip(' "')) for cell in first.split(mark)} - {None}
        if "name_th" in known and (is_named_so or len(known) > 1):
            return True
    return False


def bring_tables(paths: list[Path], *, by: Actor, dry_run: bool = False) -> list[Line]:
    """Bring in the units of each table and return a line for each row; a dry run writes nothing.

    A table comes in whole or not at all: while a row of it is ``broken`` the new ones are ``waiting``. A file that
    cannot be read is one broken line. Raises ``Refused`` for who is not a steward.
    """
    rules.may_change_units(by).or_refuse()
    lines: list[Line] = []
    for path in paths:
        try:
            with path.open("rb") as file:
                table = read_table(file.read(MOST_BYTES + 1))
            report = plan_units(table) if dry_run else import_units(table, by=by)
        except ValidationError as trouble:
            problems = [{"code": "unreadable", "text": text} for text in trouble.messages]
            lines.append(Line(str(path), "broken", problems=problems))
        else:
            lines += [_line(path, step, report) for step in report.steps]
    return lines


def _line(path: Path, step: Step, report: UnitsReport) -> Line:
    status = WAITING if report.wrong and step.outcome == Outcome.NEW else STATUS[step.outcome]
    told = [("row", text) for text in step.problems] + [("remark", text) for text in step.remarks]
    return Line(
        source=str(path),
        status=status,
        title=step.name or None,
        problems=[{"code": code, "text": text, "line": step.line} for code, text in told],
    )
