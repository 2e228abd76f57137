"""What a person's page tells machines: schema.org Person. Never her e-mail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from prakai.people.queries import PersonPage
from prakai.web.notes.addresses import absolute


def person_told(page: PersonPage, request: HttpRequest) -> dict[str, Any]:
    """Return a person as schema.org Person: names, what she knows, where she works."""
    person = page.person
    url = absolute(request, person.get_absolute_url())
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": url,
        "url": url,
        "name": f"{person.given_th} {person.family_th}".strip(),
    }
    other = [person.nickname_th, f"{person.given_en} {person.family_en}".strip()]
    if names := [name for name in other if name]:
        told["alternateName"] = names
    if person.about:
        told["description"] = person.about
    if person.knows:
        told["knowsAbout"] = person.knows
    if person.portrait_url:
        told["image"] = absolute(request, person.portrait_url)
    held = [row for row in page.held if row.confirmed_at is not None]
    if held:
        first = held[0]
        if first.position:
            told["jobTitle"] = first.position
        told["worksFor"] = [
            {
                "@type": "GovernmentOrganization",
                "name": row.unit.name_th,
                "url": absolute(request, row.unit.get_absolute_url()),
            }
            for row in held
        ]
    return told
