"""The row of pages on the desk and in moderation."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext

from prakai.people.models import Person


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the row."""

    label: str
    url: str
    current: bool


def desk_tabs(here: str, reader: Person) -> list[Tab]:
    """Return the pages of the desk; a steward finds moderation there, too."""
    pages = [
        (pgettext("desk tab", "What I write"), "/desk"),
        (pgettext("desk tab", "Replies to me"), "/desk/replies"),
        (pgettext("desk tab", "Waiting for me"), "/desk/held"),
        (pgettext("desk tab", "Saved searches"), "/searches"),
    ]
    if reader.is_steward:
        pages.append((pgettext("desk tab", "Moderation"), "/moderation"))
    return [Tab(label, url, url == here) for label, url in pages]


def moderation_tabs(here: str) -> list[Tab]:
    """Return the pages of moderation."""
    pages = [
        (pgettext("moderation tab", "To decide"), "/moderation"),
        (pgettext("moderation tab", "Decided"), "/moderation/decided"),
        (pgettext("moderation tab", "Log"), "/moderation/log"),
        (pgettext("moderation tab", "Words that mean the same"), "/moderation/words"),
    ]
    return [Tab(label, url, url == here) for label, url in pages]


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Lead to signing in, and back to this page."""
    return redirect_to_login(request.get_full_path())
