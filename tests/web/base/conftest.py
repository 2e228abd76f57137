"""The look stands by itself here (``urls.py``), and a template that names something unknown fails."""

from __future__ import annotations

import copy
from typing import Any

import pytest

UNKNOWN = "!!unknown:%s!!"


@pytest.fixture(autouse=True)
def the_look_by_itself(settings: Any) -> None:
    """Write a marker wherever a template prints what its view did not give."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = UNKNOWN
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.web.base.urls"
