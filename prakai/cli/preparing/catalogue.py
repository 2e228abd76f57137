"""The Thai catalogue, compiled: every ``.po`` of the package has its ``.mo`` beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def stale(catalogues: Iterable[Path]) -> list[Path]:
    """Return the ``.po`` files whose ``.mo`` is missing or older."""
    late = []
    for path in catalogues:
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns:
            late.append(path)
    return late


def compile_catalogues(catalogues: Iterable[Path]) -> int:
    """Write the ``.mo`` beside each stale ``.po``; return how many were written."""
    import polib

    count = 0
    for path in stale(catalogues):
        beside = path.with_suffix(f".{os.getpid()}.part")
        polib.pofile(str(path)).save_as_mofile(str(beside))
        beside.replace(path.with_suffix(".mo"))
        count += 1
    return count
