"""The seven steps of knowledge management, each with what the platform knows, in the language of the moment.

The steps are those of the development office's action plan (ค้นหา สร้าง จัดระบบ กลั่นกรอง เข้าถึง แลกเปลี่ยน เรียนรู้).
Figures tell what happened; they are no targets, and nothing is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import pgettext

from prakai.forums.queries.knowledge import HeldForum, UnitKnowledge

Told = tuple[str, str]
"""Words, and the address of where they come from (empty when there is none)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the form asks for: ``count`` as far as it is counted, ``told`` in titles, ``address`` of its source."""

    label: str
    count: int = 0
    told: tuple[Told, ...] = ()
    address: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the platform knows anything of it."""
        return bool(self.count or self.told)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the seven steps."""

    heading: str
    lines: tuple[Line, ...]


def steps_of(known: UnitKnowledge) -> list[Step]:
    """Return the seven steps in their order."""
    unit = known.unit.get_absolute_url()
    forums = "#forums" if known.forums else ""
    return [
        Step(pgettext("knowledge report", "1. Find the knowledge"), _find(known)),
        Step(pgettext("knowledge report", "2. Make and gather it"), _make(known, forums)),
        Step(pgettext("knowledge report", "3. Put it in order"), _order(known, unit)),
        Step(pgettext("knowledge report", "4. Refine it"), _refine(known, forums)),
        Step(pgettext("knowledge report", "5. Let people reach it"), _reach(known, unit)),
        Step(pgettext("knowledge report", "6. Share it"), _share(known, unit, forums)),
        Step(pgettext("knowledge report", "7. Learn"), _learn(known, forums)),
    ]


def _find(known: UnitKnowledge) -> tuple[Line, ...]:
    purposes = [
        (one.forum.purpose, one.forum.get_absolute_url()) for one in known.forums if one.forum.purpose
    ]
    return (
        Line(pgettext("knowledge report", "Work that shall become better"), told=tuple(purposes)),
        Line(
            pgettext("knowledge report", "Themes of what is told (tags)"),
            len(known.tags),
            tuple((f"{tag.label} ({times})", tag.get_absolute_url()) for tag, times in known.tags),
        ),
    )


def _make(known: UnitKnowledge, forums: str) -> tuple[Line, ...]:
    return (
        Line(pgettext("knowledge report", "Forums held"), len(known.forums), _titles(known.forums), forums),
        _summed(pgettext("knowledge report", "Stories told"), known, "stories", "stories"),
        _summed(pgettext("knowledge report", "Sparks"), known, "sparks", "wall/list"),
    )


def _order(known: UnitKnowledge, unit: str) -> tuple[Line, ...]:
    notes = tuple((note.title, note.get_absolute_url()) for note in known.notes)
    return (Line(pgettext("knowledge report", "Notes published"), known.note_count, notes, f"{unit}#notes"),)


def _refine(known: UnitKnowledge, forums: str) -> tuple[Line, ...]:
    grown = tuple(
        (one.note.title, one.note.get_absolute_url()) for one in known.grown if one.note is not None
    )
    return (
        _summed(pgettext("knowledge report", "Nuggets of knowledge"), known, "nuggets", "cores"),
        _summed(pgettext("knowledge report", "Cores of knowledge"), known, "cores", "cores"),
        Line(
            pgettext("knowledge report", "Notes that grew out of stories and sparks"),
            len(grown),
            grown,
            forums,
        ),
    )


def _reach(known: UnitKnowledge, unit: str) -> tuple[Line, ...]:
    return (
        Line(
            pgettext("knowledge report", "Notes that everybody can read"),
            known.public_notes,
            address=f"{unit}#notes",
        ),
    )


def _share(known: UnitKnowledge, unit: str, forums: str) -> tuple[Line, ...]:
    units = [(f"{one.name} ({count})", one.get_absolute_url()) for one, count in known.by_unit]
    if known.elsewhere:
        units.append((f"{pgettext('knowledge report', 'from elsewhere')} ({known.elsewhere})", ""))
    return (
        Line(
            pgettext("knowledge report", "People at forums, by unit"),
            known.sum_of("people"),
            tuple(units),
            forums,
        ),
        Line(pgettext("knowledge report", "Comments on notes"), known.comments, address=f"{unit}#notes"),
        Line(
            pgettext("knowledge report", "Comments that build on a note"),
            known.additions,
            address=f"{unit}#notes",
        ),
    )


def _learn(known: UnitKnowledge, forums: str) -> tuple[Line, ...]:
    changes = tuple(
        (words, f"/forums/{one.forum.pk}/harvest") for one in known.forums for words in one.changes
    )
    return (
        Line(
            pgettext("knowledge report", "After-action reviews"),
            known.sum_of("has_review"),
            _titles((one for one in known.forums if one.has_review), "review"),
            forums,
        ),
        _summed(
            pgettext("knowledge report", "Patterns in the answers"), known, "patterns", "review/patterns"
        ),
        Line(pgettext("knowledge report", "To change next time"), told=changes, address=forums),
        _summed(
            pgettext("knowledge report", "Promises to oneself (at least, in fives)"),
            known,
            "promises",
            "harvest",
        ),
    )


def _summed(label: str, known: UnitKnowledge, name: str, path: str) -> Line:
    """A figure of the forums added up, and each forum's own, which leads to where it is counted."""
    told = [
        (f"{one.forum.title} ({getattr(one, name)})", f"/forums/{one.forum.pk}/{path}")
        for one in known.forums
        if getattr(one, name)
    ]
    return Line(label, known.sum_of(name), tuple(told), "#forums" if told else "")


def _titles(forums: Iterable[HeldForum], path: str = "") -> tuple[Told, ...]:
    return tuple(
        (one.forum.title, f"/forums/{one.forum.pk}/{path}" if path else one.forum.get_absolute_url())
        for one in forums
    )
