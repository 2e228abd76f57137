"""Parting what real people made from the demo network, before that goes: nothing of theirs is lost with it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from prakai.forums.models import Forum, ForumAudience, Participant, Story
from prakai.notes.models import Draft, Note, Notebook
from prakai.people.models import Person
from prakai.talk.models import Appreciation, Comment, Conversation
from prakai.units.actions.move import held_rows, place_under
from prakai.units.models import Unit


def part_notes(people: list[int], units: list[int], notes: list[int], notebooks: list[int]) -> None:
    """Move what real people wrote out of demo notebooks and units; a demo teller stays as a name."""
    real = Note.objects.exclude(pk__in=notes)
    for note in real.filter(notebook__in=notebooks).select_related(
        "notebook", "author", "origin__imported_by"
    ):
        origin = getattr(note, "origin", None)
        owner = note.author or (origin.imported_by if origin is not None else None)
        Note.objects.filter(pk=note.pk).update(notebook=_own_notebook(owner, note.notebook.title, notebooks))
    for note in real.filter(teller__in=people).select_related("teller"):
        told = note.teller.display_name if note.teller is not None else ""
        Note.objects.filter(pk=note.pk).update(teller=None, teller_name=told)
    real.filter(unit__in=units).update(unit=None)
    Conversation.objects.filter(unit__in=units).update(unit=None)
    Draft.objects.filter(note__in=notes).exclude(person__in=people).update(note=None)


def _own_notebook(owner: Person | None, title: str, going: list[int]) -> Notebook:
    known = Notebook.objects.filter(owner=owner, unit=None, title=title).exclude(pk__in=going).first()
    return known or Notebook.objects.create(owner=owner, title=title)


def part_talk(people: list[int], talks: list[int], going: QuerySet[Comment]) -> list[int]:
    """Let real replies stand by themselves; return the conversations about demo notes in which real people spoke.

    These stay for the sake of their words, closed to all others: what they were about is gone.
    """
    real = Q(by__isnull=False) & ~Q(by__in=people)
    Comment.objects.filter(real, answers__in=going).update(answers=None)
    kept = set(Comment.objects.filter(real, conversation__in=talks).values_list("conversation", flat=True))
    given = Appreciation.objects.filter(real, conversation__in=talks)
    kept |= {pk for pk in given.values_list("conversation", flat=True) if pk is not None}
    Appreciation.objects.filter(real, conversation__isnull=False).filter(
        Q(person__in=people) | Q(unit__is_demo=True)
    ).update(person=None, unit=None)
    Conversation.objects.filter(pk__in=kept).update(is_shown=False, title="", address="")
    return sorted(kept)


def part_forums(people: list[int], units: list[int]) -> list[int]:
    """Move forums that real people prepare out of demo units and networks, to a unit of theirs; return those that go.

    Who came there from a demo unit, and what was told from there, keeps the unit's name as words.

    A forum of a demo unit or network whose founder belongs to no real unit has nowhere to stand, and goes with it.
    """
    going = list(
        Forum.objects.filter(Q(is_demo=True) | Q(by__in=people) | Q(by=None, unit__in=units)).values_list(
            "pk", flat=True
        )
    )
    Forum.objects.exclude(pk__in=going).filter(host__in=units).update(host=None)
    homeless = Forum.objects.exclude(pk__in=going).filter(Q(unit__in=units) | Q(network__is_demo=True))
    for forum in homeless.select_related("by"):
        circle = forum.by.unit_circle if forum.by is not None else frozenset()
        unit = Unit.objects.filter(pk__in=circle).exclude(pk__in=units).order_by("-path").first()
        if unit is None:
            going.append(forum.pk)
        else:
            audience = ForumAudience.UNIT if forum.audience == ForumAudience.NETWORK else forum.audience
            moved = {"unit": unit, "network": None, "series": None, "audience": audience}
            Forum.objects.filter(pk=forum.pk).update(**moved)
    demo_series = Q(series__unit__in=units) | Q(series__network__is_demo=True)
    Forum.objects.exclude(pk__in=going).filter(demo_series).update(series=None)
    for table in (Participant, Story):
        for row in (
            table._default_manager.exclude(forum__in=going).filter(unit__in=units).select_related("unit")
        ):
            table._default_manager.filter(pk=row.pk).update(unit=None, unit_words=row.unit_name[:250])
    return going


def part_units(units: list[int]) -> None:
    """Let real units that stand under a demo unit stand under the nearest real one above it, or at the top."""
    for unit in Unit.objects.filter(parent__in=units).exclude(pk__in=units).order_by("path"):
        above = [pk for pk in unit.ancestor_ids()[:-1] if pk not in units]
        parent = Unit.objects.get(pk=above[-1]) if above else None
        held = held_rows(unit, parent)
        place_under(held[unit.pk], held[parent.pk] if parent else None)
