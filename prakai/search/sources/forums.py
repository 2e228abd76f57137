"""Forums, and the stories and sparks told at them, as documents, for those who are asked and who were there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from prakai.forums.models import Circle, Forum, Participant, Role, Spark, Story
from prakai.forums.models.stories import PARTS
from prakai.search.documents import Document
from prakai.search.queries.audiences import audience_of
from prakai.thai.years import BUDDHIST_AHEAD
from prakai.units.models import Unit


def forums(numbers: Sequence[int]) -> list[Document]:
    """Announced forums: for their audience, and for whoever has a role or a seat in them."""
    rows = (
        Forum.objects.announced().filter(pk__in=numbers).select_related("unit", "network", "host", "series")
    )
    found = list(rows.order_by("pk"))
    taking_part = _taking_part({forum.pk for forum in found})
    return [_forum(forum, taking_part[forum.pk]) for forum in found]


def _taking_part(forums: set[int]) -> dict[int, set[int]]:
    """Return who has a role or a seat in each forum, or keeps a circle there; three queries."""
    people: dict[int, set[int]] = defaultdict(set)
    held = Role.objects.filter(forum__in=forums, ended_at__isnull=True).values_list("forum", "person")
    coming = Participant.objects.coming().filter(forum__in=forums, person__isnull=False)
    kept = Circle.objects.filter(round__forum__in=forums).filter(
        Q(facilitator__isnull=False) | Q(recorder__isnull=False)
    )
    for forum_id, person_id in (*held, *coming.values_list("forum", "person")):
        people[forum_id].add(person_id)
    for forum_id, *keepers in kept.values_list("round__forum", "facilitator", "recorder"):
        people[forum_id].update(keeper for keeper in keepers if keeper)
    return people


def _place_of(forum: Forum) -> Unit | None:
    """Where it is at home: its unit; of a network's forum the unit that receives the guests."""
    return forum.unit or forum.host


def _forum(forum: Forum, invited: set[int]) -> Document:
    at = forum.starts_at or forum.made_at
    units = {unit.pk: unit for unit in (forum.unit, forum.host) if unit is not None}
    place = _place_of(forum)
    return Document(
        kind="forum",
        pk=forum.pk,
        title=forum.title,
        body="\n".join(text for text in (forum.purpose, forum.about) if text),
        names=tuple(
            text
            for text in (
                *(unit.name_th for unit in units.values()),
                forum.network.name_th if forum.network else "",
                forum.place,
                forum.series.name if forum.series else "",
            )
            if text
        ),
        audiences=(
            *audience_of(forum.audience, forum.unit_id, forum.network_id),
            *(f"person:{number}" for number in sorted(invited)),
        ),
        unit=forum.unit_id,
        units=tuple(dict.fromkeys(step for unit in units.values() for step in unit.ancestor_ids())),
        province=place.province if place else "",
        networks=(forum.network_id,) if forum.network_id else (),
        year=timezone.localtime(at).year + BUDDHIST_AHEAD,
        at=int(at.timestamp()),
    )


def stories(numbers: Sequence[int]) -> list[Document]:
    """Standing stories: with leave to quote for the forum's audience, without it for those who were there."""
    rows = (
        Story.objects.standing()
        .filter(pk__in=numbers)
        .select_related("forum", "forum__unit", "forum__host", "unit")
    )
    found = list(rows.order_by("pk"))
    taking_part = _taking_part({story.forum_id for story in found})
    return [_story(story, taking_part[story.forum_id]) for story in found]


def _story(story: Story, taking_part: set[int]) -> Document:
    forum, unit = story.forum, story.unit
    place = unit or _place_of(forum)
    is_open = story.allows_quotes and forum.announced_at is not None
    own = {number for number in (story.person_id, story.recorder_id) if number}
    return Document(
        kind="story",
        pk=story.pk,
        title=story.title,
        body="\n".join(text for part in PARTS if (text := getattr(story, part))),
        names=tuple(text for text in (story.teller_name, story.unit_name, forum.title) if text),
        audiences=(
            *(audience_of(forum.audience, forum.unit_id, forum.network_id) if is_open else ()),
            *(f"person:{number}" for number in sorted(taking_part | own)),
        ),
        about=(f"forum:{forum.pk}", *((f"person:{story.person_id}",) if story.person_id else ())),
        unit=unit.pk if unit else None,
        units=tuple(unit.ancestor_ids()) if unit else (),
        province=place.province if place else "",
        networks=(forum.network_id,) if forum.network_id else (),
        people=(story.person_id,) if story.person_id else (),
        year=timezone.localtime(story.at).year + BUDDHIST_AHEAD,
        at=int(story.at.timestamp()),
    )


def sparks(numbers: Sequence[int]) -> list[Document]:
    """Shown sparks of announced forums, for the forum's audience and for those who were there."""
    rows = Spark.objects.shown().filter(pk__in=numbers, forum__announced_at__isnull=False).exclude(words="")
    found = list(rows.select_related("forum", "forum__unit", "forum__host").order_by("pk"))
    taking_part = _taking_part({spark.forum_id for spark in found})
    return [_spark(spark, taking_part[spark.forum_id]) for spark in found]


def _spark(spark: Spark, taking_part: set[int]) -> Document:
    forum = spark.forum
    place = _place_of(forum)
    return Document(
        kind="spark",
        pk=spark.pk,
        title="",
        body=spark.words,
        names=tuple(text for text in (spark.name, forum.title) if text),
        audiences=(
            *audience_of(forum.audience, forum.unit_id, forum.network_id),
            *(f"person:{number}" for number in sorted(taking_part)),
        ),
        about=(f"forum:{forum.pk}",),
        unit=forum.unit_id,
        units=tuple(place.ancestor_ids()) if place else (),
        province=place.province if place else "",
        networks=(forum.network_id,) if forum.network_id else (),
        year=timezone.localtime(spark.at).year + BUDDHIST_AHEAD,
        at=int(spark.at.timestamp()),
    )
