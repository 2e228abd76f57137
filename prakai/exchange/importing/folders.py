"""Walking what was given: files and folders into sources, with cycles, links outside and floods refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from .hostile import LIMITS, Refusal, label, open_regular
from .items import Broken

# What an operating system or a version control leaves behind; nobody wrote it as a note.
_LEFT_BEHIND = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini", "node_modules"})


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: a file, or a member of an archive (then `content` holds its bytes).

    `name` is what a report shows; `relative` is the path below what was given, with "/" (a stable identity).
    `root`: the folder inside which media beside the page may be taken, None for an archive's member.
    `walked`: found by walking, not named by the person, so a picture lying there is no mistake.
    """

    name: str
    path: Path
    relative: str
    root: Path | None
    walked: bool
    content: bytes | None = field(default=None, repr=False)

    def open(self) -> tuple[BinaryIO, int]:
        """The bytes as a file, and their number; raises `Refusal`."""
        if self.content is not None:
            return BytesIO(self.content), len(self.content)
        return open_regular(self.path)


def sources_in(
    path: Path, *, media_folder: Path | None, seen: set[tuple[int, int]]
) -> Iterator[Source | Broken]:
    """The source that `path` is, or all sources below the folder that it is, in a stable order.

    `seen` holds device and inode of files already given, so that two ways to one file give it once.
    """
    try:
        found = os.stat(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not valid"
        yield Broken(label(path), None, "unreadable", f"This path cannot be read: {reason}.")
        return
    if not stat.S_ISDIR(found.st_mode):
        if (found.st_dev, found.st_ino) not in seen:
            seen.add((found.st_dev, found.st_ino))
            yield Source(label(path), path, label(Path(path.name)), path.parent, walked=False)
        return
    walk = _Walk(path, media_folder, seen)
    try:
        walk.enter(path, found, depth=0, above=())
    except Refusal as refusal:
        # Nothing of a flood is read: half a folder would look like a whole one.
        yield Broken(label(path), None, refusal.code, refusal.reason)
        return
    yield from walk.found


class _Walk:
    """One walk below one folder. Names are gathered before anything is read, so that a flood is refused whole."""

    def __init__(self, root: Path, media_folder: Path | None, seen: set[tuple[int, int]]) -> None:
        self.root = root
        self.real_root = os.path.realpath(root)
        self.media = os.path.realpath(media_folder) if media_folder else None
        self.seen = seen
        self.found: list[Source | Broken] = []
        self.names = 0

    def enter(
        self, folder: Path, stats: os.stat_result, *, depth: int, above: tuple[tuple[int, int], ...]
    ) -> None:
        """Gather what lies in `folder`; `above` are the folders that led here."""
        identity = (stats.st_dev, stats.st_ino)
        if identity in above:
            self.broken(
                folder, "cyclic-folder", "This link leads back to a folder that holds it; it is not followed."
            )
            return
        if identity in self.seen or os.path.realpath(folder) == self.media:
            return
        if depth > LIMITS.depth:
            self.broken(
                folder, "too-deep", f"Folders are nested more than {LIMITS.depth} deep; this one is not read."
            )
            return
        self.seen.add(identity)
        try:
            with os.scandir(folder) as entries:
                listed = [entry for entry in entries if self.counts(entry.name)]
        except OSError as error:
            self.broken(folder, "unreadable", f"This folder cannot be read: {error.strerror}.")
            return
        for entry in sorted(listed, key=lambda entry: os.fsencode(entry.name)):
            self.take(entry, depth=depth, above=(*above, identity))

    def counts(self, name: str) -> bool:
        """Whether a name is read; counts it, and refuses the folder when there are too many."""
        self.names += 1
        if self.names > LIMITS.files:
            raise Refusal(
                "too-many-files", f"The folder holds more than {LIMITS.files} files; import it in parts."
            )
        return not name.startswith(".") and name not in _LEFT_BEHIND

    def take(self, entry: os.DirEntry[str], *, depth: int, above: tuple[tuple[int, int], ...]) -> None:
        """One name in a folder: go into it, or keep it as a source."""
        path = Path(entry.path)
        try:
            if entry.is_symlink() and not self.inside(path):
                self.broken(path, "link-outside", "This link leads out of the folder; it is not followed.")
                return
            stats = entry.stat()
        except OSError as error:
            loop = error.errno == 40
            code = "cyclic-folder" if loop else "unreadable"
            self.broken(path, code, f"This cannot be read: {error.strerror}.")
            return
        if stat.S_ISDIR(stats.st_mode):
            self.enter(path, stats, depth=depth + 1, above=above)
        elif (stats.st_dev, stats.st_ino) not in self.seen:
            self.seen.add((stats.st_dev, stats.st_ino))
            relative = label(path.relative_to(self.root)).replace(os.sep, "/")
            self.found.append(Source(label(path), path, relative, self.root, walked=True))

    def inside(self, path: Path) -> bool:
        """Whether what a link names lies in the folder that was given."""
        real = os.path.realpath(path)
        return os.path.commonpath([real, self.real_root]) == self.real_root

    def broken(self, path: Path, code: str, reason: str) -> None:
        self.found.append(Broken(label(path), None, code, reason))
