"""What notes do when a room speaks: a comment raises a note; an erased person's words stay or lose their name."""

from __future__ import annotations

from datetime import timedelta

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.notes.models import Draft, Note, Notebook, Revision
from prakai.talk.models import Comment
from prakai.thai.folding import clean

# A note is raised at most once in this time, and by the same person at most once in a week: talk brings a note
# back to eyes, but nobody can hold the front page with it.
REST = timedelta(hours=6)
SAME_PERSON = timedelta(days=7)


@follow("notes.raising", "comment.made", "comment.released")
def raise_note(entry: Entry) -> None:
    """Raise the note that was talked about, unless its own writers or the same person again would do it."""
    comment = Comment.objects.filter(pk=entry.thing_id).first()
    if comment is None or comment.is_held:
        return
    note = Note.objects.published().filter(conversation=comment.conversation_id).first()
    if note is None or note.raised_at is None or entry.at < note.raised_at + REST:
        return
    if comment.by_id is not None:
        if comment.by_id in {note.author_id, note.teller_id, *note.coauthors.values_list("pk", flat=True)}:
            return
        earlier = Comment.objects.filter(conversation=comment.conversation_id, by=comment.by_id)
        if earlier.filter(made_at__lt=comment.made_at, made_at__gt=comment.made_at - SAME_PERSON).exists():
            return
    Note.objects.filter(pk=note.pk).update(raised_at=entry.at)


@follow("notes.erasure", "person.erased")
def forget_person(entry: Entry) -> None:
    """Keep the notes of a person who left under no name, or empty them, as she chose; her drafts go."""
    Draft.objects.filter(person_id=entry.thing_id).delete()
    notes = Note.objects.filter(author_id=entry.thing_id)
    if entry.facts.get("keep_content", True):
        name = clean(str(entry.facts.get("kept_name", "")))
        notes.update(author_name=name)
    else:
        Revision.objects.filter(note__in=notes).delete()
        for note in notes.select_related("conversation"):
            note.title, note.body, note.plain, note.highlight = "", "", "", ""
            note.withdrawn_at = note.withdrawn_at or entry.at
            note.save()
            note.conversation.is_shown = False
            note.conversation.title = ""
            note.conversation.save(update_fields=["is_shown", "title"])
        Notebook.objects.filter(owner_id=entry.thing_id).update(title="…", about="")
