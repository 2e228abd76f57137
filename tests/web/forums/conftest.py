"""The cast of forums and its pages: asked in Thai; a template that prints something unknown fails."""

from __future__ import annotations

import copy
import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from prakai.people.models import Person
from tests.forums.conftest import cast  # noqa: F401  the same people

SignIn = Callable[[Person | None], Client]


@pytest.fixture(autouse=True)
def _nothing_unknown(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = "!!unknown:%s!!"
    settings.TEMPLATES = templates


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return sign_in


def shown(answer: Any) -> str:
    """The words of an answer as its reader sees them; nothing in it is unknown to its template."""
    text = html.unescape(answer.content.decode())
    assert "!!unknown" not in text
    return text
