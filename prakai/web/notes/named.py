"""Names typed into the writing form: whom they mean, and who is offered when they may mean several."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from prakai.people.models import Person
from prakai.people.queries import find_people, post_of
from prakai.thai.folding import clean, fold
from prakai.thai.names import bare_name

MOST = 12
_PARTS = re.compile(r"[,;\n]+|\s+และ\s+|\s+and\s+")
_PUBLIC_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{12}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a name may mean."""

    person: Person
    post: str


@dataclass(slots=True)
class Named:
    """What came of the names: people found, names nobody has, and for each unsure name whom it may mean."""

    people: list[Person] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unsure: dict[str, list[Candidate]] = field(default_factory=dict)


def names_in(text: str) -> list[str]:
    """Return the names of a list typed with commas, lines, or "and"; at most twelve."""
    names = [" ".join(part.split()) for part in _PARTS.split(clean(text))]
    return list(dict.fromkeys(name for name in names if name))[:MOST]


def people_named(text: str, reader: Person, *, picked: Collection[str] = ()) -> Named:
    """Return whom a typed list of names means. ``picked`` are public ids that the reader chose among those offered."""
    found = Named()
    for name in names_in(text):
        people = _meant(name, reader)
        chosen = [person for person in people if person.public_id in picked]
        if len(people) == 1:
            found.people.append(people[0])
        elif chosen:
            found.people += chosen
        elif people:
            found.unsure[name] = [_candidate(person) for person in people]
        else:
            found.unknown.append(name)
    found.people = list({person.pk: person for person in found.people}.values())
    return found


def member_named(name: str, reader: Person, *, picked: Collection[str] = ()) -> Named:
    """Return the member whose whole name, e-mail address or public id ``name`` is; nobody for a part of a name."""
    people = [person for person in _meant(name, reader) if _is_whole(name, person)]
    chosen = [person for person in people if person.public_id in picked]
    if len(people) == 1 or chosen:
        return Named(people=(chosen or people)[:1])
    if people:
        return Named(unsure={name: [_candidate(person) for person in people]})
    return Named(unknown=[name])


def _is_whole(words: str, person: Person) -> bool:
    if words.lower() == (person.email or "").lower() or words == person.public_id:
        return True
    return fold(bare_name(words)) in person.folded.split("\n")


def _candidate(person: Person) -> Candidate:
    return Candidate(person, post_of(getattr(person, "rows_held", [])))


def _meant(name: str, reader: Person) -> list[Person]:
    """Those whom one name may mean: by e-mail or public id one; else all of just that name; else all that hold it."""
    seen = Person.objects.visible_to(reader)
    if "@" in name:
        return list(seen.filter(email__iexact=name)[:1])
    if _PUBLIC_ID.fullmatch(name):
        return list(seen.filter(public_id=name)[:1])
    holding = find_people(name, reader, limit=8)
    return [person for person in holding if _is_whole(name, person)] or holding


def name_for(person: Person, reader: Person) -> str:
    """Return the words that mean just this person again: her name, or her public id where others share it."""
    same = _meant(person.display_name, reader)
    return person.display_name if [p.pk for p in same] == [person.pk] else person.public_id
