"""Taking the demo network away: every row of it, and nothing that a real person made."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Min, Model, Q, QuerySet

from prakai.exchange.demo.loading import Told, add_demo
from prakai.exchange.demo.parting import part_forums, part_notes, part_talk, part_units
from prakai.exchange.demo.removing_forums import remove_forums
from prakai.exchange.demo.removing_networks import mark_networks, remove_networks
from prakai.journal.models import Entry
from prakai.journal.recording import record_all
from prakai.notes.actions.bringing import drop_files
from prakai.notes.models import Attachment, Note, Notebook, Numeral, Tag
from prakai.people.actions.profile import remove_portrait_file
from prakai.people.models import Appointment, Duty, Person
from prakai.talk.models import Appreciation, Comment, Conversation, Report
from prakai.units.models import Succession, Unit

UNUSED = {"taggings__isnull": True, "aliases__isnull": True, "same_as__isnull": True}


@dataclass(frozen=True, slots=True)
class Demo:
    """What belongs to the demo network: its people and units, and all that its people made, also by hand since then."""

    people: list[int]
    units: list[int]
    notes: list[int]
    talks: list[int]
    notebooks: list[int]

    @property
    def comments(self) -> QuerySet[Comment]:
        """What its people said, and what visitors without a name said about its notes."""
        return Comment.objects.filter(Q(by__in=self.people) | Q(by__isnull=True, conversation__in=self.talks))

    @property
    def appreciations(self) -> QuerySet[Appreciation]:
        """What its people gave, and what was given to its people and units themselves."""
        to = Q(person__in=self.people) | Q(unit__in=self.units)
        return Appreciation.objects.filter(Q(by__in=self.people) | to & Q(conversation__isnull=True))

    @property
    def attachments(self) -> QuerySet[Attachment]:
        """Pictures and files of its notes, and what its people sent in for none."""
        return Attachment.objects.filter(Q(note__in=self.notes) | Q(note__isnull=True, by__in=self.people))


def _demo() -> Demo:
    people = list(Person.objects.filter(is_demo=True).values_list("pk", flat=True))
    units = list(Unit.objects.filter(is_demo=True).values_list("pk", flat=True))
    orphans = Q(author__isnull=True, origin__imported_by__in=people)
    notes = Note.objects.filter(Q(is_demo=True) | Q(author__in=people) | orphans)
    books = Notebook.objects.filter(Q(is_demo=True) | Q(owner__in=people) | Q(unit__in=units))
    return Demo(
        people,
        units,
        list(notes.values_list("pk", flat=True)),
        list(notes.values_list("conversation_id", flat=True)),
        list(books.values_list("pk", flat=True)),
    )


@transaction.atomic
def remove_demo() -> dict[str, int]:
    """Remove all demo rows and return how many of each kind went.

    What real people made stays: their notes leave demo notebooks and units, their replies stand by themselves, and
    what they said about a demo note is kept for them alone. Their appointments in demo units go with the units.
    """
    demo = _demo()
    tags = _tags_since_the_demo(demo)
    counts = {
        "people": len(demo.people),
        "units": len(demo.units),
        "notes": len(demo.notes),
        "comments": demo.comments.count(),
        "appreciations": demo.appreciations.count(),
    }
    mark_networks(demo.people, demo.units)
    part_notes(demo.people, demo.units, demo.notes, demo.notebooks)
    kept_talks = part_talk(demo.people, demo.talks, demo.comments)
    forums = part_forums(demo.people, demo.units)
    part_units(demo.units)
    _forget_in_journal(demo)
    remove_forums(forums, demo.units)
    remove_networks(demo.people, demo.units)
    demo.comments.delete()
    demo.appreciations.delete()
    Report.objects.filter(by__in=demo.people).delete()
    drop_files(demo.attachments)
    notes = Note.objects.filter(pk__in=demo.notes)
    Numeral.objects.filter(pk__in=notes.values("number")).delete()
    notes.delete()
    Conversation.objects.filter(pk__in=demo.talks).exclude(pk__in=kept_talks).delete()
    Notebook.objects.filter(pk__in=demo.notebooks).delete()
    Appointment.objects.filter(Q(unit__in=demo.units) | Q(person__in=demo.people)).delete()
    _remove_people(demo.people)
    Succession.objects.filter(Q(earlier__in=demo.units) | Q(later__in=demo.units)).delete()
    for unit in Unit.objects.filter(pk__in=demo.units).order_by("-path"):
        unit.delete()
    counts["tags"] = tags.filter(**UNUSED).delete()[0]
    return counts


def _forget_in_journal(demo: Demo) -> None:
    """Remove the lines of what demo people did, and of what anybody did to something that goes."""
    gone: list[tuple[type[Model], list[int]]] = [
        (Person, demo.people),
        (Unit, demo.units),
        (Note, demo.notes),
        (Notebook, demo.notebooks),
        (Comment, list(demo.comments.values_list("pk", flat=True))),
        (Appreciation, list(demo.appreciations.values_list("pk", flat=True))),
        (Attachment, list(demo.attachments.values_list("pk", flat=True))),
        (Duty, list(Duty.objects.filter(person__in=demo.people).values_list("pk", flat=True))),
        (
            Appointment,
            list(
                Appointment.objects.filter(Q(unit__in=demo.units) | Q(person__in=demo.people)).values_list(
                    "pk", flat=True
                )
            ),
        ),
    ]
    Entry.objects.filter(by_id__in=demo.people).delete()
    for table, pks in gone:
        Entry.objects.filter(thing_kind=table._meta.label_lower, thing_id__in=pks).delete()


def _remove_people(people: list[int]) -> None:
    for session in UserSession.objects.filter(user__in=people):
        session.end()
    for person in Person.objects.filter(pk__in=people).exclude(portrait=""):
        remove_portrait_file(person)
    Person.objects.filter(pk__in=people).delete()


def _tags_since_the_demo(demo: Demo) -> QuerySet[Tag]:
    """Return the tags of its notes that did not exist before it."""
    first = Unit.objects.filter(pk__in=demo.units).aggregate(first=Min("created_at"))["first"]
    if first is None:
        return Tag.objects.none()
    tags = Tag.objects.filter(taggings__note__in=demo.notes, created_at__gte=first)
    return Tag.objects.filter(pk__in=list(tags.values_list("pk", flat=True).distinct()))


@transaction.atomic
def take_demo_away() -> dict[str, int]:
    """Remove the demo network as ``remove_demo`` does, and write into the journal that it went, and how much it was.

    Nobody signed in does this: it is asked for on the command line of the machine.
    """
    counts = remove_demo()
    if any(counts.values()):
        # What the line speaks of is no row, and what it was is gone.
        record_all([Entry(verb="demo.removed", thing_kind="exchange.demo", thing_id=0, facts=counts)])
    return counts


def reset_demo(told: Told | None = None) -> dict[str, int]:
    """Remove the demo network and load it anew, dated from now."""
    counts = remove_demo()
    add_demo(told)
    return counts
