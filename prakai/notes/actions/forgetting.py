"""Forgetting a person who has left: what ``person.erased`` asks of notes. Part of that action, by its follower."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import override, pgettext

from prakai.notes.actions.bringing import drop_files
from prakai.notes.actions.tagging import list_taggings
from prakai.notes.actions.telling import tell_conversation
from prakai.notes.models import (
    Attachment,
    Draft,
    Note,
    Notebook,
    OldAddress,
    Origin,
    Publication,
    Revision,
    Tag,
    Tagging,
    Withdrawal,
)
from prakai.notes.models.origins import SEALED, Rights, sealed
from prakai.notes.wording import fitted
from prakai.talk.models import Conversation

# In Thai, as everything that is kept under no name: the shell of a person says the same.
SOMEBODY = "อดีตสมาชิก"


@transaction.atomic
def keep_notes_by_name(person_id: int, name: str) -> None:
    """Let what a person wrote and told stand under her name as words; her drafts and unfinished notes go."""
    _drop_unfinished(person_id)
    if not name.strip():
        _rename_first_notebook(person_id)
        _unsign_brought(person_id)
    name = fitted(name.strip(), 200) or SOMEBODY
    Note.objects.filter(author_id=person_id).update(author=None, author_name=name)
    Note.objects.filter(teller_id=person_id).update(teller=None, teller_name=name)
    for note in Note.objects.filter(coauthors=person_id):
        names = "\n".join(filter(None, [note.coauthor_names, name]))
        Note.objects.filter(pk=note.pk).update(coauthor_names=fitted(names, 600))
    _leave(person_id)


@transaction.atomic
def empty_notes(person_id: int, *, at: datetime) -> None:
    """Empty what a person wrote, in all its versions, and withdraw it: her words and her name are nowhere any more.

    What she wrote together with others stays theirs, without her name; so does what others wrote down for her.
    """
    _drop_unfinished(person_id)
    for note in Note.objects.filter(Q(author_id=person_id) | _held_by(person_id)).select_related(
        "conversation"
    ):
        heir = note.coauthors.exclude(pk=person_id).filter(erased_at__isnull=True).order_by("pk").first()
        if heir is not None:
            note.author, note.author_name = heir, ""
            note.coauthors.remove(heir)
            note.save(update_fields=["author", "author_name", "slug"])
            tell_conversation(note, by=None)
        else:
            _empty(note, at)
    Note.objects.filter(teller_id=person_id).update(teller=None, teller_name=SOMEBODY)
    for withdrawal in Withdrawal.objects.filter(by_id=person_id).exclude(because=""):
        withdrawal.because = ""
        withdrawal.save(update_fields=["because"])
    for notebook in Notebook.objects.filter(owner_id=person_id):
        notebook.title, notebook.about = "…", ""
        notebook.save()
    _leave(person_id)


def _held_by(person_id: int) -> Q:
    """What she brought in as hers and that stands under a name in words."""
    return Q(author__isnull=True, origin__imported_by=person_id, origin__rights=Rights.HELD)


def _rename_first_notebook(person_id: int) -> None:
    """Take her name from the notebook that was opened for her under it (``first_notebook``)."""
    first = Notebook.objects.filter(owner_id=person_id).order_by("created_at", "pk").first()
    for language in ("th", "en"):
        with override(language):
            before, after = pgettext("notebook", "%(name)s's notebook").split("%(name)s")
        if first is not None and first.title.startswith(before) and first.title.endswith(after):
            first.title = f"{before}{SOMEBODY}{after}"
            first.save(update_fields=["title", "slug"])
            return


def _unsign_brought(person_id: int) -> None:
    """Take her name from what she brought in as hers, and the way to where it stands under that name."""
    brought = list(Note.objects.filter(_held_by(person_id)).values_list("pk", flat=True))
    Note.objects.filter(pk__in=brought).update(author_name=SOMEBODY)
    Origin.objects.filter(note__in=brought).update(url="", source="", raw="")


def _drop_unfinished(person_id: int) -> None:
    """Remove what nobody but she could read: drafts, and notes that were never published and have no co-author."""
    Draft.objects.filter(person_id=person_id).delete()
    drop_files(Attachment.objects.filter(by_id=person_id, note__isnull=True))
    shared = Note.coauthors.through._default_manager.filter(note=OuterRef("pk")).exclude(person_id=person_id)
    unfinished = Note.objects.filter(~Exists(shared), author_id=person_id, published_at__isnull=True)
    drop_files(Attachment.objects.filter(note__in=list(unfinished)))
    _drop_notes(unfinished)


def _drop_notes(notes: QuerySet[Note]) -> None:
    talks = list(notes.values_list("conversation_id", flat=True))
    tags = set(Tagging.objects.filter(note__in=notes).values_list("tag_id", flat=True))
    notes.delete()
    Conversation.objects.filter(pk__in=talks).delete()
    _drop_unused(tags)


def _drop_unused(tags: set[int]) -> None:
    Tag.objects.filter(
        pk__in=tags, taggings__isnull=True, aliases__isnull=True, same_as__isnull=True
    ).delete()


def _empty(note: Note, at: datetime) -> None:
    """Leave nothing of a published note but its number, its moments, and that it was withdrawn."""
    Revision.objects.filter(note=note).delete()
    Draft.objects.filter(note=note).delete()
    drop_files(Attachment.objects.filter(note=note))
    tags = set(Tagging.objects.filter(note=note).values_list("tag_id", flat=True))
    Tagging.objects.filter(note=note).delete()
    _drop_unused(tags)
    _seal_origin(note)
    for column in (
        "title",
        "body",
        "plain",
        "highlight",
        "series",
        "author_name",
        "teller_name",
        "coauthor_names",
    ):
        setattr(note, column, "")
    note.author = note.teller = None
    note.coauthors.clear()
    withdrawal = Withdrawal.objects.filter(note=note, undone_at__isnull=True).first()
    if withdrawal is None:
        withdrawal = Withdrawal.objects.create(note=note, at=at, by=None)
    Withdrawal.objects.filter(note=note).update(because="", by=None)
    Publication.objects.filter(note=note).update(by=None)
    note.withdrawn_at = withdrawal.at
    note.version += 1
    note.save()
    list_taggings(note)
    tell_conversation(note, by=None)


def _seal_origin(note: Note) -> None:
    """Keep of where a note came from only that it is known, so that no import brings it back."""
    OldAddress.objects.filter(note=note).delete()
    origin = Origin.objects.filter(note=note).first()
    if origin is None:
        return
    if not origin.key.startswith(SEALED):
        origin.key = sealed(origin.key)
    origin.url = origin.source = origin.raw = origin.licence_text = ""
    origin.dates, origin.fingerprint, origin.imported_by = [], "", None
    origin.save()


def _leave(person_id: int) -> None:
    """Take her from those who write and look after things: her shell has nothing to say any more."""
    Note.coauthors.through._default_manager.filter(person_id=person_id).delete()
    Conversation.hosts.through._default_manager.filter(person_id=person_id).delete()
    Origin.objects.filter(imported_by=person_id).update(imported_by=None)
    Notebook.objects.filter(owner_id=person_id, notes__isnull=True).delete()
    Notebook.objects.filter(owner_id=person_id).update(owner=None)
