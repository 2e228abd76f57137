"""A forum's day as one signed file: its rows, its pictures, and whom they name."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import FileField
from django.utils import timezone

from prakai.exchange.forum_days import signing
from prakai.exchange.forum_days.around import told_around
from prakai.exchange.forum_days.kinds import KINDS, Row, columns_of
from prakai.exchange.forum_days.telling import Names, Telling, plain
from prakai.exchange.importing.hostile import Refusal
from prakai.forums import rules
from prakai.forums.models import Echo, Forum, Passage
from prakai.forums.models.passages import passage_key
from prakai.journal.recording import record
from prakai.people.models import Person


def pack_day(
    forum: Forum,
    path: Path,
    *,
    by: Person | None,
    with_key: bool = False,
    new_key: bool = False,
    at: datetime | None = None,
) -> Packed:
    """Write the day of ``forum`` into ``path``, which must not be there yet, and return what it holds.

    ``by`` is somebody who prepares the forum, or ``None`` for whoever runs this place. The key goes along from the
    forum's home until a first file has come back; later only ``with_key``. ``new_key`` makes another one first: what is
    signed with the former key is refused from then on. Only the file's owner may read it.
    """
    if by is not None:
        rules.may_prepare(by, forum).or_refuse()
    moment = at or timezone.now()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out, transaction.atomic():
            passage, _ = Passage.objects.get_or_create(forum=forum, defaults={"by": by, "at": moment})
            if new_key:
                _renew(passage)
            passage.sent += 1
            passage.save(update_fields=["sent"])
            has_key = passage.is_home and (with_key or new_key or not passage.parcels.exists())
            count = _write(out, forum, passage, moment, has_key=has_key)
            record("forum.packed", forum, by=by, at=at, rows=count)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return Packed(count, has_key)


@dataclass(frozen=True, slots=True)
class Packed:
    """How many rows a file holds, and whether the forum's key goes along."""

    rows: int
    has_key: bool


def _renew(passage: Passage) -> None:
    if not passage.is_home:
        raise Refusal(
            "not-home", "A new key is made where the forum was first exported, and this is not that place."
        )
    passage.key = passage_key()
    passage.save(update_fields=["key"])


def _write(out: BinaryIO, forum: Forum, passage: Passage, moment: datetime, *, has_key: bool) -> int:
    sums: dict[str, str] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:

        def put(name: str, content: bytes) -> None:
            closed = signing.sealed(passage.key, name, content)
            sums[name] = signing.sum_of(closed)
            packed.writestr(name, closed)

        # First, so that its name stands at the very beginning of the file.
        packed.writestr(signing.HEAD, f"{signing.FORMAT}\n")
        telling = Telling(forum, Names(passage))
        lines = _rows(telling, passage, put)
        put(signing.ROWS, b"\n".join(lines) + b"\n")
        around = told_around(forum, telling.people, telling.units, telling.networks)
        put(signing.AROUND, signing.as_json(around))
        put(signing.BASES, signing.as_json(_bases(passage)))
        told = {
            "format": signing.FORMAT,
            "forum": forum.public_id,
            "place": passage.place,
            "is_home": passage.is_home,
            "number": passage.sent,
            "made_at": plain(moment),
            "parts": sums,
        }
        manifest = signing.as_json({**told, "key": passage.key} if has_key else told)
        packed.writestr(signing.MANIFEST, manifest)
        packed.writestr(signing.SIGNATURE, signing.signature(passage.key, manifest))
    return len(lines)


def _rows(telling: Telling, passage: Passage, put: Callable[[str, bytes], None]) -> list[bytes]:
    """Return all rows, one a line; their pictures are put into the file one by one."""
    lines = []
    for kind in KINDS:
        files = [column.name for column in columns_of(kind) if isinstance(column, FileField)]
        for name, row in telling.rows[kind.key].items():
            told = telling.plain(kind, row)
            for column in files:
                told[column] = _picture(name, row, column, put)
            if kind.model is Echo:
                # What a phone is known by stays where it is; that it said so only once, goes along.
                told["phone"] = signing.signature(passage.key, told["phone"].encode())
            lines.append(signing.as_json({"kind": kind.key, "id": name, "columns": told}))
    return lines


def _bases(passage: Passage) -> dict[str, Any]:
    return {
        parcel.place: {"made_at": plain(parcel.made_at), "state": parcel.state}
        for parcel in passage.parcels.order_by("pk")
    }


def _picture(name: str, row: Row, column: str, put: Callable[[str, bytes], None]) -> str:
    """Put the picture of ``row`` into the file, and return its name there; empty without one."""
    file = getattr(row, column)
    if not file.name or not file.storage.exists(file.name):
        return ""
    with file.open("rb") as opened:
        content: bytes = opened.read()
    inside = f"{name}.{file.name.rpartition('.')[2]}"
    put(f"{signing.PICTURES}{inside}", content)
    return inside
