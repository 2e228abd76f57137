"""Finding by name: notes by number or title, tags by their words. (The text of notes is the search room's matter.)"""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from prakai.notes.models import Note, NoteQuerySet, Tag
from prakai.notes.queries.lists import rows_for
from prakai.people.models import Person
from prakai.thai.digits import to_arabic
from prakai.thai.folding import clean
from prakai.thai.tags import tag_key


def find_notes(words: str, reader: Person | None, *, most: int = 20) -> list[Note]:
    """Return readable notes whose number is ``words``, or whose title or highlight holds them, newest first."""
    wanted = clean(words).strip()
    if not wanted:
        return []
    match = Q(title__icontains=wanted) | Q(highlight__icontains=wanted)
    number = to_arabic(wanted)
    if number.isdecimal() and len(number) < 16:
        match |= Q(number=int(number)) | Q(origin__source_number=int(number))
    return list(rows_for(Note.objects.readable_by(reader).filter(match)).order_by("-published_at")[:most])


def tags_in_use(reader: Person | None) -> QuerySet[Tag]:
    """Return the tags, no aliases, that stand on something that ``reader`` may read."""
    return tags_standing_on(Note.objects.readable_by(reader)).filter(same_as__isnull=True)


def tags_standing_on(notes: NoteQuerySet) -> QuerySet[Tag]:
    """Return the tags that one of ``notes`` (published ones) carries.

    Asked for the newest of them, which is the first in the index of a tag. For EXISTS a database may read all taggings.
    """
    listed = notes.filter(taggings__tag=OuterRef("pk"), taggings__listed_at__isnull=False)
    newest = listed.order_by("-taggings__listed_at", "-pk").values("pk")[:1]
    return Tag.objects.alias(newest=Subquery(newest)).filter(newest__isnull=False)


def find_tags(words: str, reader: Person | None, *, most: int = 12) -> list[Tag]:
    """Return tags that hold ``words`` and stand on something that ``reader`` may read, whole matches first."""
    key = tag_key(words)
    if not key:
        return []
    tags = tags_in_use(reader).filter(key__contains=key)
    found = list(tags.order_by("order_key")[: most * 3])
    return sorted(found, key=lambda tag: (tag.key != key, not tag.key.startswith(key)))[:most]
