"""Notes as results show them: who, where, when, and the text to look into; nothing else of them is read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.db.models.functions import Substr

from prakai.notes.models import Note
from prakai.people.models import Person
from prakai.search.passages import LOOKED_THROUGH
from prakai.search.queries.compiled import rows_of
from prakai.units.models import Unit

_OF_NOTE: Final = frozenset(
    (
        *("id", "number", "kind", "title", "highlight", "slug", "language", "published_at"),
        *("author_name", "teller_name", "author_id", "teller_id", "unit_id"),
    )
)
_OF_PERSON: Final = frozenset(("id", "public_id", "given_th", "family_th", "given_en", "family_en"))
_BESIDE: Final[tuple[tuple[str, type[Model], frozenset[str]], ...]] = (
    ("author", Person, _OF_PERSON),
    ("teller", Person, _OF_PERSON),
    ("unit", Unit, frozenset(("id", "name_th", "name_en"))),
)


def found_notes(numbers: Sequence[int]) -> dict[int, Any]:
    """Return the notes with these numbers by them, ``beginning`` being the text that is looked into; one query.

    Their rows are made here: the ORM takes longer over putting the query together than all else takes.
    """
    met: dict[tuple[type[Model], Any], Any] = {}
    return {note.pk: note for row in rows_of(_rows, "note", numbers) for note in (_note(row, met),)}


def _rows(kind: str, numbers: Sequence[int]) -> QuerySet[Any, Any]:
    beside = (f"{role}__{name}" for role, model, names in _BESIDE for name in _in_order(model, names))
    beginning = Substr("plain", 1, LOOKED_THROUGH)
    return Note.objects.filter(pk__in=numbers).values_list(*_in_order(Note, _OF_NOTE), *beside, beginning)


def _note(row: tuple[Any, ...], met: dict[tuple[type[Model], Any], Any]) -> Any:
    """Return the note of a row. Who or which unit was ``met`` on another row is the same here."""
    names = _in_order(Note, _OF_NOTE)
    past = len(names)
    note: Any = Note.from_db(DEFAULT_DB_ALIAS, names, row[:past])
    for role, model, wanted in _BESIDE:
        names = _in_order(model, wanted)
        values = row[past : past + len(names)]
        past += len(names)
        number = values[names.index("id")]
        if number is not None and (model, number) not in met:
            met[model, number] = model.from_db(DEFAULT_DB_ALIAS, names, values)
        setattr(note, role, met.get((model, number)))
    note.beginning = row[past]
    return note


@cache
def _in_order(model: type[Model], names: frozenset[str]) -> tuple[str, ...]:
    """Return these columns in the order of the model's own, as ``from_db`` takes them."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in names)
