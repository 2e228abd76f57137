"""Reads shaped for one page: a note, a notebook, somebody's desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from prakai.notes.models import Attachment, Draft, Note, Notebook, Origin, Revision, Tag, Withdrawal
from prakai.notes.queries.lists import rows_for, series_of
from prakai.people.models import Appointment, Person
from prakai.people.models.audiences import includes
from prakai.people.queries import on_duty
from prakai.talk.queries import Talk, conversation_page, people_in
from prakai.units.models import Unit


@dataclass(slots=True)
class NotePage:
    """All that the page of one note shows."""

    note: Note
    tags: list[Tag]
    coauthors: list[Person]
    position: Appointment | None
    origin: Origin | None
    files: list[Attachment]
    series: list[Note]
    talk: Talk
    is_writer: bool

    @property
    def former_coauthors(self) -> list[str]:
        """Names of co-authors who have left and let their words stand."""
        return self.note.coauthor_names.splitlines()


def find_note(number: int, reader: Person | None) -> Note | None:
    """Return the note of this number if ``reader`` may read it."""
    return (
        Note.objects.visible_to(reader)
        .filter(number=number)
        .select_related(
            "author",
            "teller",
            "unit__parent",
            "notebook",
            "notebook__owner",
            "notebook__unit",
            "conversation",
        )
        .first()
    )


def note_page(note: Note, reader: Person | None) -> NotePage:
    """Return the page of a note that ``reader`` may read, in a constant number of queries."""
    coauthors = list(note.coauthors.all())
    origin = Origin.objects.filter(note=note).select_related("imported_by").first()
    teller = note.teller or note.author
    position = None
    if teller is not None:
        held = teller.appointments.select_related("unit__parent").holding(timezone.localdate(note.written_at))
        position = (held if reader is not None else held.confirmed()).newest_first().first()
    return NotePage(
        note=note,
        tags=[t.tag for t in note.taggings.select_related("tag")],
        coauthors=coauthors,
        position=position,
        origin=origin,
        files=list(note.attachments.filter(kind="file").order_by("added_at")),
        series=series_of(note, reader),
        talk=conversation_page(note.conversation, reader),
        is_writer=reader is not None
        and (
            note.author_id == reader.pk
            or reader in coauthors
            or (note.author_id is None and origin is not None and origin.imported_by_id == reader.pk)
        ),
    )


def taking_part(note: Note) -> set[int]:
    """Return the ids of all for whom the note's page is not the one that every other member of their units gets.

    Who writes, tells, brought it in, looks after its talk, has said or appreciated anything there in whatever state,
    or has a duty on the platform; a constant number of queries.
    """
    parts = {note.author_id, note.teller_id}
    for rows in (
        note.coauthors.through.objects.filter(note=note).values_list("person"),
        Origin.objects.filter(note=note).values_list("imported_by"),
        Notebook.objects.filter(pk=note.notebook_id).values_list("owner"),
    ):
        parts.update(pk for (pk,) in rows)
    return {pk for pk in parts if pk is not None} | on_duty() | people_in(note.conversation)


def tombstone(number: int, reader: Person | None) -> Withdrawal | None:
    """Return the withdrawal of a note that ``reader`` could read before it was withdrawn."""
    withdrawal = (
        Withdrawal.objects.filter(
            note__number=number, undone_at__isnull=True, note__published_at__isnull=False
        )
        .select_related("note", "note__author", "by")
        .first()
    )
    if withdrawal is None or not includes(reader, withdrawal.note.audience, withdrawal.note.unit_id):
        return None
    return withdrawal


def note_at_old_address(path: str, number: int | None) -> Note | None:
    """Return the note that an old address leads to: by its exact path, else by the number that its source gave it."""
    by_path = Note.objects.filter(old_addresses__path=path).first()
    if by_path is not None or number is None:
        return by_path
    return Note.objects.filter(origin__site="gotoknow", origin__source_number=number).first()


def desk(person: Person) -> dict[str, list[Note] | list[Draft] | list[Notebook]]:
    """Return what lies on a person's desk: typed drafts, unpublished notes, withdrawn ones, notebooks."""
    return {
        "drafts": list(Draft.objects.filter(person=person).select_related("note").order_by("-saved_at")[:20]),
        "unpublished": _newest_of(person, "written_at", 50, published_at__isnull=True),
        "withdrawn": _newest_of(person, "withdrawn_at", 20, withdrawn_at__isnull=False),
        "published": _newest_of(
            person, "published_at", 10, published_at__isnull=False, withdrawn_at__isnull=True
        ),
        "notebooks": list(Notebook.objects.filter(owner=person).order_by("created_at")),
    }


def _newest_of(person: Person, by: str, most: int, **state: bool) -> list[Note]:
    """Return the newest notes that ``person`` writes in, in this state: first which ones, then their rows."""
    ways = (
        Note.objects.filter(author=person),
        Note.objects.filter(
            pk__in=Note.coauthors.through._default_manager.filter(person=person).values("note")
        ),
        Note.objects.filter(author__isnull=True, pk__in=person.brought_origins.values("note")),
    )
    found = {
        pk: moment
        for way in ways
        for pk, moment in way.filter(**state).order_by(f"-{by}", "-pk").values_list("pk", by)[:most]
    }
    chosen = sorted(found, key=lambda pk: (found[pk], pk), reverse=True)[:most]
    rows = {note.pk: note for note in rows_for(Note.objects.filter(pk__in=chosen))} if chosen else {}
    return [rows[pk] for pk in chosen if pk in rows]


def notebooks_to_write_in(person: Person) -> list[Notebook]:
    """Return the notebooks into which ``person`` may write: her own, and those of her units."""
    own = Notebook.objects.filter(owner=person) | Notebook.objects.filter(unit__in=person.unit_circle)
    return list(own.select_related("unit").order_by("unit_id", "created_at"))


def notebooks_of(keeper: Person | Unit, reader: Person | None, *, most: int = 12) -> list[Notebook]:
    """Return the newest notebooks of a person or a unit in which ``reader`` finds something."""
    rows = Notebook.objects.visible_to(reader)
    rows = rows.filter(unit=keeper) if isinstance(keeper, Unit) else rows.filter(owner=keeper, unit=None)
    return list(rows.order_by("-created_at", "-pk")[:most])


def find_notebook(number: int, reader: Person | None) -> Notebook | None:
    """Return the notebook of this id if ``reader`` may see it."""
    rows = Notebook.objects.visible_to(reader).filter(pk=number)
    return rows.select_related("owner", "unit__parent").first()


def find_revision(note: Note, number: int) -> Revision | None:
    """Return one version of a note, with its text."""
    return Revision.objects.filter(note=note, number=number).select_related("by").first()


def revisions_of(note: Note) -> list[Revision]:
    """Return all versions of a note, newest first."""
    return list(Revision.objects.filter(note=note).select_related("by").defer("body"))


def things_of(person: Person) -> dict[str, list[dict[str, object]]]:
    """Return all that this room keeps of a person, for her own copy of her data."""
    notes = Note.objects.written_by(person).prefetch_related("taggings__tag").select_related("notebook")
    return {
        "notes": [
            {
                "number": n.number,
                "title": n.title,
                "notebook": n.notebook.title,
                "body": n.body,
                "tags": [t.tag.label for t in n.taggings.all()],
                "licence": n.licence,
                "audience": n.audience,
                "written_at": n.written_at.isoformat(),
                "published_at": n.published_at.isoformat() if n.published_at else None,
            }
            for n in notes.order_by("number")
        ],
        "drafts": [
            {"saved_at": d.saved_at.isoformat(), "fields": d.fields}
            for d in Draft.objects.filter(person=person).order_by("saved_at")
        ],
        "attachments": [
            {"name": a.name, "address": a.get_absolute_url(), "alt": a.alt}
            for a in Attachment.objects.filter(by=person).order_by("added_at")
        ],
    }
