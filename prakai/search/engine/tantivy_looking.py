"""Looking for the candidates of one question in a Tantivy index: by text, by title, by strictness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import tantivy

from prakai.search.engine.sought import Candidate, Narrowing, Strict, Term
from prakai.search.engine.tantivy_index import Read, read
from prakai.search.engine.tantivy_queries import Clause, Phrasing, required
from prakai.search.engine.threads import all_beside

MOST_STRICT: Final = 150
"""Strict documents that are told one by one; of more only the likeliest are looked at."""

GRAMS_OF_STRICT: Final = 8
"""So many of the rarest grams score strict documents beside the words: all of them cost more than they tell there."""

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
        self,
        terms: Mapping[Term, float],
        title_terms: Mapping[Term, float],
        *,
        by_text: int,
        by_title: int,
        many: Callable[[], None],
    ) -> tuple[list[Candidate], set[str] | None]:
        """Return what is likely by text or title and what is strict, with the strict keys unless they are many."""
        texts, titles = self._phrasing.any_of(terms), self._phrasing.any_of(title_terms)
        others = self._beside(
            self._strictly(terms, [] if self._audiences else self._narrow), self._scored(titles, by_title)
        )
        self._take_seen(self._search(self._scored(texts, by_text)), texts, by_text, self._scores)
        strict, titled = others()
        if len(strict) > MOST_STRICT:
            many()
        self._take_seen(titled, titles, by_title, self._titles)
        keys = self._take_strict(strict, terms)
        return self._candidates(), keys

    def _strictly(self, terms: Mapping[Term, float], narrow: list[Clause]) -> Ask | None:
        """What asks for the strict documents, the likeliest first."""
        if not self._strict.must:
            return None
        words = {term: weight for term, weight in terms.items() if term[0] == "words"}
        grams = [one for one in terms.items() if one[0] not in words][:GRAMS_OF_STRICT]
        scoring = self._phrasing.any_of(words | dict(grams))
        return self._phrasing.whole(self._phrasing.strictly(self._strict), scoring, narrow), MOST_STRICT + 1

    def _take_strict(self, hits: Hits, terms: Mapping[Term, float]) -> set[str] | None:
        """Take the strict documents and return their keys, or ``None`` when there are more."""
        places = self._take(hits, self._scores)
        hidden = self._left_out(places)
        if len(hits) > MOST_STRICT and len(places) - len(hidden) < MOST_STRICT * _ENOUGH:
            hits, hidden = self._search(self._strictly(terms, self._narrow)), set()
            places = self._take(hits, self._scores)
        if len(hits) > MOST_STRICT:
            return None
        return {self._found[place].key for place in places if place not in hidden}

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

    def _beside(self, *asks: Ask | None) -> Callable[[], list[Hits]]:
        """Begin to search for these; Tantivy lets other threads go on, so what is at hand is done meanwhile."""
        if self._searcher.num_docs < WORTH_THREADS:
            return lambda: [self._search(ask) for ask in asks]
        return all_beside(partial(self._search, ask) for ask in asks)

    def _search(self, ask: Ask | None) -> Hits:
        return self._searcher.search(ask[0], ask[1], count=False).hits if ask is not None else []

    def _take_seen(self, hits: Hits, clauses: list[Clause], most: int, into: dict[Place, float]) -> None:
        places = self._take(hits, into)
        if not self._audiences or self._apart:
            return
        hidden = self._left_out(places)
        if len(places) >= int(most * _MORE) and len(places) - len(hidden) < most * _ENOUGH:
            self._take(self._search(self._narrowly(clauses, most)), into)

    def _left_out(self, places: list[Place]) -> set[Place]:
        """Leave out those that were searched for without a filter and are not for the reader; return which."""
        if not self._audiences:
            return set()
        hidden = {place for place in places if self._audiences.isdisjoint(self._found[place].audiences)}
        for place in hidden:
            for kept in (self._found, self._scores, self._titles):
                kept.pop(place, None)
        return hidden

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
