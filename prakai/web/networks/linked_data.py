"""What a network's page tells machines: schema.org Organization with its member units; never a person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from prakai.networks.queries import NetworkPage
from prakai.web.notes.addresses import absolute

MOST_UNITS = 100


def organization(page: NetworkPage, request: HttpRequest) -> dict[str, Any]:
    """Return a network as schema.org Organization, with its names, its purpose, its first day and its units."""
    network = page.network
    url = absolute(request, network.get_absolute_url())
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": url,
        "url": url,
        "name": network.name_th,
        "description": network.purpose,
        "foundingDate": network.founded_at.date().isoformat(),
    }
    if network.name_en:
        told["alternateName"] = [network.name_en]
    if page.units:
        told["member"] = [
            {
                "@type": "GovernmentOrganization",
                "name": unit.name_th,
                "url": absolute(request, unit.get_absolute_url()),
            }
            for unit in page.units[:MOST_UNITS]
        ]
    return told
