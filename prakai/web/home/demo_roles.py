"""The roles of the demo network through which a visitor may look at this place, on every page while it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import pgettext

from prakai.exchange.demo.loading import is_present
from prakai.web.requests import reader_of


@dataclass(frozen=True, slots=True)
class DemoRole:
    """One way to look around: whose place one takes, and whether that is so now."""

    name: str
    url: str
    is_now: bool


def demo_roles(request: HttpRequest) -> list[DemoRole]:
    """Return the four roles that one click gives; none where no demo network is loaded.

    A place without ``DEMO`` pays nothing for the question.
    """
    if not settings.DEMO or not is_present():
        return []
    reader = reader_of(request) if hasattr(request, "user") else None
    playing = (reader.email or "").partition("@")[0] if reader is not None and reader.is_demo else ""
    here = request.path if request.method == "GET" and not request.path.startswith("/accounts/") else "/"
    names = {
        "reader": pgettext("demo role", "Reader"),
        "writer": pgettext("demo role", "Writer"),
        "facilitator": pgettext("demo role", "Facilitator"),
        "steward": pgettext("demo role", "Steward"),
    }
    return [
        DemoRole(name, f"/demo/enter/{role}?{urlencode({'next': here})}", role == playing)
        for role, name in names.items()
    ]
