"""How far reading goes, and what it answers: the same on both sides of the process border."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

MOST_LETTERS: Final = 200_000
"""Letters that are kept of a file; what comes after them is not read."""
MOST_BYTES: Final = 64 * 1024 * 1024
"""The largest file that is opened at all."""
MOST_MEMORY: Final = 768 * 1024 * 1024
"""Address space of the reading process."""
MOST_ANSWER: Final = 4 * 1024 * 1024
"""What the reading process can write: 200,000 letters of three bytes, with room for escapes."""
SECONDS: Final = 20
"""After so long the process is ended and the file refused."""
ENOUGH_SECONDS: Final = 12
"""After so long a reader that comes on page by page stops, and what it has is kept."""

MOST_PAGES: Final = 3_000
MOST_SLIDES: Final = 2_000
MOST_SHEETS: Final = 200
MOST_ROWS: Final = 200_000
MOST_PARTS: Final = 5_000
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_XML: Final = 48 * 1024 * 1024
"""What one part that is held whole in memory unpacks to; its tree takes ten times as much."""

State = Literal["read", "empty", "refused"]


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a file: its ``text`` when ``state`` is "read", a short reason when it is "refused".

    Reasons: ``kind`` (no reader for it), ``size``, ``encrypted``, ``damaged``, ``memory``, ``slow``, ``crashed``,
    ``gone``; ``damaged`` names what the library said in brackets.
    """

    state: State
    text: str = ""
    because: str = ""


class NotRead(Exception):
    """This file is not read, for a reason in one word."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because
