"""The cast of forums: malee prepares one at her hospital, somchai is a stranger, the steward looks after the place."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.factories.people import make_person
from tests.factories.units import make_unit


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    ward = make_unit("หอผู้ป่วยดอยคำ", parent=hospital)
    town = make_unit("เทศบาลเมืองคลองลำพู")
    return SimpleNamespace(
        hospital=hospital,
        ward=ward,
        town=town,
        malee=make_person("มาลี", unit=hospital),
        nurse=make_person("นภา", unit=ward),
        somchai=make_person("สมชาย", unit=town),
        steward=make_person("ประสาน", steward=True),
        waiting=make_person("รอรับ", unit=hospital, is_active=False),
    )
