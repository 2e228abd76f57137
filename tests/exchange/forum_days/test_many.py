"""A large day costs as many questions as a small one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.exchange.forum_days import bring_day, pack_day
from prakai.forums import actions
from prakai.forums.models import Forum, Spark
from prakai.people.models import Person
from tests.exchange.forum_days.places import laptop_with
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.sparks import make_spark
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


def held(forum: Forum, by: Person, many: int) -> None:
    """Each seat is changed and arrives, and throws two sparks; the second half of the agenda goes."""
    for seat in forum.participants.all()[:many]:
        actions.change_participant(seat, by=by, phone="089")
        actions.check_in(seat, by=by)
        actions.echo_spark(make_spark(forum, "ประกาย"), by=None, token="phone-1")
        make_spark(forum, "ต่อยอด", builds_on=Spark.objects.filter(forum=forum).first())
    for block in forum.days.get().blocks.all()[: max(1, many // 4)]:
        actions.remove_block(block, by=by)


def test_as_many_queries_for_a_small_day_as_for_a_large_one(tmp_path: Path) -> None:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person("มาลี", unit=hospital)
    forum = make_forum(malee, hospital, first_on=timezone.localdate(), agenda="whole-day")
    actions.open_wall(forum, by=malee)
    for number in range(24):
        make_participant(forum, name=f"ผู้ร่วมเวที {number}", phone="081")
    pack_day(forum, tmp_path / "plan.zip", by=malee)
    asked = {}
    for many in (4, 24):
        with laptop_with(tmp_path / "plan.zip", out=tmp_path / f"day-{many}.zip") as there:
            there.refresh_from_db()
            held(there, there.roles.get().person, many)
    for many in (4, 24):
        path = tmp_path / f"day-{many}.zip"
        with CaptureQueriesContext(connection) as looked:
            bring_day(path, by=None, dry_run=True)
        asked[many] = len(looked)
    assert asked[24] == asked[4]
    found = bring_day(tmp_path / "day-24.zip", by=None)
    assert (found.added["sparks"], found.changed["participants"], found.conflicts) == (48, 24, [])
    packed = []
    for number in range(2):
        with CaptureQueriesContext(connection) as told:
            pack_day(forum, tmp_path / f"out-{number}.zip", by=None)
        packed.append(len(told))
        bring_day(tmp_path / "day-24.zip", by=None)
    assert packed[0] == packed[1]
