"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from prakai.web.home.demo_roles import demo_roles
from prakai.web.requests import preferences_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name and address, the reader's preferences, and the roles that a demo network offers."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "demo_roles": demo_roles(request),
        "preferences": getattr(request, "reader_preferences", None) or preferences_of(request),
    }
