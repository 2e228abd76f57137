"""Registering, entering others, changing what was said, leaving and coming back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import rules
from prakai.forums.actions.holding import hold
from prakai.forums.actions.seating import fill_seats, taken
from prakai.forums.lists import MOST_LINES, Line, lines_of
from prakai.forums.models import Forum, Leaving, Participant
from prakai.forums.unit_words import unit_meant
from prakai.journal.recording import line_of, record, record_all
from prakai.kernel.typed import line, paragraphs
from prakai.people.models import Person
from prakai.thai.folding import fold
from prakai.thai.names import bare_name
from prakai.units.models import Unit

LINES: Final = {"name": 120, "nickname": 40, "position": 120, "phone": 40, "team": 80}
KEPT: Final = ("email", "experience", "is_listed")
MOST_TOLD: Final = 20
# A second tap, or a form sent again: the same words of somebody without an account within this time are one person.
SAME: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of a pasted list: who is new on the list, and how many were there already."""

    new: list[Participant]
    known: int


@transaction.atomic
def register(forum: Forum, *, by: Person | None, at: datetime | None = None, **words: Any) -> Participant:
    """Register ``by`` (or, with ``None``, a visitor) and return the participant: with a seat, or on the wait-list.

    ``words`` are what she says of herself (``name``, ``unit_words``, ``needs`` and so on). Who is registered already
    stays as she is. Raises ``ValidationError`` when something of it is not right.
    """
    hold(forum)
    moment = at or timezone.now()
    rules.may_register(by, forum, moment).or_refuse()
    if by is not None:
        known = Participant.objects.coming().filter(forum=forum, person=by).first()
        if known is not None:
            return known
    participant = Participant(forum=forum, person=by, by=by, registered_at=moment)
    say(participant, words)
    if by is None and (twin := _twin(participant, moment)) is not None:
        return twin
    return _let_in(participant, by=by, at=moment)


@transaction.atomic
def enter_participant(forum: Forum, *, by: Person, at: datetime | None = None, **words: Any) -> Participant:
    """Enter somebody who cannot or does not register herself; who prepares may do so also after registration ended."""
    hold(forum)
    rules.may_enter(by, forum).or_refuse()
    moment = at or timezone.now()
    participant = Participant(forum=forum, by=by, registered_at=moment)
    say(participant, words)
    twin = _twin(participant, moment)
    return twin if twin is not None else _let_in(participant, by=by, at=moment)


@transaction.atomic
def enter_participants(forum: Forum, text: str, *, by: Person, at: datetime | None = None) -> Entered:
    """Enter a pasted list (``lists.lines_of``): all of it, or with one bad line nothing.

    Who is on the list under the same name and unit is left as she is. Raises ``ValidationError`` for ``lines`` that
    names each bad line.
    """
    hold(forum)
    rules.may_enter(by, forum).or_refuse()
    moment = at or timezone.now()
    coming = Participant.objects.coming().filter(forum=forum).select_related("unit")
    there = {_who(one) for one in coming}
    new: list[Participant] = []
    known = 0
    for participant in _read(forum, by, moment, lines_of(text)):
        if _who(participant) in there:
            known += 1
        else:
            there.add(_who(participant))
            new.append(participant)
    _let_all_in(forum, new, by=by, at=moment)
    return Entered(new, known)


@transaction.atomic
def change_participant(
    participant: Participant, *, by: Person | None, token: str = "", at: datetime | None = None, **words: Any
) -> Participant:
    """Change what a participant says of herself: she, or who prepares the forum. What is not named stays."""
    hold(participant.forum)
    participant.refresh_from_db()
    rules.may_change_seat(by, participant, token=token).or_refuse()
    say(participant, words)
    participant.save()
    record("participant.changed", participant, by=by, at=at, forum=participant.forum_id)
    return participant


@transaction.atomic
def leave_forum(
    participant: Participant, *, by: Person | None, token: str = "", at: datetime | None = None
) -> Participant:
    """Say that a participant will not come; her seat goes to whoever has waited longest. Twice is once."""
    hold(participant.forum)
    participant.refresh_from_db()
    rules.may_leave(by, participant, token=token).or_refuse()
    if participant.left_at is not None:
        return participant
    moment = at or timezone.now()
    Leaving.objects.create(participant=participant, by=by, at=moment)
    participant.left_at, participant.seated_at = moment, None
    participant.save(update_fields=["left_at", "seated_at", "folded", "order_key"])
    record("participant.left", participant, by=by, at=at, forum=participant.forum_id)
    fill_seats(participant.forum, by=by, at=moment)
    return participant


@transaction.atomic
def take_back(participant: Participant, *, by: Person, at: datetime | None = None) -> Participant:
    """Put somebody who left back on the list, behind those who wait; who comes already stays as she is."""
    hold(participant.forum)
    participant.refresh_from_db()
    rules.may_enter(by, participant.forum).or_refuse()
    if participant.left_at is None:
        return participant
    if participant.person_id is not None:
        again = Participant.objects.coming().filter(forum=participant.forum_id, person=participant.person_id)
        if (other := again.first()) is not None:
            return other
    moment = at or timezone.now()
    Leaving.objects.filter(participant=participant, undone_at__isnull=True).update(undone_at=moment)
    participant.left_at, participant.registered_at = None, moment
    return _let_in(participant, by=by, at=moment)


def say(participant: Participant, words: Mapping[str, Any]) -> None:
    """Put what was said into the row, cleaned; raise ``ValidationError`` when something is not right."""
    unknown = set(words) - {*LINES, *KEPT, "needs", "unit_words", "unit"}
    if unknown:
        raise TypeError(f"a participant does not say {sorted(unknown)}")
    for name, given in words.items():
        if name in LINES:
            setattr(participant, name, line(given, most=LINES[name], field=name))
        elif name == "needs":
            participant.needs = paragraphs(given, most=400, field="needs")
        elif name == "unit_words":
            typed = line(given, most=200, field="unit_words")
            participant.unit = unit_meant(typed)
            participant.unit_words = "" if participant.unit is not None else typed
        else:
            setattr(participant, name, given)
    if not participant.name:
        raise ValidationError(
            {"name": pgettext("forum error", "Please write a name, as it shall stand on the card.")}
        )
    participant.clean_fields(exclude=["forum", "person", "unit", "by", "folded", "order_key"])


def _let_in(participant: Participant, *, by: Person | None, at: datetime) -> Participant:
    """Save with a seat if there is one that nobody waits for, else on the wait-list; the forum is held."""
    forum = participant.forum
    fill_seats(forum, by=by, at=at)
    is_free = forum.seats is None or taken(forum) < forum.seats
    participant.seated_at = at if is_free else None
    participant.is_demo = forum.is_demo
    participant.save()
    record("participant.registered", participant, by=by, at=at, forum=forum.pk, waits=not is_free)
    return participant


def _let_all_in(forum: Forum, new: list[Participant], *, by: Person, at: datetime) -> None:
    """``_let_in`` for many, in their order, as long as there are seats that nobody waits for."""
    fill_seats(forum, by=by, at=at)
    free = len(new) if forum.seats is None else max(0, forum.seats - taken(forum))
    for place, participant in enumerate(new):
        participant.seated_at = at if place < free else None
        participant.is_demo = forum.is_demo
        participant.save()
    lines = [
        line_of("participant.registered", one, by=by, at=at, forum=forum.pk, waits=one.seated_at is None)
        for one in new
    ]
    if lines:
        record_all(lines)


def _twin(participant: Participant, moment: datetime) -> Participant | None:
    """The row that the same words made a moment ago: a second tap, or a form that was sent again."""
    same = (
        "name",
        "nickname",
        "unit",
        "unit_words",
        "position",
        "email",
        "phone",
        "needs",
        "by",
        "is_walk_in",
    )
    return (
        Participant.objects.coming()
        .filter(forum=participant.forum, person__isnull=True, registered_at__gt=moment - SAME)
        .filter(**{name: getattr(participant, name) for name in same if name not in ("unit", "by")})
        .filter(unit=participant.unit, by=participant.by)
        .first()
    )


def _who(participant: Participant) -> tuple[str, int | None, str]:
    """Who is meant: titles are left out, for one list has them and another has not."""
    return fold(bare_name(participant.name)), participant.unit_id, fold(participant.unit_words)


def _read(forum: Forum, by: Person, moment: datetime, lines: list[Line]) -> list[Participant]:
    """Return the participants of a list, not yet saved; raise with the number of each line that is not right."""
    if not lines:
        raise ValidationError({"lines": pgettext("forum error", "Please write or paste at least one name.")})
    if len(lines) > MOST_LINES:
        words = pgettext("forum error", "At most %(most)d lines at once, please.")
        raise ValidationError({"lines": words % {"most": MOST_LINES}})
    units: dict[str, Unit | None] = {}
    read, wrong = [], []
    for one in lines:
        participant = Participant(forum=forum, by=by, registered_at=moment)
        try:
            if one.unit not in units:
                units[one.unit] = unit_meant(one.unit)
            say(participant, {"name": one.name, "position": one.position})
            unit = units[one.unit]
            participant.unit = unit
            participant.unit_words = "" if unit is not None else line(one.unit, most=80, field="unit_words")
            read.append(participant)
        except ValidationError as trouble:
            words = pgettext("forum error", "Line %(number)d: %(problem)s")
            wrong.append(words % {"number": one.number, "problem": " ".join(trouble.messages)})
    if wrong:
        told = wrong[:MOST_TOLD]
        if more := len(wrong) - len(told):
            told.append(pgettext("forum error", "And as many more lines: %(more)d.") % {"more": more})
        raise ValidationError({"lines": told})
    return read
