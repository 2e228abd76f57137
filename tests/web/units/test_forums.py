"""Forums on the page of their unit: what the reader may know of, to come and past, at a constant cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.forums import make_forum
from tests.factories.people import make_person
from tests.factories.units import make_unit


@pytest.mark.django_db
def test_unit_page_when_it_holds_forums_shows_those_that_the_reader_may_know_of() -> None:
    unit = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person(unit=unit)
    now = timezone.now()
    make_forum(malee, unit, "เวทีหน้า", starts_at=now + timedelta(days=9))
    make_forum(malee, unit, "เวทีเมื่อปีก่อน", starts_at=now - timedelta(days=300))
    make_forum(malee, unit, "เวทีเฉพาะสมาชิก", audience="members")
    make_forum(malee, unit, "เวทีที่ยังไม่ประกาศ", announced=False)
    other = make_unit("ที่อื่น", parent=unit)
    make_forum(make_person(unit=other), other, "เวทีของหน่วยอื่น")
    page = Client().get(unit.get_absolute_url()).content.decode()
    assert [title in page for title in ("เวทีหน้า", "เวทีเมื่อปีก่อน")] == [True, True]
    assert page.index("เวทีหน้า") < page.index('id="notes"') < page.index("เวทีเมื่อปีก่อน")
    hidden = ("เวทีเฉพาะสมาชิก", "เวทีที่ยังไม่ประกาศ", "เวทีของหน่วยอื่น")
    assert [title in page for title in hidden] == [False, False, False]
    reader = Client()
    reader.force_login(malee)
    mine = reader.get(unit.get_absolute_url()).content.decode()
    assert [title in mine for title in hidden] == [True, False, False]


@pytest.mark.django_db
def test_unit_page_when_it_holds_many_forums_costs_the_same_queries() -> None:
    unit = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person(unit=unit)
    reader = Client()
    reader.force_login(malee)
    make_forum(malee, unit, starts_at=timezone.now() + timedelta(days=9))
    reader.get(unit.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        reader.get(f"{unit.get_absolute_url()}?after=1")
    for days in range(1, 5):
        make_forum(malee, unit, starts_at=timezone.now() - timedelta(days=days))
    with CaptureQueriesContext(connection) as many:
        reader.get(f"{unit.get_absolute_url()}?after=2")
    assert len(many) == len(one)
