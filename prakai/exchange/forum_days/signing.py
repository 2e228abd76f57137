"""Digests, signatures and seals of a file that travels."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import zlib
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = "prakai-forum-day-1"
HEAD = "forum-day.txt"
MANIFEST = "manifest.json"
SIGNATURE = "signature.txt"
ROWS = "rows.jsonl"
AROUND = "around.json"
BASES = "bases.json"
PICTURES = "pictures/"
HELD = frozenset({HEAD, MANIFEST, SIGNATURE, ROWS, AROUND, BASES})
"""Parts that are held while a file is read; all others are looked at one by one."""
UNSUMMED = frozenset({HEAD, MANIFEST, SIGNATURE})
NONCE = 12


def sum_of(content: bytes) -> str:
    """Return the SHA-256 of ``content``."""
    return hashlib.sha256(content).hexdigest()


def signature(key: str, manifest: bytes) -> str:
    """Return the signature of a manifest, which names the SHA-256 of every other part."""
    return hmac.new(key.encode("ascii"), manifest, hashlib.sha256).hexdigest()


def is_signed(key: str, manifest: bytes, given: bytes) -> bool:
    """Return whether ``given`` is the signature of ``manifest`` by ``key``; takes as long for any."""
    return hmac.compare_digest(signature(key, manifest).encode("ascii"), given.strip())


def sealed(key: str, name: str, content: bytes) -> bytes:
    """Return ``content`` of the part ``name`` packed, and closed to who has not the key (AES-256-GCM)."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_seal(key)).encrypt(nonce, zlib.compress(content, 6), name.encode())


def unsealed(key: str, name: str, given: bytes, *, most: int) -> bytes | None:
    """Return what was sealed, or ``None`` when it is not, by another key, or longer than ``most`` bytes."""
    try:
        packed = AESGCM(_seal(key)).decrypt(given[:NONCE], given[NONCE:], name.encode())
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, most + 1)
    except (InvalidTag, ValueError, zlib.error):
        return None
    return content if unpacking.eof and len(content) <= most else None


def _seal(key: str) -> bytes:
    return hmac.new(key.encode("ascii"), b"prakai forum day: seal", hashlib.sha256).digest()


def digest(value: Any) -> str:
    """Return a short digest of one plain value, by which a later file tells whether it changed."""
    told = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def as_json(value: Any) -> bytes:
    """Return ``value`` as JSON, always the same for the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
