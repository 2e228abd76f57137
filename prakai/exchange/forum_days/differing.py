"""What two places say differently, kept until somebody decides: ours stays, or theirs is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import DateField, ForeignKey, TimeField
from django.utils.translation import pgettext_lazy

from prakai.exchange.forum_days.bases import digests
from prakai.exchange.forum_days.kinds import BY_KEY, BY_MODEL, Kind, Row, columns_of
from prakai.exchange.forum_days.letting_go import bearing_of
from prakai.exchange.forum_days.reports import WHOLE, Conflict
from prakai.exchange.forum_days.signing import digest
from prakai.exchange.forum_days.telling import Names, Telling, called, read_value
from prakai.exchange.forum_days.writing import insert, update
from prakai.exchange.importing.hostile import Refusal
from prakai.forums import rules
from prakai.forums.actions.times import keep_times_true
from prakai.forums.models import Difference, Forum, Parcel
from prakai.journal.recording import record
from prakai.kernel.verdicts import Refused, no
from prakai.networks.models import Network
from prakai.people.models import Person
from prakai.units.models import Unit

ONLY_BY_FILE = no(
    pgettext_lazy("difference refusal", "This one cannot be taken here."),
    pgettext_lazy("difference refusal", "Bring the file in again, and choose its word for this kind."),
)
CANNOT_STAND = no(
    pgettext_lazy("difference refusal", "What the other place says cannot stand beside what is here."),
    pgettext_lazy("difference refusal", "Keep what is here, and put it right on its own page."),
)
BEARS = no(
    pgettext_lazy("difference refusal", "Something else hangs on it here, and would go, too."),
    pgettext_lazy("difference refusal", "Keep it, or take first away what hangs on it."),
)


def may_be_taken(difference: Difference) -> bool:
    """Return whether the other place's word is known here, so that it can be taken without its file."""
    is_known = difference.column or difference.is_gone_there or may_come_back(difference)
    return not difference.is_private and bool(is_known)


def may_come_back(difference: Difference) -> bool:
    """Return whether it is about a row that was removed here, and that is kept as the other place tells it."""
    return not difference.column and bool(_whole(difference.theirs))


def _whole(told: Any) -> dict[str, Any]:
    """Return the columns of a whole row that may come back; none of anything else."""
    found = told.get(WHOLE) if isinstance(told, dict) else None
    return found if isinstance(found, dict) else {}


def keep_differences(parcel: Parcel, conflicts: Iterable[Conflict], rows: Telling) -> None:
    """Keep what a file has left undecided; what an earlier one left is told anew by this one, or is no more."""
    parcel.differences.all().delete()
    found: dict[tuple[str, str, str], Difference] = {}
    people = {pk: number for number, pk in rows.people.items()}
    for one in conflicts:
        is_private, row = one.is_private, rows.row(BY_KEY[one.kind], one.name)
        found[one.kind, one.name, one.column] = Difference(
            parcel=parcel,
            kind=one.kind,
            name=one.name,
            column=one.column,
            what=one.what,
            is_private=is_private,
            is_gone_there=not one.column and bool(one.here),
            # Of a whole row that cannot come back only digests are kept, private or not.
            theirs=one.value if isinstance(one.value, dict) or not is_private else None,
            heard=digest(one.heard) if one.column else "",
            person_id=getattr(row, "person_id", None) or people.get(_whole(one.value).get("person", "")),
        )
    Difference.objects.bulk_create(found.values(), batch_size=500)


@transaction.atomic
def decide_difference(difference: Difference, *, by: Person, takes: bool, at: datetime | None = None) -> None:
    """Keep what is here, or take what the other place says. Decided already, it stays so."""
    forum = Forum.objects.select_for_update().get(passage__parcels=difference.parcel_id)
    rules.may_prepare(by, forum).or_refuse()
    known = Difference.objects.select_related("parcel__passage").filter(pk=difference.pk).first()
    if known is None:
        return
    kind, parcel = BY_KEY[known.kind], known.parcel
    telling = Telling(forum, Names(parcel.passage))
    row = telling.row(kind, known.name)
    if takes:
        if not may_be_taken(known):
            raise Refused(ONLY_BY_FILE)
        if may_come_back(known):
            row = row or _bring_back(kind, known, telling)
            parcel.passage.names = telling.names.known
            parcel.passage.save(update_fields=["names"])
        elif row is not None:
            _take(kind, known, row, telling)
    _hear(kind, known, row, telling)
    parcel.save(update_fields=["state"])
    known.delete()
    keep_times_true(forum)
    record("forum.decided", forum, by=by, at=at, kind=kind.key, theirs=int(takes))


def _take(kind: Kind, difference: Difference, row: Row, telling: Telling) -> None:
    if difference.is_gone_there:
        if bearing_of(kind, {row.pk}):
            raise Refused(BEARS)
        row.delete()
        return
    column = next(column for column in columns_of(kind) if column.name == difference.column)
    try:
        value = _meant(kind, column, difference.theirs, telling)
    except Refusal:
        raise Refused(CANNOT_STAND) from None
    setattr(row, column.name, value)
    if update([row], [column.name]):
        raise Refused(CANNOT_STAND)


def _bring_back(kind: Kind, difference: Difference, telling: Telling) -> Row:
    """Make the row again that was removed here, as the other place tells it."""
    told = _whole(difference.theirs)
    row = kind.model()
    for column in columns_of(kind):
        try:
            value = _meant(kind, column, told.get(column.name), telling)
        except (Refusal, Refused):
            # What it only mentions may be gone; what it belongs to may not.
            if not (isinstance(column, ForeignKey) and column.null):
                raise Refused(CANNOT_STAND) from None
            value = None
        setattr(row, column.name, value)
    if insert([row]):
        raise Refused(CANNOT_STAND)
    telling.meet(kind, difference.name, row)
    return row


def _meant(kind: Kind, column: Any, said: Any, telling: Telling) -> Any:
    if not isinstance(column, ForeignKey):
        return read_value(kind, column, said)
    found: Any = None
    if said is None:
        return None
    if column.related_model is Person:
        found = Person.objects.filter(public_id=said, erased_at__isnull=True).first()
    elif column.related_model is Unit:
        found = Unit.objects.filter(public_id=said).first()
    else:
        found = telling.row(BY_MODEL[column.related_model], said)
    if found is None:
        raise Refused(CANNOT_STAND)
    telling.learn(found)
    return found


def _hear(kind: Kind, difference: Difference, row: Row | None, telling: Telling) -> None:
    """Remember that their word was heard, so that the same file asks no more."""
    heard = difference.parcel.state.setdefault(kind.key, {})
    name, column = difference.name, difference.column
    here: Any
    if difference.is_gone_there:
        heard.pop(name, None)
    elif column and row is not None:
        here = digest(telling.plain(kind, row)[column])
        kept = difference.heard
        heard.setdefault(name, {})[column] = kept if kept == here else f"{kept}/{here}"
    elif may_come_back(difference):
        told = _whole(difference.theirs)
        here = telling.plain(kind, row) if row is not None else told
        heard[name] = {column: digests(value, here.get(column, value)) for column, value in told.items()}
    elif not column and isinstance(difference.theirs, dict):
        heard[name] = difference.theirs


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference as those who decide it read it: here as it is now, there as it came; moments as moments."""

    difference: Difference
    here: Any
    there: Any
    may_be_taken: bool


def differences_of(forum: Forum) -> list[Shown]:
    """Return what is undecided at a forum, in the order in which it was found; as many queries for one as for many."""
    rows = list(Difference.objects.filter(parcel__passage__forum=forum).select_related("parcel__passage"))
    if not rows:
        return []
    telling = Telling(forum, Names(rows[0].parcel.passage))
    reading = _Reading(telling, rows)
    return [Shown(one, reading.here(one), reading.said(one, one.theirs), may_be_taken(one)) for one in rows]


class _Reading:
    """Plain values as people read them; whom and what they name is found at once."""

    def __init__(self, telling: Telling, rows: Sequence[Difference]) -> None:
        self.telling = telling
        named = {one.theirs for one in rows if isinstance(one.theirs, str)}
        named |= {*telling.people.values(), *telling.units.values(), *telling.networks.values()}
        self.names: dict[str, str] = {
            row.public_id: str(row) for row in Person.objects.filter(public_id__in=named)
        }
        for table in (Unit, Network):
            known = table._default_manager.filter(public_id__in=named)
            self.names |= {row.public_id: row.name for row in known}

    def here(self, one: Difference) -> Any:
        """Return what stands here now."""
        kind = BY_KEY[one.kind]
        row = self.telling.row(kind, one.name)
        if row is None or one.is_private or not one.column:
            return None
        return self.said(one, self.telling.plain(kind, row)[one.column])

    def said(self, one: Difference, value: Any) -> Any:
        """Return a plain value of this column as it is read."""
        if one.is_private or not one.column:
            return None
        kind = BY_KEY[one.kind]
        column = next(column for column in columns_of(kind) if column.name == one.column)
        if isinstance(column, ForeignKey):
            if column.related_model in BY_MODEL:
                pointed = BY_MODEL[column.related_model]
                found = self.telling.row(pointed, value) if value else None
                # A name that machines gave says nothing to a person.
                return called(pointed, self.telling.plain(pointed, found)) if found is not None else None
            return self.names.get(value, value)
        if column.choices and value:
            return dict(column.flatchoices).get(value, value)
        return column.to_python(value) if isinstance(column, DateField | TimeField) else value
