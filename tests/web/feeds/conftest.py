"""Who tells in the tests of feeds; a template that names something unknown shows a marker."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import Any

import pytest

from tests.factories.people import make_person
from tests.factories.units import make_unit

UNKNOWN = "!!unknown:%s!!"


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = UNKNOWN
    settings.TEMPLATES = templates
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """malee tells from the hospital; somchai answers."""
    hospital = make_unit("โรงพยาบาลดอยคำ")
    return SimpleNamespace(
        hospital=hospital,
        malee=make_person("มาลี", "ใจงาม", unit=hospital, is_listed=True),
        somchai=make_person("สมชาย", "ศรีสุข", is_listed=True),
    )
