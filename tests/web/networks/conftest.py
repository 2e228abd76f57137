"""The cast of a network and its pages: asked in Thai; a template that prints something unknown fails."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.factories.networks import make_network
from tests.factories.people import make_person
from tests.factories.units import make_unit
from tests.web.forums.conftest import _nothing_unknown, signed_in  # noqa: F401  the same manner


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """A network of one hospital, of Somchai for himself, founded by a facilitator who looks after it."""
    hospital = make_unit("โรงพยาบาลดอยคำ", name_en="Doi Kham Hospital")
    town = make_unit("เทศบาลเมืองคลองลำพู")
    keeper = make_person("นที", facilitator=True)
    coordinator, somchai = make_person("สมใจ", "รักงาน"), make_person("สมชาย", "เดินดง")
    return SimpleNamespace(
        hospital=hospital,
        town=town,
        keeper=keeper,
        coordinator=coordinator,
        somchai=somchai,
        malee=make_person("มาลี", unit=hospital),
        wandee=make_person("วันดี", "ทางไกล", unit=town),
        waiting=make_person("รอรับ", unit=hospital, is_active=False),
        steward=make_person("ประสาน", steward=True),
        network=make_network(
            keeper, units=[hospital], people=[somchai], coordinators=[coordinator], promises="พบกันทุกสามเดือน"
        ),
    )
