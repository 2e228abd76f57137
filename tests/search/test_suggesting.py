"""While somebody types: from the first letter on, by any name of a thing, never what she may not see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from prakai.notes.actions import withdraw_note
from prakai.notes.models import Tag
from prakai.search.documents import Document, prepared
from prakai.search.engine import the_engine
from prakai.search.engine.sought import GOES_ON, Narrowing, Strict
from prakai.search.queries.finding import find
from prakai.search.queries.suggesting import suggest
from prakai.units.models import FormerName
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(searched: Callable[[], int]) -> SimpleNamespace:
    hospital = make_unit("โรงพยาบาลดอยคำ", name_en="Doi Kham Hospital", abbreviations=["รพช.ดอยคำ"])
    FormerName.objects.create(unit=hospital, name_th="สุขศาลาบ้านเก่า", until_on=date(1975, 1, 1))
    malee = make_person(
        "มาลี", "ใจงาม", nickname_th="หน่อย", given_en="Malee", family_en="Jaingam", unit=hospital
    )
    open_ = make_note(malee, "เก้าอี้หกตัวหน้าห้องยา", tags=["การจัดการคิว"])
    closed = make_note(malee, "เก้าอี้ในห้องประชุมลับ", audience="unit")
    alias = Tag.objects.create(key="แถวคอย", label="แถวคอย")
    alias.same_as = Tag.objects.get(label="การจัดการคิว")
    alias.save()
    searched()
    return SimpleNamespace(malee=malee, hospital=hospital, open=open_, closed=closed, searched=searched)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        *((("มาลี ใจงาม")[:length], "มาลี ใจงาม") for length in range(2, 11)),
        *((("เก้าอี้หกตัว")[:length], "เก้าอี้หกตัวหน้าห้องยา") for length in range(2, 13)),
        *((("โรงพยาบาลดอยคำ")[:length], "โรงพยาบาลดอยคำ") for length in range(1, 15)),
        ("หกต", "เก้าอี้หกตัวหน้าห้องยา"),
        ("ห้องย", "เก้าอี้หกตัวหน้าห้องยา"),
        ("เกาอี", "เก้าอี้หกตัวหน้าห้องยา"),
        ("เก่าอี้หกต", "เก้าอี้หกตัวหน้าห้องยา"),
        ("ใจง", "มาลี ใจงาม"),
        ("หน่อ", "มาลี ใจงาม"),
        ("mal", "มาลี ใจงาม"),
        ("Malee J", "มาลี ใจงาม"),
        ("doi kh", "โรงพยาบาลดอยคำ"),
        ("รพช.ด", "โรงพยาบาลดอยคำ"),
        ("รพชดอ", "โรงพยาบาลดอยคำ"),
        ("สุขศา", "โรงพยาบาลดอยคำ"),
        ("ดอยค", "โรงพยาบาลดอยคำ"),
        ("การจ", "การจัดการคิว"),
        ("แถวค", "การจัดการคิว"),
    ],
)
def test_what_is_typed_is_on_the_way_to_a_name(place: SimpleNamespace, typed: str, text: str) -> None:
    assert text in [one.text for one in suggest(typed, None)]


@pytest.mark.parametrize(
    ("typed", "text"),
    [("มาล", "มาลี ใจงาม"), ("เก้า", "เก้าอี้หกตัวหน้าห้องยา"), ("เก้าอ", "เก้าอี้หกตัวหน้าห้องยา"), ("โรงพ", "โรงพยาบาลดอยคำ"),
     ("Malee J", "มาลี ใจงาม"), ("สุขศา", "โรงพยาบาลดอยคำ")],
)  # fmt: skip
def test_a_half_typed_name_is_found_as_it_stands(place: SimpleNamespace, typed: str, text: str) -> None:
    found = find(typed, None)
    assert ("".join(piece.text for piece in found.hits[0].title), found.only_near) == (text, False)


def test_a_word_that_is_known_is_no_half_typed_one(place: SimpleNamespace) -> None:
    make_note(place.malee, "ยาวันละเม็ด", "<p>กินยาหลังอาหาร</p>")
    make_note(place.malee, "ยางพาราในสวน", "<p>กรีดตอนเช้ามืด</p>")
    place.searched()
    titles = ["".join(piece.text for piece in hit.title) for hit in find("ยา", None).hits if not hit.is_near]
    assert ("ยาวันละเม็ด" in titles, "ยางพาราในสวน" in titles) == (True, False)


@pytest.mark.parametrize(
    "typed", ["", " ", "-", '"', "*", "ก*", "^", "\x00", "ฮฮฮ", "zzz", ".*", "่", "\u200b"]
)
def test_what_no_name_begins_with_is_on_the_way_to_nothing(place: SimpleNamespace, typed: str) -> None:
    assert suggest(typed, None) == [] or typed == "ก*"


def test_names_come_before_titles_and_shorter_ones_first(place: SimpleNamespace) -> None:
    for title in ("มาลีเล่าเรื่องน้ำ", "มาลีกับเพื่อนสิบคนที่บ้านนา"):
        make_note(place.malee, title)
    make_person("มาลีรัตน์", "ยาวเหยียด")
    place.searched()
    assert [one.text for one in suggest("มาลี", None)] == [
        "มาลี ใจงาม",
        "มาลีรัตน์ ยาวเหยียด",
        "มาลีเล่าเรื่องน้ำ",
        "มาลีกับเพื่อนสิบคนที่บ้านนา",
    ]


def test_a_common_beginning_hides_no_person_behind_titles(place: SimpleNamespace) -> None:
    for number in range(120):
        make_note(place.malee, f"มาลีเล่าเรื่องที่ {number}")
    place.searched()
    assert suggest("มาล", None)[0].text == "มาลี ใจงาม"


def test_what_may_not_be_seen_is_not_suggested_though_the_index_lags(place: SimpleNamespace) -> None:
    assert [one.text for one in suggest("เก้าอี้ใน", place.malee)][:1] == ["เก้าอี้ในห้องประชุมลับ"]
    assert "เก้าอี้ในห้องประชุมลับ" not in [one.text for one in suggest("เก้าอี้ใน", None)]
    withdraw_note(place.open, by=place.malee)
    assert suggest("เก้าอี้หก", None) == []


def test_a_name_is_known_by_its_beginnings_up_to_a_length() -> None:
    begins = prepared(Document("unit", 1, "กข", called=("กข", "ABC", "ก" * 90))).begins.split(" ")
    assert begins[:5] == ["ก", "กข", "a", "ab", "abc"]
    assert (begins[-1], len(begins)) == ("ก" * 24, 5 + 23)


def test_a_token_that_goes_on_stands_for_all_that_begin_so(place: SimpleNamespace) -> None:
    term = ("title_grams", f"เกาอ{GOES_ON}")
    found, _ = the_engine().candidates({term: 1.0}, {}, Strict(), Narrowing(), most=10)
    assert {one.key for one in found} == {f"note:{place.open.pk}", f"note:{place.closed.pk}"}
