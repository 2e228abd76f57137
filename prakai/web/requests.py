"""What every view needs to know of a request: who reads, in which manner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from prakai.kernel.verdicts import Refused
from prakai.people.models import Person
from prakai.people.rules import SIGN_IN_FIRST
from prakai.thai import dates


@dataclass(frozen=True, slots=True)
class Preferences:
    """How the reader of this request likes language, years, digits and light."""

    language: str = "th"
    era: str = "be"
    digits: str = "arabic"
    theme: str = "auto"
    single_keys: bool = True


def reader_of(request: HttpRequest) -> Person | None:
    """Return the signed-in person, or ``None`` for a visitor."""
    person = request.user
    return person if isinstance(person, Person) else None


def member(request: HttpRequest) -> Person:
    """Return the signed-in person; a visitor is asked to sign in."""
    reader = reader_of(request)
    if reader is None:
        raise Refused(SIGN_IN_FIRST)
    return reader


def in_parts(request: HttpRequest) -> bool:
    """Return whether the answer is put into the page by htmx."""
    return request.headers.get("HX-Request") == "true"


def preferences_of(request: HttpRequest) -> Preferences:
    """Return the reader's preferences; a visitor gets those of the language of the page."""
    language: str = getattr(request, "LANGUAGE_CODE", "th")
    reader = reader_of(request) if hasattr(request, "user") else None
    if reader is None:
        return Preferences(language=language, era="ce" if language == "en" else "be")
    return Preferences(language, reader.era, reader.digits, reader.theme, reader.single_keys)


def moment_for(request: HttpRequest, moment: datetime, form: dates.Form = "short") -> str:
    """Return ``moment`` in words as this reader likes them; for what a view says itself."""
    likes = preferences_of(request)
    return dates.write_moment(
        moment,
        language="en" if likes.language == "en" else "th",
        era="ce" if likes.era == "ce" else "be",
        digits="thai" if likes.digits == "thai" else "arabic",
        form=form,
    )
