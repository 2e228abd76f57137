"""The cast that rooms share in their tests, in one line; each adds who plays there besides."""

from __future__ import annotations

from types import SimpleNamespace

from tests.factories.people import make_person
from tests.factories.units import make_unit


def make_cast() -> SimpleNamespace:
    """A hospital with a ward, where malee, the nurse, and one not yet let in work; a town where nobody does yet."""
    hospital = make_unit("โรงพยาบาลดอยคำ")
    ward = make_unit("หอผู้ป่วยดอยคำ", parent=hospital)
    return SimpleNamespace(
        hospital=hospital,
        ward=ward,
        town=make_unit("เทศบาลเมืองคลองลำพู"),
        malee=make_person("มาลี", unit=hospital),
        nurse=make_person("นภา", unit=ward),
        waiting=make_person("รอรับ", unit=hospital, is_active=False),
    )
