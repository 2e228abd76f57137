"""The report of an import: one line for each item, counts, and JSON for other programs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

TOLD = (
    "source", "status", "number", "title", "author", "notebook", "tags", "written_at", "edited_at", "licence", "reads",
    "comments", "dates", "url", "problems",
)  # fmt: skip


STATES = ("added", "changed", "unchanged", "broken")


@dataclass(slots=True)
class Line:
    """What became of one item. Unknown is ``None``; moments are ISO 8601 with zone.

    ``dates`` are those that the text tells: a day, or two with a slash between for a span, as ISO 8601 writes it.

    ``rights`` and ``address`` (unknown in a dry run) are for who started the import; they are no part of the JSON.
    """

    source: str
    status: str
    number: int | None = None
    title: str | None = None
    author: str | None = None
    notebook: str | None = None
    tags: list[str] = field(default_factory=list)
    written_at: str | None = None
    edited_at: str | None = None
    licence: str | None = None
    reads: int | None = None
    comments: int | None = None
    dates: list[str] = field(default_factory=list)
    url: str | None = None
    problems: list[dict[str, Any]] = field(default_factory=list)
    rights: str | None = None
    address: str | None = None


@dataclass(slots=True)
class ImportReport:
    """All lines of one run. ``failed`` counts items that could not be brought in."""

    lines: list[Line] = field(default_factory=list)
    is_dry_run: bool = False

    def add(self, line: Line) -> None:
        """Add one line."""
        self.lines.append(line)

    @property
    def counts(self) -> dict[str, int]:
        """How many items ended in each way."""
        return dict(sorted(Counter(line.status for line in self.lines).items()))

    @property
    def failed(self) -> int:
        """How many could not be brought in."""
        return sum(1 for line in self.lines if line.status == "broken")

    def as_json(self) -> str:
        """The report as JSON text, in UTF-8 characters: ``items`` with what is told of each, and ``counts``."""
        items = [{name: value for name, value in asdict(line).items() if name in TOLD} for line in self.lines]
        told = {"items": items, "counts": {**dict.fromkeys(STATES, 0), **self.counts}}
        return json.dumps(told, ensure_ascii=False, indent=1)


def moment(value: datetime | None) -> str | None:
    """Return a moment as ISO 8601 in the site's zone, ``None`` when unknown."""
    return timezone.localtime(value).isoformat() if value is not None else None


def day_or_span(start: str, end: str) -> str:
    """Return a day, or the two ends of a span of days, as ISO 8601 writes them."""
    return start if start == end else f"{start}/{end}"
