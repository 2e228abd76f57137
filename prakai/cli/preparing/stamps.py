"""Stamps: a small file that remembers from which inputs each prepared part was made, so that a start is quick.

Works without Django. A stamp that is lost or wrong costs time, never correctness: the part is made again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent.parent
# The packages whose files end up among our static files or tables.
PACKAGES = ("Django", "django-prose-editor", "django-htmx", "django-allauth", "django-tasks-db", "whitenoise")


def data_dir() -> Path:
    """Return the folder of this place, ``DATA_DIR`` (``var`` in the current folder by default)."""
    return Path(os.environ.get("DATA_DIR") or "var").absolute()


class Stamps:
    """What was prepared in one ``DATA_DIR``, kept in ``.prepared.json``."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / ".prepared.json"
        self.kept: dict[str, Any] = {}
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            self.kept = kept if isinstance(kept, dict) else {}
        except (OSError, ValueError):
            self.kept = {}

    def get(self, part: str) -> Any:
        """Return what was kept for ``part``, or ``None``."""
        return self.kept.get(part)

    def keep(self, part: str, stamp: Any) -> None:
        """Remember ``stamp`` for ``part``, on disk, at once."""
        self.kept[part] = stamp
        beside = self.path.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(self.kept, ensure_ascii=False), encoding="utf-8")
        beside.replace(self.path)


def of_files(paths: Iterable[Path], *more: str) -> str:
    """Return a stamp of the files' names, sizes and times of change, and of the words in ``more``."""
    seen = hashlib.blake2b(digest_size=16)
    for path in sorted(paths):
        found = path.stat()
        seen.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    for word in more:
        seen.update(f"{word}\n".encode())
    return seen.hexdigest()


def versions() -> str:
    """Return the versions of the packages whose files we publish or whose tables we make."""
    from importlib.metadata import version

    return " ".join(f"{name}={version(name)}" for name in PACKAGES)


def package_files() -> dict[str, list[Path]]:
    """Return the package's own inputs of each part: ``catalogue`` (.po), ``static``, ``rows`` (migrations)."""
    found: dict[str, list[Path]] = {"catalogue": [], "static": [], "rows": []}
    for folder, inner, names in os.walk(PACKAGE):
        inner[:] = [name for name in inner if name not in ("__pycache__", "content", "templates")]
        here = Path(folder)
        if "static" in here.relative_to(PACKAGE).parts:
            found["static"] += [here / name for name in names]
        elif here.name == "migrations":
            found["rows"] += [here / name for name in names if name.endswith(".py")]
        elif here.name == "LC_MESSAGES":
            found["catalogue"] += [here / name for name in names if name.endswith(".po")]
    return found


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of setting up ``folder``: two starts at the same moment prepare one after the other."""
    with (folder / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
