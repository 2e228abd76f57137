"""Pages are asked in English here, and a template that prints something unknown fails."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from prakai.people.models import Person
from tests.factories.people import make_person


@pytest.fixture(autouse=True)
def _nothing_unknown(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = "!!unknown:%s!!"
    settings.TEMPLATES = templates


@pytest.fixture
def steward() -> Person:
    return make_person("วรรณา", "ใจกว้าง", steward=True, language="en")


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
