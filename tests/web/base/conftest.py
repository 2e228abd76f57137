"""Templates that name something unknown fail here: the marker must never reach a page."""

from __future__ import annotations

import copy
from typing import Any

import pytest

UNKNOWN = "!!unknown:%s!!"


@pytest.fixture(autouse=True)
def unknown_variables_show(settings: Any) -> None:
    """Write a marker wherever a template prints what its view did not give."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = UNKNOWN
    settings.TEMPLATES = templates
