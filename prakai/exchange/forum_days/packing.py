"""A forum's day as one signed file: its rows, its pictures, and whom they name."""

from __future__ import annotations

import os
import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import FileField
from django.utils import timezone

from prakai.exchange.forum_days import signing
from prakai.exchange.forum_days.around import told_around
from prakai.exchange.forum_days.kinds import KINDS, Row, columns_of
from prakai.exchange.forum_days.telling import Names, Telling, plain
from prakai.forums import rules
from prakai.forums.models import Forum, Passage
from prakai.journal.recording import record
from prakai.people.models import Person


def pack_day(forum: Forum, path: Path, *, by: Person | None, at: datetime | None = None) -> int:
    """Write the day of ``forum`` into ``path``, which must not be there yet, and return how many rows it holds.

    ``by`` is somebody who prepares the forum, or ``None`` for whoever runs this place. The file holds personal data:
    only its owner may read it.
    """
    if by is not None:
        rules.may_prepare(by, forum).or_refuse()
    moment = at or timezone.now()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out, transaction.atomic():
            passage, _ = Passage.objects.get_or_create(forum=forum, defaults={"by": by, "at": moment})
            count, parts = _parts(forum, passage)
            record("forum.packed", forum, by=by, at=at, rows=count)
            manifest = signing.as_json(_manifest(passage, parts, moment))
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
                # First and unpacked, so that its name stands at the very beginning of the file.
                packed.writestr(signing.HEAD, f"{signing.FORMAT}\n", zipfile.ZIP_STORED)
                packed.writestr(signing.MANIFEST, manifest)
                packed.writestr(signing.SIGNATURE, signing.signature(passage.key, manifest))
                for name, content in parts.items():
                    packed.writestr(name, content)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return count


def _manifest(passage: Passage, parts: dict[str, bytes], moment: datetime) -> dict[str, Any]:
    told = {
        "format": signing.FORMAT,
        "forum": passage.forum.public_id,
        "place": passage.place,
        "made_at": plain(moment),
        "parts": {name: signing.sum_of(content) for name, content in parts.items()},
    }
    return {**told, "key": passage.key} if passage.is_home else told


def _parts(forum: Forum, passage: Passage) -> tuple[int, dict[str, bytes]]:
    telling = Telling(forum, Names(passage))
    pictures: dict[str, bytes] = {}
    lines = []
    for kind in KINDS:
        files = [column.name for column in columns_of(kind) if isinstance(column, FileField)]
        for name, row in telling.rows[kind.key].items():
            told = telling.plain(kind, row)
            for column in files:
                told[column] = _picture(row, column, pictures)
            lines.append(signing.as_json({"kind": kind.key, "id": name, "columns": told}))
    bases = {
        parcel.place: {"made_at": plain(parcel.made_at), "state": parcel.state}
        for parcel in passage.parcels.order_by("pk")
    }
    return len(lines), {
        signing.ROWS: b"\n".join(lines) + b"\n",
        signing.AROUND: signing.as_json(told_around(forum, telling.people, telling.units)),
        signing.BASES: signing.as_json(bases),
        **pictures,
    }


def _picture(row: Row, column: str, pictures: dict[str, bytes]) -> str:
    """Put the picture of ``row`` with the others, and return its name in the file; empty without one."""
    file = getattr(row, column)
    if not file.name or not file.storage.exists(file.name):
        return ""
    with file.open("rb") as opened:
        content: bytes = opened.read()
    name = f"{signing.sum_of(content)}.{file.name.rpartition('.')[2]}"
    pictures[f"{signing.PICTURES}{name}"] = content
    return name
