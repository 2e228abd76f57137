"""Founding a forum, changing what it says of itself, founding a series."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import rules
from prakai.forums.models import Forum, ForumSeries, Role, RoleKind
from prakai.forums.wording import line, paragraphs
from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.units.models import Unit

LINES: Final = {"title": 300, "place": 300, "team_rule": 300}
TEXTS: Final = {"purpose": 1000, "about": 8000}
KEPT: Final = (
    "host", "series", "language", "audience", "mode", "online_url", "seats", "team_least", "team_most", "walk_ins",
    "registration_until",
)  # fmt: skip


@transaction.atomic
def found_forum(unit: Unit, *, by: Person, at: datetime | None = None, **words: Any) -> Forum:
    """Begin to prepare a forum of ``unit`` and return it; who founds it is its first coordinator.

    ``words`` are what it says of itself (``title``, ``purpose``, ``place``, ``seats`` and so on). Raises
    ``ValidationError`` when something of it is not right.
    """
    rules.may_found(by, unit).or_refuse()
    moment = at or timezone.now()
    forum = Forum(unit=unit, by=by, made_at=moment, changed_at=moment, is_demo=words.pop("is_demo", False))
    _say(forum, words)
    forum.save()
    Role.objects.create(forum=forum, person=by, kind=RoleKind.COORDINATOR, by=by, at=moment)
    record("forum.founded", forum, by=by, at=at)
    return forum


@transaction.atomic
def change_forum(forum: Forum, *, by: Person, at: datetime | None = None, **words: Any) -> Forum:
    """Change what a forum says of itself; what is not named stays. Raises as ``found_forum`` does."""
    forum.refresh_from_db(from_queryset=Forum.objects.select_for_update())
    rules.may_change(by, forum).or_refuse()
    _say(forum, words)
    forum.changed_at = at or timezone.now()
    forum.version += 1
    forum.save()
    record("forum.changed", forum, by=by, at=at)
    return forum


@transaction.atomic
def found_series(unit: Unit, name: str, *, by: Person, at: datetime | None = None) -> ForumSeries:
    """Return the series of ``unit`` with this name, made now if there is none yet."""
    rules.may_found(by, unit).or_refuse()
    words = line(name, most=300, field="series")
    if not words:
        raise ValidationError({"series": pgettext("forum error", "Please give it a name.")})
    series, is_new = ForumSeries.objects.get_or_create(
        unit=unit, name=words, defaults={"by": by, "at": at or timezone.now()}
    )
    if is_new:
        record("forum_series.founded", series, by=by, at=at)
    return series


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
    if forum.series is not None and forum.series.unit_id != forum.unit_id:
        raise ValidationError({"series": pgettext("forum error", "That series belongs to another unit.")})
    forum.full_clean(exclude=["slug"], validate_unique=False, validate_constraints=False)
