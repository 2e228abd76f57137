"""What is like a thing: notes that tell of the same matter."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from prakai.notes.models import Note
from prakai.notes.queries.lists import rows_for
from prakai.people.models import Person
from prakai.search.asking import Asked
from prakai.search.engine import the_engine
from prakai.search.engine.sought import Narrowing, NoIndex, Strict
from prakai.search.queries.answers import Hit
from prakai.search.queries.audiences import audiences_of, still_findable
from prakai.search.queries.hits import hits_of
from prakai.search.question import Question, question_of
from prakai.search.ranking import Ranked

READ: Final = 800
"""Letters of the note that say what it is about: its title, its sentence, its beginning."""

CANDIDATES: Final = 24
ENOUGH: Final = 0.2
"""A note is like another when it scores this share of what that one scores for itself."""


def related_to(note: Note, reader: Person | None, *, most: int = 4) -> list[Hit]:
    """Return notes that ``reader`` may read and that are like ``note``, the likest first; empty without an index."""
    told = " ".join((note.title, note.highlight, note.plain))[:READ]
    try:
        engine = the_engine()
        question = question_of(Asked(words=told), engine.document_frequencies, max(1, engine.size()))
        narrowing = Narrowing((("audience", audiences_of(reader)), ("kind", ("note",))))
        words = {term: weight for term, weight in question.terms.items() if term[0] == "words"}
        if not words:
            return []
        found, _ = engine.candidates(words, {}, Strict(), narrowing, most=CANDIDATES)
    except NoIndex:
        return []
    own = next(
        (one.score for one in found if one.pk == note.pk), max((one.score for one in found), default=0.0)
    )
    others = sorted((one for one in found if one.pk != note.pk), key=lambda one: -one.score)
    seen = still_findable((one.key for one in others), reader)
    ranked = [Ranked(one, one.score, 0.0) for one in others if one.key in seen and one.score >= ENOUGH * own]
    unmarked: Question = replace(question, slots=(), letters="")
    return hits_of(ranked[:most], unmarked, near=frozenset(), notes=rows_for(Note.objects.all()))
