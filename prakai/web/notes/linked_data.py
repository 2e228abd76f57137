"""What a note tells machines: schema.org Article as JSON-LD, safe inside a page."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from prakai.kernel.markup import excerpt
from prakai.notes.models import Licence, Note
from prakai.notes.queries.pages import NotePage
from prakai.people.models import Person
from prakai.web.notes.rows import people_of, title_of

_ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def description_of(note: Note) -> str:
    """Return at most 200 graphemes that tell what the note is about: its highlight, else its beginning."""
    return excerpt(note.highlight or note.plain, 200)


def article(page: NotePage, *, url: str, site: str, site_url: str) -> dict[str, Any]:
    """Return a note as schema.org Article. ``url`` is its absolute address, ``site`` the platform's name."""
    note = page.note
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": url,
        "url": url,
        "headline": title_of(note),
        "description": description_of(note),
        "inLanguage": note.language,
        "isAccessibleForFree": True,
        "author": [_person(person, site_url) for person in (*people_of(note), *page.coauthors)],
        "publisher": {"@type": "Organization", "name": site, "url": f"{site_url}/"},
        "keywords": [tag.label for tag in page.tags],
        "dateCreated": note.written_at.isoformat(),
        "isPartOf": {
            "@type": "Blog",
            "name": note.notebook.title,
            "url": site_url + note.notebook.get_absolute_url(),
        },
    }
    if note.published_at:
        told["datePublished"] = note.published_at.isoformat()
    if note.edited_at:
        told["dateModified"] = note.edited_at.isoformat()
    if address := Licence(note.licence).address:
        told["license"] = address
    if page.origin is not None and page.origin.url:
        told["isBasedOn"] = page.origin.url
    return told


def _person(person: Any, site_url: str) -> dict[str, str]:
    told = {"@type": "Person", "name": str(person)}
    if isinstance(person, Person):
        told["url"] = site_url + person.get_absolute_url()
    return told


def script_of(told: dict[str, Any]) -> SafeString:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return mark_safe(text)  # noqa: S308  every sign that HTML knows is escaped above
