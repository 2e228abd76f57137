"""The list of units as a CSV file with the columns of the import, and an empty table to fill in.

UTF-8 with BOM, so that Excel reads the Thai. A cell that a spreadsheet would take for a formula gets an apostrophe in
front, which the import takes away again.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from typing import Final

from prakai.exchange.units_csv.columns import headings
from prakai.kernel.actors import Actor
from prakai.units.models import Unit
from prakai.units.provinces import province
from prakai.units.wordings import name_key

BOM: Final = "\ufeff"
_FORMULA_HEADS: Final = ("=", "+", "-", "@", "'", "\t", "\r")


def units_table(reader: Actor | None, *, language: str = "th") -> str:
    """Return all units, parents before what is beneath them; a parent's province is told where two names are alike."""
    units = sorted(
        Unit.objects.visible_to(reader),
        key=lambda unit: (unit.path.count("."), unit.order_key, unit.pk),
    )
    by_id = {unit.pk: unit for unit in units}
    alike = Counter(name_key(unit.name_th) for unit in units)
    rows = [_row(unit, by_id.get(unit.parent_id or 0), alike) for unit in units]
    return _written([headings(language), *rows])


def empty_table(language: str = "th") -> str:
    """Return the headings alone."""
    return _written([headings(language)])


def _row(unit: Unit, parent: Unit | None, alike: Counter[str]) -> list[str]:
    return [
        unit.name_th,
        unit.name_en,
        "; ".join(unit.abbreviations),
        unit.kind,
        _called(parent, alike) if parent else "",
        _province(unit),
        unit.valid_from.isoformat() if unit.valid_from else "",
        unit.valid_to.isoformat() if unit.valid_to else "",
        unit.about,
    ]


def _called(unit: Unit, alike: Counter[str]) -> str:
    if alike[name_key(unit.name_th)] > 1 and unit.province:
        return f"{unit.name_th} จังหวัด{_province(unit)}"
    return unit.name_th


def _province(unit: Unit) -> str:
    found = province(unit.province)
    return found.name_th if found else ""


def _written(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_HEADS) else cell
