"""The ZIP that a person takes along: one JSON file, her pictures and files, and a README in two languages."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import override, pgettext

from prakai.exchange.personal.sections import Section, everything_about
from prakai.exchange.personal.writings import path_of
from prakai.notes.models import Attachment
from prakai.people.models import Person

FORMAT = "prakai-personal-1"
_CHUNK = 1 << 16


def media_of(person: Person) -> Iterator[tuple[str, File[bytes]]]:
    """Yield the path in the ZIP and the file of everything that she uploaded and that is still there."""
    files = [(path_of(row), row.file) for row in Attachment.objects.filter(by=person).order_by("pk")]
    if person.portrait:
        ending = (person.portrait.name or "").rpartition(".")[2]
        files.insert(0, (f"media/portrait.{ending}", person.portrait))
    for path, file in files:
        if file.name and file.storage.exists(file.name):
            yield path, file


def pack(person: Person, out: IO[bytes], *, by: Person, at: datetime | None = None) -> None:
    """Write the ZIP into ``out``, which must be seekable. Media are copied in pieces, never held whole."""
    sections = everything_about(person, by=by)
    moment = at or timezone.now()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for language in ("th", "en"):
            packed.writestr(f"README.{language}.txt", readme(person, sections, moment, language))
        packed.writestr("data.json", _json(person, sections, moment))
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
                "Passwords and keys are not in it: they are kept in a form that cannot be read, by us neither.",
            ),
            "",
            *(f"{section.key}: {section.title} ({len(section.rows)})" for section in sections),
            "",
        ]
    return "\n".join(lines)
