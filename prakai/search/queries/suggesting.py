"""Suggestions while somebody types: things that are called so, or whose name goes on so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from prakai.people.models import Person
from prakai.search.asking import read_meant
from prakai.search.compact import all_compact
from prakai.search.engine import the_engine
from prakai.search.engine.sought import Candidate, Narrowing, NoIndex, Strict
from prakai.search.queries.answers import Suggestion
from prakai.search.queries.audiences import audiences_of, findable_among, still_findable
from prakai.search.queries.by_name import find_by_name
from prakai.search.question import question_of
from prakai.search.wordings import wordings

CANDIDATES: Final = 80
ALIKE: Final = 0.75
LONGEST: Final = 100
_NAMED: Final = ("note", "person", "unit", "tag")
_BEFORE_NOTES: Final = 0.3
"""A name of a person, unit or tag is oftener what is meant than a note's title with the same letters."""


def suggest(text: str, reader: Person | None, *, most: int = 8) -> list[Suggestion]:
    """Return things whose name begins or goes on as ``text``, the likeliest first; only what ``reader`` may see."""
    asked, _ = read_meant(text[:LONGEST])
    try:
        engine = the_engine()
        question = question_of(asked, engine.document_frequencies, max(1, engine.size()), wordings())
        if not question.title_terms:
            return []
        narrowing = Narrowing((("audience", audiences_of(reader)), ("kind", _NAMED)))
        found, _ = engine.candidates({}, question.title_terms, Strict(), narrowing, most=CANDIDATES)
    except NoIndex:
        hits = find_by_name(asked.words, reader)[:most]
        return [Suggestion(hit.kind, "".join(piece.text for piece in hit.title), hit.address) for hit in hits]
    texts = all_compact((question.letters, *question.wordings))
    likely = sorted(((_likeness(one, texts), one) for one in found), key=lambda pair: -pair[0])
    kept = [one for likeness, one in likely if likeness >= ALIKE][: most * 3]
    seen = still_findable((one.key for one in kept), reader)
    return _told([one for one in kept if one.key in seen][:most], reader)


def _likeness(one: Candidate, texts: Sequence[str]) -> float:
    best = 0.0
    for letters in texts:
        if one.head.startswith(letters):
            best = max(best, 2.0 + len(letters) / (len(one.head) or 1))
        elif letters in one.head:
            best = max(best, 1.5)
        else:
            best = max(
                best, fuzz.partial_ratio(letters, one.head) / 100 if len(one.head) >= len(letters) else 0
            )
    return best + (_BEFORE_NOTES if one.kind != "note" and best >= ALIKE else 0)


def _told(likely: list[Candidate], reader: Person | None) -> list[Suggestion]:
    numbers: dict[str, list[int]] = {}
    for one in likely:
        numbers.setdefault(one.kind, []).append(one.pk)
    things = {
        kind: {row.pk: row for row in findable_among(kind, wanted, reader)}
        for kind, wanted in numbers.items()
    }
    found = []
    for one in likely:
        thing = things[one.kind].get(one.pk)
        if thing is not None:
            name = str(thing.title) if one.kind == "note" else str(thing)
            found.append(Suggestion(one.kind, name, thing.get_absolute_url()))
    return found
