"""A real browser for the writing desk: switched on by ``BROWSER=1``."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from prakai.people.models import Person


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
