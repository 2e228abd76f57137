"""Rows as plain values, and plain values as what stands in a row: the same words at every place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, FileField, ForeignKey, Model

from prakai.exchange.forum_days.kinds import BY_MODEL, KINDS, Kind, Row, columns_of
from prakai.exchange.importing.hostile import Refusal, sendable
from prakai.forums.models import Forum, Passage
from prakai.networks.models import Network
from prakai.people.models import Person
from prakai.units.models import Unit

OUTSIDE = (Person, Unit, Network)
"""Rows that a forum names and that are not its own: told by their public ids (see ``around``)."""


class Names:
    """By which name a row of this place is known everywhere, and which row here bears a name."""

    def __init__(self, passage: Passage) -> None:
        self.place = passage.place
        self.known: dict[str, dict[str, int]] = passage.names
        self.back = {key: {pk: name for name, pk in names.items()} for key, names in self.known.items()}

    def of(self, kind: Kind, row: Row) -> str:
        """Return the name of ``row``."""
        if kind.own:
            return str(getattr(row, kind.own))
        return self.back.get(kind.key, {}).get(row.pk) or self.own_form(row.pk)

    def own_form(self, pk: int) -> str:
        """Return the name that this place would give to its row ``pk``."""
        return f"{self.place}-{pk}"

    def number(self, kind: Kind, name: str) -> int | None:
        """Return which row here bears ``name``; for kinds without a column of their own for it."""
        known = self.known.get(kind.key, {}).get(name)
        place, _, number = name.rpartition("-")
        if (
            known is None
            and place == self.place
            and number.isascii()
            and number.isdigit()
            and len(number) < 19
        ):
            return int(number)
        return known

    def keep(self, kind: Kind, name: str, pk: int) -> None:
        """Remember that ``name`` is the row ``pk`` here."""
        if not kind.own and name != self.own_form(pk):
            former = self.back.get(kind.key, {}).get(pk)
            if former is not None:
                self.known[kind.key].pop(former, None)
            self.known.setdefault(kind.key, {})[name] = pk
            self.back.setdefault(kind.key, {})[pk] = name


class Telling:
    """All rows of a forum, read once, each under its name; knows the names of what they point to."""

    def __init__(self, forum: Forum | None, names: Names) -> None:
        self.names = names
        self.forum = forum
        self.named: dict[str, dict[int, str]] = {}
        self.rows: dict[str, dict[str, Row]] = {}
        for kind in KINDS:
            found = list(kind.rows(forum)) if forum is not None else []
            self.rows[kind.key] = {names.of(kind, row): row for row in found}
            self.named[kind.key] = {row.pk: name for name, row in self.rows[kind.key].items()}
        self.people: dict[int, str] = {}
        self.units: dict[int, str] = {}
        self.networks: dict[int, str] = {}
        self._learn()

    def _learn(self) -> None:
        wanted: dict[Any, set[int]] = {Person: set(), Unit: set(), Network: set()}
        for kind in KINDS:
            for column in columns_of(kind):
                if isinstance(column, ForeignKey) and column.related_model in OUTSIDE:
                    found = {getattr(row, column.attname) for row in self.rows[kind.key].values()}
                    wanted[column.related_model] |= found - {None}
        self.people = dict(Person.objects.filter(pk__in=wanted[Person]).values_list("pk", "public_id"))
        self.units = dict(Unit.objects.filter(pk__in=wanted[Unit]).values_list("pk", "public_id"))
        networks = Network.objects.filter(pk__in=wanted[Network])
        self.networks = dict(networks.values_list("pk", "public_id"))

    def row(self, kind: Kind, name: str) -> Row | None:
        """Return the row of this forum that goes by ``name``."""
        rows = self.rows[kind.key]
        if name in rows or kind.own:
            return rows.get(name)
        number = self.names.number(kind, name)
        known = self.named[kind.key].get(number) if number is not None else None
        return rows.get(known) if known is not None else None

    def learn(self, found: Any) -> None:
        """Know by what name somebody, a unit or a network goes, that a row may point to from now on."""
        if isinstance(found, Person):
            self.people[found.pk] = found.public_id
        elif isinstance(found, Unit):
            self.units[found.pk] = found.public_id
        elif isinstance(found, Network):
            self.networks[found.pk] = found.public_id

    def put(self, kind: Kind, name: str, row: Row) -> None:
        """A row is there that was not, or goes by this name."""
        self.rows[kind.key][name] = row
        self.named[kind.key][row.pk] = name

    def meet(self, kind: Kind, name: str, row: Row) -> None:
        """A row that is here goes by this name, too; for rows without an id of their own from now on."""
        self.names.keep(kind, name, row.pk)
        self.rows[kind.key].setdefault(name, row)
        known = self.names.of(kind, row)
        self.rows[kind.key].setdefault(known, row)
        self.named[kind.key][row.pk] = known

    def plain(self, kind: Kind, row: Row) -> dict[str, Any]:
        """Return the columns of ``row`` that travel, as plain values; pictures as the names of their files here."""
        return {column.name: self.value(column, row) for column in columns_of(kind)}

    def value(self, column: Field[Any, Any], row: Row) -> Any:
        """Return one column of ``row`` as a plain value."""
        found = getattr(row, column.attname)
        if isinstance(column, ForeignKey):
            return self.pointed(column, found)
        if isinstance(column, FileField):
            return found.name or ""
        return plain(found)

    def pointed(self, column: ForeignKey[Any, Any], pk: int | None) -> str | None:
        """Return the name of what a row points to."""
        if pk is None:
            return None
        if column.related_model is Person:
            return self.people.get(pk)
        if column.related_model is Unit:
            return self.units.get(pk)
        if column.related_model is Network:
            return self.networks.get(pk)
        return self.named[BY_MODEL[column.related_model].key].get(pk)


def key_of(kind: Kind, value_of: Callable[[str], Any]) -> tuple[Any, ...] | None:
    """Return what makes a row the same row at two places; ``None`` for one that only its name can tell."""
    if not kind.same or (kind.open and value_of(kind.open) is not None):
        return None
    if kind.sure and value_of(kind.sure) is None:
        return None
    found = (value_of(column) for column in kind.same)
    return tuple(value.pk if isinstance(value, Model) else value for value in found)


def of_row(row: Row) -> Callable[[str], Any]:
    """Return a way to ask a row for its columns that fetches nothing: what it points to is told by its number."""
    return lambda name: getattr(row, row._meta.get_field(name).attname)


def plain(value: Any) -> Any:
    """Return a column's value as JSON knows it; moments in UTC, so that every place says the same."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def called(kind: Kind, columns: dict[str, Any]) -> str:
    """Return how a row is called by people, as far as its plain columns say so."""
    for name in ("title", "name", "words", "verbatim"):
        if isinstance(columns.get(name), str) and columns[name]:
            return str(columns[name])
    choices = next((column.flatchoices for column in columns_of(kind) if column.name == "kind"), ())
    return str(dict(choices).get(columns.get("kind"), "") or columns.get("number") or "")


def read_value(kind: Kind, column: Field[Any, Any], given: Any) -> Any:
    """Return what stands in a row for the plain value ``given``; raises ``Refusal`` for what cannot stand there."""
    if not isinstance(given, str | int | bool | None):
        raise Refusal("bad-rows", f"{kind.key}.{column.name} holds what is no value.")
    if given is None or given == "":
        if not (column.null if given is None else column.empty_strings_allowed):
            raise Refusal("bad-rows", f"{kind.key}.{column.name} is missing.")
        return given
    try:
        return column.clean(sendable(given) if isinstance(given, str) else given, None)
    except (ValidationError, ValueError, TypeError, OverflowError):
        raise Refusal(
            "bad-rows", f"{kind.key}.{column.name} holds a value that cannot stand there."
        ) from None
