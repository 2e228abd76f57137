"""Tags as pages want them: all in Thai order, those that come to mind while writing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from prakai.notes.models import Note, Tag, Tagging
from prakai.people.models import Person

PAGE = 300


@dataclass(frozen=True, slots=True)
class TagsPage:
    """Tags in the order of the Thai dictionary; ``next`` is the cursor of what follows, ``None`` at the end."""

    rows: list[Tag]
    next: int | None
    is_first: bool


def tags_list(reader: Person | None, *, after: int | None = None, size: int = PAGE) -> TagsPage:
    """Return one page of the tags that stand on some note that ``reader`` may read; aliases are left out."""
    readable = Note.objects.readable_by(reader).filter(pk=OuterRef("note"))
    used = Tagging.objects.filter(Exists(readable), tag=OuterRef("pk"))
    tags = Tag.objects.filter(Exists(used), same_as__isnull=True)
    mark = Tag.objects.filter(pk=after).values_list("order_key", flat=True).first() if after else None
    if mark is not None:
        tags = tags.filter(Q(order_key__gt=mark) | Q(order_key=mark, pk__gt=after))
    rows = list(tags.order_by("order_key", "pk")[: size + 1])
    return TagsPage(rows[:size], rows[size - 1].pk if len(rows) > size else None, mark is None)


def tags_at_hand(person: Person, *, most: int = 120) -> list[str]:
    """Return labels to offer while writing: her own lately used tags first, then those lately used by all."""
    own = Tagging.objects.filter(note__author=person)
    everybody = Tagging.objects.filter(note__in=Note.objects.readable_by(person))
    labels: dict[str, None] = {}
    for taggings in (own, everybody):
        recent = taggings.order_by("-pk").values_list("tag__label", flat=True)[: most * 3]
        labels.update(dict.fromkeys(recent))
    return list(labels)[:most]


def series_at_hand(person: Person, *, most: int = 30) -> list[str]:
    """Return the names of series that ``person`` has written in, newest first."""
    named = Note.objects.filter(author=person).exclude(series="").order_by("-written_at")
    return list(dict.fromkeys(named.values_list("series", flat=True)[: most * 5]))[:most]


def find_tag(number: int, reader: Person | None) -> Tag | None:
    """Return the tag of this id, with the tag that took it over, if it stands on something that ``reader`` may read.

    What others call their drafts is nobody's business, not even a steward's.
    """
    tag = Tag.objects.filter(pk=number).select_related("same_as").first()
    if tag is None:
        return None
    readable = Note.objects.visible_to(reader).filter(pk=OuterRef("note"))
    used = Tagging.objects.filter(Exists(readable), tag=tag.same_as or tag)
    return tag if used.exists() else None
