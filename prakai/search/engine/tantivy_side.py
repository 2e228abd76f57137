"""The embedded side of the seam: Tantivy on disk, no other process."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

import structlog
import tantivy

from prakai.search.documents import Batch, Prepared
from prakai.search.engine.folder import Folder, read_notes, write_notes
from prakai.search.engine.making import make
from prakai.search.engine.sought import Candidate, Narrowing, NoIndex, Strict, Term
from prakai.search.engine.tantivy_index import document_of, index_at, read
from prakai.search.engine.tantivy_looking import Looking
from prakai.search.engine.tantivy_queries import Phrasing

log = structlog.get_logger(__name__)
T = TypeVar("T")

_HEAP: Final = 15_000_000
_SHARE_BY_TITLE: Final = 1 / 3
_EACH_HAS_ONE: Final = "kind"


class TantivyEngine:
    """An index in a folder. Reading follows the live index by itself, in every process."""

    def __init__(self, root: Path) -> None:
        self.folder = Folder(root)
        self._lock = threading.Lock()
        self._opened: tuple[tuple[int, int], Path, tantivy.Index] | None = None

    def exists(self) -> bool:
        """Whether there is an index that can be read."""
        return not self.folder.is_broken() and self.folder.live() is not None

    def position(self) -> int:
        """Return the id of the last journal entry that the live index knows of."""
        live = self.folder.live()
        return int(read_notes(live).get("position", 0)) if live else 0

    def forget(self) -> None:
        """Let there be no index: the rows are others now."""
        with self.folder.alone("making"), self.folder.alone("writing"):
            self.folder.drop()

    def size(self) -> int:
        """Return how many documents there are."""
        return self._reading(lambda searcher, phrasing: int(searcher.num_docs))

    def document_frequencies(self, terms: Iterable[Term]) -> dict[Term, int]:
        """Return in how many documents each term stands."""
        return self._reading(
            lambda searcher, phrasing: {term: int(searcher.doc_freq(*term)) for term in terms}
        )

    def candidates(
        self,
        terms: Mapping[Term, float],
        title_terms: Mapping[Term, float],
        strict: Strict,
        narrowing: Narrowing,
        *,
        most: int,
        many: Callable[[], None] = lambda: None,
    ) -> tuple[list[Candidate], set[str] | None]:
        """Return likely documents by text, by title and by strictness, and which are strict (see ``Engine``)."""

        def look(searcher: tantivy.Searcher, phrasing: Phrasing) -> tuple[list[Candidate], set[str] | None]:
            by_title = int(most * _SHARE_BY_TITLE)
            looking = Looking(searcher, phrasing, narrowing, strict)
            return looking.look(terms, title_terms, by_text=most - by_title, by_title=by_title, many=many)

        return self._reading(look)

    def counted(
        self, strict: Strict, narrowing: Narrowing, facets: Sequence[str]
    ) -> tuple[int, dict[str, list[tuple[str, int]]]]:
        """Return how many documents are strict, and for each facet its values with their counts."""

        def look(
            searcher: tantivy.Searcher, phrasing: Phrasing
        ) -> tuple[int, dict[str, list[tuple[str, int]]]]:
            query = phrasing.whole(phrasing.strictly(strict), phrasing.narrowed(narrowing))
            if not facets:
                return int(getattr(searcher.search(query, 1, count=True), "count", 0) or 0), {}
            # Each document is of one kind: one way through the index counts facets and all.
            asked = {name: {"terms": {"field": name, "size": 40}} for name in {*facets, _EACH_HAS_ONE}}
            told = searcher.aggregate(query, asked)
            counts = {
                name: [(str(one["key"]), int(one["doc_count"])) for one in told[name]["buckets"]]
                for name in asked
            }
            total = sum(count for _, count in counts[_EACH_HAS_ONE])
            return total, {name: counts[name] for name in facets}

        return self._reading(look)

    def in_order(
        self, strict: Strict, narrowing: Narrowing, *, newest: bool, offset: int, most: int
    ) -> list[Candidate]:
        """Return strict documents by their moment."""

        def look(searcher: tantivy.Searcher, phrasing: Phrasing) -> list[Candidate]:
            query = phrasing.whole(phrasing.strictly(strict), phrasing.narrowed(narrowing))
            order = tantivy.Order.Desc if newest else tantivy.Order.Asc
            found = searcher.search(query, most, count=False, order_by_field="at", offset=offset, order=order)
            return [read(searcher.doc(place)).candidate() for _, place in found.hits]

        return self._reading(look)

    def update(self, gone: Iterable[str], came: Iterable[Prepared], position: int) -> None:
        """Take out what is about one of ``gone``, put in what ``came``, remember the position."""
        with self.folder.alone("writing"):
            live = self.folder.live()
            if live is None:
                return
            writer = index_at(live).writer(_HEAP, 1)
            for key in gone:
                writer.delete_documents_by_term("about", key)
            for ready in came:
                writer.add_document(document_of(ready))
            writer.commit()
            write_notes(live, position=position)
            writer.wait_merging_threads()

    def build(
        self,
        documents: Callable[[Mapping[str, int]], Iterable[Batch]],
        position: Callable[[], int],
        *,
        told: Callable[[int], None],
        only_if_missing: bool = False,
    ) -> int:
        """Make the index anew beside the live one and put it in its place; one making at a time."""
        with self.folder.alone("making"):
            if only_if_missing and self.exists():
                return 0
            made = make(self.folder, documents, position, told=told, threads=_helpers())
            with self.folder.alone("writing"):
                self.folder.go_live()
            return made

    def _reading(self, read: Callable[[tantivy.Searcher, Phrasing], T]) -> T:
        try:
            index = self._live_index()
            return read(index.searcher(), Phrasing(index.schema))
        except (ValueError, OSError) as trouble:
            if self._replaced_meanwhile():
                index = self._live_index()
                return read(index.searcher(), Phrasing(index.schema))
            log.error("search.index_is_broken", trouble=str(trouble))
            self.folder.say_broken()
            raise NoIndex(str(trouble)) from trouble

    def _replaced_meanwhile(self) -> bool:
        """Whether another index went live while one was read: then what failed was only old."""
        return self._opened is not None and self._opened[0][0] != self.folder.stamp()

    def _live_index(self) -> tantivy.Index:
        """Return the live index as it is now: opened anew when another went live, reloaded when it was written to."""
        if self.folder.is_broken():
            raise NoIndex("the index is broken and will be made anew")
        with self._lock:
            stamp = self.folder.stamp()
            if self._opened is None or self._opened[0][0] != stamp:
                live = self.folder.live()
                if live is None:
                    raise NoIndex("there is no index yet")
                self._opened = ((stamp, _changed(live)), live, index_at(live))
            (_, seen), live, index = self._opened
            if (now := _changed(live)) != seen:
                index.reload()
                self._opened = ((stamp, now), live, index)
            return index


def _helpers() -> int:
    """How many processes may help: one a core, none where processes may have no children."""
    return 1 if multiprocessing.current_process().daemon else os.cpu_count() or 1


def _changed(live: Path) -> int:
    return (live / "meta.json").stat().st_mtime_ns
