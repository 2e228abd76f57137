"""The cast of the tests of people: a small tree of units, and who plays which part in it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from prakai.people.models import Person
from prakai.units.models import Unit
from tests.factories.people import make_appointment, make_person


def a_unit(name_th: str, parent: Unit | None = None, **fields: object) -> Unit:
    """Return a saved unit beneath ``parent``, with its path."""
    unit = Unit.objects.create(name_th=name_th, parent=parent, **fields)
    unit.path = f"{parent.path if parent else ''}{unit.pk}."
    unit.save()
    return unit


@dataclass(frozen=True, slots=True)
class Cast:
    """Malee works in the ward of the hospital, Somchai elsewhere; Dao leads the hospital; Fa is the steward."""

    ministry: Unit
    hospital: Unit
    ward: Unit
    town: Unit
    malee: Person
    somchai: Person
    dao: Person
    fa: Person


@pytest.fixture
def cast(db: None) -> Cast:
    ministry = a_unit("กระทรวงสุขใจ", name_en="Ministry of Well-being", abbreviations=["สขจ."])
    hospital = a_unit("โรงพยาบาลดอยคำ", ministry, name_en="Doi Kham Hospital", abbreviations=["รพ.ดอยคำ"])
    ward = a_unit("งานผู้ป่วยนอก", hospital)
    town = a_unit("เทศบาลเมืองคลองลำพู", name_en="Khlong Lamphu Town")
    dao = make_person("แสงดาว", "ปันแก้ว", nickname_th="ดาว", given_en="Saengdao", family_en="Pankaew")
    make_appointment(dao, hospital, position_th="ผู้อำนวยการ", is_head=True)
    return Cast(
        ministry,
        hospital,
        ward,
        town,
        malee=make_person(
            "มาลี", "ใจงาม", unit=ward, title_th="นาง", nickname_th="ลี", given_en="Malee", family_en="Jaingam"
        ),
        somchai=make_person("สมชาย", "เดินดี", unit=town, is_listed=False),
        dao=dao,
        fa=make_person("เอื้อฟ้า", "เกื้อกูล", steward=True, title_th="ดร."),
    )
