"""Looking for the candidates of one question in a Tantivy index: by text, by title, by strictness."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import tantivy

from prakai.search.engine.sought import Candidate, Narrowing, Strict, Term
from prakai.search.engine.tantivy_index import Read, read
from prakai.search.engine.tantivy_queries import Phrasing, required

MOST_STRICT: Final = 200
"""Strict documents that are told one by one; of more only the likeliest are looked at."""

NEARLY_ALL: Final = 0.8
"""When the reader's audiences see this share of all documents, they are looked up after scoring, not while."""

_MORE: Final = 1.25
_ENOUGH: Final = 0.5

Place = tuple[int, int]
"""A segment, and a document in it."""


class Looking:
    """What was found in one index for one question, each document once."""

    def __init__(
        self, searcher: tantivy.Searcher, phrasing: Phrasing, narrowing: Narrowing, strict: Strict
    ) -> None:
        self._searcher, self._phrasing, self._strict = searcher, phrasing, strict
        self._narrow = phrasing.narrowed(narrowing)
        self._apart = phrasing.strictly(Strict(must_not=strict.must_not))
        self._scores: dict[Place, float] = {}
        self._titles: dict[Place, float] = {}
        self._found: dict[Place, Read] = {}
        self._audiences = self._nearly_all(narrowing)

    def likely(self, terms: Mapping[Term, float], most: int) -> None:
        """Look for documents by what stands in their texts."""
        self._by_score(terms, most, self._scores)

    def by_title(self, terms: Mapping[Term, float], most: int) -> None:
        """Look for documents by what stands in their titles."""
        self._by_score(terms, most, self._titles)

    def strict(self, terms: Mapping[Term, float]) -> set[str] | None:
        """Look for the strict ones and return their keys, or ``None`` when those are many."""
        if not self._strict.must:
            return set()
        must = self._phrasing.strictly(self._strict)
        query = self._phrasing.whole(must, self._phrasing.any_of(terms), self._narrow)
        places = [place for place, _ in self._read(query, MOST_STRICT + 1, self._scores)]
        return {self._found[place].key for place in places} if len(places) <= MOST_STRICT else None

    def candidates(self) -> list[Candidate]:
        """Return all that was found, with the scores they have by text and by title."""
        return [
            one.candidate(self._scores.get(place, 0.0), self._titles.get(place, 0.0))
            for place, one in self._found.items()
        ]

    def _by_score(self, terms: Mapping[Term, float], most: int, into: dict[Place, float]) -> None:
        clauses = self._phrasing.any_of(terms)
        if not clauses:
            return
        if self._audiences and not self._apart:
            # A union of terms alone is searched block by block and leaves out what cannot come first; with a filter
            # beside it every document is scored.
            asked = int(most * _MORE)
            told = self._read(self._phrasing.whole(clauses), asked, into)
            hidden = [place for place, one in told if self._audiences.isdisjoint(one.audiences)]
            for place in hidden:
                self._found.pop(place, None)
                into.pop(place, None)
            if len(told) < asked or len(hidden) <= asked - most * _ENOUGH:
                return
        self._read(self._phrasing.whole(required(clauses), self._narrow, self._apart), most, into)

    def _read(self, query: tantivy.Query, most: int, into: dict[Place, float]) -> list[tuple[Place, Read]]:
        """Read the best documents that answer ``query``, unless they are read already."""
        told = []
        for score, address in self._searcher.search(query, most, count=False).hits:
            place = (address.segment_ord, address.doc)
            into.setdefault(place, float(score))
            if place not in self._found:
                self._found[place] = read(self._searcher.doc(address))
            told.append((place, self._found[place]))
        return told

    def _nearly_all(self, narrowing: Narrowing) -> frozenset[str]:
        """The reader's audiences, when nothing else narrows and they see nearly everything; else none."""
        names = [name for name, _ in narrowing.within]
        if names != ["audience"] or narrowing.without or (narrowing.after, narrowing.before) != (None, None):
            return frozenset()
        audiences = frozenset(narrowing.within[0][1])
        seen = max((self._searcher.doc_freq("audience", one) for one in audiences), default=0)
        return audiences if seen >= NEARLY_ALL * self._searcher.num_docs else frozenset()
