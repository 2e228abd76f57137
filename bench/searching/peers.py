"""What search is compared with on the same documents: PostgreSQL full text, FTS5 by trigrams, plain substring."""

from __future__ import annotations

import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.searching.collection import Document
from bench.searching.filling import batches
from bench.searching.segmenting import segmented

MOST = 100
LONGEST = 250_000
"""Letters of a document that PostgreSQL is given: a vector holds a megabyte."""

VECTOR = "setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'D')"
"""Titles over bodies, as PostgreSQL's manual has it."""

ANY_WORD = f"""
    SELECT id FROM docs, (SELECT replace(plainto_tsquery('simple', %s)::text, '&', '|')::tsquery AS asked) AS query
    WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC, id LIMIT {MOST}
"""


class Peer(ABC):
    """Another way to search: takes the documents once, then answers with their ids, the best first.

    ``shared`` is the peer whose index this one asks in another way; it takes nothing in itself.
    """

    name = ""
    shared: Peer | None = None

    @abstractmethod
    def take(self, documents: Iterable[Document]) -> None:
        """Store and index ``documents``, the oldest first."""

    @abstractmethod
    def ask(self, text: str) -> list[str]:
        """Return at most a hundred ids."""

    def index_bytes(self) -> int:
        """Return how large the index is, without the text itself; 0 when there is none."""
        return 0

    @abstractmethod
    def close(self) -> None:
        """Leave nothing behind."""


class Substring(Peer):
    """What a page does without an index: the whole query anywhere in title or text, the newest first."""

    name = "substring"

    def __init__(self, folder: Path) -> None:
        self.rows = sqlite3.connect(folder / "substring.sqlite3")

    def take(self, documents: Iterable[Document]) -> None:
        """Store them in the order in which they come."""
        self.rows.execute("CREATE TABLE docs (n INTEGER PRIMARY KEY, id TEXT, title TEXT, text TEXT)")
        rows = ((one.id, one.title, one.text) for one in documents)
        self.rows.executemany("INSERT INTO docs (id, title, text) VALUES (?, ?, ?)", rows)
        self.rows.commit()

    def ask(self, text: str) -> list[str]:
        """Read every row until a hundred hold it."""
        quoted = re.sub(r"([%_^])", r"^\1", text)
        wanted = f"%{quoted}%"
        like = "title LIKE ? ESCAPE '^' OR text LIKE ? ESCAPE '^'"
        found = self.rows.execute(
            f"SELECT id FROM docs WHERE {like} ORDER BY n DESC LIMIT {MOST}", [wanted, wanted]
        )
        return [name for (name,) in found]

    def close(self) -> None:
        """Close the file; its folder goes with the place."""
        self.rows.close()


class Trigrams(Peer):
    """SQLite's FTS5 with its trigram tokenizer and bm25: any of the query's 3-grams, or every piece as it stands."""

    def __init__(self, folder: Path, *, is_phrase: bool, shared: Trigrams | None = None) -> None:
        self.name = "FTS5 trigram, phrases" if is_phrase else "FTS5 trigram, OR"
        self.is_phrase = is_phrase
        self.path = folder / "trigrams.sqlite3"
        self.shared = shared
        self.rows: sqlite3.Connection = shared.rows if shared else sqlite3.connect(self.path)
        self.ids: list[str] = shared.ids if shared else []

    def take(self, documents: Iterable[Document]) -> None:
        """Index them without keeping the text a second time."""
        self.rows.execute("CREATE VIRTUAL TABLE docs USING fts5(title, text, tokenize='trigram', content='')")
        self.rows.executemany("INSERT INTO docs (rowid, title, text) VALUES (?, ?, ?)", self._rows(documents))
        self.rows.execute("INSERT INTO docs (docs) VALUES ('optimize')")
        self.rows.commit()

    def _rows(self, documents: Iterable[Document]) -> Iterator[tuple[int, str, str]]:
        for one in documents:
            self.ids.append(one.id)
            yield len(self.ids), one.title, one.text

    def ask(self, text: str) -> list[str]:
        """Ask with every sign quoted; less than three letters match nothing, as FTS5 has it."""
        grams = [text[at : at + 3] for at in range(len(text) - 2)]
        pieces = [piece for piece in text.split() if len(piece) > 2]
        wanted = dict.fromkeys(pieces if self.is_phrase else grams)
        match = (" AND " if self.is_phrase else " OR ").join(
            '"{}"'.format(one.replace('"', '""')) for one in wanted
        )
        if not match:
            return []
        sql = f"SELECT rowid FROM docs WHERE docs MATCH ? ORDER BY bm25(docs) LIMIT {MOST}"
        return [self.ids[rowid - 1] for (rowid,) in self.rows.execute(sql, [match])]

    def index_bytes(self) -> int:
        """The file holds nothing but the index."""
        return self.path.stat().st_size

    def close(self) -> None:
        """Close the file; its folder goes with the place."""
        if not self.shared:
            self.rows.close()


class PostgreSQL(Peer):
    """PostgreSQL's full text over the same words that our index has: ``simple``, any of the words, ``ts_rank``."""

    name = "PostgreSQL, words, OR"

    def __init__(self, url: str) -> None:
        import psycopg

        self.rows: psycopg.Connection[Any] = psycopg.connect(url, autocommit=True)
        self.rows.execute("SET temp_buffers = '128MB'")
        self.rows.execute("SET work_mem = '64MB'")
        self.rows.execute("SET maintenance_work_mem = '256MB'")

    def take(self, documents: Iterable[Document]) -> None:
        """Keep them in a table that only this connection has, with the index that its manual recommends."""
        self.rows.execute("CREATE TEMPORARY TABLE docs (id text, words tsvector)")
        with self.rows.transaction(), self.rows.cursor() as cursor:
            for batch in batches(documents, 500):
                rows = [(one.id, segmented(one.title), segmented(one.text)[:LONGEST]) for one in batch]
                cursor.executemany(f"INSERT INTO docs VALUES (%s, {VECTOR})", rows)
        self.rows.execute("CREATE INDEX docs_words ON docs USING gin (words)")
        self.rows.execute("ANALYZE docs")

    def ask(self, text: str) -> list[str]:
        """Rank by ``ts_rank`` all that holds any of the words."""
        found = self.rows.execute(ANY_WORD, [segmented(text)])
        return [name for (name,) in found]

    def index_bytes(self) -> int:
        """The index and the vectors that it was made from and is ranked by."""
        found = self.rows.execute("SELECT pg_total_relation_size('docs')").fetchone()
        return int(found[0]) if found else 0

    def close(self) -> None:
        """Let the connection go, and the table with it."""
        self.rows.close()


def peers_in(folder: Path, database: str) -> tuple[list[Peer], list[str]]:
    """Return the peers that can be asked here, their files in ``folder``, and a sentence on each that cannot."""
    trigrams = Trigrams(folder, is_phrase=False)
    found: list[Peer] = [Substring(folder), trigrams, Trigrams(folder, is_phrase=True, shared=trigrams)]
    if not database.startswith("postgres"):
        return found, ["PostgreSQL was left out: BASELINE_DATABASE_URL or DATABASE_URL names one."]
    return [PostgreSQL(database), *found], []
