"""The reading process: ``python -m prakai.search.extracting.reader MEDIA_TYPE`` reads a file from standard input and
writes JSON to standard output. It sets its own limits before it looks at a single byte.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import resource
import signal
import sys
import time
from collections.abc import Iterator
from typing import Final

from prakai.search.extracting.limits import (
    ENOUGH_SECONDS,
    MOST_ANSWER,
    MOST_BYTES,
    MOST_LETTERS,
    MOST_MEMORY,
    SECONDS,
    NotRead,
    Read,
)

OFFICE: Final = "application/vnd.openxmlformats-officedocument"
READERS: Final = {
    "application/pdf": "pdf",
    f"{OFFICE}.wordprocessingml.document": "word",
    f"{OFFICE}.spreadsheetml.sheet": "sheets",
    f"{OFFICE}.presentationml.presentation": "slides",
    "text/plain": "plain",
    "text/csv": "plain",
}
"""Media types that can be read, each with the module that does."""


def limit_oneself() -> None:
    """Bound memory, time, and what is written; write no core and open no more than a few files."""
    bounds = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: MOST_ANSWER,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for what, most in bounds.items():
        with contextlib.suppress(ValueError, OSError):  # not every system knows each of them
            resource.setrlimit(what, (most, most))
    # Whoever started us may have been killed: nobody then ends us but the clock.
    signal.alarm(SECONDS + 2)


def read(content: bytes, media_type: str) -> Read:
    """Return what ``content`` says. What a library stumbles over is the file's fault, whatever the exception."""
    if media_type not in READERS:
        return Read("refused", because="kind")
    gathered: list[str] = []
    because = ""
    try:
        reader = importlib.import_module(f"prakai.search.extracting.{READERS[media_type]}")
        gathered.extend(bounded(reader.texts(content)))
    except NotRead as no:
        because = no.because
    except MemoryError:
        because = "memory"
    except Exception as trouble:
        because = f"damaged ({type(trouble).__name__})"
    text = tidied("\n".join(gathered))
    if text:
        return Read("read", text)
    return Read("refused", because=because) if because else Read("empty")


def bounded(pieces: Iterator[str]) -> Iterator[str]:
    """Yield pieces until there are enough letters, or enough time has gone."""
    left, end = MOST_LETTERS, time.monotonic() + ENOUGH_SECONDS
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0 or time.monotonic() > end:
            return


def tidied(text: str) -> str:
    """Return ``text`` cleaned, with one space for any run of them and no empty lines."""
    from prakai.thai.folding import clean

    lines = (" ".join(line.split()) for line in clean(text[:MOST_LETTERS]).split("\n"))
    return "\n".join(line for line in lines if line)[:MOST_LETTERS]


def main() -> None:
    """Read standard input and answer."""
    limit_oneself()
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    found = Read("refused", because="size") if len(content) > MOST_BYTES else read(content, sys.argv[1])
    json.dump({"state": found.state, "text": found.text, "because": found.because[:200]}, sys.stdout)


if __name__ == "__main__":
    main()
