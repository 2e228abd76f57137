"""Units for tests: real rows, made in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prakai.thai.slugs import slug
from prakai.units.models import Unit, UnitKind

HOSPITAL = "โรงพยาบาลดอยคำ"


def make_unit(
    name_th: str = HOSPITAL,
    *,
    parent: Unit | None = None,
    kind: str = UnitKind.OFFICE,
    abbreviations: Sequence[str] = (),
    **fields: Any,
) -> Unit:
    """Return a saved unit that stands in the tree; no journal is written and nobody is asked."""
    unit = Unit(
        name_th=name_th,
        parent=parent,
        kind=kind,
        abbreviations=list(abbreviations),
        slug=slug(name_th, empty=""),
        **fields,
    )
    unit.save()
    unit.path = f"{parent.path if parent else ''}{unit.pk}."
    unit.save()
    return unit


def make_ministry() -> dict[str, Unit]:
    """Return a small tree by short names: ministry, department, hospital and centre in Nan, school beside them."""
    ministry = make_unit("กระทรวงสุขภาวะชุมชน", kind=UnitKind.MINISTRY, abbreviations=["กสว."])
    department = make_unit(
        "กรมบริการสุขภาพใกล้บ้าน", parent=ministry, kind=UnitKind.DEPARTMENT, abbreviations=["ก.บ.ก."]
    )
    hospital = make_unit(
        HOSPITAL,
        parent=department,
        kind=UnitKind.HOSPITAL,
        province="55",
        name_en="Doi Kham Hospital",
        abbreviations=["รพ.ดอยคำ", "รพช.ดอยคำ"],
    )
    centre = make_unit(
        "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านผาห่ม",
        parent=hospital,
        kind=UnitKind.HEALTH_CENTRE,
        province="55",
    )
    school = make_unit("โรงเรียนบ้านผาห่ม", kind=UnitKind.SCHOOL, province="55")
    return {
        "ministry": ministry,
        "department": department,
        "hospital": hospital,
        "centre": centre,
        "school": school,
    }
