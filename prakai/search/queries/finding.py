"""Finding: a query, a reader, and what she may see of what answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.utils import timezone

from prakai.people.models import Person
from prakai.search.asking import Asked, read_meant
from prakai.search.compact import all_compact
from prakai.search.engine import the_engine
from prakai.search.engine.sought import Candidate, Engine, Narrowing, NoIndex, Strict
from prakai.search.engine.threads import beside
from prakai.search.keeping import AT_ONCE, not_carried_over, touched_by
from prakai.search.queries.answers import FACETS, PAGE_SIZE, SORTS, Found
from prakai.search.queries.audiences import still_findable
from prakai.search.queries.by_name import find_by_name
from prakai.search.queries.hits import hits_of
from prakai.search.queries.labels import choices_of
from prakai.search.queries.narrowing import narrowing_of, words_left
from prakai.search.question import BY_CHANCE, Question, question_of
from prakai.search.ranking import Ranked, rank
from prakai.search.wordings import wordings

CANDIDATES: Final = 120
MOST_NEAR: Final = 100
MOST_ASKED: Final = 120
"""So many of the likeliest (and all that are strict) are asked of the rows whether the reader may see them."""
FURTHEST: Final = 10_000
"""So many results can be paged through; whoever needs more narrows them."""

CLEARLY: Final = 0.9
"""What holds every word comes first unless its score is less than this share of the best: then the words stand
there by chance, and the query was probably misspelt."""

MOST_BETTER: Final = 5
"""So many that are close may stand among it, where their scores put them."""

NEAR_COVERS: Final = 0.4
NEAR_ALIKE: Final = 0.75
LONG_QUESTION: Final = 5
"""What is close: so much of the words, or a place so like the query; from so many words on anything found."""
ASKED_COVERS: Final = 0.3
ASKED_ALIKE: Final = 0.6
"""What is close to a question: it is put in other words than what answers it, and often names one thing alone."""


def find(
    text: str,
    reader: Person | None,
    *,
    chosen: Mapping[str, Sequence[str]] | None = None,
    sort: str = SORTS[0],
    page: int = 1,
    size: int = PAGE_SIZE,
    facets: bool = True,
    at: datetime | None = None,
) -> Found:
    """Return a page of what ``reader`` may see and what answers ``text``, narrowed by ``chosen`` values of facets.

    What is shown was asked of the rows at this moment, whatever the index believes. Bad syntax and unknown values never
    raise; without an index things are found by name.
    """
    asked, read_as = read_meant(text)
    sort = sort if sort in SORTS else SORTS[0]
    page = max(1, page)
    size = max(1, min(size, 100))
    if not asked.text and not any((chosen or {}).values()):
        return Found(asked=asked, sort=sort)
    try:
        finding = _Finding(
            the_engine(), asked, reader, dict(chosen or {}), at or timezone.now(), FACETS if facets else ()
        )
        found = finding.page(sort, page, size)
        counts = finding.counting()
        hits = hits_of(found.ranked, finding.question, near=found.near)
        told = choices_of(counts(), chosen or {}) if facets else {}
        total, reachable = found.total(), found.reachable()
    except NoIndex:
        return _by_name(asked, reader, dict(chosen or {}), sort, page, size)
    pages = max(1, -(-min(reachable, FURTHEST) // size))
    return Found(
        asked=asked,
        hits=hits,
        total=total,
        facets=told,
        page=min(page, pages),
        pages=pages,
        sort=sort,
        only_near=finding.only_near,
        read_as=read_as,
    )


Counts = tuple[int, dict[str, list[tuple[str, int]]]]
"""How many documents, and for each facet its values with their counts: ``Engine.counted``."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What is shown. How many there are is asked last: what is much is counted while the shown is read."""

    ranked: list[Ranked]
    near: frozenset[str]
    total: Callable[[], int]
    reachable: Callable[[], int]

    @classmethod
    def of(cls, ranked: list[Ranked], near: frozenset[str], total: int, reachable: int) -> _Page:
        """Return a page when it is known already how many there are."""
        return cls(ranked, near, lambda: total, lambda: reachable)


class _Finding:
    """One query of one reader."""

    def __init__(
        self,
        engine: Engine,
        asked: Asked,
        reader: Person | None,
        chosen: Mapping[str, Sequence[str]],
        at: datetime,
        facets: Sequence[str],
    ) -> None:
        self.engine, self.reader, self.at, self.facets = engine, reader, at, facets
        self.narrowing = narrowing_of(asked, reader, chosen)
        asked = words_left(asked, self.narrowing)
        self.question: Question = question_of(
            asked, engine.document_frequencies, max(1, engine.size()), wordings()
        )
        self.only_near = False
        self._counted: tuple[int, Narrowing] | None = None
        self._many: tuple[Narrowing, Callable[[], Counts]] | None = None
        self.strict: list[Ranked] = []
        self.near: list[Ranked] = []
        self.better: list[Ranked] = []
        self._all_strict_told = True
        if self.question.letters:
            self._look()

    def _look(self) -> None:
        """Find the candidates, keep those that may be seen, and tell what answers from what is only close."""
        question = self.question
        wanted = question.terms, question.title_terms, question.strict, self.narrowing.sought
        candidates, told = self.engine.candidates(*wanted, most=CANDIDATES, many=self._count_many)
        phrases = all_compact(question.phrases) if question.phrases else []
        holding = [one for one in candidates if _holds(one, phrases)]
        if not holding and sum(map(len, question.phrases)) < len(question.letters):
            # A title puts names in quotes. Where none stands so, what is like all that was typed is close.
            holding, told = candidates, set()
        ranked = self._seen(rank(question, holding, now=int(self.at.timestamp())), told)
        self._all_strict_told = told is not None
        self.strict = [one for one in ranked if (one.key in told if told is not None else one.covers > 0.999)]
        by_chance = len(question.letters) <= BY_CHANCE
        if self.strict and not by_chance and self.strict[0].score < CLEARLY * ranked[0].score:
            self.strict = []
            self._all_strict_told = True
        kept = {one.key for one in self.strict}
        self.near = [one for one in ranked if one.key not in kept and _is_near(one, question)][:MOST_NEAR]
        self.only_near = not self.strict and bool(self.near)
        if self.strict and not by_chance:
            least = self.strict[-1].score
            self.better = [one for one in self.near[:MOST_BETTER] if one.score > least]
            self.near = self.near[len(self.better) :]

    def _seen(self, ranked: list[Ranked], told: set[str] | None) -> list[Ranked]:
        """Keep what the reader may see at this moment of all that could be shown."""
        likely = [
            one
            for place, one in enumerate(ranked)
            if place < MOST_ASKED or (told is not None and one.key in told)
        ]
        seen = still_findable((one.key for one in likely), self.reader)
        return [one for one in likely if one.key in seen]

    @property
    def counted(self) -> tuple[int, Narrowing]:
        """How many things are found, and the narrowing by which the engine counts them and nothing else."""
        if self._counted is None:
            self._counted = self._count()
        return self._counted

    def _count(self) -> tuple[int, Narrowing]:
        if (many := self._counting_many()) is not None:
            return many[1]()[0], many[0]
        shown = self.strict or self.near
        return len(shown), Narrowing().among(one.key for one in shown)

    def _counting_many(self) -> tuple[Narrowing, Callable[[], Counts]] | None:
        """Return the count of what is too much to be told one by one, and by which narrowing; else ``None``."""
        if self.question.letters and self._all_strict_told:
            return None
        if self._many is None:
            self._count_many()
        return self._many

    def _count_many(self) -> None:
        """Begin to count what is too much to ask the rows about each one, beside all else that is to be done.

        What has changed since the index was written is left out; when that is much, only what is shown is counted.
        """
        waiting = not_carried_over()
        if len(waiting) < AT_ONCE:
            narrow = self.narrowing.sought.apart_from(touched_by(waiting).about if waiting else ())
            self._many = (
                narrow,
                beside(partial(self.engine.counted, self.question.strict, narrow, self.facets)),
            )

    def counting(self) -> Callable[[], Mapping[str, Sequence[tuple[str, int]]]]:
        """Begin to count the values of facets among all that is found; the counts are there when they are asked for."""
        if not self.facets:
            return dict
        if (many := self._counting_many()) is not None:
            return lambda: many[1]()[1]
        total, narrow = self.counted
        if not total:
            return dict
        counts = beside(partial(self.engine.counted, Strict(), narrow, self.facets))
        return lambda: counts()[1]

    def page(self, sort: str, page: int, size: int) -> _Page:
        """Return one page: what answers, then (on the last page of it, by likeness) what is close."""
        start = (page - 1) * size
        if sort == SORTS[0] and self.question.letters:
            return self._best(start, size)
        if self.question.letters and self._all_strict_told:
            shown = sorted(self.strict or self.near, key=lambda one: -one.candidate.at)
            if sort == "oldest":
                shown.reverse()
            close = frozenset(one.key for one in shown if not self.strict)
            return _Page.of(shown[start : start + size], close, len(shown), len(shown))
        total, narrow = self.counted
        return _Page.of(self._in_order(narrow, sort, start, size), frozenset(), total, total)

    def _best(self, start: int, size: int) -> _Page:
        if not self.strict:
            near = self.near[start : start + size]
            total, close = self.counted[0], frozenset(one.key for one in near)
            return _Page.of(near, close, total, len(self.near))
        close = frozenset(one.key for one in self.better)
        ranked = sorted(self.better + self.strict, key=lambda one: -one.score)
        shown = ranked[start : start + size]
        if not self._all_strict_told and len(shown) == size:
            return _Page(
                shown,
                close,
                lambda: self.counted[0],
                lambda: max(len(ranked), self.counted[0] + len(self.better)),
            )
        total, narrow = self.counted
        if not self._all_strict_told and total > len(self.strict):
            # The likeliest were ranked; all others that hold every word come after them, the newest first.
            if len(shown) < size:
                others = narrow.but_not(one.key for one in self.strict)
                past = max(0, start - len(ranked))
                shown += self._in_order(others, "newest", past, size - len(shown))
            return _Page.of(shown, close, total, total + len(self.better))
        last = start < len(ranked) <= start + size
        near = self.near[: size - len(shown)] if last else []
        return _Page.of(shown + near, close | {one.key for one in near}, total, len(ranked))

    def _in_order(self, narrow: Narrowing, sort: str, start: int, size: int) -> list[Ranked]:
        told = self.engine.in_order(
            self.question.strict, narrow, newest=sort != "oldest", offset=min(start, FURTHEST), most=size
        )
        seen = still_findable((one.key for one in told), self.reader)
        return [Ranked(one, 0.0, 1.0) for one in told if one.key in seen]


def _is_near(one: Ranked, question: Question) -> bool:
    """Whether what is no exact answer is worth showing. A long question is answered by what shares a part of it."""
    covers, alike = (ASKED_COVERS, ASKED_ALIKE) if question.asks else (NEAR_COVERS, NEAR_ALIKE)
    return one.covers >= covers or one.alike >= alike or len(question.slots) > LONG_QUESTION


def _holds(one: Candidate, phrases: Sequence[str]) -> bool:
    """Whether phrases that were asked for in quotes stand as they are."""
    return all(phrase in one.head or phrase in one.letters for phrase in phrases)


def _by_name(
    asked: Asked, reader: Person | None, chosen: Mapping[str, Sequence[str]], sort: str, page: int, size: int
) -> Found:
    kinds = chosen.get("kind") or ()
    hits = [hit for hit in find_by_name(asked.words, reader) if not kinds or hit.kind in kinds]
    pages = max(1, -(-len(hits) // size))
    page = min(page, pages)
    shown = hits[(page - 1) * size : page * size]
    return Found(asked, shown, len(hits), {}, page, pages, sort, rebuilding=True)
