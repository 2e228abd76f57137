"""Founding a forum, changing what it says of itself, founding a series."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import rules
from prakai.forums.actions.holding import hold
from prakai.forums.actions.seating import fill_seats
from prakai.forums.actions.times import agenda_changed, lay_template
from prakai.forums.agenda_templates import template_of
from prakai.forums.models import Day, Forum, ForumAudience, ForumSeries, Role, RoleKind, owned, owner_of
from prakai.forums.saying import KEPT, LINES, TEXTS, words_mark
from prakai.journal.recording import record
from prakai.kernel.typed import line, paragraphs
from prakai.networks.models import Network
from prakai.people.models import Person
from prakai.units.models import Unit


@transaction.atomic
def found_forum(
    owner: Unit | Network,
    *,
    by: Person,
    at: datetime | None = None,
    agenda: str = "",
    first_on: date | None = None,
    **words: Any,
) -> Forum:
    """Begin to prepare a forum of a unit or a network and return it; who founds it is its first coordinator.

    ``words`` are what it says of itself (``title``, ``purpose``, ``place``, ``seats`` and so on; ``series`` may be a
    name). ``agenda`` is the key of a template (``agenda_templates``), laid from ``first_on``; without a template that
    day is empty yet. Raises ``ValidationError`` when something of it is not right.
    """
    rules.may_found(by, owner).or_refuse()
    moment = at or timezone.now()
    is_demo = words.pop("is_demo", False)
    forum = Forum(**owned(owner), by=by, made_at=moment, changed_at=moment, is_demo=is_demo)
    _say(forum, _with_series(owner, words, by=by, at=at))
    forum.save()
    if first_on is not None:
        _lay(forum, agenda, first_on)
        agenda_changed(forum, at, by=by)
    Role.objects.create(forum=forum, person=by, kind=RoleKind.COORDINATOR, by=by, at=moment)
    record("forum.founded", forum, by=by, at=at)
    return forum


@transaction.atomic
def change_forum(
    forum: Forum, *, by: Person, at: datetime | None = None, seen: str | None = None, **words: Any
) -> Forum:
    """Change what a forum says of itself; what is not named stays. Raises as ``found_forum`` does.

    ``seen`` is the mark (``words_mark``) of the words that ``by`` had before her: when somebody else changed them in
    the meantime, nothing is overwritten, and a ``ValidationError`` with the code ``"conflict"`` says so.
    """
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    if seen is not None and seen != words_mark(forum):
        message = pgettext("forum error", "Somebody changed this forum while you were writing.")
        raise ValidationError(message, "conflict")
    where = _where(forum)
    _say(forum, _with_series(forum.owner, words, by=by, at=at))
    forum.changed_at = at or timezone.now()
    forum.version += 1
    forum.save()
    record("forum.changed", forum, by=by, at=at)
    if forum.announced_at is not None and _where(forum) != where:
        record("forum.moved", forum, by=by, at=at)
    fill_seats(forum, by=by, at=forum.changed_at)
    return forum


@transaction.atomic
def found_series(owner: Unit | Network, name: str, *, by: Person, at: datetime | None = None) -> ForumSeries:
    """Return the series of this unit or network with this name, made now if there is none yet."""
    rules.may_found(by, owner).or_refuse()
    words = line(name, most=300, field="series")
    if not words:
        raise ValidationError({"series": pgettext("forum error", "Please give it a name.")})
    series, is_new = ForumSeries.objects.get_or_create(
        **owned(owner), name=words, defaults={"by": by, "at": at or timezone.now()}
    )
    if is_new:
        record("forum_series.founded", series, by=by, at=at)
    return series


def _where(forum: Forum) -> tuple[str, str, str]:
    return forum.mode, forum.place, forum.online_url


def _with_series(
    owner: Unit | Network, words: Mapping[str, Any], *, by: Person, at: datetime | None
) -> Mapping[str, Any]:
    """Return ``words`` with the series that a name means; an empty name means none."""
    series = words.get("series")
    if not isinstance(series, str):
        return words
    return {**words, "series": found_series(owner, series, by=by, at=at) if series.strip() else None}


def _lay(forum: Forum, agenda: str, first_on: date) -> None:
    if not agenda:
        Day.objects.create(forum=forum, on=first_on)
        return
    template = template_of(agenda)
    if template is None:
        raise ValidationError({"agenda": pgettext("forum error", "Please choose one of these agendas.")})
    lay_template(forum, template, first_on)


def _say(forum: Forum, words: Mapping[str, Any]) -> None:
    unknown = set(words) - {*LINES, *TEXTS, *KEPT}
    if unknown:
        raise TypeError(f"a forum does not say {sorted(unknown)}")
    for name, given in words.items():
        if name in LINES:
            setattr(forum, name, line(given, most=LINES[name], field=name))
        elif name in TEXTS:
            setattr(forum, name, paragraphs(given, most=TEXTS[name], field=name))
        else:
            setattr(forum, name, given)
    if not forum.title:
        raise ValidationError({"title": pgettext("forum error", "Please give it a title.")})
    if forum.team_least and forum.team_most and forum.team_least > forum.team_most:
        raise ValidationError(
            {"team_most": pgettext("forum error", "A team cannot have fewer people at most than at least.")}
        )
    if forum.series is not None and owner_of(forum.series) != forum.owner:
        message = pgettext("forum error", "That series belongs to another unit or network.")
        raise ValidationError({"series": message})
    if forum.audience == (ForumAudience.NETWORK if forum.network is None else ForumAudience.UNIT):
        message = pgettext("forum error", "Please choose one of those who can see a forum of this owner.")
        raise ValidationError({"audience": message})
    forum.full_clean(exclude=["slug"], validate_unique=False, validate_constraints=False)
