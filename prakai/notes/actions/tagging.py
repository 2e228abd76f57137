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
    known = {tag.key: tag for tag in Tag.objects.filter(key__in=wanted).select_related("same_as")}
    found = []
    for key, label in wanted.items():
        tag = known.get(key) or Tag.objects.get_or_create(key=key, defaults={"label": label})[0]
        found.append(tag.same_as or tag)
    return list(dict.fromkeys(found))


def put_tags(note: Note, labels: Iterable[str]) -> None:
    """Let ``note`` carry exactly these tags, in this order."""
    tags = tags_for(labels)
    Tagging.objects.filter(note=note).exclude(tag__in=tags).delete()
    for place, tag in enumerate(tags):
        Tagging.objects.update_or_create(note=note, tag=tag, defaults={"place": place})


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
    tag.save()
    record("tag.merged", tag, by=by, at=at, into=into.pk)
    return into
