"""The cast of the tests of talk: who writes, who looks after it, who only passes by."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from prakai.people.models import Person
from tests.factories.people import make_person
from tests.factories.units import make_unit


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """malee hosts, somchai is a member elsewhere, steward looks after the network, visitor is nobody."""
    hospital = make_unit("โรงพยาบาลดอยคำ", abbreviations=["รพ.ดอยคำ"])
    ward = make_unit("หอผู้ป่วยอายุรกรรมดอยคำ", parent=hospital)
    visitor: Person | None = None
    return SimpleNamespace(
        hospital=hospital,
        ward=ward,
        malee=make_person("มาลี", "ใจงาม", nickname_th="ลี่"),
        somchai=make_person("สมชาย", "ศรีสุข"),
        colleague=make_person("วันดี", "คำใส", unit=hospital),
        nurse=make_person("นภา", "แก้วดี", unit=ward),
        steward=make_person("ประสาน", "มั่นคง", steward=True),
        waiting=make_person("รอรับ", "สมาชิก", is_active=False),
        visitor=visitor,
    )
