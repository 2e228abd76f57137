"""A signed file of a forum's day, read and proved: everything of it, before anything of it is used."""

from __future__ import annotations

import json
import os
import re
import stat
import struct
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.db.models import ForeignKey

from prakai.exchange.forum_days import signing
from prakai.exchange.forum_days.around import Facts, read_around
from prakai.exchange.forum_days.kinds import BY_KEY, KINDS, columns_of
from prakai.exchange.importing.archives import check_index
from prakai.exchange.importing.hostile import LIMITS, Refusal, sendable, size_in_words
from prakai.forums.models import Forum, Passage
from prakai.kernel.ids import ALPHABET, LENGTH
from prakai.people.models import Person

State = dict[str, dict[str, dict[str, str]]]
"""By kind, by name, by column: the digest of what was said."""

MOST_BYTES: Final = 3 * 1024 * 1024 * 1024
_PUBLIC_ID = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_KEY = re.compile("[0-9a-f]{64}")
_NAME = re.compile(r"[0-9a-z-]{1,40}")


@dataclass(frozen=True, slots=True)
class Told:
    """One row as a file tells it."""

    name: str
    columns: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was proved. ``forum`` and ``passage`` are those of this place, if it knows the forum."""

    public_id: str
    place: str
    number: int
    made_at: datetime
    key: str
    is_from_home: bool
    path: Path
    forum: Forum | None
    passage: Passage | None
    rows: dict[str, list[Told]]
    around: Facts
    bases: dict[str, tuple[datetime, State]]
    sums: dict[str, str]

    def picture(self, name: str) -> bytes | None:
        """Return a picture of the file, read when it is wanted: they are too much to hold them all."""
        part = f"{signing.PICTURES}{name}"
        wanted = self.sums.get(part)
        if wanted is None:
            return None
        with zipfile.ZipFile(self.path) as packed:
            content = packed.read(part)
        if signing.sum_of(content) != wanted:
            raise Refusal("bad-file", "The file was changed while it was read.")
        return _unsealed(self.key, part, content)

    def named(self) -> set[str]:
        """Return the names of all persons that its rows point to."""
        found: set[str] = set()
        for kind in KINDS:
            columns = [
                column.name
                for column in columns_of(kind)
                if isinstance(column, ForeignKey) and column.related_model is Person
            ]
            for told in self.rows[kind.key]:
                given = [told.columns.get(column) for column in columns]
                found |= {name for name in given if isinstance(name, str)}
        return found


def is_forum_day(path: Path) -> bool:
    """Return whether the file at ``path`` says of itself that it is a forum's day."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(30 + len(signing.HEAD))
    return head.startswith(b"PK\x03\x04") and head[30:] == signing.HEAD.encode("ascii")


def open_day(path: Path, *, takes_new_key: bool = False) -> Opened:
    """Return what the file at ``path`` holds; raises ``Refusal`` when it is damaged, foreign or wrongly signed.

    ``takes_new_key``: the key of a plan counts here from now on, though another one did before.
    """
    parts, sums = _parts(path)
    manifest = _read_json(parts.get(signing.MANIFEST))
    wanted = {"format", "forum", "place", "number", "made_at", "parts"}
    if not isinstance(manifest, dict) or not wanted <= set(manifest):
        raise Refusal("bad-file", "The file is damaged: its manifest is missing.")
    if manifest["format"] != signing.FORMAT:
        raise Refusal(
            "other-version", "The file was made by another version of Prakai; bring this place up to date."
        )
    public_id, place = str(manifest["forum"]), str(manifest["place"])
    if not (_PUBLIC_ID.fullmatch(public_id) and _PUBLIC_ID.fullmatch(place)):
        raise Refusal("bad-file", "The file is damaged: its manifest names no forum.")
    number = manifest["number"]
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**31:
        raise Refusal("bad-file", "The file is damaged: its manifest has no number.")
    forum = Forum.objects.filter(public_id=public_id).first()
    passage = Passage.objects.filter(forum=forum).first() if forum is not None else None
    key = _key(forum, passage, manifest, takes_new_key=takes_new_key)
    if not signing.is_signed(key, parts[signing.MANIFEST], parts.get(signing.SIGNATURE, b"")):
        raise Refusal("wrong-signature", "The file is not signed with the key that this forum has here.")
    _prove(sums, manifest["parts"])
    rows, around, bases = (
        _unsealed(key, name, parts[name]) for name in (signing.ROWS, signing.AROUND, signing.BASES)
    )
    return Opened(
        public_id=public_id,
        place=place,
        number=number,
        made_at=_moment(manifest["made_at"]),
        key=key,
        is_from_home=manifest.get("is_home") is True,
        path=path,
        forum=forum,
        passage=passage,
        rows=_rows(rows),
        around=read_around(_read_json(around)),
        bases=_bases(_read_json(bases)),
        sums=sums,
    )


def _parts(path: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the parts that are not pictures, and the sum of every part; a picture is not kept.

    Nothing is packed in such a file, so that nothing can be larger than it looks; nothing is written to disk.
    """
    parts: dict[str, bytes] = {}
    sums: dict[str, str] = {}
    file, size = _opened(path)
    try:
        with file:
            check_index(file, size)
            with zipfile.ZipFile(file) as packed:
                for member in packed.infolist():
                    name = member.filename
                    if name in sums:
                        raise Refusal("bad-file", f"The file is damaged: it holds {sendable(name)} twice.")
                    content = _content(packed, member, size)
                    sums[name] = signing.sum_of(content)
                    if name in signing.HELD:
                        parts[name] = content
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        struct.error,
    ) as error:
        raise Refusal("bad-file", f"The file is damaged: {sendable(str(error))[:120]}.") from None
    return parts, sums


def _opened(path: Path) -> tuple[BinaryIO, int]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_BYTES:
        os.close(descriptor)
        raise Refusal("too-large", f"The file is larger than {size_in_words(MOST_BYTES)}, or is none.")
    return os.fdopen(descriptor, "rb"), found.st_size


def _content(packed: zipfile.ZipFile, member: zipfile.ZipInfo, size: int) -> bytes:
    is_plain = member.compress_type == zipfile.ZIP_STORED and member.file_size == member.compress_size
    if not is_plain or member.file_size > min(size, LIMITS.page_bytes):
        raise Refusal("zip-bomb", "The file would unpack to more than it holds; it is refused.")
    return packed.read(member)


def _unsealed(key: str, name: str, content: bytes) -> bytes:
    found = signing.unsealed(key, name, content, most=LIMITS.page_bytes)
    if found is None:
        raise Refusal("bad-file", f"The file is damaged: {sendable(name)} cannot be opened with its key.")
    return found


def _key(
    forum: Forum | None, passage: Passage | None, manifest: dict[str, Any], *, takes_new_key: bool
) -> str:
    """Return the key by which the file has to be signed: this place's own, or for a new forum the one it brings."""
    is_offered = takes_new_key and isinstance(manifest.get("key"), str)
    if passage is not None and (passage.is_home or not is_offered):
        return passage.key
    if forum is not None and passage is None:
        raise Refusal("no-key", "This forum has never left this place, so no file of it can come back.")
    key = manifest.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise Refusal(
            "unknown-forum", "The forum of this file is not known here, and the file does not bring its key."
        )
    return key


def _prove(sums: dict[str, str], signed: Any) -> None:
    held = {name: found for name, found in sums.items() if name not in signing.UNSUMMED}
    is_whole = {signing.ROWS, signing.AROUND, signing.BASES} <= set(held)
    if not isinstance(signed, dict) or set(signed) != set(held) or not is_whole:
        raise Refusal("wrong-signature", "The file does not hold what was signed.")
    for name, found in held.items():
        if signed[name] != found:
            raise Refusal("wrong-signature", f"{sendable(name)} was changed after the file was signed.")


def _read_json(content: bytes | None) -> Any:
    try:
        return json.loads((content or b"").decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refusal("bad-file", "The file is damaged: a part of it cannot be read.") from None


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _moment(given: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise Refusal("bad-file", "The file is damaged: it does not say when it was made.") from None
    if moment.tzinfo is None:
        raise Refusal("bad-file", "The file is damaged: it does not say when it was made.")
    return moment


def _rows(content: bytes) -> dict[str, list[Told]]:
    rows: dict[str, list[Told]] = {key: [] for key in BY_KEY}
    seen: set[tuple[str, str]] = set()
    for line in content.split(b"\n"):
        if not line:
            continue
        told = _read_json(line)
        if not isinstance(told, dict) or not isinstance(told.get("columns"), dict):
            raise Refusal("bad-rows", "A row of the file has another shape.")
        kind, name = str(told.get("kind")), str(told.get("id"))
        if kind not in rows or not _NAME.fullmatch(name) or (kind, name) in seen:
            raise Refusal("bad-rows", "A row of the file is of no known kind, or stands there twice.")
        seen.add((kind, name))
        rows[kind].append(Told(name, told["columns"]))
    return rows


def _bases(given: Any) -> dict[str, tuple[datetime, State]]:
    if not isinstance(given, dict):
        raise Refusal("bad-rows", "What the file was based on has another shape.")
    bases: dict[str, tuple[datetime, State]] = {}
    for place, told in given.items():
        state = told.get("state") if isinstance(told, dict) else None
        if not isinstance(state, dict) or not all(
            isinstance(rows, dict) and all(isinstance(row, dict) for row in rows.values())
            for rows in state.values()
        ):
            raise Refusal("bad-rows", "What the file was based on has another shape.")
        bases[place] = (_moment(told.get("made_at")), state)
    return bases
