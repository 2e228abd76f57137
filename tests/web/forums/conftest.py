"""The cast of forums and its pages: asked in Thai; a template that prints something unknown fails."""

from __future__ import annotations

import copy
import html
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from prakai.people.models import Person
from prakai.web.templatetags import prakai_tags
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


@pytest.fixture
def files_as_they_lie(settings: Any) -> Iterator[None]:
    """The server of the tests gives static files by their own names."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    prakai_tags.asset.cache_clear()
    yield
    prakai_tags.asset.cache_clear()


@pytest.fixture
def phone(
    chromium: Any, live_server: Any, signed_in: SignIn, files_as_they_lie: None
) -> Iterator[Callable[..., Any]]:
    """Open a page as somebody; no page may have stumbled, nor stick out at the side."""
    contexts: list[Any] = []
    trouble: list[str] = []

    def open_at(path: str, person: Person | None, width: int = 360) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 740})
        contexts.append(context)
        if person is not None:
            session = signed_in(person).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if "Security Policy" in said.text else None)
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert trouble == []


def shown(answer: Any) -> str:
    """The words of an answer as its reader sees them; nothing in it is unknown to its template."""
    text = html.unescape(answer.content.decode())
    assert "!!unknown" not in text
    return text
