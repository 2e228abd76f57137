"""What notes and talk keep of a person: all that she wrote, in any state, and what was written to her."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from prakai.notes.models import Attachment, Draft, Note, Notebook, Revision
from prakai.people.models import Person
from prakai.search.queries.saved import saved_searches
from prakai.talk.models import Appreciation, Comment, Notice, Report
from prakai.talk.models.conversations import hosted_by
from prakai.thai.slugs import slug

Row = dict[str, Any]


def notebooks(person: Person) -> list[Row]:
    """Her notebooks."""
    return [
        {
            "title": row.title,
            "about": row.about,
            "address": row.get_absolute_url(),
            "licence": row.licence,
            "audience": row.audience,
            "created_at": row.created_at,
        }
        for row in Notebook.objects.filter(owner=person).order_by("pk")
    ]


def notes(person: Person) -> list[Row]:
    """Notes that she wrote, wrote together with others, or told; with the whole text."""
    mine = Note.objects.written_by(person) | Note.objects.filter(teller=person)
    rows = Note.objects.filter(pk__in=mine.values("pk")).select_related(
        "notebook", "unit", "author", "teller"
    )
    return [
        {
            "number": row.number,
            "title": row.title,
            "body": row.body,
            "highlight": row.highlight,
            "kind": row.kind,
            "role": _role(row, person),
            "byline": row.byline,
            "address": row.get_absolute_url(),
            "notebook": row.notebook.title,
            "unit": row.unit.name_th if row.unit else "",
            "tags": [tagging.tag.label for tagging in row.taggings.all()],
            "language": row.language,
            "licence": row.licence,
            "audience": row.audience,
            "written_at": row.written_at,
            "edited_at": row.edited_at,
            "published_at": row.published_at,
            "withdrawn_at": row.withdrawn_at,
        }
        for row in rows.prefetch_related("taggings__tag").order_by("number")
    ]


def _role(note: Note, person: Person) -> str:
    if note.author_id == person.pk:
        return "author"
    return "teller" if note.teller_id == person.pk else "coauthor"


def revisions(person: Person) -> list[Row]:
    """Versions that she saved."""
    return [
        {"number": row.note.number, "version": row.number, "title": row.title, "body": row.body, "at": row.at}
        for row in Revision.objects.filter(by=person).select_related("note").order_by("note", "number")
    ]


def drafts(person: Person) -> list[Row]:
    """What she typed and has not saved on purpose."""
    return [
        {
            "number": row.note.number if row.note else None,
            "saved_at": row.saved_at,
            "fields": row.fields,
        }
        for row in Draft.objects.filter(person=person).select_related("note").order_by("saved_at")
    ]


def attachments(person: Person) -> list[Row]:
    """Pictures and files that she added; ``path`` is where they lie in the ZIP."""
    return [
        {
            "path": path_of(row),
            "name": row.name,
            "alt": row.alt,
            "media_type": row.media_type,
            "size": row.size,
            "number": row.note.number if row.note else None,
            "added_at": row.added_at,
        }
        for row in Attachment.objects.filter(by=person).select_related("note").order_by("pk")
    ]


def path_of(row: Attachment) -> str:
    """Return where a file lies in the ZIP: by its public id and its own name, with the ending that it was kept with."""
    ending = (row.file.name or "").rpartition(".")[2]
    own = slug(row.name.rpartition(".")[0] or row.alt, empty="")
    name = "-".join(filter(None, (row.public_id, own)))
    return f"media/{name}.{ending}" if ending.isalnum() else f"media/{name}"


def comments(person: Person) -> list[Row]:
    """Comments in any state."""
    return [
        {
            "about": row.conversation.title,
            "address": row.get_absolute_url(),
            "body": row.body,
            "builds_on": row.builds_on,
            "made_at": row.made_at,
            "edited_at": row.edited_at,
            "withdrawn_at": row.withdrawn_at,
        }
        for row in Comment.objects.filter(by=person).select_related("conversation").order_by("made_at")
    ]


def _appreciation(row: Appreciation) -> Row:
    return {
        "about": row.conversation.title if row.conversation else str(row.person or row.unit or ""),
        "saw": row.saw,
        "effect": row.effect,
        "wants_to_learn": row.wants_to_learn,
        "given_at": row.given_at,
        "withdrawn_at": row.withdrawn_at,
    }


def given(person: Person) -> list[Row]:
    """Appreciations that she gave."""
    rows = Appreciation.objects.filter(by=person).select_related("conversation", "person", "unit")
    return [_appreciation(row) for row in rows.order_by("given_at")]


def received(person: Person) -> list[Row]:
    """Appreciations given to her by name and to what she wrote, with who gave them."""
    hers = Q(person=person) | Q(conversation__in=hosted_by(person))
    rows = Appreciation.objects.visible_to(person).filter(hers).exclude(by=person)
    rows = rows.select_related("conversation", "person", "unit", "by").order_by("given_at")
    return [{**_appreciation(row), "by": str(row.by) if row.by else ""} for row in rows]


def reports(person: Person) -> list[Row]:
    """Reports that she made."""
    return [
        {"about": row.conversation.title, "reason": row.reason, "words": row.words, "at": row.at}
        for row in Report.objects.filter(by=person).select_related("conversation").order_by("at")
    ]


def notices(person: Person) -> list[Row]:
    """Notices that she got."""
    return [
        {
            "kind": row.kind,
            "about": row.conversation.title if row.conversation else row.title,
            "at": row.at,
            "read_at": row.read_at,
        }
        for row in Notice.objects.filter(person=person).select_related("conversation").order_by("at")
    ]


def searches(person: Person) -> list[Row]:
    """Saved searches; their feeds' addresses are theirs alone."""
    return [
        {
            "query": saved.search.text,
            "chosen": ", ".join(saved.narrowed),
            "address": saved.search.feed_address,
            "saved_at": saved.search.saved_at,
            "by_letter": saved.search.by_letter,
            "told_until": saved.search.told_until,
        }
        for saved in saved_searches(person)
    ]
