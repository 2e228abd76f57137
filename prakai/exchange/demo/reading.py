"""Reading the demo network's content files: units, people, and notes with their conversations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).resolve().parent / "content"
Facts = dict[str, Any]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class DemoNote:
    """One note file: its front matter, and its body in Markdown."""

    name: str
    facts: Facts
    body: str


def _yaml(text: str) -> Any:
    return yaml.load(text, Loader)  # noqa: S506  a safe loader, the fast one where it is there


@lru_cache(maxsize=1)
def units() -> list[Facts]:
    """Return the units, parents before children."""
    found: list[Facts] = _yaml((CONTENT / "units.yaml").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def people() -> list[Facts]:
    """Return the people."""
    found: list[Facts] = _yaml((CONTENT / "people.yaml").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def networks() -> list[Facts]:
    """Return the networks with their members."""
    found: list[Facts] = _yaml((CONTENT / "networks.yaml").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def forums() -> list[Facts]:
    """Return the forums, the earliest first."""
    found: list[Facts] = _yaml((CONTENT / "forums.yaml").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=16)
def forum_day(key: str, what: str) -> Facts | None:
    """Return ``what`` (people, stories, wall, review) happened at the forum with this key; ``None`` if nothing did."""
    path = CONTENT / "forum_days" / f"{key}-{what}.yaml"
    found: Facts | None = _yaml(path.read_text(encoding="utf-8")) if path.exists() else None
    return found


def notes() -> Iterator[DemoNote]:
    """Yield the notes, the oldest first, so that numbers rise with time."""
    found = []
    for path in sorted((CONTENT / "notes").glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        found.append(DemoNote(path.name, _yaml(front), body.strip()))
    yield from sorted(found, key=lambda note: (-int(note.facts["days_ago"]), note.name))
