"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from prakai.web.requests import preferences_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name and address, the reader's preferences, and whether the demo network is loaded."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "demo_present": settings.DEMO,
        "preferences": getattr(request, "reader_preferences", None) or preferences_of(request),
    }
