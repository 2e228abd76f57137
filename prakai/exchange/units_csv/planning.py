"""What each row of a table of units would do: found a new unit, or nothing for one that is known; or what is wrong.

Changes nothing. The same plan is shown as the dry run and carried out by ``importing``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import pgettext, pgettext_lazy

from prakai.exchange.units_csv.ordering import Order
from prakai.exchange.units_csv.reading import Row, Table
from prakai.thai import dates
from prakai.units.actions import wanted
from prakai.units.kinds import find_kind, kind_of_name
from prakai.units.matching import Named, NameIndex
from prakai.units.models import Unit, UnitKind
from prakai.units.provinces import exact_province, find_province, province
from prakai.units.wordings import folded_names, name_key

_MOST_GUESSES: Final = 50


class Outcome(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", pgettext_lazy("units file outcome", "new")
    KNOWN = "known", pgettext_lazy("units file outcome", "here already")
    WRONG = "wrong", pgettext_lazy("units file outcome", "please look")


@dataclass(slots=True)
class Step:
    """What one row would do. ``parent`` and ``same_as`` are a unit's id, or minus the line of a row above."""

    line: int
    name: str
    outcome: Outcome = Outcome.NEW
    fields: dict[str, Any] = field(default_factory=dict)
    parent: int | None = None
    same_as: int | None = None
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class UnitsReport:
    """The plan of a whole file. ``done`` once it has been carried out; ``unknown`` are headings left unread."""

    steps: list[Step]
    unknown: list[str]
    text: str
    done: bool = False

    def of(self, outcome: Outcome) -> list[Step]:
        """Return the rows with this outcome."""
        return [step for step in self.steps if step.outcome == outcome]

    @property
    def new(self) -> list[Step]:
        """Rows that found a unit."""
        return self.of(Outcome.NEW)

    @property
    def known(self) -> list[Step]:
        """Rows whose unit is here already."""
        return self.of(Outcome.KNOWN)

    @property
    def wrong(self) -> list[Step]:
        """Rows that must be looked at; while there are any, nothing comes in."""
        return self.of(Outcome.WRONG)


def plan_units(table: Table) -> UnitsReport:
    """Return what the rows of ``table`` would do now: three queries, nothing is changed."""
    planner = _Planner(table.rows)
    steps = [planner.step(row) for row in list(planner.order.parents_first())]
    return UnitsReport(sorted(steps, key=lambda step: step.line), table.unknown, table.text)


class _Planner:
    """Knows the units that are here and those that the rows above bring."""

    def __init__(self, rows: list[Row]) -> None:
        self.index = NameIndex.of(Unit.objects.all())
        self.names: dict[int, str] = {}
        self.parents: dict[int, int | None] = {}
        for pk, name_th, parent_id in Unit.objects.values_list("pk", "name_th", "parent_id"):
            self.names[pk], self.parents[pk] = name_th, parent_id
        self.order = Order(rows, self.index)
        self.wrong: set[int] = set()
        self.guesses = 0

    def step(self, row: Row) -> Step:
        """Return what one row would do."""
        step = Step(row.line, row.cells.get("name_th", ""))
        if row.spilled:
            step.problems.append(
                pgettext(
                    "units file row",
                    "There are more cells than headings. A name with a comma in it needs quotation marks.",
                )
            )
        self._read_fields(row, step)
        if "parent" in row.cells:
            self._find_parent(row, step)
        if not step.problems:
            self._recognise(row, step)
        if step.problems:
            step.outcome = Outcome.WRONG
            self.wrong.add(row.line)
        elif step.outcome == Outcome.NEW:
            self._remember(step)
        return step

    def _read_fields(self, row: Row, step: Step) -> None:
        """Fill ``step.fields`` with what ``found_unit`` wants; what cannot be read becomes a problem."""
        cell = row.cells.get
        shorts = cell("abbreviations", "").replace("\n", ";").split(";")
        _try(step, lambda: step.fields.update(_names(step.name, cell("name_en", ""))))
        _try(step, lambda: step.fields.update(abbreviations=wanted.abbreviations(shorts)))
        _try(step, lambda: step.fields.update(about=wanted.about(cell("about", ""))))
        step.fields["kind"] = self._kind(cell("kind", ""), step)
        step.fields["province"] = self._province(cell("province", ""), step)
        step.fields["valid_from"] = self._day(cell("valid_from", ""), step)
        step.fields["valid_to"] = self._day(cell("valid_to", ""), step)
        _try(step, lambda: wanted.span(step.fields["valid_from"], step.fields["valid_to"]))

    def _kind(self, written: str, step: Step) -> UnitKind:
        if not written:
            return kind_of_name(step.name)
        kind = find_kind(written)
        if kind is None:
            words = pgettext(
                "units file row", "The kind “%(written)s” is not known. Write one of: %(kinds)s."
            )
            kinds = ", ".join(str(label) for label in UnitKind.labels)
            step.problems.append(words % {"written": written[:60], "kinds": kinds})
        return kind or UnitKind.OFFICE

    def _province(self, written: str, step: Step) -> str:
        if not written:
            return ""
        found = find_province(written)
        if found is None:
            words = pgettext(
                "units file row",
                "The province “%(written)s” is not known. Write its full name, such as น่าน or Nan.",
            )
            step.problems.append(words % {"written": written[:60]})
            return ""
        if exact_province(written) is None:
            words = pgettext("units file row", "“%(written)s” is read as %(found)s.")
            step.remarks.append(words % {"written": written[:60], "found": found.name})
        return found.code

    def _day(self, written: str, step: Step) -> date | None:
        if not written:
            return None
        found = dates.read_date(written)
        if found is None:
            words = pgettext(
                "units file row",
                "The date “%(written)s” cannot be read. Write day, month and year, such as 1 ต.ค. 2545 or 2002-10-01.",
            )
            step.problems.append(words % {"written": written[:60]})
        return found

    def _find_parent(self, row: Row, step: Step) -> None:
        """Set ``step.parent``, or say why it is not clear which unit is meant."""
        written = row.cells["parent"]
        if name_key(written) == name_key(step.name):
            step.problems.append(pgettext("units file row", "A unit cannot stand under itself."))
            return
        if ring := self.order.rings.get(row.line):
            words = pgettext(
                "units file row",
                "Lines %(lines)s stand under one another in a ring. One of them stands elsewhere.",
            )
            step.problems.append(words % {"lines": ", ".join(map(str, ring))})
            return
        spoilt = [above.line for above in self.order.above(row) if above.line in self.wrong]
        if spoilt:
            words = pgettext(
                "units file row", "“%(written)s” is in line %(line)d, which needs another look first."
            )
            step.problems.append(words % {"written": written[:80], "line": spoilt[0]})
            return
        # Looking for close names goes through all of them, so a file full of unknown parents gets only some looked for.
        guess = self.guesses < _MOST_GUESSES
        meant = self.index.meaning(written, province=step.fields["province"], guess=guess)
        self.guesses += meant.guessed
        if meant.key is None:
            self._say_unknown_parent(written, meant.candidates, step, several=not meant.guessed)
            return
        step.parent = meant.key
        if meant.guessed:
            words = pgettext("units file row", "“%(written)s” is read as %(found)s.")
            step.remarks.append(words % {"written": written[:80], "found": self.names[meant.key]})

    def _say_unknown_parent(
        self, written: str, candidates: tuple[int, ...], step: Step, *, several: bool = False
    ) -> None:
        listed = ", ".join(self._told(key) for key in candidates)
        if several and candidates:
            words = pgettext(
                "units file row",
                "“%(written)s” could be any of: %(listed)s. Add the province, such as %(written)s จ.น่าน.",
            )
        elif candidates:
            words = pgettext("units file row", "There is no unit “%(written)s”. Do you mean: %(listed)s?")
        else:
            words = pgettext(
                "units file row",
                "There is no unit “%(written)s”. Add it first, or give it a line in this table.",
            )
        step.problems.append(words % {"written": written[:80], "listed": listed})

    def _told(self, key: int) -> str:
        """A unit's name with its province, so that two of one name can be told apart."""
        found = province(self.index.named[key].province)
        return f"{self.names[key]} ({found.name})" if found else self.names[key]

    def _recognise(self, row: Row, step: Step) -> None:
        """See whether the unit is here already: same name, province and (if told) parent."""
        code = step.fields["province"]
        same_name = self.index.exact(step.name)
        alike = [key for key in same_name if not code or self.index.named[key].province in ("", code)]
        if "parent" in row.cells:
            alike = [key for key in alike if self.parents[key] == step.parent]
        if len(alike) > 1:
            words = pgettext(
                "units file row",
                "There are several units of this name: %(listed)s. Write province and parent.",
            )
            step.problems.append(words % {"listed": ", ".join(self._told(key) for key in alike[:6])})
        elif alike:
            step.outcome, step.same_as = Outcome.KNOWN, alike[0]
            if alike[0] < 0:
                words = pgettext("units file row", "The same unit as in line %(line)d.")
                step.remarks.append(words % {"line": -alike[0]})
        elif same_name:
            words = pgettext("units file row", "This becomes another unit beside %(listed)s.")
            step.remarks.append(words % {"listed": ", ".join(self._told(key) for key in same_name[:6])})

    def _remember(self, step: Step) -> None:
        """Let the rows below find the unit that this row brings."""
        fields, key = step.fields, -step.line
        lines = folded_names([fields["name_th"], fields["name_en"]], fields["abbreviations"]).split("\n")
        self.index.add(Named(key, frozenset(lines), province=fields["province"]))
        self.names[key], self.parents[key] = fields["name_th"], step.parent


def _names(name_th: str, name_en: str) -> dict[str, str]:
    thai, english = wanted.names(name_th, name_en)
    return {"name_th": thai, "name_en": english}


def _try(step: Step, read: Callable[[], None]) -> None:
    try:
        read()
    except ValidationError as trouble:
        step.problems += trouble.messages
