"""The cast of the tests of search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.factories.people import make_person
from tests.factories.units import make_unit


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """malee and somchai are members, steward looks after all, waiting does not take part yet."""
    hospital = make_unit("โรงพยาบาลดอยคำ")
    return SimpleNamespace(
        hospital=hospital,
        malee=make_person("มาลี", "ใจงาม", unit=hospital, email="malee@x.example"),
        somchai=make_person("สมชาย", "ศรีสุข", email="somchai@x.example"),
        steward=make_person("ประสาน", "มั่นคง", steward=True),
        waiting=make_person("รอ", "อยู่", is_active=False),
    )


@pytest.fixture
def searched(db: None, settings: Any, tmp_path: Path) -> Callable[[], int]:
    """An index of this test's own, and the function that makes it of the rows there are."""
    from prakai.search.keeping import rebuild

    settings.SEARCH_URL = f"file://{tmp_path}/index"
    return rebuild
