"""The harvest of a forum: what came of the day, as far as its reader may see it. Any day costs the same queries.

Two circles read it: who may open the page, and whoever gets the papers made from it (``Harvest.for_paper``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from prakai.forums import rules
from prakai.forums.models import (
    Answer,
    Core,
    Forum,
    Growth,
    Nugget,
    Participant,
    Pattern,
    Question,
    QuestionKind,
    Review,
    Story,
)
from prakai.forums.queries.cores import nuggets_of
from prakai.forums.queries.growths import grown_at, with_notes
from prakai.forums.queries.harvest_shape import (
    GrownNote,
    Harvest,
    Said,
    SparksTogether,
    ToldCore,
    ToldNugget,
    ToldPattern,
    ToldStory,
    UnitThere,
)
from prakai.forums.queries.patterns import SIDES
from prakai.forums.queries.plan import meters_of
from prakai.forums.queries.promises import sums_of
from prakai.forums.queries.walls import group_titles, sparks_one_by_one
from prakai.people.models import Audience, Person
from prakai.thai.folding import fold
from prakai.thai.order import order_key


def harvest_of(forum: Forum, reader: Person | None) -> Harvest:
    """Return the harvest of ``forum`` as ``reader``, who may see the forum, may read it."""
    review = Review.objects.filter(forum=forum).first()
    said = _said(review, reader) if review is not None else {}
    beside = tuple(said.get(kind) or Said(kind, "", (), ()) for kind in SIDES)
    came, at_door = _came(forum)
    growths = grown_at(forum, reader)
    return Harvest(
        forum=forum,
        at_door=at_door,
        units=tuple(_units(came, tells_all=bool(rules.may_prepare(reader, forum)))),
        stories=tuple(_stories(forum, reader)),
        cores=tuple(_cores(forum, reader)),
        sparks=tuple(_sparks(forum, growths)),
        beside=beside if any(one.count for one in beside) else (),
        improve=said.get(QuestionKind.CHANGE),
        others=tuple(one for kind, one in said.items() if kind not in (*SIDES, QuestionKind.CHANGE)),
        promises=sums_of(review) if review is not None else None,
        grown=tuple(_grown(growths)),
        meter=meters_of([forum.pk]).get(forum.pk),
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


def _grown(growths: Iterable[Growth]) -> Iterable[GrownNote]:
    for one in growths:
        thing = one.story or one.spark
        if one.note is None or thing is None:
            continue
        is_told = one.story is None or one.story.allows_quotes
        yield GrownNote(
            title=one.note.title,
            byline=one.note.byline,
            address=one.note.get_absolute_url(),
            origin=str(thing),
            origin_address=thing.get_absolute_url(),
            is_open=is_told and one.note.audience == Audience.PUBLIC,
        )


def _sparks(forum: Forum, growths: Iterable[Growth]) -> Iterable[SparksTogether]:
    """Groups in the order in which they were made, and what is in none last."""
    order = {title: place for place, title in enumerate(dict.fromkeys(group_titles(forum)))}
    rows = sorted(
        with_notes(sparks_one_by_one(forum), growths), key=lambda one: order.get(one.group, len(order))
    )
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
