"""Whom and what ``by:`` and ``unit:`` mean: a part of a name, another name, an abbreviation; only what may be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from prakai.people.models import Person
from prakai.search.engine import the_engine
from prakai.search.queries.finding import find
from prakai.search.queries.meant import people_meant, units_meant
from prakai.units.models import FormerName, Unit
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital(searched: Callable[[], int]) -> Unit:
    hospital = make_unit(
        "สำนักงานสาธารณสุขจังหวัดน่าน",
        name_en="Nan Provincial Health Office",
        abbreviations=["ส.ส.น.น."],
        about="ดูแลบ้านผาห่ม",
    )
    FormerName.objects.create(unit=hospital, name_th="สำนักงานแพทย์หลวงเมืองน่าน", until_on=date(1990, 1, 1))
    make_unit("โรงเรียนบ้านผาห่ม")
    make_person("มาลี", "ใจงาม", nickname_th="หน่อย", given_en="Malee", family_en="Jaingam")
    make_person("สมชาย", "ลับตา", is_listed=False, about="ทำงานกับมาลี")
    searched()
    return hospital


@pytest.mark.parametrize(
    "name",
    ["สำนักงานสาธารณสุขจังหวัดน่าน", "สสจ.น่าน", "สาธารณสุข น่าน", "ธารณสุข", "สสนน", "ส.ส.น.น.", "แพทย์หลวง",
     "provincial health", "Nan Provincial Health Office"],
)  # fmt: skip
def test_a_unit_is_meant_however_it_is_called(hospital: Unit, name: str) -> None:
    assert units_meant(name, None) == [hospital.pk]


@pytest.mark.parametrize("name", ["ผาหมื่น", "ดูแล", "-", "", " ", "ฮ" * 500])
def test_no_unit_is_meant_by_what_none_is_called(hospital: Unit, name: str) -> None:
    assert units_meant(name, None) == []


def test_a_unit_is_not_meant_by_what_is_told_about_it(hospital: Unit) -> None:
    assert [Unit.objects.get(pk=pk).name_th for pk in units_meant("บ้านผาห่ม", None)] == ["โรงเรียนบ้านผาห่ม"]


@pytest.mark.parametrize("name", ["มาลี", "มาลี ใจงาม", "นางมาลี", "คุณมาลี ใจงาม", "หน่อย", "malee", "ใจงาม"])
def test_a_person_is_meant_however_she_is_called(hospital: Unit, name: str) -> None:
    assert len(people_meant(name, None)) == 1


def test_who_is_not_listed_is_meant_among_members_alone(hospital: Unit) -> None:
    member = make_person()
    assert (len(people_meant("สมชาย", member)), people_meant("สมชาย", None)) == (1, [])


def test_who_is_listed_no_more_is_not_meant_though_the_index_lags(hospital: Unit) -> None:
    before = people_meant("มาลี", None)
    Person.objects.filter(given_th="มาลี").update(is_listed=False)
    assert (len(before), people_meant("มาลี", None)) == (1, [])


def test_names_in_a_query_are_words_where_there_is_no_index(hospital: Unit) -> None:
    the_engine().forget()
    assert find("by:มาลี unit:สสจ.น่าน", None).rebuilding is True
