"""Cores as pages show them: each with its sentences, who told them where; what is not grouped yet; cards for print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from prakai.forums import story_rules as rules
from prakai.forums.models import Core, Forum, Nugget
from prakai.people.models import Person
from prakai.thai.folding import fold


@dataclass(frozen=True, slots=True)
class CoreGroup:
    """A core with the sentences that its reader may see, and from how many stories and units they come.

    ``has_changed``: a story that supported it was withdrawn, or a sentence was taken out of one.
    """

    core: Core
    nuggets: list[Nugget]
    stories: int
    units: int
    has_changed: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class CoresPage:
    """The cores of a forum, and the nuggets that are under none."""

    groups: list[CoreGroup]
    free: list[Nugget]
    may_group: bool


def cores_page(forum: Forum, reader: Person | None) -> CoresPage:
    """Return the cores of ``forum`` as ``reader`` sees them, in their order."""
    under: dict[int | None, list[Nugget]] = defaultdict(list)
    for nugget in nuggets_of(forum, reader):
        under[nugget.core_id].append(nugget)
    lost = Nugget.objects.filter(core=OuterRef("pk")).filter(
        Q(gone_at__isnull=False) | Q(story__withdrawn_at__isnull=False)
    )
    cores = list(Core.objects.visible_to(reader).filter(forum=forum).annotate(has_changed=Exists(lost)))
    groups = [
        CoreGroup(
            core=core,
            nuggets=under[core.pk],
            stories=len({one.story_id for one in under[core.pk]}),
            units=len(units_of(under[core.pk])),
            has_changed=getattr(core, "has_changed"),  # noqa: B009  annotated above
            is_first=place == 0,
            is_last=place == len(cores) - 1,
        )
        for place, core in enumerate(cores)
    ]
    return CoresPage(groups, under[None], bool(rules.may_group(reader, forum)))


def nuggets_of(forum: Forum, reader: Person | None) -> list[Nugget]:
    """Return the standing nuggets of ``forum`` that ``reader`` may read, with story and unit, in the stories' order."""
    rows = Nugget.objects.visible_to(reader).filter(story__forum=forum)
    return list(rows.select_related("story__unit", "story__person").order_by("story", "part", "start"))


def cards_of(forum: Forum, reader: Person | None) -> tuple[list[Nugget], int]:
    """Return the nuggets that may go on paper, and how many may not.

    Without leave to quote, only the other words for a sentence are printed, and without the teller's name.
    """
    nuggets = nuggets_of(forum, reader)
    ready = [one for one in nuggets if one.story.allows_quotes or one.paraphrase]
    return ready, len(nuggets) - len(ready)


def units_of(nuggets: Iterable[Nugget]) -> set[int | str]:
    """Return the units that sentences come from: known ones by their number, others by their folded name."""
    found: set[int | str] = {
        one.story.unit_id if one.story.unit_id is not None else fold(one.story.unit_words) for one in nuggets
    }
    return found - {""}
