"""Files of a forum's day, as a test takes them apart, changes them and puts them together again."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from prakai.exchange.forum_days import signing
from prakai.exchange.importing.hostile import LIMITS


def raw(path: Path) -> dict[str, bytes]:
    """Return the parts of a file as they are in it."""
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def manifest_of(path: Path) -> dict[str, Any]:
    """Return what a file says of itself to everybody."""
    told: dict[str, Any] = json.loads(raw(path)[signing.MANIFEST])
    return told


def plain(path: Path, key: str) -> dict[str, bytes]:
    """Return the parts of a file, opened with its key."""
    found = {}
    for name, content in raw(path).items():
        if name in signing.UNSUMMED:
            found[name] = content
        else:
            opened = signing.unsealed(key, name, content, most=LIMITS.page_bytes)
            assert opened is not None
            found[name] = opened
    return found


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    """Write a file with these parts, as they are."""
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def sealed(path: Path, parts: dict[str, bytes], by: str, /, **told: Any) -> Path:
    """Write a file with these plain parts, sealed and signed with the key ``by``; ``told`` changes its manifest."""
    closed = {
        name: signing.sealed(by, name, content)
        for name, content in parts.items()
        if name not in signing.UNSUMMED
    }
    manifest = {
        **json.loads(parts[signing.MANIFEST]),
        "parts": {name: signing.sum_of(content) for name, content in closed.items()},
        **told,
    }
    written = signing.as_json(manifest)
    return zipped(
        path,
        {
            signing.HEAD: parts[signing.HEAD],
            **closed,
            signing.MANIFEST: written,
            signing.SIGNATURE: signing.signature(by, written).encode(),
        },
    )
