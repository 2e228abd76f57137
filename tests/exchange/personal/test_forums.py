"""Every table of forums that names a person: hers is taken along and forgotten, or it is said why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from prakai.exchange.personal import everything_about
from prakai.forums.models import (
    Answer,
    BeforeReview,
    Block,
    BlockRole,
    Circle,
    Day,
    Forum,
    Growth,
    Participant,
    Placement,
    Promise,
    Question,
    Ready,
    Review,
    Role,
    Round,
    SeatWish,
    Spark,
    Story,
    Voice,
)
from prakai.forums.models.reviews import Phase
from prakai.journal.following import catch_up, followers
from prakai.people.actions import erase_person
from prakai.people.models import Person
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_appointment, make_person
from tests.factories.units import make_unit

MARK = "เฉพาะของมาลี"
# Which column leads from a row to its person, and the section in which she finds the row.
HERS = {
    "answer.voice": "review_answers",
    "beforereview.by": "forum_before",
    "blockrole.person": "forum_roles",
    "circle.facilitator": "forum_circles",
    "circle.recorder": "forum_circles",
    "growth.author": "forum_growths",
    "participant.person": "forum_seats",
    "placement.participant": "forum_circles",
    "promise.voice": "promises",
    "role.person": "forum_roles",
    "seatwish.participant": "forum_wishes",
    "spark.person": "forum_sparks",
    "story.person": "forum_stories",
}
NOT_HERS = {
    "arrival.participant": "told with the seat: arrived_at",
    "leaving.participant": "told with the seat: left_at",
    "ready.voice": "that she was ready in a phase of a review; nothing is said in it",
    "difference.person": "what two places say differently of a row of hers; the row itself is told",
    "seatwish.other": "a need of somebody else",
    "settling.undone_by": "an act, in her journal",
    "turn.participant": "the clock of her turn in a circle: when it began and ended; what she told is her story",
    "slip.voice": "a paper form that somebody keyed in; its answers are told",
    "spark.participant": "told by its person",
    "story.participant": "told by its person",
    "story.recorder": "the story is its teller's; that she wrote it down stands in her journal",
    "voice.participant": "told with the answers and promises",
    "voice.person": "told with the answers and promises",
    "growth.asked_by": "the question is the author's; that she asked stands in her journal",
    "question.revealed_by": "an act, in her journal",
    "slip.keyed_by": "an act, in her journal",
    "voice.entered_by": "an act, in her journal",
}
ACTS = "by"  # what she did to a thing of others stands in her journal, which is told whole


def _ways() -> set[str]:
    """Every column of the room that leads to a person, to a seat, or to a voice."""
    return {
        f"{model._meta.model_name}.{column.name}"
        for model in apps.get_app_config("forums").get_models()
        for column in model._meta.get_fields()
        if isinstance(column, (models.ForeignKey, models.OneToOneField))
        and column.related_model in (Person, Participant, Voice)
    }


def test_tables_of_forums_when_they_grow_are_hers_or_say_why_not() -> None:
    """Whoever adds a table that names a person decides here whether she finds it in what she takes along."""
    acts = {way for way in _ways() if way.partition(".")[2] == ACTS}
    assert sorted(_ways() - acts - set(HERS) - set(NOT_HERS)) == []
    assert sorted((set(HERS) | set(NOT_HERS)) - _ways()) == []


def _full_day(malee: Person, other: Person, *, starts_in: timedelta) -> Forum:
    """A forum in which Malee has one of everything, and somebody else sits beside her."""
    unit = make_unit("โรงพยาบาล")
    make_appointment(other, unit)
    forum = make_forum(other, unit, starts_at=timezone.now() + starts_in)
    words = {"nickname": MARK, "needs": MARK, "email": "malee@own.example", "phone": MARK, "team": MARK}
    seat = make_participant(forum, malee, MARK, position=MARK, **words)
    beside = make_participant(forum, other)
    SeatWish.objects.create(participant=seat, kind="easy", by=other)
    SeatWish.objects.create(participant=beside, kind="apart", other=seat, by=other)
    Role.objects.create(forum=forum, person=malee, kind="teller", by=other)
    block = Block.objects.create(
        day=Day.objects.create(forum=forum, on=timezone.localdate()), kind="circle", minutes=60, title="วง"
    )
    BlockRole.objects.create(block=block, kind="teller", person=malee)
    laid = Round.objects.create(forum=forum, number=1, shown_at=timezone.now(), by=other)
    circle = Circle.objects.create(round=laid, number=1, facilitator=malee, recorder=malee, room="ห้องบัว")
    for one in (seat, beside):
        Placement.objects.create(circle=circle, round=laid, participant=one)
    BeforeReview.objects.create(forum=forum, tasks="เตรียมห้อง", by=malee)
    story = Story.objects.create(
        forum=forum,
        client_id="s",
        title=MARK,
        person=malee,
        participant=seat,
        teller_name=MARK,
        situation=MARK,
        circle=circle,
    )
    Growth.objects.create(story=story, author=malee, asked_by=other)
    Spark.objects.create(forum=forum, client_id="s", words=MARK, name=MARK, person=malee, participant=seat)
    _review(forum, malee, seat)
    return forum


def _review(forum: Forum, malee: Person, seat: Participant) -> None:
    review = Review.objects.create(forum=forum)
    voice = Voice.objects.create(review=review, person=malee, participant=seat, number=1, name=MARK)
    question = Question.objects.create(review=review, kind="change", position=1)
    Answer.objects.create(question=question, voice=voice, client_id="a", words=MARK, name=MARK)
    Promise.objects.create(
        review=review, voice=voice, client_id="p", words=MARK, helper=MARK, email="m@x.example"
    )
    phase = Phase.objects.create(review=review, kind="writing", position=1, minutes=5)
    Ready.objects.create(phase=phase, voice=voice)


@pytest.mark.django_db
def test_everything_about_when_she_took_part_has_each_table_that_is_hers() -> None:
    malee, other = make_person("มาลี"), make_person("สมชาย", "เดินดี")
    _full_day(malee, other, starts_in=timedelta(days=1))
    sections = {section.key: section.rows for section in everything_about(malee, by=malee)}
    counts = {key: len(sections[key]) for key in sorted(set(HERS.values()))}
    assert counts == {
        "forum_before": 1, "forum_circles": 3, "forum_growths": 1, "forum_roles": 2, "forum_seats": 1,
        "forum_sparks": 1, "forum_stories": 1, "forum_wishes": 1, "promises": 1, "review_answers": 1,
    }  # fmt: skip
    assert [(row["round"], row["number"], row["room"], row["role"]) for row in sections["forum_circles"]] == [
        (1, 1, "ห้องบัว", role) for role in ("", "facilitator", "recorder")
    ]
    assert "เดินดี" not in str({key: sections[key] for key in HERS.values()})
    hers = {section.key: section.rows for section in everything_about(other, by=other)}
    assert MARK not in str(hers)


def _said() -> dict[str, list[str]]:
    """All that stands in text columns of the room, by table."""
    told: dict[str, list[str]] = {}
    for model in apps.get_app_config("forums").get_models():
        columns = [
            c.name for c in model._meta.get_fields() if isinstance(c, (models.CharField, models.TextField))
        ]
        rows: Any = model._default_manager.values_list(*columns) if columns else []
        told[str(model._meta.model_name)] = [str(word) for row in rows for word in row]
    return told


@pytest.mark.django_db
@pytest.mark.parametrize("days", [1, -1])
def test_erasure_when_she_took_part_leaves_nothing_that_names_her_and_others_whole(days: int) -> None:
    malee, other = make_person("มาลี"), make_person("สมชาย")
    forum = _full_day(malee, other, starts_in=timedelta(days=days))
    erase_person(malee, by=malee, keep_content=False, emptied=True)
    for _ in range(2):
        catch_up(next(one for one in followers() if one.name == "forums.erasure"))
    for table, words in _said().items():
        assert [word for word in words if MARK in word or "malee@" in word or "m@x" in word] == [], table
    # Only what she did, and roles that ended, still lead to the empty row that is left of her.
    left = {
        f"{model._meta.model_name}.{column.name}"
        for model in apps.get_app_config("forums").get_models()
        for column in model._meta.get_fields()
        if isinstance(column, (models.ForeignKey, models.OneToOneField))
        and column.related_model is Person
        and column.name != ACTS
        and model._default_manager.filter(**{column.name: malee.pk}).exists()
    }
    assert left == {"role.person"}
    assert Role.objects.filter(person=malee, ended_at__isnull=True).count() == 0
    assert SeatWish.objects.count() == 0
    seats = Participant.objects.filter(forum=forum).order_by("pk")
    assert [seat.left_at is None for seat in seats] == [days < 0, True]
    placed = Placement.objects.order_by("pk").values_list("participant__person", flat=True)
    assert list(placed) == ([other.pk] if days > 0 else [None, other.pk])
    assert BeforeReview.objects.get().tasks == "เตรียมห้อง"
