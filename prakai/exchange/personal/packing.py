"""The ZIP that a person takes along: all as JSON, her notes as pages, her files, and a README in two languages.

Names of files are Thai where hers are: the ZIP says that they are UTF-8, as Windows, macOS and phones expect.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override, pgettext

from prakai.exchange.personal.sections import Section, everything_about
from prakai.exchange.personal.writings import path_of
from prakai.notes.models import Attachment
from prakai.people.models import Person
from prakai.thai.slugs import slug

FORMAT = "prakai-personal-1"
_CHUNK = 1 << 16
# Old Thai Windows takes a text without this mark for TIS-620.
_TEXT = "utf-8-sig"
_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>
{body}
</body></html>
"""


def media_of(person: Person) -> Iterator[tuple[str, File[bytes]]]:
    """Yield the path in the ZIP and the file of everything that she uploaded and that is still there."""
    files = [(path_of(row), row.file) for row in Attachment.objects.filter(by=person).order_by("pk")]
    if person.portrait:
        ending = (person.portrait.name or "").rpartition(".")[2]
        files.insert(0, (f"media/portrait.{ending}", person.portrait))
    for path, file in files:
        if file.name and file.storage.exists(file.name):
            yield path, file


def pages_of(sections: list[Section], person: Person) -> Iterator[tuple[str, str]]:
    """Yield the path in the ZIP and the page, as HTML, of every note and of every draft."""
    places = {
        row.get_absolute_url(): f"../{path_of(row)}"
        for row in Attachment.objects.filter(by=person).order_by("pk")
    }
    rows = {section.key: section.rows for section in sections}
    for row in rows["notes"]:
        yield f"notes/{row['number']}-{slug(row['title'])}.html", _page(row, places)
    for order, row in enumerate(rows["drafts"], start=1):
        typed = {name: str(value) for name, value in row["fields"].items()}
        yield f"drafts/{order}-{slug(typed.get('title', ''), empty='draft')}.html", _page(typed, places)


def _page(row: dict[str, Any], places: dict[str, str]) -> str:
    body = row.get("body", "")
    for address, place in places.items():
        body = body.replace(f'"{escape(address)}"', f'"{escape(place)}"')
    return _PAGE.format(
        language=escape(row.get("language", "") or "th"), title=escape(row.get("title", "")), body=body
    )


def pack(person: Person, out: IO[bytes], *, by: Person, at: datetime | None = None) -> None:
    """Write the ZIP into ``out``, which must be seekable. Media are copied in pieces, never held whole."""
    sections = everything_about(person, by=by)
    moment = at or timezone.now()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for language in ("th", "en"):
            packed.writestr(
                f"README.{language}.txt", readme(person, sections, moment, language).encode(_TEXT)
            )
        packed.writestr("data.json", _json(person, sections, moment))
        for path, page in pages_of(sections, person):
            packed.writestr(path, page)
        for path, file in media_of(person):
            with file.open("rb") as source, packed.open(path, "w", force_zip64=True) as target:
                while piece := source.read(_CHUNK):
                    target.write(piece)


def _json(person: Person, sections: list[Section], moment: datetime) -> str:
    told = {
        "format": FORMAT,
        "made_at": moment,
        "person": person.public_id,
        **{section.key: section.rows for section in sections},
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def readme(person: Person, sections: list[Section], moment: datetime, language: str) -> str:
    """Return the words that explain the ZIP, in Thai or English, with how many of what it holds."""
    with override(language):
        lines = [
            pgettext("personal data", "What this platform keeps about %(name)s") % {"name": person},
            moment.astimezone(timezone.get_default_timezone()).strftime("%Y-%m-%d %H:%M %z"),
            "",
            pgettext(
                "personal data",
                "data.json holds everything as text that people and programs can read (JSON, UTF-8)."
                " The folder media holds your pictures and files.",
            ),
            pgettext(
                "personal data",
                "The folders notes and drafts hold what you wrote as pages, which any browser opens.",
            ),
            pgettext(
                "personal data",
                "Passwords and keys are not in it: they are kept in a form that cannot be read, by us neither.",
            ),
            "",
            *(f"{section.key}: {section.title} ({len(section.rows)})" for section in sections),
            "",
        ]
    return "\n".join(lines)
