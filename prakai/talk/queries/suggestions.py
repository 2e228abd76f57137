"""Whom an ``@`` may call, offered while somebody types."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import pgettext

from prakai.people.models import Person
from prakai.people.queries import find_people, post_of
from prakai.talk.mentions import mentioned
from prakai.talk.models import Conversation
from prakai.talk.queries.conversations import who_may_read
from prakai.units.queries import find_units

MOST = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """A person or a unit: what to write after the ``@``, and by what she is told from others."""

    write: str
    name: str
    about: str


def suggested(words: str, conversation: Conversation, reader: Person) -> list[Offer]:
    """Return persons (only those who may read the conversation, not ``reader``) and units called like ``words``.

    ``write`` is the name where it calls exactly this one, else the public id.
    """
    found = [one for one in find_people(words, reader, limit=MOST * 3) if one.pk != reader.pk]
    may = Person.objects.filter(who_may_read(conversation), pk__in=[one.pk for one in found])
    allowed = set(may.values_list("pk", flat=True))
    people = [one for one in found if one.pk in allowed and one.is_active][:MOST]
    units = find_units(words, limit=MOST - min(len(people), MOST - 2))
    names = [one.display_name for one in people] + [unit.name for unit in units]
    called = mentioned(", ".join(f"@{name}" for name in names), conversation)
    clear = {(one.person or one.unit) for one in called}
    return [
        Offer(
            person.display_name if person in clear else person.public_id,
            person.display_name,
            post_of(getattr(person, "rows_held", [])),
        )
        for person in people
    ] + [Offer(unit.name, unit.name, pgettext("mention", "unit")) for unit in units if unit in clear]
