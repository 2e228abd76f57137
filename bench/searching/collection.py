"""Collections: documents and queries that others made, read from a folder; samples of them, and more of the same."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Thing = TypeVar("Thing")
SEED = 2550
LEAST = 60
"""Bytes of the shortest piece that a document is put together from."""


@dataclass(frozen=True, slots=True)
class Document:
    """One line of ``corpus.jsonl.xz``, ``date`` as it was written there, often empty; or made of others."""

    id: str
    title: str
    text: str
    date: str = ""
    is_grown: bool = False

    @property
    def bytes(self) -> int:
        """Return the bytes of title and text in UTF-8."""
        return len(self.title.encode()) + len(self.text.encode())


@dataclass(frozen=True, slots=True)
class Query:
    """One line of ``queries.jsonl``: what is typed, of which task, and the grades of what is relevant."""

    id: str
    task: str
    text: str
    grades: Mapping[str, float]


def read_documents(folder: Path) -> list[Document]:
    """Return the documents of a collection, in the order of its file."""
    with lzma.open(folder / "corpus.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [_document(json.loads(line)) for line in lines if line.strip()]


def _document(line: Mapping[str, object]) -> Document:
    return Document(
        str(line["id"]),
        str(line.get("title") or ""),
        str(line.get("text") or ""),
        str(line.get("date") or ""),
    )


def read_queries(folder: Path, tasks: Sequence[str] = (), most: int = 0) -> list[Query]:
    """Return the queries of a collection: of ``tasks`` if any are named, and at most ``most`` of each if it is set.

    A sample is evenly spaced over the file and the same each time.
    """
    of_tasks: dict[str, list[Query]] = {}
    with (folder / "queries.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                query = _query(json.loads(line))
                of_tasks.setdefault(query.task, []).append(query)
    return [
        query for task, all_ in of_tasks.items() if not tasks or task in tasks for query in sample(all_, most)
    ]


def _query(line: Mapping[str, object]) -> Query:
    relevant = line["rel"]
    grades = (
        {str(name): float(grade) for name, grade in relevant.items()}
        if isinstance(relevant, dict)
        else dict.fromkeys(map(str, relevant if isinstance(relevant, list) else [relevant]), 1.0)
    )
    return Query(str(line["id"]), str(line["task"]), str(line["q"]), grades)


def sample(things: Sequence[Thing], most: int) -> list[Thing]:
    """Return at most ``most`` of ``things``, evenly spaced; all of them when ``most`` is 0."""
    if not most or len(things) <= most:
        return list(things)
    return [things[place * len(things) // most] for place in range(most)]


def grown(documents: Sequence[Document], size: int, text_bytes: int = 0) -> Iterator[Document]:
    """Yield ``documents`` and then more of the same kind until there are ``size``; the same ones each time.

    A new document is put together from pieces of others, some hundred letters each, and as long as some document of
    the collection (or ``text_bytes``), under a title of two pieces of others' titles. One is in memory at a time.
    """
    yield from documents[:size]
    chance = random.Random(SEED)
    for number in range(len(documents), size):
        wanted = text_bytes or chance.choice(documents).bytes
        pieces: list[str] = []
        have = 0
        while have < wanted:
            left = wanted - have
            piece = (
                _piece(chance.choice(documents).text, chance)
                .encode()[: max(left, LEAST)]
                .decode(errors="ignore")
            )
            pieces.append(piece)
            have += len(piece.encode()) + 1
        title = " ".join(_half(chance.choice(documents).title, chance) for _ in range(2)).strip()
        yield Document(
            f"grown-{number}", title, "\n".join(pieces), chance.choice(documents).date, is_grown=True
        )


def _piece(text: str, chance: random.Random) -> str:
    """Return some hundred letters of ``text`` that begin and end at a space."""
    start = chance.randrange(max(len(text) - 100, 1))
    start = text.find(" ", start) + 1 if start else 0
    end = text.find(" ", start + chance.randrange(100, 500))
    return text[start : end if end > 0 else start + 500].strip() or text[:100]


def _half(title: str, chance: random.Random) -> str:
    phrases = title.split()
    start = chance.randrange(max(len(phrases), 1))
    return " ".join(phrases[start : start + 2])[:120]
