"""The cast of networks: fa looks after the place, ubon after a network, malee and the nurse work in a hospital."""

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
        fa=make_person("เอื้อฟ้า", steward=True),
        ubon=make_person("อุบล", facilitator=True),
        malee=make_person("มาลี", unit=hospital),
        nurse=make_person("นภา", unit=ward),
        somchai=make_person("สมชาย", unit=town, is_listed=False),
        waiting=make_person("รอรับ", unit=hospital, is_active=False),
    )
