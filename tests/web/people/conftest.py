"""The cast of the tests of people plays here, too, and every test begins with fresh counters of sign-in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.people.conftest import cast

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """Throttling counts in the cache: no test may tire another."""
    cache.clear()
    yield
    cache.clear()
