"""The forums of the demo network: past, today and next month; the same each time, and gone without a trace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.utils import timezone

from prakai.exchange.demo.loading import add_demo
from prakai.exchange.demo.removing import remove_demo
from prakai.forums.actions import change_forum, found_forum, give_role
from prakai.forums.models import Forum, Role
from prakai.forums.queries.before import earlier_in_series
from prakai.forums.queries.forums import forum_lists
from prakai.forums.queries.plan import plan_of
from prakai.journal.models import Entry
from prakai.people.models import Person
from prakai.units.models import Unit
from tests.factories.people import make_person
from tests.factories.units import make_unit

NOW = datetime(2026, 6, 15, 5, 40, tzinfo=UTC)


def test_one_was_one_is_today_and_one_comes(db: None) -> None:
    add_demo(now=NOW)
    lists = forum_lists(None, now=NOW)
    assert [len(rows) for rows in (lists.past.rows, lists.today, lists.coming.rows)] == [1, 1, 1]
    past, today, coming = lists.past.rows[0], lists.today[0], lists.coming.rows[0]
    assert (past.closed_at == past.ends_at, today.closed_at, coming.starts_at - NOW < timedelta(days=40)) == (  # type: ignore[operator]
        True, None, True
    )  # fmt: skip
    assert [one.forum for one in earlier_in_series(coming, None)] == [today, past]
    for forum in (past, today, coming):
        assert [warning.words for warning in plan_of(forum).warnings] == []
        assert forum.made_at < NOW


def test_the_same_moment_gives_the_same_codes(db: None) -> None:
    add_demo(now=NOW)
    first = sorted(Forum.objects.values_list("public_id", "code", "title", "starts_at"))
    remove_demo()
    add_demo(now=NOW)
    assert sorted(Forum.objects.values_list("public_id", "code", "title", "starts_at")) == first


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
