"""What the tests of bringing in share: who brings, and where sources are saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from prakai.people.models import Person
from tests.exchange.pages import written
from tests.factories.people import make_person


@pytest.fixture
def malee(db: None) -> Person:
    return make_person("มาลี", "ใจงาม", email="malee@doikham.example")


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that saves a source."""
    return lambda text, name="note.txt": written(tmp_path / "in", name, text)
