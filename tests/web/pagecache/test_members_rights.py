"""A right that ends or begins ends or begins with the next page, whatever pages are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from prakai.notes.actions import save_note
from prakai.notes.actions.writing import writing_of
from prakai.people.actions import end_appointment, entrust_place
from prakai.people.models import Audience
from prakai.web.pagecache import members
from tests.factories.people import make_appointment, make_person
from tests.web.pagecache.test_members import Cast, anew, asked

pytestmark = pytest.mark.django_db


def test_whoever_stops_working_there_gets_no_page_of_the_unit(kept: members.MemberPages) -> None:
    cast = Cast(Audience.UNIT)
    path = cast.note.get_absolute_url()
    first, second, *_ = cast.ordinary
    assert (asked(first, path)[0], asked(second, path)[0], len(kept._pages)) == (200, 200, 1)
    end_appointment(second.appointments.get(), by=second)
    assert (asked(first, path)[0], asked(second, path)[0]) == (200, 404)


def test_whoever_works_there_until_today_gets_no_page_of_the_unit_tomorrow(
    kept: members.MemberPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast(Audience.UNIT)
    path = cast.note.get_absolute_url()
    first, second, *_ = cast.ordinary
    today = timezone.localdate()
    second.appointments.update(until_on=today)
    newcomer = make_person("ผู้มา", "พรุ่งนี้")
    make_appointment(newcomer, cast.note.unit, from_on=today + timedelta(days=1))
    assert [asked(one, path)[0] for one in (first, second, newcomer)] == [200, 200, 404]
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    assert [asked(one, path)[0] for one in (first, second, newcomer)] == [200, 404, 200]


def test_a_note_for_fewer_is_nobody_else_s_at_once(kept: members.MemberPages) -> None:
    cast = Cast(Audience.MEMBERS)
    path = cast.note.get_absolute_url()
    nurse, teacher = cast.ordinary[0], cast.ordinary[-2]
    assert (asked(nurse, path)[0], asked(teacher, path)[0]) == (200, 200)
    note = cast.note
    narrower = replace(writing_of(note), audience=Audience.UNIT)
    save_note(note, by=cast.malee, writing=narrower, base_version=note.version)
    assert (asked(nurse, path)[0], asked(teacher, path)[0]) == (200, 404)


def test_who_becomes_a_steward_gets_her_own_page_at_once(kept: members.MemberPages) -> None:
    cast = Cast(Audience.PUBLIC)
    path = cast.note.get_absolute_url()
    first, second, *_ = cast.ordinary
    asked(first, path)
    entrust_place(second, by=None)
    assert asked(second, path) == anew(kept, second, path)
    assert "คำที่ซ่อน" in asked(second, path)[1]
