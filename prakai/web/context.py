"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from prakai.web.home.demo_roles import demo_roles
from prakai.web.requests import preferences_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name and address, whether it sends letters, the reader's preferences, the roles of a demo."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "letters_leave": bool(settings.EMAIL_URL),
        "demo_roles": demo_roles(request),
        "preferences": getattr(request, "reader_preferences", None) or preferences_of(request),
    }
