"""What notes do when a room speaks: a comment raises a note; an erased person's words stay or lose their name."""

from __future__ import annotations

from datetime import timedelta

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.notes.actions.forgetting import empty_notes, keep_notes_by_name
from prakai.notes.models import Note, Origin
from prakai.talk.models import Comment

# A note is raised at most once in this time, and by the same person at most once in a week: talk brings a note
# back to eyes, but nobody can hold the front page with it. All visitors without a name count as one person.
REST = timedelta(hours=6)
SAME_PERSON = timedelta(days=7)


@follow("notes.raising", "comment.made", "comment.released")
def raise_note(entry: Entry) -> None:
    """Raise the note that was talked about, unless its own writers or the same person again would do it."""
    comment = Comment.objects.filter(pk=entry.thing_id).first()
    if comment is None or not comment.is_shown:
        return
    note = Note.objects.published().filter(conversation=comment.conversation_id).first()
    if note is None or note.raised_at is None or entry.at < note.raised_at + REST:
        return
    if comment.by_id is not None and comment.by_id in _writers_of(note):
        return
    # What nobody let in raised nothing, so that a flood of visitors' words does not silence the good ones.
    earlier = Comment.objects.filter(
        conversation=comment.conversation_id,
        by=comment.by_id,
        origin_key="",
        is_held=False,
        hidden_at__isnull=True,
    )
    if earlier.filter(made_at__lt=comment.made_at, made_at__gt=comment.made_at - SAME_PERSON).exists():
        return
    Note.objects.filter(pk=note.pk).update(raised_at=entry.at)


def _writers_of(note: Note) -> set[int | None]:
    writers = {note.author_id, note.teller_id, *note.coauthors.values_list("pk", flat=True)}
    if note.author_id is None:
        writers.update(Origin.objects.filter(note=note).values_list("imported_by", flat=True))
    return writers


@follow("notes.erasure", "person.erased")
def forget_person(entry: Entry) -> None:
    """Keep the notes of a person who left under her name, or under none, or empty them, as she chose."""
    if entry.facts.get("emptied"):
        empty_notes(entry.thing_id, at=entry.at)
    else:
        keep_notes_by_name(entry.thing_id, str(entry.facts.get("name_th", "")))
