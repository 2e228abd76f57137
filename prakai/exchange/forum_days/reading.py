"""A signed file of a forum's day, read and proved: everything of it, before anything of it is used."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from prakai.exchange.forum_days import signing
from prakai.exchange.forum_days.around import Facts, read_around
from prakai.exchange.forum_days.kinds import BY_KEY
from prakai.exchange.importing.archives import members
from prakai.exchange.importing.folders import Source
from prakai.exchange.importing.hostile import Refusal, label, sendable
from prakai.exchange.importing.items import Broken
from prakai.forums.models import Forum, Passage
from prakai.kernel.ids import ALPHABET, LENGTH

State = dict[str, dict[str, dict[str, str]]]
"""By kind, by name, by column: the digest of what was said."""

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
    made_at: datetime
    key: str
    has_key: bool
    forum: Forum | None
    passage: Passage | None
    rows: dict[str, list[Told]]
    around: Facts
    bases: dict[str, tuple[datetime, State]]
    pictures: dict[str, bytes]


def is_forum_day(path: Path) -> bool:
    """Return whether the file at ``path`` says of itself that it is a forum's day."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(30 + len(signing.HEAD))
    return head.startswith(b"PK\x03\x04") and head[30:] == signing.HEAD.encode("ascii")


def open_day(path: Path) -> Opened:
    """Return what the file at ``path`` holds; raises ``Refusal`` when it is damaged, foreign or wrongly signed."""
    parts = _parts(path)
    manifest = _read_json(parts.get(signing.MANIFEST))
    wanted = {"format", "forum", "place", "made_at", "parts"}
    if not isinstance(manifest, dict) or not wanted <= set(manifest):
        raise Refusal("bad-file", "The file is damaged: its manifest is missing.")
    if manifest["format"] != signing.FORMAT:
        raise Refusal(
            "other-version", "The file was made by another version of Prakai; bring this place up to date."
        )
    public_id, place = str(manifest["forum"]), str(manifest["place"])
    if not (_PUBLIC_ID.fullmatch(public_id) and _PUBLIC_ID.fullmatch(place)):
        raise Refusal("bad-file", "The file is damaged: its manifest names no forum.")
    forum = Forum.objects.filter(public_id=public_id).first()
    passage = Passage.objects.filter(forum=forum).first() if forum is not None else None
    key = _key(forum, passage, manifest)
    if not signing.is_signed(key, parts[signing.MANIFEST], parts.get(signing.SIGNATURE, b"")):
        raise Refusal(
            "wrong-signature", "The file is not signed with this forum's key; nothing of it was brought in."
        )
    _prove(parts, manifest["parts"])
    return Opened(
        public_id=public_id,
        place=place,
        made_at=_moment(manifest["made_at"]),
        key=key,
        has_key="key" in manifest,
        forum=forum,
        passage=passage,
        rows=_rows(parts[signing.ROWS]),
        around=read_around(_read_json(parts[signing.AROUND])),
        bases=_bases(_read_json(parts[signing.BASES])),
        pictures={
            name.removeprefix(signing.PICTURES): content
            for name, content in parts.items()
            if name.startswith(signing.PICTURES)
        },
    )


def _parts(path: Path) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    source = Source(label(path), path, label(Path(path.name)), None, walked=False)
    for member in members(source):
        if isinstance(member, Broken):
            raise Refusal("bad-file", f"The file is damaged: {member.source} cannot be read. {member.reason}")
        name = member.relative.partition("!")[2]
        if name in parts:
            raise Refusal("bad-file", f"The file is damaged: it holds {name} twice.")
        parts[name] = member.content or b""
    return parts


def _key(forum: Forum | None, passage: Passage | None, manifest: dict[str, Any]) -> str:
    """Return the key by which the file has to be signed: this place's own, or for a new forum the one it brings."""
    if passage is not None:
        return passage.key
    if forum is not None:
        raise Refusal(
            "no-key", "This forum has never left this place, so no file can come back; nothing was done."
        )
    key = manifest.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise Refusal(
            "unknown-forum", "The forum of this file is not known here, and the file brings no plan of it."
        )
    return key


def _prove(parts: dict[str, bytes], sums: Any) -> None:
    held = set(parts) - {signing.HEAD, signing.MANIFEST, signing.SIGNATURE}
    if (
        not isinstance(sums, dict)
        or set(sums) != held
        or not {signing.ROWS, signing.AROUND, signing.BASES} <= held
    ):
        raise Refusal(
            "wrong-signature", "The file does not hold what was signed; nothing of it was brought in."
        )
    for name, wanted in sums.items():
        if signing.sum_of(parts[name]) != wanted:
            raise Refusal(
                "wrong-signature",
                f"{sendable(name)} was changed after the file was signed; nothing of it was brought in.",
            )


def _read_json(content: bytes | None) -> Any:
    try:
        return json.loads((content or b"").decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refusal("bad-file", "The file is damaged: a part of it cannot be read.") from None


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
    for line in content.splitlines():
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
