"""The cast of the tests of people plays here, too; what a template prints without having been given it is seen."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.template.base import Template

from tests.people.conftest import cast

__all__ = ["cast"]
UNKNOWN = "UNKNOWN-NAME-%s"


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """Throttling counts in the cache: no test may tire another."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def unknown_names_fail(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail wherever a template prints what its view did not give."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = UNKNOWN
    settings.TEMPLATES = templates
    render = Template.render

    def checked(self: Template, context: Any) -> Any:
        written = render(self, context)
        assert UNKNOWN[:-2] not in written, f"{self.name}: {written[written.index(UNKNOWN[:-2]) :][:80]}"
        return written

    monkeypatch.setattr(Template, "render", checked)
