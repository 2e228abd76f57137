"""Forums for tests, in one line."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from prakai.forums.actions import announce_forum, found_forum
from prakai.forums.models import Forum, Participant
from prakai.networks.models import Network
from prakai.people.models import Person
from prakai.units.models import Unit

PURPOSE = "ให้ผู้ป่วยรอรับยาไม่เกินยี่สิบนาที"


def make_forum(
    by: Person,
    owner: Unit | Network,
    title: str = "เวทีคนหน้างาน",
    *,
    announced: bool = True,
    starts_at: datetime | None = None,
    hours: int = 8,
    **words: Any,
) -> Forum:
    """A forum of this unit or network that ``by`` prepares; tomorrow and announced unless said otherwise."""
    forum = found_forum(owner, by=by, title=title, **{"purpose": PURPOSE, **words})
    begin = starts_at or timezone.now() + timedelta(days=1)
    forum.starts_at, forum.ends_at = begin, begin + timedelta(hours=hours)
    forum.save(update_fields=["starts_at", "ends_at", "slug"])
    if announced:
        announce_forum(forum, by=by)
    return forum


def make_participant(
    forum: Forum, person: Person | None = None, name: str = "", *, seated: bool = True, **columns: Any
) -> Participant:
    """Somebody who registered for ``forum``: a member, or a name alone; with a seat unless said otherwise."""
    return Participant.objects.create(
        forum=forum,
        person=person,
        name=name or (person.display_name if person is not None else "ผู้ร่วมเวที"),
        seated_at=timezone.now() if seated else None,
        **columns,
    )
