"""The archive: a zip file whose last member, ``prakai.json``, names every other with its size and SHA-256."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from prakai.cli.troubles import Trouble

MANIFEST = "prakai.json"
FORMAT = 1
PIECE = 1024 * 1024
# What a zip file that was cut, changed or made up answers with when it is read.
NOT_WHOLE = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip
# A manifest takes about 150 bytes for each file: enough for a million of them.
MOST_SAID = 256 * 1024 * 1024


@dataclass(slots=True)
class Manifest:
    """What an archive says of itself. ``members`` maps a name to [size, sha256]; ``rows`` a table to its count."""

    version: str = ""
    made_at: str = ""
    engine: str = ""
    migrations: list[list[str]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    members: dict[str, list[Any]] = field(default_factory=dict)


class Writing:
    """``with Writing(path) as archive``: appears at ``path`` when all went well, and not at all otherwise."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.beside = path.with_name(f"{path.name}.part")
        self.manifest = Manifest()

    def __enter__(self) -> Self:
        descriptor = os.open(self.beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                said = {
                    "format": FORMAT,
                    **{name: getattr(self.manifest, name) for name in Manifest.__slots__},
                }
                self._zip.writestr(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))
                self._zip.close()
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                self.beside.replace(self.path)
        finally:
            if self.beside.exists():
                self._zip.fp = None  # what was begun is thrown away: nothing more is written on closing
                self._file.close()
                self.beside.unlink()

    @contextmanager
    def member(self, name: str, *, packed: bool = True) -> Iterator[Member]:
        """Open a member for writing; its size and checksum go into the manifest."""
        how = zipfile.ZipInfo(name)
        how.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        how.external_attr = 0o600 << 16
        with self._zip.open(how, "w", force_zip64=True) as file:
            member = Member(file)
            yield member
        self.manifest.members[name] = [member.size, member.sum.hexdigest()]


class Member:
    """A member that is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum = hashlib.sha256()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Write ``piece``."""
        self._file.write(piece)
        self.sum.update(piece)
        self.size += len(piece)


class Reading:
    """``with Reading(path) as archive``: an archive whose manifest could be read; ``verify`` it before use."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        try:
            self._zip = zipfile.ZipFile(self.path)
            if self._zip.getinfo(MANIFEST).file_size > MOST_SAID:
                raise damaged(self.path, MANIFEST)
            said = json.loads(self._zip.read(MANIFEST))
        except NOT_WHOLE as problem:
            raise damaged(self.path, MANIFEST) from problem
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise Trouble(
                f"{self.path} เป็นรูปแบบที่โปรแกรมรุ่นนี้ไม่รู้จัก",
                f"{self.path} is of a form that this version does not know",
            )
        self.manifest = Manifest(**{name: said[name] for name in Manifest.__slots__ if name in said})
        if not is_well_formed(self.manifest):
            raise damaged(self.path, MANIFEST)
        return self

    def __exit__(self, *left: object) -> None:
        self._zip.close()

    def open(self, name: str) -> IO[bytes]:
        """Open a member for reading."""
        return self._zip.open(name)

    def verify(self) -> Iterator[str]:
        """Read every member and yield its name; raise a trouble at the first that is missing, changed or too many."""
        held = set(self._zip.namelist()) - {MANIFEST}
        if held != set(self.manifest.members) or len(self._zip.namelist()) != len(held) + 1:
            raise damaged(self.path)
        for name, (size, checksum) in self.manifest.members.items():
            seen, taken = hashlib.sha256(), 0
            try:
                with self.open(name) as file:
                    while piece := file.read(PIECE):
                        seen.update(piece)
                        taken += len(piece)
                        if taken > size:
                            break
            except NOT_WHOLE as problem:
                raise damaged(self.path, name) from problem
            if (taken, seen.hexdigest()) != (size, checksum):
                raise damaged(self.path, name)
            yield name


def is_well_formed(said: Manifest) -> bool:
    """Return whether what an archive says of itself has the shape in which we write it."""
    words = (said.version, said.made_at, said.engine)
    return (
        all(isinstance(word, str) for word in words)
        and isinstance(said.migrations, list)
        and all(isinstance(pair, list) and len(pair) == 2 for pair in said.migrations)
        and isinstance(said.rows, dict)
        and all(isinstance(count, int) for count in said.rows.values())
        and isinstance(said.members, dict)
        and all(isinstance(pair, list) and len(pair) == 2 for pair in said.members.values())
        and all(
            isinstance(size, int) and isinstance(checksum, str) for size, checksum in said.members.values()
        )
    )


def damaged(path: Path, member: str = "") -> Trouble:
    """Return the trouble of an archive that is not whole."""
    where = f" ({member})" if member else ""
    return Trouble(
        f"{path} ไม่ใช่ไฟล์สำรองที่สมบูรณ์{where} จึงไม่ได้เปลี่ยนอะไรเลย",
        f"{path} is not a whole backup{where}; nothing was changed",
    )
