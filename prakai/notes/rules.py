"""May she? for notebooks and notes: pure, with reasons."""

from __future__ import annotations

from datetime import date

from django.utils.translation import pgettext_lazy

from prakai.kernel.verdicts import YES, Verdict, no
from prakai.notes.models import Attachment, Draft, Note, Notebook, Origin, Withdrawal
from prakai.people.models import Appointment, Person
from prakai.people.models.audiences import includes
from prakai.people.rules import SIGN_IN_FIRST
from prakai.units.models import Unit

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


def may_read_notebook(reader: Person | None, notebook: Notebook) -> Verdict:
    """May ``reader`` open this notebook? The rule of ``Notebook.objects.visible_to``, for one row."""
    if reader is not None and (
        notebook.owner_id == reader.pk
        or (notebook.unit_id is not None and notebook.unit_id in reader.unit_circle)
    ):
        return YES
    if Note.objects.visible_to(reader).filter(notebook=notebook).exists():
        return YES
    return no(pgettext_lazy("note refusal", "There is nothing in this notebook for you yet."))


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
        return SIGN_IN_FIRST
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


def may_write_from(person: Person, unit: Unit, teller: Person | None, *, on: date) -> Verdict:
    """May ``person`` tell something as a note from ``unit``? Where she or the teller worked on that day, for sure."""
    held = Appointment.objects.holding(on).confirmed().filter(unit=unit)
    if held.filter(person__in=[one.pk for one in (person, teller) if one is not None]).exists():
        return YES
    return no(
        pgettext_lazy("note refusal", "A note comes from the unit in which its teller worked at that time."),
        pgettext_lazy("note refusal", "If you worked there, the unit's head or a steward can confirm it."),
    )


def may_publish(person: Person | None, note: Note) -> Verdict:
    """May ``person`` publish this note now? It needs a title and some words."""
    if not (verdict := may_edit(person, note)):
        return verdict
    if note.withdrawn_at is not None:
        return no(pgettext_lazy("note refusal", "This note is withdrawn; bring it back instead."))
    return may_stand(note)


def may_stand(note: Note) -> Verdict:
    """May this note stand before its readers as it is? It has a title, some words, and somebody to read it."""
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
    looks_after = (
        person is not None and person.is_active and (note.teller_id == person.pk or person.is_steward)
    )
    if not looks_after and not (verdict := may_edit(person, note)):
        return verdict
    if note.published_at is None:
        return no(pgettext_lazy("note refusal", "This note is not published."))
    return YES


def may_return(person: Person | None, note: Note, withdrawal: Withdrawal | None) -> Verdict:
    """May ``person`` bring a withdrawn note back? The side that withdrew it: writers, teller, or stewards."""
    if not (verdict := may_withdraw(person, note)) or person is None or withdrawal is None:
        return verdict
    if withdrawal.by_id == person.pk:
        return YES
    if is_writer(withdrawal.by, note):
        if is_writer(person, note):
            return YES
        return no(
            pgettext_lazy("note refusal", "Its authors withdrew this note; only they can bring it back.")
        )
    if withdrawal.by_id is not None and withdrawal.by_id == note.teller_id:
        return no(
            pgettext_lazy(
                "note refusal", "Whose story it is withdrew this note; please talk with that person."
            )
        )
    if person.is_steward:
        return YES
    return no(pgettext_lazy("note refusal", "A steward withdrew this note; please talk with the stewards."))


def may_attach(person: Person | None, note: Note | None) -> Verdict:
    """May ``person`` add pictures and files: to a note she writes, or to one she is about to write?"""
    if person is None:
        return SIGN_IN_FIRST
    if not person.is_active:
        return WAITS
    return may_edit(person, note) if note is not None else YES


def may_describe(person: Person | None, row: Attachment) -> Verdict:
    """May ``person`` say what a picture shows? Who writes its note; before it has one, who sent it."""
    if row.note is not None or person is None or row.by_id == person.pk:
        return may_attach(person, row.note)
    return no(pgettext_lazy("note refusal", "This picture belongs to somebody else."))


def may_drop_draft(person: Person, draft: Draft) -> Verdict:
    """May ``person`` throw this draft away? Only who typed it."""
    if draft.person_id == person.pk:
        return YES
    return no(pgettext_lazy("note refusal", "A draft belongs to who typed it."))
