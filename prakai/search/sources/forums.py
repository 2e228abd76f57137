"""Forums as documents: what they say of themselves, for those who are asked to come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils import timezone

from prakai.forums.models import Forum, Participant, Role
from prakai.search.documents import Document
from prakai.search.queries.audiences import audience_of
from prakai.thai.years import BUDDHIST_AHEAD


def forums(numbers: Sequence[int]) -> list[Document]:
    """Announced forums: for their audience, and for whoever has a role or a seat in them."""
    rows = Forum.objects.announced().filter(pk__in=numbers).select_related("unit", "host", "series")
    invited: dict[int, set[int]] = defaultdict(set)
    held = Role.objects.filter(forum__in=numbers, ended_at__isnull=True).values_list("forum", "person")
    coming = Participant.objects.coming().filter(forum__in=numbers, person__isnull=False)
    for forum_id, person_id in (*held, *coming.values_list("forum", "person")):
        invited[forum_id].add(person_id)
    return [_forum(forum, invited[forum.pk]) for forum in rows.order_by("pk")]


def _forum(forum: Forum, invited: set[int]) -> Document:
    at = forum.starts_at or forum.made_at
    units = {unit.pk: unit for unit in (forum.unit, forum.host) if unit is not None}
    return Document(
        kind="forum",
        pk=forum.pk,
        title=forum.title,
        body="\n".join(text for text in (forum.purpose, forum.about) if text),
        names=tuple(
            text
            for text in (
                *(unit.name_th for unit in units.values()),
                forum.place,
                forum.series.name if forum.series else "",
            )
            if text
        ),
        audiences=(
            *audience_of(forum.audience, forum.unit_id),
            *(f"person:{number}" for number in sorted(invited)),
        ),
        unit=forum.unit_id,
        units=tuple(dict.fromkeys(step for unit in units.values() for step in unit.ancestor_ids())),
        province=forum.unit.province,
        year=timezone.localtime(at).year + BUDDHIST_AHEAD,
        at=int(at.timestamp()),
    )
