"""The harvest: what each reader finds in it, what leaves for paper, and that it costs the same for any day."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.forums import actions
from prakai.forums.models import Forum, QuestionKind
from prakai.forums.queries.harvest import harvest_of
from prakai.forums.queries.harvest_shape import Harvest
from prakai.forums.queries.promises import Sums
from prakai.people.models import Person
from tests.factories.forums import make_forum, make_participant
from tests.factories.reviews import make_answer, make_review, make_voice, promise_of, question_of
from tests.factories.sparks import make_spark
from tests.factories.stories import make_nugget, make_story

SECRET = "จะคุยกับหัวหน้าเรื่องย้ายเวร"


@pytest.fixture
def day(cast: SimpleNamespace) -> Forum:
    """A day that was: four who came, two stories, sparks, a review with one question that is not revealed."""
    forum = make_forum(cast.malee, cast.hospital, starts_at=timezone.now() - timedelta(hours=9))
    seats = [
        make_participant(forum, cast.nurse, unit=cast.ward, is_listed=True),
        make_participant(forum, name="ลุงคำ", unit_words="กลุ่มเลี้ยงวัวห้วยทราย"),
        make_participant(forum, name="ป้าคำ", unit=cast.hospital),
        make_participant(forum, name="ยายมา", unit=cast.hospital),
    ]
    for seat in seats[:3]:
        actions.check_in(seat, by=cast.malee)
    for allows in (True, False):
        story = make_story(
            forum, cast.malee, title=f"เรื่องที่{'เปิด' if allows else 'อยู่ในวง'}", allows_quotes=allows
        )
        nugget = make_nugget(story, cast.malee)
        actions.name_core(forum, f"แก่น{'เปิด' if allows else 'ในวง'}", by=cast.malee, nuggets=[nugget])
    actions.open_wall(forum, by=cast.malee)
    signed = make_spark(forum, "ยิ้มก่อนถาม", by=cast.nurse, name="นภา")
    make_spark(forum, "โทรก่อนวันนัด", by=cast.somchai)
    hidden = make_spark(forum, "คำหยาบ")
    actions.hide_spark(hidden, by=cast.malee, because="หยาบ")
    actions.group_sparks(forum, [signed], by=cast.malee, title="ก่อนถาม")
    review = make_review(forum, cast.malee)
    voice = make_voice(review, "พี่นิรนาม")
    said = make_answer(voice, "เวลาน้อยไป", QuestionKind.FELL_SHORT, named=True)
    make_answer(voice, "ได้เพื่อน", QuestionKind.EXCEEDED)
    make_answer(voice, "เพิ่มเวลาวง", QuestionKind.CHANGE)
    make_answer(voice, "ยังไม่เปิดเผย", QuestionKind.EXPECTED)
    for kind in (QuestionKind.FELL_SHORT, QuestionKind.EXCEEDED, QuestionKind.CHANGE):
        actions.reveal_question(question_of(review, kind), by=cast.malee)
    actions.make_pattern(review, "เวลา", [said], by=cast.malee, kind="fell_short")
    promise_of(voice, SECRET)
    return forum


def told(harvest: Harvest) -> str:
    """All that stands in it, but for the forum itself."""
    return " ".join(str(getattr(harvest, name)) for name in Harvest.__slots__ if name != "forum")


def test_who_prepares_finds_all_that_was_shown_and_nothing_else(cast: SimpleNamespace, day: Forum) -> None:
    harvest = harvest_of(day, cast.malee)
    assert [(one.name, one.people, one.names) for one in harvest.units] == [
        ("กลุ่มเลี้ยงวัวห้วยทราย", 1, ()),
        ("โรงพยาบาลดอยคำ", 1, ()),
        ("หอผู้ป่วยดอยคำ", 1, (str(cast.nurse),)),
    ]
    assert (harvest.people, harvest.named_units, harvest.at_door) == (3, 3, True)
    assert [one.title for one in harvest.stories] == ["เรื่องที่เปิด", "เรื่องที่อยู่ในวง"]
    assert [one.title for one in harvest.cores] == ["แก่นเปิด", "แก่นในวง"]
    assert [(one.title, len(one.sparks)) for one in harvest.sparks] == [("ก่อนถาม", 1), ("", 1)]
    assert [one.kind for one in harvest.beside] == ["fell_short", "exceeded"]
    assert [one.title for one in harvest.beside[0].patterns] == ["เวลา"]
    assert harvest.improve is not None
    assert harvest.improve.quotes == ("เพิ่มเวลาวง",)
    for words in ("คำหยาบ", "ยังไม่เปิดเผย", SECRET, "ลุงคำ", "ยายมา", "พี่นิรนาม", str(cast.somchai)):
        assert words not in told(harvest)
    assert harvest.promises is not None
    assert harvest.promises.promises == 0


@pytest.mark.parametrize(
    ("who", "stories", "typed_unit", "follows"),
    [
        ("visitor", 1, False, False),
        ("somchai", 1, False, False),
        ("nurse", 2, False, True),
        ("malee", 2, True, True),
        ("steward", 2, True, True),
    ],
)
def test_each_reader_finds_what_is_hers(
    cast: SimpleNamespace, day: Forum, who: str, stories: int, typed_unit: bool, follows: bool
) -> None:
    reader: Person | None = None if who == "visitor" else getattr(cast, who)
    harvest = harvest_of(day, reader)
    assert (len(harvest.stories), len(harvest.cores)) == (stories, stories)
    assert ("กลุ่มเลี้ยงวัวห้วยทราย" in told(harvest)) is typed_unit
    assert (bool(harvest.beside), bool(harvest.improve)) == (follows, follows)
    assert ("เวลาน้อยไป" in told(harvest)) is follows
    assert harvest.people == 3


def test_what_stays_among_those_who_were_there_does_not_go_on_paper(
    cast: SimpleNamespace, day: Forum
) -> None:
    paper = harvest_of(day, cast.malee).for_paper()
    assert ([one.title for one in paper.stories], paper.kept_back) == (["เรื่องที่เปิด"], 1)
    assert [one.title for one in paper.cores] == ["แก่นเปิด"]
    kept = next(one for one in day.stories.all() if not one.allows_quotes).nuggets.get()
    actions.word_nugget(kept, "โทรเตือนก่อนนัด", by=cast.malee)
    [nugget] = harvest_of(day, cast.malee).for_paper().cores[1].nuggets
    assert (nugget.words, nugget.teller, nugget.unit, nugget.story) == ("โทรเตือนก่อนนัด", "", "", "")


def test_a_withdrawn_story_and_its_nuggets_are_gone_even_for_who_took_them_back(
    cast: SimpleNamespace, day: Forum
) -> None:
    for story in day.stories.all():
        actions.withdraw_story(story, by=cast.malee)
    harvest = harvest_of(day, cast.malee)
    assert (harvest.stories, harvest.cores) == ((), ())


def test_promises_are_told_in_fives(cast: SimpleNamespace, day: Forum) -> None:
    for number in range(6):
        promise_of(make_voice(day.review), f"{SECRET} {number}")
    for _ in range(3):
        make_voice(day.review)
    assert harvest_of(day, None).promises == Sums(0, {})
    actions.close_forum(day, by=cast.malee)
    harvest = harvest_of(Forum.objects.get(pk=day.pk), None)
    assert harvest.promises is not None
    assert (harvest.promises.promises, SECRET in told(harvest)) == (5, False)


def test_without_a_door_those_with_a_seat_are_counted(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital, starts_at=timezone.now())
    make_participant(forum, name="ก")
    make_participant(forum, name="ข", seated=False)
    harvest = harvest_of(forum, None)
    assert (harvest.people, harvest.named_units, harvest.at_door) == (1, 0, False)
    assert (harvest.promises, harvest.beside, harvest.improve) == (None, (), None)


def test_it_costs_the_same_for_one_and_for_many(cast: SimpleNamespace, day: Forum) -> None:
    harvest_of(day, cast.malee)
    with CaptureQueriesContext(connection) as one:
        harvest_of(day, cast.malee)
    for number in range(5):
        nugget = make_nugget(make_story(day, cast.malee, title=f"เรื่อง {number}"), cast.malee)
        actions.name_core(day, f"แก่น {number}", by=cast.malee, nuggets=[nugget])
        make_spark(day, f"ประกาย {number}")
        make_participant(day, name=f"คน {number}", unit=cast.town)
        answer = make_answer(make_voice(day.review), f"คำตอบ {number}")
        actions.make_pattern(day.review, f"เรื่อง {number}", [answer], by=cast.malee, kind="exceeded")
    with CaptureQueriesContext(connection) as many:
        harvest_of(day, cast.malee)
    assert len(many) == len(one)
