"""The cast of the tests of notes: who writes, who reads, who looks after things, and where they work."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import count
from types import SimpleNamespace

import pytest
from PIL import Image

from tests.factories.people import make_person
from tests.factories.units import make_unit


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """malee writes in the hospital, nurse works in its ward, somchai elsewhere; waiting is not let in yet."""
    hospital = make_unit("โรงพยาบาลดอยคำ", abbreviations=["รพ.ดอยคำ"])
    ward = make_unit("หอผู้ป่วยอายุรกรรมดอยคำ", parent=hospital)
    town = make_unit("เทศบาลเมืองคลองลำพู")
    return SimpleNamespace(
        hospital=hospital,
        ward=ward,
        town=town,
        malee=make_person("มาลี", "ใจงาม", unit=hospital),
        nurse=make_person("นภา", "แก้วดี", unit=ward),
        somchai=make_person("สมชาย", "ศรีสุข", unit=town),
        friend=make_person("วันดี", "คำใส"),
        steward=make_person("ประสาน", "มั่นคง", steward=True),
        waiting=make_person("รอรับ", "สมาชิก", is_active=False),
        visitor=None,
    )


@pytest.fixture
def picture() -> Callable[..., BytesIO]:
    """Return a function that makes a small picture file, each time another one."""
    shades = count(10)

    def made(form: str = "JPEG", size: tuple[int, int] = (40, 30)) -> BytesIO:
        file = BytesIO()
        Image.new("RGB", size, (next(shades) % 256, 90, 60)).save(file, form)
        file.seek(0)
        return file

    return made
