"""What is read of units: reads shaped for a page, each in a constant number of SQL queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Final, NamedTuple

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from prakai.kernel.actors import Actor
from prakai.thai.folding import fold
from prakai.units.matching import NameIndex, narrowed_to_words
from prakai.units.models import Closure, FormerName, Succession, SuccessionKind, Unit, UnitQuerySet
from prakai.units.provinces import Province, province
from prakai.units.wordings import name_key

PAGE_SIZE: Final = 50
MOST_BRANCHES: Final = 150
MOST_CHILDREN: Final = 100
_MOST_WORDS: Final = 6


class Resolution(NamedTuple):
    """What words mean: the one unit (``None`` if unsure), and all that could be meant, the likeliest first."""

    unit: Unit | None
    candidates: list[Unit]


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """Units in the order of the Thai dictionary; ``next`` is the cursor of what follows (``None`` at the end)."""

    rows: list[Unit]
    next: int | None
    is_first: bool


@dataclass(slots=True)
class Branch:
    """A unit in the tree, with the branches shown beneath it and how many units lie directly beneath in all."""

    unit: Unit
    beneath: int
    branches: list[Branch] = field(default_factory=list)

    @property
    def hidden(self) -> int:
        """How many units directly beneath are not shown here."""
        return self.beneath - len(self.branches)


@dataclass(frozen=True, slots=True)
class Event:
    """Something in the life of a unit: ``what`` is began, joined, left, renamed, merged, split or closed.

    ``unit`` is the other unit; ``name`` the old name, which it had until the day ``on``.
    """

    on: date
    what: str
    unit: Unit | None = None
    name: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """All that a unit's page tells of the tree and of time. ``ancestors`` run from the root to the parent.

    At most 100 ``children`` are told; ``more_children`` says that there are others. ``ended_children`` leaves out
    those that went into the unit itself: its history tells of them.
    """

    unit: Unit
    ancestors: list[Unit]
    children: list[Unit]
    more_children: bool
    ended_children: list[Unit]
    former_names: list[FormerName]
    became: list[Succession]
    came_from: list[Succession]
    closure: Closure | None
    province: Province | None
    has_ended: bool

    @property
    def waiting_children(self) -> list[Unit]:
        """Units that go on although the unit they hang under has ended."""
        return self.children if self.has_ended else []

    @property
    def history(self) -> list[Event]:
        """What happened to the unit, the earliest first."""
        events = [
            # A new Thai name often leaves the English one as it was: then the Thai one is the news.
            Event(
                former.until_on,
                "renamed",
                name=former.name_th if former.name == self.unit.name else former.name,
            )
            for former in self.former_names
        ]
        for step in self.came_from:
            what = "joined" if step.kind == SuccessionKind.MERGED else "left"
            events.append(Event(step.happened_on, what, step.earlier, because=step.because))
        for step in self.became:
            what = "merged" if step.kind == SuccessionKind.MERGED else "split"
            events.append(Event(step.happened_on, what, step.later, because=step.because))
        if self.unit.valid_from is not None:
            events.append(Event(self.unit.valid_from, "began"))
        if self.closure is not None:
            events.append(Event(self.closure.last_on, "closed", because=self.closure.because))
        return sorted(events, key=lambda event: event.on)


def units_list(
    reader: Actor | None,
    *,
    kind: str = "",
    province: str = "",
    words: str = "",
    ended: bool = False,
    under: Unit | None = None,
    after: int | None = None,
    size: int = PAGE_SIZE,
) -> UnitsPage:
    """Return one page of units by name. With ``words`` those that ended are found too, by old names as well.

    ``under`` keeps to what is beneath a unit, at any depth.

    ``after`` is an earlier page's ``next``; one that is not known starts at the top. At most two queries.
    """
    found = Unit.objects.visible_to(reader).in_order()
    if not ended and not words.strip():
        found = found.existing()
    if under is not None:
        found = found.under(under).exclude(pk=under.pk)
    if kind:
        found = found.filter(kind=kind)
    if province:
        found = found.filter(province=province)
    if words.strip():
        found = found.filter(_called(words))
    mark = Unit.objects.filter(pk=after).values_list("order_key", flat=True).first() if after else None
    if mark is not None:
        found = found.filter(Q(order_key__gt=mark) | Q(order_key=mark, pk__gt=after))
    rows = list(found[: size + 1])
    return UnitsPage(rows[:size], rows[size - 1].pk if len(rows) > size else None, mark is None)


def unit_tree(reader: Actor | None, *, under: Unit | None = None, depth: int = 5) -> list[Branch]:
    """Return the tree of existing units from the roots, or beneath ``under``: ``depth`` levels at most, a query each.

    A level that would bring the tree over 150 units is left out; its units are counted in ``hidden``. Of the first
    level 151 come back at most: then a list serves better.
    """
    existing = Unit.objects.visible_to(reader).existing()
    counted = existing.annotate(
        beneath=Count("children", filter=Q(children__in=existing), distinct=True),
    ).in_order()
    top: list[Branch] = []
    level: dict[int, Branch] = {}
    shown = 0
    for step in range(depth):
        if step == 0:
            rows = counted.filter(parent=under) if under else _tops(counted, existing)
        elif open_ends := [pk for pk, branch in level.items() if branch.beneath]:
            rows = counted.filter(parent__in=open_ends)
        else:
            break
        found = list(rows[: MOST_BRANCHES - shown + 1])
        if step and shown + len(found) > MOST_BRANCHES:
            break
        shown += len(found)
        beneath: dict[int, Branch] = {}
        for unit in found:
            branch = Branch(unit, getattr(unit, "beneath", 0))
            beneath[unit.pk] = branch
            (top if step == 0 else level[unit.parent_id or 0].branches).append(branch)
        level = beneath
    return top


def _tops(counted: UnitQuerySet, existing: UnitQuerySet) -> UnitQuerySet:
    """Units that hang under none that exists."""
    return counted.filter(Q(parent__isnull=True) | ~Q(parent__in=existing))


def unit_page(unit: Unit, reader: Actor | None, *, on: date | None = None) -> UnitPage:
    """Return what a unit's page tells: seven queries, however large its surroundings are."""
    day = on or timezone.localdate()
    above = Unit.objects.visible_to(reader).in_bulk(unit.ancestor_ids()[:-1])
    beneath = Unit.objects.visible_to(reader).filter(parent=unit).in_order()
    going_on = list(beneath.existing(day)[: MOST_CHILDREN + 1])
    became = list(unit.successions.select_related("later").order_by("happened_on", "later__order_key"))
    joined = Succession.objects.filter(later=unit).values("earlier")
    ended = beneath.filter(valid_to__lt=day).exclude(pk__in=joined)
    came_from = list(unit.origins.select_related("earlier").order_by("happened_on", "earlier__order_key"))
    return UnitPage(
        unit=unit,
        ancestors=[above[pk] for pk in unit.ancestor_ids()[:-1] if pk in above],
        children=going_on[:MOST_CHILDREN],
        more_children=len(going_on) > MOST_CHILDREN,
        ended_children=list(ended[:MOST_CHILDREN]),
        former_names=list(unit.former_names.order_by("-until_on", "-pk")),
        became=became,
        came_from=came_from,
        closure=Closure.objects.filter(unit=unit).first(),
        province=province(unit.province),
        has_ended=unit.valid_to is not None and unit.valid_to < day,
    )


def find_units(
    words: str, limit: int = 8, *, ended: bool = False, among: Sequence[int] | None = None
) -> list[Unit]:
    """Return units called like ``words``, for forms and mentions: equal names first, then beginnings, then the rest.

    Names, abbreviations and former names count, folded and with abbreviations opened (รพ.สต. …). One query.

    It walks through all units; with ``among`` only through those of these numbers.
    """
    if not words.strip():
        return []
    found = Unit.objects.all() if ended else Unit.objects.existing()
    called = _called(words)
    if among is not None:
        found, called = found.filter(pk__in=among), _called(words, among)
    key, plain = name_key(words), fold(words)
    exact = Q(lines__contains=f"\n{key}\n") | Q(lines__contains=f"\n{plain}\n")
    begins = Q(lines__contains=f"\n{key}") | Q(lines__contains=f"\n{plain}")
    ranked = found.filter(called).annotate(
        lines=Concat(Value("\n"), F("folded"), Value("\n"), output_field=TextField()),
        rank=Case(When(exact, then=0), When(begins, then=1), default=2, output_field=IntegerField()),
    )
    return list(ranked.order_by("rank", "order_key", "pk")[:limit])


def resolve_unit(text: str, *, province: str = "", guess: bool = True) -> Resolution:
    """Return the unit that ``text`` means, and the candidates; no unit when two could be meant.

    Understood: names, abbreviations however dotted, former names, opened abbreviations ("รพ.สต.บ้านนา" is
    "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา"), a province at the end, and close spellings when one is clearly the closest.
    ``province`` (a code) decides between units of one name. Without ``guess`` a close spelling is
    only a candidate. Three queries when a name is equal, five otherwise.
    """
    if not text.strip():
        return Resolution(None, [])
    keys = narrowed_to_words(text)
    equal = [Q(folded__contains=key) for key in keys]
    old = FormerName.objects.filter(reduce(or_, equal, Q(pk__isnull=True)), unit=OuterRef("pk"))
    meant = NameIndex.of(Unit.objects.filter(reduce(or_, equal, Q(pk__isnull=True)) | Exists(old))).meaning(
        text, province=province
    )
    if not meant.candidates or meant.guessed:
        meant = NameIndex.of(Unit.objects.all()).meaning(text, province=province)
    rows = Unit.objects.in_bulk(meant.candidates)
    certain = meant.key is not None and (guess or not meant.guessed)
    return Resolution(
        rows.get(meant.key or 0) if certain else None,
        [rows[key] for key in meant.candidates if key in rows],
    )


def _called(words: str, among: Sequence[int] | None = None) -> Q:
    """Rows with a name, abbreviation or former name in which ``words`` stand: as one, or each of them."""
    parts = fold(words[:200]).split()[:_MOST_WORDS]
    whole = name_key(words)

    def stands_in(text: str) -> Q:
        old = FormerName.objects.filter(unit=OuterRef("pk"), folded__contains=text)
        old = old if among is None else old.filter(unit__in=among)
        return Q(folded__contains=text) | Q(Exists(old))

    each = reduce(and_, (stands_in(part) for part in parts)) if parts else Q(pk__isnull=True)
    return each | stands_in(whole) if whole else each
