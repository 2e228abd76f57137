"""Tags: put them on a note, merge two that mean the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.verdicts import YES, Verdict, no
from prakai.notes.models import Note, Tag, Tagging
from prakai.people.models import Person
from prakai.thai.tags import clean_tag, tag_key

MOST = 20


def tags_for(labels: Iterable[str]) -> list[Tag]:
    """Return the tags of ``labels`` in their order, once each, made where they are new; aliases lead on."""
    wanted: dict[str, str] = {}
    for label in labels:
        try:
            shown = clean_tag(label)
        except ValueError:
            continue
        wanted.setdefault(tag_key(shown), shown)
    if len(wanted) > MOST:
        raise ValidationError(
            {
                "tags": pgettext(
                    "note error", "A note can carry 20 tags; the first words that come to mind are best."
                )
            }
        )
    known = _known(wanted)
    missing = [key for key in wanted if key not in known]
    if missing:
        # Somebody else may make the same tag at this moment: whoever comes second takes the first one's.
        Tag.objects.bulk_create([_fresh(key, wanted[key]) for key in missing], ignore_conflicts=True)
        known |= _known(missing)
    return list(dict.fromkeys(known[key].same_as or known[key] for key in wanted))


def _known(keys: Iterable[str]) -> dict[str, Tag]:
    return {tag.key: tag for tag in Tag.objects.filter(key__in=list(keys))}


def _fresh(key: str, label: str) -> Tag:
    tag = Tag(key=key, label=label)
    tag.name_well()
    return tag


def first_taggings(note: Note, labels: Iterable[str]) -> list[Tagging]:
    """Return the taggings of a note that has none yet, unwritten; tags that are new are made."""
    return [
        Tagging(note=note, tag=tag, place=place, listed_at=listed_at(note))
        for place, tag in enumerate(tags_for(labels))
    ]


def put_tags(note: Note, labels: Iterable[str]) -> None:
    """Let ``note`` carry exactly these tags, in this order."""
    if note.version <= 1:
        Tagging.objects.bulk_create(first_taggings(note, labels))
        return
    wanted = {tag.pk: place for place, tag in enumerate(tags_for(labels))}
    rows = list(Tagging.objects.filter(note=note))
    gone = [row.pk for row in rows if row.tag_id not in wanted]
    if gone:
        Tagging.objects.filter(pk__in=gone).delete()
    for row in rows:
        if row.tag_id in wanted and row.place != wanted[row.tag_id]:
            Tagging.objects.filter(pk=row.pk).update(place=wanted[row.tag_id])
    has = {row.tag_id for row in rows}
    Tagging.objects.bulk_create(
        [
            Tagging(note=note, tag_id=tag_id, place=place, listed_at=listed_at(note))
            for tag_id, place in wanted.items()
            if tag_id not in has
        ]
    )


def listed_at(note: Note) -> datetime | None:
    """Return since when ``note`` stands in lists; ``None`` while it is unpublished or withdrawn."""
    return note.published_at if note.withdrawn_at is None else None


def list_taggings(note: Note) -> None:
    """Keep the copy of the note's state in its taggings true."""
    Tagging.objects.filter(note=note).update(listed_at=listed_at(note))


def may_merge_tags(person: Person) -> Verdict:
    """May ``person`` merge two tags? Stewards."""
    return YES if person.is_steward else no(pgettext("note refusal", "Only stewards merge tags."))


@transaction.atomic
def merge_tags(tag: Tag, into: Tag, *, by: Person, at: datetime | None = None) -> Tag:
    """Make ``tag`` another name of ``into``: its notes move over, its address leads on. Returns ``into``."""
    may_merge_tags(by).or_refuse()
    into = into.same_as or into
    if tag.pk == into.pk:
        raise ValidationError(pgettext("note error", "A tag cannot be merged into itself."))
    has = set(Tagging.objects.filter(tag=into).values_list("note_id", flat=True))
    Tagging.objects.filter(tag=tag, note_id__in=has).delete()
    Tagging.objects.filter(tag=tag).update(tag=into)
    tag.aliases.update(same_as=into)
    tag.same_as = into
    tag.save(update_fields=["same_as"])
    record("tag.merged", tag, by=by, at=at, into=into.pk)
    return into
