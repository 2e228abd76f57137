"""Who asks in the tests of searching; a template that names something unknown fails."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from prakai.people.models import Person
from tests.web.notes.conftest import (  # noqa: F401
    hospital,
    malee,
    nothing_read_before,
    somchai,
    steward,
    write,
)

UNKNOWN = "!!unknown:%s!!"


@pytest.fixture(autouse=True)
def unknown_names_show(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = UNKNOWN
    settings.TEMPLATES = templates
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def page_of() -> Callable[..., str]:
    def page(path: str, reader: Person | None = None) -> str:
        client = Client()
        if reader is not None:
            client.force_login(reader)
        answer = client.get(path)
        text = answer.content.decode()
        assert (answer.status_code, re.findall(r"!!unknown:[^!]*!!", text)) == (200, [])
        return text

    return page
