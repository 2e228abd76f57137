"""The harvest of a forum: what came of the day, as far as its reader may see it. Any day costs the same queries.

Two circles read it: who may open the page, and whoever gets the papers made from it. ``for_paper`` leaves out what
stays among those who were there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from prakai.forums import rules
from prakai.forums.asking import WORDS
from prakai.forums.models import (
    Answer,
    Core,
    Forum,
    Nugget,
    Participant,
    Pattern,
    Question,
    QuestionKind,
    Review,
    Story,
)
from prakai.forums.queries.cores import nuggets_of
from prakai.forums.queries.patterns import SIDES
from prakai.forums.queries.promises import Sums, sums_of
from prakai.forums.queries.walls import WallSpark, group_titles, sparks_one_by_one
from prakai.people.models import Person
from prakai.thai.folding import fold
from prakai.thai.order import order_key


@dataclass(frozen=True, slots=True)
class UnitThere:
    """How many came from a unit, and the names of those who agreed to be listed. No name: from no unit we can name."""

    name: str
    people: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story in one line; ``allows_quotes`` is empty when it stays among those who were there."""

    title: str
    teller: str
    unit: str
    address: str
    allows_quotes: bool


@dataclass(frozen=True, slots=True)
class ToldNugget:
    """A sentence with its teller, and where it stands; ``paraphrase`` says it in other words."""

    words: str
    paraphrase: str
    teller: str
    unit: str
    story: str
    address: str
    allows_quotes: bool


@dataclass(frozen=True, slots=True)
class ToldCore:
    """A core with its sentences; without a title, those that stand under none."""

    title: str
    nuggets: tuple[ToldNugget, ...]


@dataclass(frozen=True, slots=True)
class SparksTogether:
    """Sparks that were put together, in the order in which they came; without a title, the rest."""

    title: str
    sparks: tuple[WallSpark, ...]


@dataclass(frozen=True, slots=True)
class ToldPattern:
    """What answers say together, and the answers. Whose they are is not told, even of those who signed."""

    title: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What was revealed of the answers to one kind of question; ``own`` are its words, if it had words of its own."""

    kind: str
    own: str
    patterns: tuple[ToldPattern, ...]
    quotes: tuple[str, ...]

    @property
    def asked(self) -> str:
        """The question, in the reader's language if it had the usual words."""
        return self.own or str(WORDS[QuestionKind(self.kind)])

    @property
    def count(self) -> int:
        """How many answers there are."""
        return len(self.quotes) + sum(len(one.quotes) for one in self.patterns)


@dataclass(frozen=True, slots=True)
class Harvest:
    """All of it. ``at_door``: people were counted as they arrived; else those are counted who had a seat.

    ``beside`` is what fell short and what exceeded, always both, or nothing at all. ``kept_back``: how many stories
    were left out for paper.
    """

    forum: Forum
    at_door: bool
    units: tuple[UnitThere, ...]
    stories: tuple[ToldStory, ...]
    cores: tuple[ToldCore, ...]
    sparks: tuple[SparksTogether, ...]
    beside: tuple[Said, ...]
    improve: Said | None
    others: tuple[Said, ...]
    promises: Sums | None
    kept_back: int = 0

    @property
    def people(self) -> int:
        """How many people came."""
        return sum(one.people for one in self.units)

    @property
    def named_units(self) -> int:
        """From how many units they came."""
        return sum(bool(one.name) for one in self.units)

    @property
    def is_empty(self) -> bool:
        """Whether its reader finds nothing in it."""
        said = self.beside or self.improve or self.others
        promised = self.promises is not None and self.promises.promises
        return not (self.units or self.stories or self.cores or self.sparks or said or promised)

    @property
    def nugget_count(self) -> int:
        """How many sentences were marked."""
        return sum(len(one.nuggets) for one in self.cores)

    @property
    def core_count(self) -> int:
        """How many cores they were put under."""
        return sum(bool(one.title) for one in self.cores)

    @property
    def spark_count(self) -> int:
        """How many sparks stand on the wall."""
        return sum(len(one.sparks) for one in self.sparks)

    @property
    def echo_count(self) -> int:
        """How often somebody said "same here"."""
        return sum(spark.echoes for group in self.sparks for spark in group.sparks)

    def for_paper(self) -> Harvest:
        """Return what may leave the circle: a story without leave to quote stays behind, with the words it is told in.

        Of its sentences those go along that somebody has put in other words: those words, and no name.
        """
        cores = (replace(one, nuggets=tuple(_on_paper(one.nuggets))) for one in self.cores)
        stories = tuple(one for one in self.stories if one.allows_quotes)
        return replace(
            self,
            stories=stories,
            kept_back=len(self.stories) - len(stories),
            cores=tuple(one for one in cores if one.nuggets),
        )


def harvest_of(forum: Forum, reader: Person | None) -> Harvest:
    """Return the harvest of ``forum`` as ``reader``, who may see the forum, may read it."""
    review = Review.objects.filter(forum=forum).first()
    said = _said(review, reader) if review is not None else {}
    beside = tuple(said.get(kind) or Said(kind, "", (), ()) for kind in SIDES)
    came, at_door = _came(forum)
    return Harvest(
        forum=forum,
        at_door=at_door,
        units=tuple(_units(came, tells_all=bool(rules.may_prepare(reader, forum)))),
        stories=tuple(_stories(forum, reader)),
        cores=tuple(_cores(forum, reader)),
        sparks=tuple(_sparks(forum)),
        beside=beside if any(one.count for one in beside) else (),
        improve=said.get(QuestionKind.CHANGE),
        others=tuple(one for kind, one in said.items() if kind not in (*SIDES, QuestionKind.CHANGE)),
        promises=sums_of(review) if review is not None else None,
    )


def arrived_people(forum: Forum) -> list[Participant]:
    """Return who was seen at the door, in Thai order of their names: to whom certificates are given. One query."""
    rows = Participant.objects.coming().filter(forum=forum, arrived_at__isnull=False)
    return list(rows.select_related("unit").in_order())


def _came(forum: Forum) -> tuple[list[Participant], bool]:
    rows = list(Participant.objects.seated().filter(forum=forum).select_related("unit").in_order())
    arrived = [row for row in rows if row.arrived_at is not None]
    return (arrived, True) if arrived else (rows, False)


def _units(came: list[Participant], *, tells_all: bool) -> Iterable[UnitThere]:
    """What one person typed as her unit is told to others only if somebody of it agreed to be listed."""
    listed = {fold(row.unit_words) for row in came if row.is_listed}
    names: dict[str, str] = {}
    people: dict[str, list[Participant]] = defaultdict(list)
    for row in came:
        is_told = row.unit is not None or tells_all or fold(row.unit_words) in listed
        name = row.unit_name if is_told else ""
        people[fold(name)].append(row)
        names.setdefault(fold(name), name)
    for key in sorted(people, key=lambda one: (not one, order_key(names[one]))):
        yield UnitThere(names[key], len(people[key]), tuple(row.name for row in people[key] if row.is_listed))


def _stories(forum: Forum, reader: Person | None) -> Iterable[ToldStory]:
    rows = Story.objects.standing().visible_to(reader).filter(forum=forum).select_related("unit")
    for row in rows.order_by("pk"):
        yield ToldStory(row.title, row.teller_name, row.unit_name, row.get_absolute_url(), row.allows_quotes)


def _cores(forum: Forum, reader: Person | None) -> Iterable[ToldCore]:
    under: dict[int | None, list[Nugget]] = defaultdict(list)
    for nugget in nuggets_of(forum, reader):
        under[nugget.core_id].append(nugget)
    for core in Core.objects.visible_to(reader).filter(forum=forum):
        if under[core.pk]:
            yield ToldCore(core.title, tuple(_told(one) for one in under[core.pk]))
    if under[None]:
        yield ToldCore("", tuple(_told(one) for one in under[None]))


def _told(nugget: Nugget) -> ToldNugget:
    story = nugget.story
    return ToldNugget(
        words=nugget.verbatim,
        paraphrase=nugget.paraphrase,
        teller=story.teller_name,
        unit=story.unit_name,
        story=story.title,
        address=f"{story.get_absolute_url()}#place-{nugget.pk}",
        allows_quotes=story.allows_quotes,
    )


def _on_paper(nuggets: Iterable[ToldNugget]) -> Iterable[ToldNugget]:
    for one in nuggets:
        if one.allows_quotes:
            yield one
        elif one.paraphrase:
            yield ToldNugget(one.paraphrase, "", "", "", "", "", allows_quotes=False)


def _sparks(forum: Forum) -> Iterable[SparksTogether]:
    """Groups in the order in which they were made, and what is in none last."""
    order = {title: place for place, title in enumerate(dict.fromkeys(group_titles(forum)))}
    rows = sorted(sparks_one_by_one(forum), key=lambda one: order.get(one.group, len(order)))
    for title, group in groupby(rows, key=lambda one: one.group):
        yield SparksTogether(title, tuple(group))


def _said(review: Review, reader: Person | None) -> dict[str, Said]:
    """Return what was revealed, by kind of question in the usual order; nothing for who may not follow the review."""
    if not Review.objects.visible_to(reader).filter(pk=review.pk).exists():
        return {}
    titles = dict(Pattern.objects.filter(review=review).values_list("pk", "title"))
    rows = Answer.objects.revealed().filter(question__review=review)
    by_pattern: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    for answer in rows.select_related("question", "pattern").order_by("client_id"):
        kind = answer.pattern.kind if answer.pattern is not None else answer.question.kind
        by_pattern[kind, answer.pattern_id].append(answer.words)
    own: dict[str, list[str]] = defaultdict(list)
    for question in Question.objects.filter(review=review).exclude(words=""):
        own[question.kind].append(question.words)
    found: dict[str, Said] = {}
    for kind in QuestionKind:
        patterns = [ToldPattern(title, tuple(by_pattern.get((kind, pk), ()))) for pk, title in titles.items()]
        one = Said(
            str(kind),
            " / ".join(own[kind]),
            tuple(pattern for pattern in patterns if pattern.quotes),
            tuple(by_pattern.get((kind, None), ())),
        )
        if one.count and kind != QuestionKind.PROMISE:
            found[str(kind)] = one
    return found
