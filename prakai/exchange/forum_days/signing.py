"""Digests and signatures of a file that travels."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

FORMAT = "prakai-forum-day-1"
HEAD = "forum-day.txt"
MANIFEST = "manifest.json"
SIGNATURE = "signature.txt"
ROWS = "rows.jsonl"
AROUND = "around.json"
BASES = "bases.json"
PICTURES = "pictures/"


def sum_of(content: bytes) -> str:
    """Return the SHA-256 of ``content``."""
    return hashlib.sha256(content).hexdigest()


def signature(key: str, manifest: bytes) -> str:
    """Return the signature of a manifest, which names the SHA-256 of every other part."""
    return hmac.new(key.encode("ascii"), manifest, hashlib.sha256).hexdigest()


def is_signed(key: str, manifest: bytes, given: bytes) -> bool:
    """Return whether ``given`` is the signature of ``manifest`` by ``key``; takes as long for any."""
    return hmac.compare_digest(signature(key, manifest).encode("ascii"), given.strip())


def digest(value: Any) -> str:
    """Return a short digest of one plain value, by which a later file tells whether it changed."""
    told = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def as_json(value: Any) -> bytes:
    """Return ``value`` as JSON, always the same for the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
