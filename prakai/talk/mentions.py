"""Who is called by name in a text: ``@`` before a person's name or public id, or a unit's name or abbreviation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape
from typing import TypeVar

import regex
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from prakai.kernel.markup import plain_of
from prakai.people.models import Person
from prakai.talk.models import Conversation, Mention
from prakai.talk.rules import may_read
from prakai.thai.folding import fold
from prakai.units.models import Unit
from prakai.units.wordings import name_key

Row = TypeVar("Row", Person, Unit)

MOST = 10
"""How many are called by one comment at most."""
_MOST_READ = 12
"""How many @-words of one comment are looked up: every one costs a little, and nobody calls a crowd."""

_ADDRESS = regex.compile(r"(?:[a-z][a-z0-9+.\-]{1,9}://|www\.)\S+", regex.IGNORECASE)
_MARK = regex.compile(
    r"(?<![A-Za-z0-9._%+\-/@#=&])@([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.\-_]{1,79}(?: [\p{L}\p{M}\p{N}.\-]{1,60}){0,3})"
)
_TAG = re.compile(r"(<a\b[^>]*>.*?</a>|<[^>]*>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Called:
    """One who is called in a text, and the words after the ``@`` by which."""

    words: str
    person: Person | None = None
    unit: Unit | None = None


def mentioned(body: str, conversation: Conversation) -> list[Called]:
    """Return whom ``body`` mentions, at most ten, persons only if they may read the conversation; two queries.

    A name is one word after ``@`` (public id, nickname, abbreviation) or up to four (given and family name, a unit's
    name); the longest reading that names exactly one counts, and an ambiguous one mentions nobody. E-mail addresses
    and web addresses mention nobody.
    """
    said = list(dict.fromkeys(_MARK.findall(_ADDRESS.sub(" ", plain_of(body)))))[:_MOST_READ]
    readings = [(attempt, _keys(attempt)) for words in said for attempt in _attempts(words)]
    keys = {key for _, both in readings for key in both}
    if not keys:
        return []
    people = _persons(keys)
    units = _by_line(_called(Unit.objects.existing(), keys), keys)
    found: dict[Person | Unit, Called] = {}
    for words in said:
        for attempt in _attempts(words):
            named = {row for key in _keys(attempt) for row in (*people.get(key, ()), *units.get(key, ()))}
            if len(named) == 1:
                one = named.pop()
                if isinstance(one, Unit):
                    found.setdefault(one, Called(attempt, unit=one))
                elif may_read(one, conversation):
                    found.setdefault(one, Called(attempt, person=one))
                break
            if named:
                break
    return list(found.values())[:MOST]


def _attempts(words: str) -> list[str]:
    """The readings of the words after an ``@``, the longest first."""
    parts = words.split(" ")
    tries = (" ".join(parts[:length]).rstrip(".-_") for length in range(len(parts), 0, -1))
    return list(dict.fromkeys(attempt for attempt in tries if attempt))


def _keys(attempt: str) -> set[str]:
    return {fold(attempt).strip(" ."), name_key(attempt)} - {""}


def _persons(keys: Collection[str]) -> dict[str, list[Person]]:
    rows = list(_called(Person.objects.get_queryset().present(), keys, Q(public_id__in=keys)))
    found = _by_line(rows, keys)
    for person in rows:
        if person.public_id in keys:
            found[person.public_id] = [person]
    return found


def _called(rows: QuerySet[Row], keys: Collection[str], otherwise: Q | None = None) -> QuerySet[Row]:
    """Rows of which one line of ``folded`` is one of the keys."""
    wanted = otherwise or Q()
    for key in sorted(keys):
        wanted |= Q(lines__contains=f"\n{key}\n")
    lines = Concat(Value("\n"), "folded", Value("\n"), output_field=TextField())
    return rows.annotate(lines=lines).filter(wanted)[:200]


def _by_line(rows: Iterable[Row], keys: Collection[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for line in set(row.folded.split("\n")) & set(keys):
            found[line].append(row)
    return found


def linked(markup: str, mentions: Iterable[Mention]) -> str:
    """Return clean ``markup`` with the first place of each mention as a link to whom it calls, by today's name."""
    for mention in sorted(mentions, key=lambda mention: -len(mention.words)):
        one = mention.person or mention.unit
        if one is None or not mention.words:
            continue
        name = one.display_name if isinstance(one, Person) else one.name
        link = f'<a href="{escape(one.get_absolute_url())}">@{escape(name, quote=False)}</a>'
        markup = _put_once(markup, f"@{escape(mention.words, quote=False)}", link)
    return markup


def _put_once(markup: str, words: str, link: str) -> str:
    pieces = _TAG.split(markup)
    for place, piece in enumerate(pieces):
        if not piece.startswith("<") and words in piece:
            pieces[place] = piece.replace(words, link, 1)
            break
    return "".join(pieces)
