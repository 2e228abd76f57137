"""What a unit's page tells machines: schema.org GovernmentOrganization."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from prakai.units.queries import UnitPage
from prakai.web.notes.addresses import absolute


def organization(page: UnitPage, request: HttpRequest) -> dict[str, Any]:
    """Return a unit as schema.org GovernmentOrganization, with its parent, its names, its place and its days."""
    unit = page.unit
    url = absolute(request, unit.get_absolute_url())
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "@id": url,
        "url": url,
        "name": unit.name_th,
    }
    other = [unit.name_en, *unit.abbreviations, *(former.name_th for former in page.former_names)]
    if names := [name for name in other if name]:
        told["alternateName"] = names
    if unit.about:
        told["description"] = unit.about
    if page.ancestors:
        parent = page.ancestors[-1]
        told["parentOrganization"] = {
            "@type": "GovernmentOrganization",
            "name": parent.name_th,
            "url": absolute(request, parent.get_absolute_url()),
        }
    if page.province is not None:
        told["address"] = {
            "@type": "PostalAddress",
            "addressRegion": page.province.name_th,
            "addressCountry": "TH",
        }
    if unit.valid_from is not None:
        told["foundingDate"] = unit.valid_from.isoformat()
    if unit.valid_to is not None:
        told["dissolutionDate"] = unit.valid_to.isoformat()
    return told
