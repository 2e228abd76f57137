"""Whom and what a name in a query means (``by:``, ``unit:``): the index tells who is likely, the rows decide.

Names are looked for by what stands inside them, which no index of a database answers: among all units of a country
or all members that would be a walk through the table at every query.
"""

from __future__ import annotations

from typing import Final

from prakai.people.models import Person
from prakai.people.queries import find_people
from prakai.search.asking import Asked
from prakai.search.engine import the_engine
from prakai.search.engine.sought import Narrowing
from prakai.search.queries.audiences import audiences_of
from prakai.search.question import question_of
from prakai.search.wordings import wordings
from prakai.thai.names import bare_name
from prakai.units.queries import find_units
from prakai.units.wordings import open_up

MOST_MEANT: Final = 8
LIKELY: Final = 160


def units_meant(name: str, reader: Person | None) -> list[int]:
    """Return the numbers of the units that ``name`` may mean, also those that have ended; raises ``NoIndex``."""
    among = _likely("unit", reader, name, open_up(name))
    return [unit.pk for unit in find_units(name, MOST_MEANT, ended=True, among=among)] if among else []


def people_meant(name: str, reader: Person | None) -> list[int]:
    """Return the numbers of the people that ``reader`` may see and ``name`` may mean; raises ``NoIndex``."""
    among = _likely("person", reader, bare_name(name))
    return [person.pk for person in find_people(name, reader, MOST_MEANT, among=among)] if among else []


def _likely(kind: str, reader: Person | None, *names: str) -> list[int]:
    engine = the_engine()
    narrowing = Narrowing((("audience", audiences_of(reader)), ("kind", (kind,))))
    found: list[int] = []
    for name in dict.fromkeys(names):
        asked = Asked(text=name, words=name)
        question = question_of(asked, engine.document_frequencies, max(1, engine.size()), wordings())
        likely, _ = engine.candidates(
            question.terms, question.title_terms, question.strict, narrowing, most=LIKELY
        )
        found += [one.pk for one in likely]
    return list(dict.fromkeys(found))
