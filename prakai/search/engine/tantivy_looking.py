"""Looking for the candidates of one question in a Tantivy index: by text, by title, by strictness."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import tantivy

from prakai.search.engine.sought import Candidate, Narrowing, Strict, Term
from prakai.search.engine.tantivy_index import Read, read
from prakai.search.engine.tantivy_queries import Clause, Phrasing, required
from prakai.search.engine.threads import beside

MOST_STRICT: Final = 200
"""Strict documents that are told one by one; of more only the likeliest are looked at."""

NEARLY_ALL: Final = 0.8
"""When the reader's audiences see this share of all documents, they are looked up after scoring, not while."""

_MORE: Final = 1.25
"""So many times what is wanted is asked for then; searched again with the filter if less than ``_ENOUGH`` is left."""
_ENOUGH: Final = 0.5

WORTH_THREADS: Final = 50_000
"""Documents from which searching at the same time saves more than handing over costs."""

Place = tuple[int, int]
"""A segment, and a document in it."""

Ask = tuple[tantivy.Query, int]
"""A query, and how many of its best are wanted."""

Hits = list[tuple[Any, tantivy.DocAddress]]


class Looking:
    """One question, looked for in one index: each document once, with its scores."""

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

    def look(
        self, terms: Mapping[Term, float], title_terms: Mapping[Term, float], *, by_text: int, by_title: int
    ) -> tuple[list[Candidate], set[str] | None]:
        """Return what is likely by text or title and what is strict, with the strict keys unless they are many."""
        texts, titles = self._phrasing.any_of(terms), self._phrasing.any_of(title_terms)
        must = self._phrasing.strictly(self._strict) if self._strict.must else []
        likely, titled, strict = self._together(
            self._scored(texts, by_text),
            self._scored(titles, by_title),
            (self._phrasing.whole(must, texts, self._narrow), MOST_STRICT + 1) if must else None,
        )
        self._take_seen(likely, texts, by_text, self._scores)
        self._take_seen(titled, titles, by_title, self._titles)
        places = self._take(strict, self._scores)
        keys = {self._found[place].key for place in places} if len(places) <= MOST_STRICT else None
        return self._candidates(), keys

    def _candidates(self) -> list[Candidate]:
        return [
            one.candidate(self._scores.get(place, 0.0), self._titles.get(place, 0.0))
            for place, one in self._found.items()
        ]

    def _scored(self, clauses: list[Clause], most: int) -> Ask | None:
        """What asks for the best by score: more than is wanted, hidden ones among them, where nearly all may be seen.

        A union of terms alone is searched block by block and leaves out what cannot come first; with a filter beside
        it every document is scored. What is hidden is taken out by ``_take_seen``.
        """
        if not clauses:
            return None
        if self._audiences and not self._apart:
            return self._phrasing.whole(clauses), int(most * _MORE)
        return self._narrowly(clauses, most)

    def _narrowly(self, clauses: list[Clause], most: int) -> Ask:
        return self._phrasing.whole(required(clauses), self._narrow, self._apart), most

    def _together(self, *asks: Ask | None) -> list[Hits]:
        """Search for the last beside the others, which take about as long: Tantivy lets other threads go on."""
        if self._searcher.num_docs < WORTH_THREADS or asks[-1] is None:
            return [self._search(ask) for ask in asks]
        last = beside(partial(self._search, asks[-1]))
        return [*(self._search(ask) for ask in asks[:-1]), last()]

    def _search(self, ask: Ask | None) -> Hits:
        return self._searcher.search(ask[0], ask[1], count=False).hits if ask is not None else []

    def _take_seen(self, hits: Hits, clauses: list[Clause], most: int, into: dict[Place, float]) -> None:
        places = self._take(hits, into)
        if not self._audiences or self._apart:
            return
        hidden = [place for place in places if self._audiences.isdisjoint(self._found[place].audiences)]
        for place in hidden:
            del self._found[place], into[place]
        if len(places) >= int(most * _MORE) and len(places) - len(hidden) < most * _ENOUGH:
            self._take(self._search(self._narrowly(clauses, most)), into)

    def _take(self, hits: Hits, into: dict[Place, float]) -> list[Place]:
        """Read what was found, unless it is read already."""
        places = []
        for score, address in hits:
            place = (address.segment_ord, address.doc)
            into.setdefault(place, float(score))
            if place not in self._found:
                self._found[place] = read(self._searcher.doc(address))
            places.append(place)
        return places

    def _nearly_all(self, narrowing: Narrowing) -> frozenset[str]:
        """The reader's audiences, when nothing else narrows and they see nearly everything; else none."""
        names = [name for name, _ in narrowing.within]
        if names != ["audience"] or narrowing.without or (narrowing.after, narrowing.before) != (None, None):
            return frozenset()
        audiences = frozenset(narrowing.within[0][1])
        seen = max((self._searcher.doc_freq("audience", one) for one in audiences), default=0)
        return audiences if seen >= NEARLY_ALL * self._searcher.num_docs else frozenset()
