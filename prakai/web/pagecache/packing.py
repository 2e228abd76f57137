"""Final bytes: a page made ready once, in each encoding, with its headers for both kinds of server."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field

import brotli  # type: ignore[import-untyped]

SMALLEST = 400
PLAIN_TYPES = ("text/", "application/json", "application/xml", "image/svg", "application/feed+json")
# Headers of ours, never sent; and headers that are written anew.
MARK, READS = "x-prakai-cache", "x-prakai-reads"
OWN = (MARK, READS)
RENEWED = ("content-length", "content-encoding", "etag", "vary", "cache-control", "connection", "date")
TextHeaders = list[tuple[str, str]]
ByteHeaders = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Variant:
    """One encoding of a page: its body, and its headers as text (WSGI) and as bytes (ASGI)."""

    body: bytes
    text_headers: TextHeaders
    byte_headers: ByteHeaders


@dataclass(slots=True)
class Kept:
    """A page as it is sent: ``variants`` by encoding, the plain one under the empty name."""

    etag: str
    variants: dict[str, Variant]
    unchanged: Variant
    reads: int | None
    made_at: float
    size: int = field(default=0)

    def variant(self, encoding: str) -> Variant:
        """Return the page in ``encoding``, or plain when it was not worth packing."""
        return self.variants.get(encoding) or self.variants[""]

    def is_known(self, if_none_match: str) -> bool:
        """Return whether the reader has these very bytes already."""
        if not if_none_match:
            return False
        if if_none_match in (self.etag, "*"):
            return True
        bare = self.etag.removeprefix("W/")
        return any(mark.strip().removeprefix("W/") == bare for mark in if_none_match.split(","))


def pack(headers: TextHeaders, body: bytes, *, now: float) -> Kept:
    """Return ``body`` made ready in every encoding worth it. ``now`` is a monotonic clock's seconds."""
    lower = {name.lower(): value for name, value in headers}
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    vary = ", ".join(
        dict.fromkeys(
            [*(p.strip() for p in lower.get("vary", "").split(",") if p.strip()), "Accept-Encoding"]
        )
    )
    # Whoever keeps a copy asks again each time: cheap (304), and a withdrawn page is gone at once.
    renewed = [("ETag", etag), ("Vary", vary), ("Cache-Control", lower.get("cache-control") or "no-cache")]
    kept = [(n, v) for n, v in headers if n.lower() not in RENEWED and n.lower() not in OWN]
    bodies = {"": body}
    if len(body) >= SMALLEST and lower.get("content-type", "").startswith(PLAIN_TYPES):
        for encoding, packed in (
            ("br", brotli.compress(body, quality=5)),
            ("gzip", gzip.compress(body, 6, mtime=0)),
        ):
            if len(packed) < len(body):
                bodies[encoding] = packed
    variants = {
        encoding: _variant(
            [
                *kept,
                *renewed,
                *([("Content-Encoding", encoding)] if encoding else []),
                ("Content-Length", str(len(content))),
            ],
            content,
        )
        for encoding, content in bodies.items()
    }
    reads = lower.get(READS, "")
    size = sum(len(content) for content in bodies.values()) + 4096
    unchanged = _variant(renewed, b"")
    return Kept(etag, variants, unchanged, int(reads) if reads.isdigit() else None, now, size)


def _variant(headers: TextHeaders, body: bytes) -> Variant:
    return Variant(body, headers, [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers])
