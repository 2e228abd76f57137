"""Where indexes lie: one is live, one may be in the making; the change from one to the other has no gap.

``live`` is a small file with the name of the live index's folder; replacing a file is one step for everybody who
reads. The folder in the making keeps how far it has come, so that a making that was killed goes on from there.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

POSITION = "position.json"
BROKEN = "broken"
MAKING = "making"
LAYOUT = 5
"""Raised when the fields or the analysis change: an index of another layout counts as missing."""


class Folder:
    """The folder of all indexes of a place."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def live(self) -> Path | None:
        """Return the folder of the live index, ``None`` when there is none of this layout."""
        try:
            told = json.loads((self.root / "live").read_text())
            folder = self.root / told["folder"]
            return folder if told["layout"] == LAYOUT and folder.is_dir() else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def stamp(self) -> int:
        """Return a number that changes whenever another index becomes the live one; 0 without one."""
        try:
            return (self.root / "live").stat().st_mtime_ns
        except OSError:
            return 0

    def making(self, *, afresh: bool = False) -> Path:
        """Return the folder of the index in the making: the one that was begun, or an empty one."""
        folder = self.root / MAKING
        if afresh or read_notes(folder).get("layout") != LAYOUT:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        return folder

    def go_live(self) -> Path:
        """Put the index that was made in the place of the live one; return its folder."""
        name = f"index-{time.time_ns()}"
        (self.root / MAKING).rename(self.root / name)
        before = self.live()
        fresh = self.root / "live.new"
        fresh.write_text(json.dumps({"folder": name, "layout": LAYOUT}))
        fresh.replace(self.root / "live")
        (self.root / BROKEN).unlink(missing_ok=True)
        for old in self.root.glob("index-*"):
            # Whoever still reads the one before keeps its open files; the ones before that are gone already.
            if old.name not in (name, before.name if before else ""):
                shutil.rmtree(old, ignore_errors=True)
        return self.root / name

    def drop(self) -> None:
        """Let no index be live, and none in the making."""
        (self.root / "live").unlink(missing_ok=True)
        shutil.rmtree(self.root / MAKING, ignore_errors=True)

    def say_broken(self) -> None:
        """Leave word that the live index cannot be read, for whoever can make it anew."""
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / BROKEN).touch()

    def is_broken(self) -> bool:
        """Whether somebody left word that the live index cannot be read."""
        return (self.root / BROKEN).exists()

    @contextmanager
    def alone(self, name: str, *, wait: bool = True) -> Iterator[bool]:
        """Hold the lock ``name`` and yield true; false when somebody else holds it and one does not ``wait``."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / f"{name}.lock").open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True


def read_notes(folder: Path) -> dict[str, Any]:
    """Return what an index's folder tells of itself: position, layout, how far the making has come."""
    try:
        told = json.loads((folder / POSITION).read_text())
        return told if isinstance(told, dict) else {}
    except (OSError, ValueError):
        return {}


def write_notes(folder: Path, **told: Any) -> None:
    """Write what ``read_notes`` reads, in one step."""
    fresh = folder / f"{POSITION}.new"
    fresh.write_text(json.dumps({"layout": LAYOUT, **told}))
    fresh.replace(folder / POSITION)
