"""What the front page tells machines: schema.org WebSite."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from prakai.web.notes.addresses import absolute


def website(request: HttpRequest) -> dict[str, Any]:
    """Return the place as schema.org WebSite, with the address where one finds by name."""
    address = absolute(request, "/")
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "@id": address,
        "url": address,
        "name": settings.SITE_NAME,
        "inLanguage": ["th", "en"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{address}search?q={{words}}"},
            "query-input": "required name=words",
        },
    }
