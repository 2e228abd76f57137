"""A real browser for the writing desk: switched on by ``BROWSER=1``."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from prakai.people.models import Person

HOW = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NEEDS_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("BROWSER"), reason="needs Chromium: BROWSER=1"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright's loop makes Django believe that it runs inside async code.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=HOW)
        yield browser
        browser.close()


def sign_in(context: Any, url: str, person: Person) -> None:
    """Let ``person`` be signed in, in every page of this browser context."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": url}])


def heard(page: Any) -> list[str]:
    """Return the list that gathers what the page complains about from now on."""
    said: list[str] = []
    page.on("pageerror", lambda trouble: said.append(str(trouble)))

    def hear(line: Any) -> None:
        # The web fonts are made at set-up; a bare checkout has none and reads well without.
        if line.type == "error" and "/fonts/" not in line.location.get("url", ""):
            said.append(line.text)

    page.on("console", hear)
    return said


def close(context: Any) -> None:
    """Close the browser's windows and let the server finish what they had still sent."""
    context.close()
    time.sleep(0.5)
