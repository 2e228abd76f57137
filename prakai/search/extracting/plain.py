"""The text of a text file: UTF-8, or else the Thai code page of older programs."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

PIECE = 64 * 1024


def texts(content: bytes) -> Iterator[str]:
    """Yield the text in pieces."""
    for encoding in ("utf-8-sig", "cp874"):
        try:
            codecs.decode(content, encoding)
        except UnicodeDecodeError:
            continue
        said = content.decode(encoding)
        yield from (said[at : at + PIECE] for at in range(0, len(said), PIECE))
        return
    yield content.decode("utf-8", "replace")
