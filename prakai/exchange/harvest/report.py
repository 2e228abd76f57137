"""What a report is, before it is any kind of document: a title, facts, and sections of text, quotes and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; ``strong`` when it names what stands below it."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, and who said them as far as she is named."""

    text: str
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


Part = Words | Quote | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language (``language``, "th" or "en"). ``facts`` are pairs: what, and its value."""

    title: str
    language: str = "th"
    kind: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = field(default_factory=tuple)

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Yield each table with the heading of its section."""
        for section in self.sections:
            for part in section.parts:
                if isinstance(part, Table):
                    yield section.heading, part

    def as_values(self) -> dict[str, Any]:
        """Return it as plain values, each part with what kind it is (``is``), for the typesetter."""
        return {
            "title": self.title,
            "language": self.language,
            "kind": self.kind,
            "facts": [list(pair) for pair in self.facts],
            "sections": [
                {
                    "heading": section.heading,
                    "parts": [{"is": type(part).__name__.lower(), **asdict(part)} for part in section.parts],
                }
                for section in self.sections
            ],
        }
