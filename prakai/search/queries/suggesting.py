"""Suggestions while somebody types: things that are called so, or whose name goes on so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from rapidfuzz import fuzz

from prakai.people.models import Person
from prakai.search.analysis import grams_of
from prakai.search.asking import read_meant
from prakai.search.compact import all_compact
from prakai.search.documents import LONGEST_BEGINNING
from prakai.search.engine import the_engine
from prakai.search.engine.sought import GOES_ON, Candidate, Engine, Narrowing, NoIndex, Strict, Term
from prakai.search.queries.answers import Suggestion
from prakai.search.queries.audiences import audiences_of, findable_among
from prakai.search.queries.by_name import find_by_name
from prakai.search.question import Question, question_of
from prakai.search.wordings import wordings

CANDIDATES: Final = 80
ALIKE: Final = 0.75
LONGEST: Final = 100
_NAMED: Final = (("person", "unit", "network", "tag"), ("note", "forum", "story"))
"""Notes, forums and stories apart from the others: a common beginning has more titles than are looked at."""
_BEFORE_NOTES: Final = 0.3
"""A name of a person, unit, network or tag is oftener what is meant than a note's title with the same letters."""
_BEGINS: Final = 1000.0
"""More than all other terms weigh together: a score says by it that a name begins so."""
_LAST: Final = 0.5
_FEWEST_ALIKE: Final = 5
"""Letters from which on a name that is only like them is one that was mistyped, and not any other."""


def suggest(text: str, reader: Person | None, *, most: int = 8) -> list[Suggestion]:
    """Return things whose name begins or goes on as ``text``, the likeliest first; only what ``reader`` may see.

    From the first letter on, and in the middle of a cluster of letters: ``มาล`` is on the way to ``มาลี``.
    """
    asked, _ = read_meant(text[:LONGEST])
    try:
        engine = the_engine()
        question = question_of(asked, engine.document_frequencies, max(1, engine.size()), wordings())
        if not question.letters:
            return []
        found = _candidates(engine, question, reader)
    except NoIndex:
        hits = find_by_name(asked.words, reader)[:most]
        return [Suggestion(hit.kind, "".join(piece.text for piece in hit.title), hit.address) for hit in hits]
    texts = all_compact((question.letters, *question.wordings))
    likely = sorted(((_likeness(one, texts), one) for one in found), key=lambda pair: -pair[0])
    return _told([one for likeness, one in likely if likeness >= ALIKE][: most * 3], reader)[:most]


def _candidates(engine: Engine, question: Question, reader: Person | None) -> list[Candidate]:
    """What begins as what is typed, or holds it; the last of its letters may go on."""
    terms: dict[Term, float] = {
        ("begins", letters[:LONGEST_BEGINNING]): _BEGINS for letters in (question.letters, *question.wordings)
    }
    terms |= question.title_terms
    if grams := grams_of(question.letters):
        terms["title_grams", f"{grams[-1]}{GOES_ON}"] = _LAST
    found: list[Candidate] = []
    for kinds in _NAMED:
        narrowing = Narrowing((("audience", audiences_of(reader)), ("kind", kinds)))
        found += engine.candidates(terms, {}, Strict(), narrowing, most=CANDIDATES)[0]
    return found


def _likeness(one: Candidate, texts: Sequence[str]) -> float:
    best = 2.0 if one.score >= _BEGINS else 0.0
    for letters in texts:
        if one.head.startswith(letters):
            best = max(best, 2.0 + len(letters) / (len(one.head) or 1))
        elif best < 2.0 and letters in one.head:
            best = max(best, 1.5)
        elif best < 1.5 and _FEWEST_ALIKE <= len(letters) <= len(one.head):
            best = max(best, fuzz.partial_ratio(letters, one.head) / 100)
    return best + (_BEFORE_NOTES if one.kind != "note" and best >= ALIKE else 0)


def _told(likely: Sequence[Candidate], reader: Person | None) -> list[Suggestion]:
    """Those that ``reader`` may see now, by the names that they have now; one query a kind."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for one in likely:
        numbers[one.kind].append(one.pk)
    things: dict[str, Any] = {}
    for kind, wanted in numbers.items():
        rows = findable_among(kind, wanted, reader)
        rows = rows.only("title", "number", "slug") if kind == "note" else rows
        things |= {f"{kind}:{row.pk}": row for row in rows}
    return [
        Suggestion(one.kind, str(thing.title) if one.kind == "note" else str(thing), thing.get_absolute_url())
        for one in likely
        if (thing := things.get(one.key)) is not None
    ]
