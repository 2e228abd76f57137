"""Who is called by name in a text: ``@`` before a person's name or public id, or a unit's name or abbreviation."""

from __future__ import annotations

import regex
from django.db.models import Q

from prakai.kernel.markup import plain_of
from prakai.people.models import Person
from prakai.talk.models import Conversation
from prakai.talk.rules import may_read
from prakai.thai.folding import fold
from prakai.units.models import Unit

MOST = 10
_MARK = regex.compile(r"(?<![\p{L}\p{N}._@])@([\p{L}\p{M}\p{N}.\-_]{2,80}(?: [\p{L}\p{M}]{2,60})?)")


def mentioned(body: str, conversation: Conversation) -> tuple[list[Person], list[Unit]]:
    """Return the persons and units that ``body`` mentions, at most ten, persons only if they may read it.

    A name is one word after ``@`` (public id, nickname, abbreviation) or two (given and family name); the longest
    reading that names exactly one counts, and an ambiguous one mentions nobody.
    """
    people: list[Person] = []
    units: list[Unit] = []
    for words in dict.fromkeys(_MARK.findall(plain_of(body))):
        if len(people) + len(units) >= MOST:
            break
        for attempt in dict.fromkeys((words, words.split(" ")[0])):
            key = fold(attempt).strip(" .")
            found = _persons(attempt, key)
            if len(found) == 1:
                if may_read(found[0], conversation):
                    people.append(found[0])
                break
            named = _units(key)
            if len(named) == 1:
                units.append(named[0])
                break
    return list(dict.fromkeys(people)), list(dict.fromkeys(units))


def _persons(words: str, key: str) -> list[Person]:
    line = (
        Q(folded=key)
        | Q(folded__startswith=f"{key}\n")
        | Q(folded__endswith=f"\n{key}")
        | Q(folded__contains=f"\n{key}\n")
    )
    return list(Person.objects.get_queryset().present().filter(line | Q(public_id=words))[:2])


def _units(key: str) -> list[Unit]:
    line = (
        Q(folded=key)
        | Q(folded__startswith=f"{key}\n")
        | Q(folded__endswith=f"\n{key}")
        | Q(folded__contains=f"\n{key}\n")
    )
    return list(Unit.objects.existing().filter(line)[:2])
