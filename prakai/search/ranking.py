"""Ranking: of a hundred candidates the ones that answer best, first.

The engine's scores (BM25 over words and grams, of the text and of the title) choose the candidates; here their letters
are looked into: how much of the query stands in the text and in the title, whether neighbouring words stand together,
and what was set apart by spaces stands as it is, how alike the closest place is (rapidfuzz), how near to each other
the words stand.

A word that nearly every likely candidate has tells nothing among them, however rare it is elsewhere: words are weighed
by how few of the likely candidates have them. What is like the query counts steeply: half alike is like by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from rapidfuzz import fuzz

from prakai.search.compact import all_compact
from prakai.search.engine.sought import Candidate
from prakai.search.question import BY_CHANCE, Question, neighbours

LOOKED_INTO: Final = 20
"""Candidates whose closest place in the text is looked for; the others are too far behind to come first by it."""

TITLES: Final = 100
"""Candidates whose title is compared with the query, letter by letter; the others are too far behind, too."""

LIKELIEST: Final = 40
"""So many of the best by the engine's score say which words tell the candidates apart."""

_BY_ENGINE: Final = 1.3
_BY_ENGINE_IN_TITLE: Final = 1.2
_BY_WORDS: Final = 0.5
_BY_WORDS_IN_TITLE: Final = 1.1
_BY_NEIGHBOURS: Final = 0.9
_BY_PARTS: Final = 0.8
_BY_PARTS_IN_TITLE: Final = 1.0
_BY_ALL_PARTS_IN_TITLE: Final = 1.0
_BY_CLOSENESS_IN_TITLE: Final = 1.5
_BY_TITLE_IN_QUERY: Final = 1.0
_BY_BEGINNING: Final = 0.5
_BY_BEING_IT: Final = 1.0
_BY_THREES: Final = 1.7
_BY_NEARNESS: Final = 0.9
_BY_LENGTH: Final = 0.4
_BY_FRESHNESS: Final = 0.05
"""What each thing adds when it is all that it can be. Half or twice as much of any of them changes little."""

_LONGEST_LOOK: Final = 12_000
_LONGEST_FORM: Final = 400
_LONGEST_MATCH: Final = 100
"""Letters of a query whose closest place is looked for; of a longer one its beginning says enough."""
_NEAR: Final = 100
"""Letters within which words stand near to each other: a sentence or two."""
_MOST_PLACES: Final = 30
_MOST_THREES: Final = 60
_LEAST_ALIKE: Final = 50
_PASSAGE: Final = 700
"""Letters of a usual passage; a longer text has the words of a question by chance."""
_YEAR: Final = 365.25 * 86_400


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its final score.

    ``covers`` says how much of the query's words stand in it, ``alike`` how like it the closest place is: 0 to 1.
    """

    candidate: Candidate
    score: float
    covers: float
    alike: float = 0.0

    @property
    def key(self) -> str:
        return self.candidate.key


def rank(question: Question, candidates: Sequence[Candidate], *, now: int = 0) -> list[Ranked]:
    """Return the candidates, the best first. With ``now`` (seconds since 1970) what is fresh comes a little before."""
    if not candidates:
        return []
    look = _Look(question, sorted(candidates, key=lambda one: -one.score))
    first = look.at_once(now)
    order = sorted(range(len(first)), key=lambda at: -first[at])
    ranked = [look.closely(at, first[at]) for at in order[:LOOKED_INTO]]
    ranked.sort(key=lambda one: -one.score)
    return ranked + [
        Ranked(look.candidates[at], first[at], look.covers[at], look.alike[at]) for at in order[LOOKED_INTO:]
    ]


class _Look:
    """One question, looked for in its candidates: the best by the engine's score stand first."""

    def __init__(self, question: Question, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        self.texts = [f"{one.head} {one.letters}" for one in candidates]
        self.heads = [one.head for one in candidates]
        self.forms = [text[:_LONGEST_FORM] for text in all_compact((question.letters, *question.wordings))]
        self.matched = [form[:_LONGEST_MATCH] for form in self.forms]
        self.letters = self.forms[0]
        self.words = [(all_compact(slot.forms), slot.weight) for slot in question.slots]
        self.has_short = any(slot.short for slot in question.slots)
        self.pairs = [all_compact(forms) for forms in neighbours(question.slots)]
        self.parts = all_compact(question.parts) if question.parts else []
        self.asks = question.asks
        # A question names its matter in passing: what its words share with a title says less.
        self.by_title = 0.0 if question.asks else 1.0
        self.by_likeness = 1.0 if len(self.letters) > BY_CHANCE else 0.0
        self.covers = [0.0] * len(candidates)
        self.alike = [0.0] * len(candidates)
        threes = list(dict.fromkeys(self.letters[at : at + 3] for at in range(len(self.letters) - 2)))
        self.threes = threes[:: len(threes) // _MOST_THREES + 1]

    def at_once(self, now: int) -> list[float]:
        """Return a first score of each: by the engine, by words, neighbours and parts, by how close titles are."""
        scores = self._by_engine()
        places = self._by_words(scores)
        self._by_neighbours(scores, places)
        self._by_parts(scores)
        as_it_is = self._as_it_is(places)
        likely = sorted(range(len(scores)), key=lambda at: -scores[at])
        for at in likely[:TITLES]:
            if head := self.heads[at]:
                scores[at] += self._by_head(at, head)
        for at, one in enumerate(self.candidates):
            if at in as_it_is:
                scores[at] += self.by_likeness * (_steep(1.0) - _steep(self.alike[at]))
                self.alike[at] = 1.0
            if self.asks:
                scores[at] -= _BY_LENGTH * log(max(100, len(self.texts[at])) / _PASSAGE)
            if now and one.at:
                scores[at] += _BY_FRESHNESS * max(0.0, 1 - abs(now - one.at) / (3 * _YEAR))
        return scores

    def _by_engine(self) -> list[float]:
        best = max(one.score for one in self.candidates) or 1.0
        best_of_all = max(best, max(one.title_score for one in self.candidates))
        # What was found by its title or strictly alone has no score of its own: a little less than the least.
        least = min((one.score for one in self.candidates if one.score), default=0.0) * 0.9
        return [
            _BY_ENGINE * (one.score or least) / best
            + _BY_ENGINE_IN_TITLE * self.by_title * one.title_score / best_of_all
            for one in self.candidates
        ]

    def _by_words(self, scores: list[float]) -> list[list[int]]:
        """Add what words tell; return where each of them stands."""
        everywhere = range(len(self.texts))
        told = [_standing(forms, self.texts, everywhere) for forms, _ in self.words]
        tells = [self._telling(places) for places in told]
        weight_of_all, all_tell = sum(weight for _, weight in self.words) or 1.0, sum(tells) or 1.0
        for (forms, weight), places, tell in zip(self.words, told, tells, strict=True):
            for at in places:
                self.covers[at] += weight / weight_of_all
                scores[at] += _BY_WORDS * tell / all_tell
            if self.by_title:
                for at in _standing(forms, self.heads, places):
                    scores[at] += _BY_WORDS_IN_TITLE * self.by_likeness * tell / all_tell
        return told

    def _by_neighbours(self, scores: list[float], words: Sequence[Sequence[int]]) -> None:
        both = [set(first).intersection(second) for first, second in pairwise(words)]
        told = [_standing(forms, self.texts, places) for forms, places in zip(self.pairs, both, strict=True)]
        tells = [self._telling(places) for places in told]
        all_tell = sum(tells) or 1.0
        for places, tell in zip(told, tells, strict=True):
            for at in places:
                scores[at] += _BY_NEIGHBOURS * tell / all_tell

    def _by_parts(self, scores: list[float]) -> None:
        letters = sum(map(len, self.parts)) or 1
        everywhere = range(len(self.texts))
        for part in self.parts:
            places = _standing((part,), self.texts, everywhere)
            for at in places:
                scores[at] += _BY_PARTS * len(part) / letters
            if self.by_title:
                for at in _standing((part,), self.heads, places):
                    scores[at] += _BY_PARTS_IN_TITLE * self.by_likeness * len(part) / letters
        if self.by_title and len(self.parts) > 1:
            # Who remembers some pieces of a title sets them apart; that a text holds them all says less.
            for at, head in enumerate(self.heads):
                if head and all(part in head for part in self.parts):
                    scores[at] += _BY_ALL_PARTS_IN_TITLE * self.by_likeness

    def _as_it_is(self, words: Sequence[Sequence[int]]) -> frozenset[int]:
        """Where the whole query stands: looked for where all its words do, in one of their wordings."""
        whole = bool(words) and not self.has_short and max(map(len, self.forms)) < _LONGEST_FORM
        places = set(words[0]).intersection(*words[1:]) if whole else range(len(self.texts))
        return frozenset(_standing(self.forms, self.texts, places))

    def _telling(self, places: Sequence[int]) -> float:
        """How much it tells that something stands at these places: less, the more of the likeliest it stands in."""
        likeliest = min(LIKELIEST, len(self.candidates))
        here = sum(at < likeliest for at in places)
        return log(1 + (likeliest - here + 0.5) / (here + 0.5))

    def _by_head(self, at: int, head: str) -> float:
        """Return what the title adds by being like the query, by beginning with it, or by standing in it whole."""
        in_title = whole_title = 0.0
        for form in self.matched:
            if len(head) >= len(form):
                least = max(_LEAST_ALIKE, in_title)
                in_title = max(in_title, fuzz.partial_ratio(form, head, score_cutoff=least))
            elif len(head) > BY_CHANCE:
                whole_title = max(whole_title, fuzz.partial_ratio(head, form, score_cutoff=_LEAST_ALIKE))
                in_title = max(in_title, fuzz.ratio(head, form, score_cutoff=_LEAST_ALIKE))
        alike = self.alike[at] = in_title / 100
        added = _steep(alike) + _BY_CLOSENESS_IN_TITLE * self.by_title * alike**12
        added += _BY_TITLE_IN_QUERY * (whole_title / 100) ** 4
        begins, is_it = head.startswith(self.letters), head == self.letters
        return self.by_likeness * added + _BY_BEGINNING * begins + _BY_BEING_IT * is_it

    def closely(self, at: int, score: float) -> Ranked:
        """Return the candidate with its final score: by the closest place of the text, and how near words stand."""
        one, text, alike = self.candidates[at], self.texts[at], self.alike[at]
        body = one.letters[:_LONGEST_LOOK]
        if alike < 1 and body:
            for form in self.matched:
                least = max(_LEAST_ALIKE, 100 * alike)
                alike = max(alike, fuzz.partial_ratio(form, body, score_cutoff=least) / 100)
            score += self.by_likeness * (_steep(alike) - _steep(self.alike[at]))
        if self.threes:
            score += _BY_THREES * sum(three in text for three in self.threes) / len(self.threes)
        return Ranked(one, score + _BY_NEARNESS * self._near(text), self.covers[at], alike)

    def _near(self, text: str) -> float:
        """Return how much of the query's words stand near to each other, in the best place for that: 0 to 1."""
        places = sorted(
            (place, word) for word, (forms, _) in enumerate(self.words) for place in _places(forms, text)
        )
        weights = [weight for _, weight in self.words]
        seen = [0] * len(weights)
        best = now = 0.0
        first = 0
        for place, word in places:
            if not seen[word]:
                now += weights[word]
            seen[word] += 1
            while places[first][0] < place - _NEAR:
                gone = places[first][1]
                seen[gone] -= 1
                if not seen[gone]:
                    now -= weights[gone]
                first += 1
            best = max(best, now)
        return best / (sum(weights) or 1.0)


def _steep(alike: float) -> float:
    """Return what a likeness is worth: little unless it is great."""
    return 0.8 * alike**4 + 1.4 * alike**12


def _standing(forms: Sequence[str], texts: Sequence[str], places: Iterable[int]) -> list[int]:
    """Return in which of the texts at these places one of the forms stands."""
    if len(forms) == 1:
        form = forms[0]
        return [at for at in places if form in texts[at]]
    return [at for at in places if any(form in texts[at] for form in forms)]


def _places(forms: Iterable[str], text: str) -> list[int]:
    """Return where the forms stand in the text, the first places of each."""
    found: list[int] = []
    for form in forms:
        at, left = text.find(form), _MOST_PLACES
        while at >= 0 and left:
            found.append(at)
            left -= 1
            at = text.find(form, at + len(form))
    return found
