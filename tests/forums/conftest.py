"""The cast of forums: malee prepares one at her hospital, somchai is a stranger, the steward looks after the place."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.factories.casts import make_cast
from tests.factories.people import make_person


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    cast = make_cast()
    cast.somchai = make_person("สมชาย", unit=cast.town)
    cast.steward = make_person("ประสาน", steward=True)
    return cast
