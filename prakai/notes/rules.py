"""May she? for notebooks and notes: pure, with reasons."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from prakai.kernel.verdicts import YES, Verdict, no
from prakai.notes.models import Draft, Note, Notebook, Origin
from prakai.people.models import Person
from prakai.people.models.audiences import includes

WAITS = no(pgettext_lazy("note refusal", "Your membership waits for a steward."))


def is_writer(person: Person | None, note: Note) -> bool:
    """Return whether ``person`` writes this note: its author, a co-author, or who brought in one without an author."""
    if person is None:
        return False
    if note.author_id == person.pk or note.coauthors.filter(pk=person.pk).exists():
        return True
    return note.author_id is None and Origin.objects.filter(note=note, imported_by=person).exists()


def may_read(reader: Person | None, note: Note) -> Verdict:
    """May ``reader`` read this note? The rule of ``Note.objects.visible_to``, for one row."""
    if reader is not None and (note.teller_id == reader.pk or is_writer(reader, note)):
        return YES
    if note.published_at is None or note.withdrawn_at is not None:
        return no(pgettext_lazy("note refusal", "This note is not published."))
    if includes(reader, note.audience, note.unit_id):
        return YES
    return no(
        pgettext_lazy("note refusal", "This note is for a smaller circle."),
        pgettext_lazy("note refusal", "Sign in, or ask its author to widen the audience."),
    )


def may_open_notebook(person: Person, unit_id: int | None) -> Verdict:
    """May ``person`` open a notebook, of her own or of a unit she belongs to?"""
    if not person.is_active:
        return WAITS
    if unit_id is not None and unit_id not in person.unit_circle and not person.is_steward:
        return no(pgettext_lazy("note refusal", "Only members of a unit can open a notebook of it."))
    return YES


def may_change_notebook(person: Person, notebook: Notebook) -> Verdict:
    """May ``person`` rename a notebook or change its defaults? Its owner; for a unit's, who may write in it."""
    if notebook.owner_id == person.pk or person.is_steward:
        return YES
    if notebook.unit_id is not None and notebook.unit_id in person.unit_circle:
        return YES
    return no(pgettext_lazy("note refusal", "Only the owner can change a notebook."))


def may_write_in(person: Person | None, notebook: Notebook) -> Verdict:
    """May ``person`` put a note into this notebook?"""
    if person is None:
        return no(pgettext_lazy("note refusal", "Please sign in first; what you have written is kept."))
    if not person.is_active:
        return WAITS
    if notebook.owner_id == person.pk:
        return YES
    if notebook.unit_id is not None and notebook.unit_id in person.unit_circle:
        return YES
    return no(pgettext_lazy("note refusal", "This notebook belongs to somebody else."))


def may_edit(person: Person | None, note: Note) -> Verdict:
    """May ``person`` change this note? Its author and co-authors."""
    if is_writer(person, note) and person is not None and person.is_active:
        return YES
    return no(
        pgettext_lazy("note refusal", "Only its authors can change a note."),
        pgettext_lazy("note refusal", "You can comment, or write a note of your own that builds on it."),
    )


def may_publish(person: Person | None, note: Note) -> Verdict:
    """May ``person`` publish this note now? It needs a title and some words."""
    if not (verdict := may_edit(person, note)):
        return verdict
    if note.withdrawn_at is not None:
        return no(pgettext_lazy("note refusal", "This note is withdrawn; bring it back instead."))
    if not note.title.strip() and note.kind != "journal":
        return no(
            pgettext_lazy("note refusal", "A note needs a title before others can find it."),
            pgettext_lazy("note refusal", "A few words that a friend would search for are enough."),
        )
    if not note.plain.strip() and "<img" not in note.body:
        return no(pgettext_lazy("note refusal", "There is nothing to read yet."))
    if note.audience == "unit" and note.unit_id is None:
        return no(
            pgettext_lazy("note refusal", "You have no unit yet, so nobody could read this."),
            pgettext_lazy("note refusal", "Choose another audience, or add your unit in settings."),
        )
    return YES


def may_withdraw(person: Person | None, note: Note) -> Verdict:
    """May ``person`` withdraw this note? Its authors, and its teller; a steward for what was reported."""
    if person is not None and (note.teller_id == person.pk or person.is_steward):
        return YES if note.published_at else no(pgettext_lazy("note refusal", "This note is not published."))
    if not (verdict := may_edit(person, note)):
        return verdict
    if note.published_at is None:
        return no(pgettext_lazy("note refusal", "This note is not published."))
    return YES


def may_attach(person: Person | None, note: Note | None) -> Verdict:
    """May ``person`` add pictures and files: to a note she writes, or to one she is about to write?"""
    if person is None:
        return no(pgettext_lazy("note refusal", "Please sign in first; what you have written is kept."))
    if not person.is_active:
        return WAITS
    return may_edit(person, note) if note is not None else YES


def may_drop_draft(person: Person, draft: Draft) -> Verdict:
    """May ``person`` throw this draft away? Only who typed it."""
    if draft.person_id == person.pk:
        return YES
    return no(pgettext_lazy("note refusal", "A draft belongs to who typed it."))
