"""Reads of people: found by what one remembers of them, in constant numbers of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from prakai.people import queries
from prakai.people.models import Person
from tests.factories.people import make_appointment, make_person
from tests.people.conftest import Cast


def _names(people: list[Person]) -> list[str]:
    return [person.given_th for person in people]


@pytest.mark.parametrize(
    "words", ["มาลี", "ใจงาม", "นางมาลี ใจงาม", "ลี", "malee", "MALEE JAINGAM", "มาลี ใจ", "คุณมาลี"]
)
def test_find_people_when_words_are_remembered_in_part(cast: Cast, words: str) -> None:
    assert _names(queries.find_people(words, cast.somchai)) == ["มาลี"]


@pytest.mark.parametrize("words", ["", "   ", "มาลัย", "%", "zzz"])
def test_find_people_when_nobody_is_meant(cast: Cast, words: str) -> None:
    assert queries.find_people(words, cast.somchai) == []


def test_find_people_when_name_begins_with_words(cast: Cast) -> None:
    make_person("กมาลี", "ท้าย")
    assert _names(queries.find_people("มาลี", cast.somchai)) == ["มาลี", "กมาลี"]


def test_find_people_when_reader_is_a_visitor(cast: Cast) -> None:
    assert queries.find_people("สมชาย", None) == []
    assert _names(queries.find_people("สมชาย", cast.malee)) == ["สมชาย"]


def test_people_list_when_in_thai_order_and_paged(cast: Cast) -> None:
    make_person("เกษม", "ก")
    first = queries.people_list(cast.fa, size=2)
    second = queries.people_list(cast.fa, size=2, after=first.older)
    third = queries.people_list(cast.fa, size=2, after=second.older)
    assert _names(first.rows + second.rows + third.rows) == ["เกษม", "มาลี", "สมชาย", "แสงดาว", "เอื้อฟ้า"]
    assert (first.is_first, second.is_first, third.older) == (True, False, None)


def test_people_list_when_filtered(cast: Cast) -> None:
    cast.malee.knows = ["ก.พ.ร.", "เบาหวาน"]
    cast.malee.save()
    assert _names(queries.people_list(cast.fa, knows="กพร").rows) == ["มาลี"]
    assert _names(queries.people_list(cast.fa, knows="กพ").rows) == []
    assert _names(queries.people_list(cast.fa, words="เบาหวาน").rows) == ["มาลี"]
    assert _names(queries.people_list(cast.fa, unit=cast.hospital).rows) == ["มาลี", "แสงดาว"]
    assert _names(queries.people_list(cast.fa, unit=cast.ward).rows) == ["มาลี"]
    assert _names(queries.people_list(None).rows) == ["มาลี", "แสงดาว", "เอื้อฟ้า"]


def test_people_list_when_a_position_is_only_stated(cast: Cast) -> None:
    stated = make_appointment(cast.somchai, cast.hospital, position_th="ผู้อำนวยการใหญ่")
    assert _names(queries.people_list(cast.fa, unit=cast.hospital).rows) == ["มาลี", "สมชาย", "แสงดาว"]
    stated.confirmed_at = None
    stated.save()
    assert _names(queries.people_list(cast.fa, unit=cast.hospital).rows) == ["มาลี", "แสงดาว"]
    posts = [row.post for row in queries.rows_of(queries.people_list(cast.fa).rows)]
    assert ("ผู้อำนวยการใหญ่" in str(posts), queries.person_page(cast.somchai, cast.fa).post) == (
        False,
        "นักวิชาการ · เทศบาลเมืองคลองลำพู",
    )


def test_people_list_when_longer_costs_the_same(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            [row.post for row in queries.rows_of(queries.people_list(cast.malee).rows)]
        return len(seen)

    assert cast.malee.is_steward is False  # asked once a request, and kept
    few = cost()
    for n in range(8):
        make_person(f"คนที่{n}", "ต่อ", unit=cast.town)
    assert (few, cost()) == (2, 2)


def test_person_page_when_appointments_changed_over_time(cast: Cast) -> None:
    make_appointment(
        cast.malee,
        cast.town,
        position_th="พยาบาล",
        from_on=timezone.localdate() - timedelta(days=900),
        until_on=timezone.localdate() - timedelta(days=400),
    )
    waiting = make_appointment(cast.malee, cast.ministry)
    waiting.confirmed_at = None
    waiting.save()
    page = queries.person_page(cast.malee, cast.somchai)
    assert [row.unit.pk for row in page.held] == [waiting.unit_id, cast.ward.pk]
    assert [row.unit.pk for row in page.earlier] == [cast.town.pk]
    assert [row.unit.pk for row in queries.person_page(cast.malee, None).held] == [cast.ward.pk]


def test_person_page_when_full_costs_the_same(cast: Cast) -> None:
    def cost() -> int:
        person = Person.objects.get(pk=cast.malee.pk)
        with CaptureQueriesContext(connection) as seen:
            page = queries.person_page(person, cast.somchai)
            [row.unit.name for row in page.held + page.earlier]
        return len(seen)

    few = cost()
    for _ in range(4):
        make_appointment(cast.malee, cast.town)
    assert (few, cost()) == (2, 2)


def test_display_name_when_english_is_known(cast: Cast) -> None:
    with translation.override("en"):
        assert (str(cast.malee), str(cast.fa)) == ("Malee Jaingam", "เอื้อฟ้า เกื้อกูล")
    with translation.override("th"):
        assert str(cast.malee) == "มาลี ใจงาม"


def test_appointments_waiting_when_reader_leads(cast: Cast) -> None:
    stated = make_appointment(cast.somchai, cast.ward)
    elsewhere = make_appointment(cast.malee, cast.town)
    for row in (stated, elsewhere):
        row.confirmed_at = None
        row.save()
    assert queries.appointments_waiting(cast.fa) == [stated, elsewhere]
    assert queries.appointments_waiting(cast.dao) == [stated]
    assert queries.appointments_waiting(cast.malee) == []


def test_people_now_when_some_are_stated_ended_elsewhere_or_hidden(cast: Cast) -> None:
    ward = cast.ward
    earlier = make_person("กานดา", "เคยอยู่")
    make_appointment(earlier, ward, until_on=timezone.localdate() - timedelta(days=1))
    stated = make_person("ขวัญ", "บอกเอง")
    make_appointment(stated, ward)
    stated.appointments.update(confirmed_at=None)
    unlisted = make_person("เกษม", "ไม่เปิดเผย", unit=ward, is_listed=False)
    for reader, names in ((None, ["มาลี"]), (cast.somchai, [unlisted.given_th, "มาลี"])):
        found = queries.people_now(ward, reader, most=10)
        assert _names([row.person for row in found]) == names
    assert len(queries.people_now(ward, cast.somchai, most=1)) == 1
