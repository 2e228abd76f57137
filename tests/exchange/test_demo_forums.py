"""The forums of the demo network: past, today and next month; the same each time, and gone without a trace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from prakai.exchange.demo.loading import add_demo
from prakai.exchange.demo.removing import remove_demo
from prakai.forums.actions import change_forum, enter_participant, found_forum, give_role
from prakai.forums.models import (
    PARTS,
    Answer,
    Circle,
    Core,
    Echo,
    Forum,
    Growth,
    Nugget,
    Participant,
    Pattern,
    Phase,
    Placement,
    Promise,
    PromiseNews,
    QuestionKind,
    Role,
    Round,
    Spark,
    SparkGroup,
    Story,
    Voice,
)
from prakai.forums.queries.before import earlier_in_series
from prakai.forums.queries.forums import forum_lists
from prakai.forums.queries.plan import plan_of
from prakai.journal.models import Entry
from prakai.notes.models import Note
from prakai.people.models import Person
from prakai.units.models import Unit
from tests.factories.people import make_person
from tests.factories.units import make_unit

NOW = datetime(2026, 6, 15, 5, 40, tzinfo=UTC)


def test_one_was_one_is_today_and_one_comes(db: None) -> None:
    add_demo(now=NOW)
    lists = forum_lists(None, now=NOW)
    assert [len(rows) for rows in (lists.past.rows, lists.today, lists.coming.rows)] == [1, 1, 2]
    past, today, coming = lists.past.rows[0], lists.today[0], lists.coming.rows[0]
    assert (past.closed_at == past.ends_at, today.closed_at, coming.starts_at - NOW < timedelta(days=40)) == (  # type: ignore[operator]
        True, None, True
    )  # fmt: skip
    assert [one.forum for one in earlier_in_series(coming, None)] == [today, past]
    of_network = lists.coming.rows[1]
    assert of_network.network is not None
    assert (of_network.network.is_demo, of_network.series) == (True, None)
    for forum in (past, today, coming, of_network):
        assert [warning.words for warning in plan_of(forum).warnings] == []
        assert forum.made_at < NOW


def test_the_same_moment_gives_the_same_codes(db: None) -> None:
    add_demo(now=NOW)
    first = codes()
    remove_demo()
    add_demo(now=NOW)
    assert codes() == first


def codes() -> list[tuple[object, ...]]:
    """What links, cards and phones know of the forums and of what hangs on them."""
    told: list[tuple[object, ...]] = [
        *Forum.objects.values_list("public_id", "code", "title", "starts_at"),
        *Participant.objects.values_list("public_id", "name", "registered_at", "arrived_at"),
        *Story.objects.values_list("public_id", "client_id", "title", "at"),
        *Spark.objects.values_list("public_id", "client_id", "words", "at"),
        *Promise.objects.values_list("public_id", "client_id", "words", "at"),
    ]
    return sorted(told, key=str)


def test_they_go_without_a_trace(db: None) -> None:
    add_demo(now=NOW)
    steward = make_person("ประสาน", steward=True)
    change_forum(Forum.objects.filter(closed_at=None)[0], by=steward, place="ศาลา")
    remove_demo()
    left = [
        table._meta.label
        for table in apps.get_app_config("forums").get_models()
        if table._default_manager.exists()
    ]
    assert left == []
    assert Entry.objects.filter(thing_kind__startswith="forums.").count() == 0


def test_forums_of_real_people_stay(db: None) -> None:
    add_demo(now=NOW)
    unit = make_unit("หน่วยงานจริง")
    real = make_person("แก้วตา", "จริงใจ", unit=unit, facilitator=True)
    writer = Person.objects.get(email="writer@demo.prakai.example")
    demo_unit = Unit.objects.filter(is_demo=True)[0]
    forum = found_forum(demo_unit, by=real, title="เวทีจริง", host=demo_unit, series="ชุดจริง", at=timezone.now())
    give_role(forum, writer, "recorder", by=real)
    remove_demo()
    forum = Forum.objects.get()
    assert (forum.title, forum.unit, forum.host, forum.series) == ("เวทีจริง", unit, None, None)
    assert [role.person for role in Role.objects.all()] == [real]


@pytest.fixture
def days(db: None) -> list[Forum]:
    """The three forums of the series, the earliest first."""
    add_demo(now=NOW)
    return list(Forum.objects.filter(series__isnull=False).order_by("starts_at"))


def seats_of(forum: Forum) -> tuple[int, int, int]:
    """How many come, of them wait, and have arrived."""
    coming = Participant.objects.coming().filter(forum=forum)
    return coming.count(), coming.waiting().count(), coming.filter(arrived_at__isnull=False).count()


def test_people_register_and_arrive(days: list[Forum]) -> None:
    assert [seats_of(forum) for forum in days] == [(40, 0, 37), (30, 0, 20), (12, 0, 0)]
    past, today, coming = days
    assert Participant.objects.filter(forum=past).values("unit").distinct().count() >= 10
    for forum in days:
        names = Participant.objects.filter(forum=forum, person=None).count()
        assert 0 < names < Participant.objects.filter(forum=forum).count()
    assert Participant.objects.filter(forum=coming).exclude(needs="").count() == 2
    for forum, circles in ((past, 5), (today, 3)):
        laid = Round.objects.get(forum=forum)
        kept = Circle.objects.filter(round=laid, facilitator__isnull=False, recorder__isnull=False)
        assert (laid.shown_at is not None, kept.count()) == (True, circles)
        assert Placement.objects.filter(round=laid).count() == seats_of(forum)[2]
    assert Round.objects.filter(forum=coming).count() == 0


def test_stories_say_how_and_one_grows_into_a_note(days: list[Forum]) -> None:
    stories = Story.objects.filter(forum=days[0])
    assert (stories.count(), stories.filter(allows_quotes=False).count(), Story.objects.count()) == (7, 1, 7)
    assert all(all(getattr(story, part) for part in PARTS) for story in stories)
    assert all("⟦" not in getattr(story, part) for story in stories for part in PARTS)
    assert all(story.circle is not None for story in stories)
    nuggets = Nugget.objects.filter(story__in=stories)
    assert 12 <= nuggets.count() <= 18
    for nugget in nuggets.select_related("story"):
        assert getattr(nugget.story, nugget.part)[nugget.start : nugget.end] == nugget.verbatim
    assert {core.nuggets.count() >= 2 for core in Core.objects.all()} == {True}
    growth = Growth.objects.get()
    assert growth.note is not None
    assert (growth.author, growth.note.author) == (growth.story.person, growth.author)  # type: ignore[union-attr]
    assert growth.note in Note.objects.visible_to(None)


def test_walls_are_written_on(days: list[Forum]) -> None:
    past, today, _ = days
    sparks = Spark.objects.filter(forum=past)
    assert (sparks.shown().count(), Spark.objects.filter(forum=today).shown().count()) == (25, 12)
    assert 0 < sparks.filter(name="").count() < 25
    assert not sparks.filter(name="", person__isnull=False).exists()
    assert (sparks.filter(pinned_at__isnull=False).count(), SparkGroup.objects.count()) == (2, 3)
    assert sparks.filter(builds_on__isnull=False).count() == 3
    assert Echo.objects.filter(spark__in=sparks).count() > 100
    assert (past.wall.is_open, today.wall.is_open) == (False, True)


def test_one_review_was_held_and_one_is_prepared(days: list[Forum]) -> None:
    past, today, _ = days
    assert [Phase.objects.filter(review__forum=forum).count() for forum in days] == [6, 6, 0]
    assert not Phase.objects.filter(review__forum=past, ended_at=None).exists()
    assert not Phase.objects.filter(review__forum=today, begun_at__isnull=False).exists()
    voices = Voice.objects.filter(review__forum=past)
    assert voices.count() == 15
    for kind in (QuestionKind.EXCEEDED, QuestionKind.FELL_SHORT):
        said = Answer.objects.revealed().filter(question__kind=kind, voice__in=voices)
        assert said.values("voice").distinct().count() >= 12
    assert [pattern.answers.count() >= 3 for pattern in Pattern.objects.all()] == [True] * 5
    assert (Promise.objects.count(), PromiseNews.objects.filter(after=30).count()) == (15, 10)
    assert Promise.objects.filter(reminds=True).count() == 0


def test_what_happened_lies_in_its_time_and_is_marked_as_demo(days: list[Forum]) -> None:
    past = days[0]
    assert past.starts_at is not None
    assert past.ends_at is not None
    for table, path in ((Story, "forum"), (Spark, "forum"), (Answer, "voice__review__forum")):
        rows = table._default_manager.filter(**{path: past})
        assert not rows.exclude(at__gt=past.starts_at, at__lt=past.ends_at).exists()
    assert not Entry.objects.filter(at__gt=NOW).exists()
    for table in apps.get_app_config("forums").get_models():
        if any(column.name == "is_demo" for column in table._meta.get_fields()):
            assert not table._default_manager.filter(is_demo=False).exists(), table


def test_a_second_time_adds_nothing(days: list[Forum]) -> None:
    before = Entry.objects.count(), Participant.objects.count(), Spark.objects.count()
    assert add_demo(now=NOW) is False
    assert (Entry.objects.count(), Participant.objects.count(), Spark.objects.count()) == before


def test_who_came_to_a_real_forum_from_a_demo_unit_keeps_its_name(days: list[Forum]) -> None:
    unit = make_unit("หน่วยงานจริง")
    real = make_person("แก้วตา", "จริงใจ", unit=unit, facilitator=True)
    demo_unit = Unit.objects.get(name_th="โรงพยาบาลดอยคำ")
    forum = found_forum(unit, by=real, title="เวทีจริง", at=timezone.now())
    enter_participant(forum, by=real, name="มาลี", unit_words="โรงพยาบาลดอยคำ")
    assert Participant.objects.get(forum=forum).unit == demo_unit
    remove_demo()
    assert [(one.unit, one.unit_name) for one in Participant.objects.all()] == [(None, "โรงพยาบาลดอยคำ")]
