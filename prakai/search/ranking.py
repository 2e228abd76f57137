"""Ranking: of a few hundred candidates the ones that answer best, first.

The engine's score (BM25 over words and grams) chooses the candidates; here their letters are looked into: how much of
the query stands in the text and in the title, whether neighbouring words stand together, how alike the closest place is
(rapidfuzz), whether the query stands there as it is. A title counts by how much *of the query* it covers
and steeply so: a title that shares a few words with a pasted sentence says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from prakai.search.compact import all_compact, compact
from prakai.search.engine.sought import Candidate
from prakai.search.question import Question, neighbours

LOOKED_INTO: Final = 50
"""Candidates whose closest place is looked for; the others are too far behind to come first by it."""

_LONGEST_LOOK: Final = 12_000
_LONGEST_MATCH: Final = 400
_BY_CHANCE: Final = 4
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
    best = max((one.score for one in candidates), default=0) or 1.0
    best_title = max((one.title_score for one in candidates), default=0) or 1.0
    least = min((one.score for one in candidates if one.score), default=0.0) * 0.9
    look = _Look(question)
    first = sorted(
        (
            (look.at_once(one, (one.score or least) / best, one.title_score / best_title, now), place)
            for place, one in enumerate(candidates)
        ),
        key=lambda pair: (-pair[0][0], pair[1]),
    )
    ranked = []
    for (score, covers), place in first[:LOOKED_INTO]:
        more, alike = look.closely(candidates[place])
        ranked.append(Ranked(candidates[place], score + more, covers, alike))
    ranked.sort(key=lambda one: -one.score)
    return ranked + [
        Ranked(candidates[place], score, covers) for (score, covers), place in first[LOOKED_INTO:]
    ]


class _Look:
    """One question, looked for in many candidates."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.texts = all_compact((question.letters, *question.wordings))
        self.words = [(all_compact((slot.letters, *slot.others)), slot.weight) for slot in question.slots]
        self.words_weigh = sum(weight for _, weight in self.words) or 1.0
        self.pairs = [(compact(letters), weight) for letters, weight in neighbours(question.slots)]
        self.grams = [(compact(gram), weight) for gram, weight in question.grams]
        self.pairs_weigh = sum(weight for _, weight in self.pairs) or 1.0
        self.grams_weigh = sum(weight for _, weight in question.grams) or 1.0
        # A question names its matter in passing: what its words share with a title says less.
        self.title_weight = 0.0 if question.asks else 1.0
        letters = self.texts[0][:_LONGEST_MATCH]
        self.threes = list(dict.fromkeys(letters[at : at + 3] for at in range(len(letters) - 2)))[:150]

    def at_once(self, one: Candidate, score: float, title_score: float, now: int) -> tuple[float, float]:
        """Return a first score by what stands in the text and title at all, and how much of the query is covered."""
        head, text = one.head, f"{one.head} {one.letters}"
        covered = titled = 0.0
        for forms, weight in self.words:
            if any(form in head for form in forms):
                covered += weight
                titled += weight
            elif any(form in text for form in forms):
                covered += weight
        covered, titled = covered / self.words_weigh, titled / self.words_weigh
        paired = sum(weight for pair, weight in self.pairs if pair in text) / self.pairs_weigh
        total = 1.2 * score + covered + 1.5 * paired
        if any(form in text for form in self.texts):
            # A few letters stand in other words by chance (กพร in ติ๊กพร่ำ).
            total += 3.0 if len(self.question.letters) > _BY_CHANCE else 0.5
        if head and self.title_weight:
            grams = sum(weight for gram, weight in self.grams if gram in head) / self.grams_weigh
            total += self.title_weight * (0.4 * title_score + 0.4 * titled + 1.2 * titled**4 + 2.0 * grams**4)
        if head and head == self.texts[0]:
            total += 1.0
        if now and one.at:
            total += 0.05 * max(0.0, 1 - abs(now - one.at) / (3 * _YEAR))
        return total, covered

    def closely(self, one: Candidate) -> tuple[float, float]:
        """Return what the closest place in title and text adds, and how alike it is."""
        head, text = one.head, one.letters[:_LONGEST_LOOK]
        in_title = in_text = whole_title = 0.0
        for form in self.texts:
            form = form[:_LONGEST_MATCH]
            if head and len(head) >= len(form):
                in_title = max(in_title, fuzz.partial_ratio(form, head) / 100)
            elif len(head) > 3:
                whole_title = max(whole_title, fuzz.partial_ratio(head, form) / 100)
                in_title = max(in_title, fuzz.ratio(head, form) / 100)
            if text:
                in_text = max(in_text, fuzz.partial_ratio(form, text) / 100)
        body = f"{head} {text}"
        threes = sum(three in body for three in self.threes) / len(self.threes) if self.threes else 0.0
        alike = max(in_title, in_text)
        by_title = 0.4 * self.title_weight * in_title**4 + 1.2 * whole_title**4
        return 1.2 * alike**4 + by_title + 0.4 * threes, alike
