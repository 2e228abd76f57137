"""The cast of networks: fa looks after the place, ubon after a network, malee and the nurse work in a hospital."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.factories.casts import make_cast
from tests.factories.people import make_person


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    cast = make_cast()
    cast.fa = make_person("เอื้อฟ้า", steward=True)
    cast.ubon = make_person("อุบล", facilitator=True)
    cast.somchai = make_person("สมชาย", unit=cast.town, is_listed=False)
    return cast
