"""Taking the demo network away: every row of it, and nothing that a real person made."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from prakai.exchange.demo.loading import Told, add_demo
from prakai.journal.models import Entry
from prakai.notes.models import Attachment, Note, Notebook, Tag
from prakai.people.models import Appointment, Person
from prakai.talk.models import Appreciation, Comment, Conversation
from prakai.units.models import Succession, Unit


@transaction.atomic
def remove_demo() -> dict[str, int]:
    """Remove all demo rows and return how many of each kind went.

    Notes of real people that stand in a demo notebook move to nobody's desk: they stay, in a notebook of their own.
    """
    people = list(Person.objects.filter(is_demo=True).values_list("pk", flat=True))
    units = list(Unit.objects.filter(is_demo=True).values_list("pk", flat=True))
    counts = {"people": len(people), "units": len(units)}
    _keep_real_notes()
    notes = Note.objects.filter(is_demo=True)
    conversations = list(notes.values_list("conversation_id", flat=True))
    counts["comments"] = Comment.objects.filter(conversation__in=conversations).count()
    Attachment.objects.filter(note__in=notes).delete()
    counts["notes"] = notes.count()
    notes.delete()
    Conversation.objects.filter(pk__in=conversations).delete()
    Comment.objects.filter(by__in=people).delete()
    Appreciation.objects.filter(Q(by__in=people) | Q(person__in=people) | Q(unit__in=units)).delete()
    Notebook.objects.filter(is_demo=True).delete()
    Note.objects.filter(unit__in=units).update(unit=None)
    Appointment.objects.filter(Q(unit__in=units) | Q(person__in=people)).delete()
    Entry.objects.filter(by_id__in=people).delete()
    Person.objects.filter(pk__in=people).delete()
    Succession.objects.filter(Q(earlier__in=units) | Q(later__in=units)).delete()
    for unit in Unit.objects.filter(pk__in=units).order_by("-path"):
        Unit.objects.filter(parent=unit, is_demo=False).update(parent=None)
        unit.delete()
    counts["tags"] = Tag.objects.filter(
        taggings__isnull=True, aliases__isnull=True, same_as__isnull=True
    ).delete()[0]
    return counts


def _keep_real_notes() -> None:
    """Move what real people wrote out of demo notebooks."""
    for note in Note.objects.filter(is_demo=False, notebook__is_demo=True).select_related(
        "notebook", "author"
    ):
        kept, _ = Notebook.objects.get_or_create(
            owner=note.author, unit=None, is_demo=False, title=note.notebook.title
        )
        Note.objects.filter(pk=note.pk).update(notebook=kept)


def reset_demo(told: Told | None = None) -> dict[str, int]:
    """Remove the demo network and load it anew, dated from now."""
    counts = remove_demo()
    add_demo(told)
    return counts
