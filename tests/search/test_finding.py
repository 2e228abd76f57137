"""A note is found however people type what they look for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from prakai.people.models import Person
from prakai.search.queries.answers import Found, Hit
from prakai.search.queries.finding import find
from prakai.search.queries.likeness import related_to
from prakai.search.queries.suggesting import suggest
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.talk import make_comment
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

TITLE = "ป้ายสีหน้าห้องยา ลดเวลารอคอยของผู้ป่วยนอก"
BODY = (
    "<p>เดือนตุลาคม ๒๕๕๐ เราคุยกับสำนักงานคณะกรรมการพัฒนาระบบราชการเรื่องดิจิทัลวอลเล็ตของโรงพยาบาล "
    "แล้วลองเปลี่ยนป้ายเป็นสี่สีให้คนแก่อ่านออก ตามมาตรา 39/1 ของระเบียบ</p>"
)
OTHERS = (
    ("ตลาดนัดความรู้ของตำบล", "<p>ชาวบ้านเอาผักมาแลกกับเรื่องเล่า ปี ๒๕๖๐ ตามมาตรา 39</p>"),
    ("คู่หูพยาบาลจบใหม่", "<p>พี่เลี้ยงหนึ่งคนต่อน้องหนึ่งคน ทบทวนหลังปฏิบัติทุกวันศุกร์</p>"),
    ("เครื่องสูบน้ำพลังแสงอาทิตย์", "<p>ช่างชุมชนซ่อมเองได้โดยไม่ต้องรอส่วนกลาง</p>"),
)


@pytest.fixture
def malee(searched: Callable[[], int]) -> Person:
    malee = make_person(unit=make_unit(province="55"))
    make_note(malee, TITLE, BODY, at=datetime(2007, 10, 3, tzinfo=UTC))
    for title, body in OTHERS:
        make_note(malee, title, body, at=datetime(2017, 5, 1, tzinfo=UTC))
    searched()
    return malee


def titles(found: Found) -> list[str]:
    return [said(hit) for hit in found.hits if hit.kind == "note"]


def said(hit: Hit) -> str:
    return "".join(piece.text for piece in hit.title)


@pytest.mark.parametrize(
    "query",
    [
        "ห้องยา",
        "ป้ายสีหน้า",
        "ป้ายสี รอคอย",
        "รอ คอยของผู้ ป่วยนอก",
        "ป้ายสีหน้าห้\u200bองยา",
        "วอลเล็ต",
        "กพร",
        "ก.พ.ร.",
        "OPDC",
        "2550 ป้าย",
        "๒๕๕๐ ป้าย",
        "2007 ป้าย",
        "ป้ายสีหน้าหองยา",
        "ป้ายศรีหน้าห้องญา",
        "ปายสีหน้าห้อยา",
        "xhkplu",
        "มาตรา 39/1",
        "มาตรา ๓๙/๑",
        "ลองเปลี่ยนป้ายเป็นสี่สีให้คนแก่อ่านออก",
        '"เปลี่ยนป้ายเป็นสี่สี"',
        "ป้าย -ผัก",
        "after:2550 before:2552 ป้าย",
        "after:2007 before:2009 ป้าย",
        "ยา" + " " * 500 + "ป้ายสี",
    ],
)
def test_it_is_found_first(malee: Person, query: str) -> None:
    assert titles(find(query, None))[:1] == [TITLE]


@pytest.mark.parametrize(
    ("query", "near", "read_as"),
    [
        ("ห้องยา", False, ""),
        ("ป้ายศรีหน้าห้องญา", True, ""),
        ("xhkplu", False, "ป้ายสี"),
        ("สภากาแฟบนดวงจันทร์", False, ""),
    ],
)
def test_a_weaker_tier_says_so(malee: Person, query: str, near: bool, read_as: str) -> None:
    found = find(query, None)
    assert (found.only_near, found.read_as, found.rebuilding) == (near, read_as, False)
    assert all(hit.is_near for hit in found.hits) == near or not found.hits


def test_what_is_close_and_scores_higher_comes_before_what_holds_every_word(
    searched: Callable[[], int],
) -> None:
    malee = make_person()
    walk = "ระหว่างทางเราแวะตลาดของอำเภอแล้วคุยกับชาวบ้านเรื่องฝนที่มาช้ากว่าทุกปี " * 3
    make_note(malee, "บันทึกประจำวัน", f"<p>{walk} น้องญามา แล้วเราเห็นหน้าห้อง {walk}</p>")
    for title in ("ห้องยา", "หน้าห้องยา", "ป้ายหน้าห้องยา", "ที่หน้าห้องยาของเรา"):
        make_note(malee, title, f"<p>{walk} หน้าห้อง</p>")
    searched()
    found = find("หน้าห้อง ญา", None)
    assert (found.total, found.only_near) == (1, False)
    in_order = [(said(hit), hit.is_near) for hit in found.hits]
    assert in_order == [
        ("หน้าห้องยา", True),
        ("ป้ายหน้าห้องยา", True),
        ("ที่หน้าห้องยาของเรา", True),
        ("บันทึกประจำวัน", False),
        ("ห้องยา", True),
    ]
    pages = [find("หน้าห้อง ญา", None, page=page, size=3) for page in (1, 2)]
    assert [(said(hit), hit.is_near) for page in pages for hit in page.hits] == in_order


def test_what_is_close_stands_among_what_holds_every_word_by_its_score(searched: Callable[[], int]) -> None:
    malee = make_person()
    walk = "ระหว่างทางเราแวะตลาดของอำเภอแล้วคุยกับชาวบ้านเรื่องฝนที่มาช้ากว่าทุกปี " * 3
    make_note(malee, "คู่มือซ่อมบ่อบาดาลของหมู่บ้าน", "<p>เครื่องสูบน้ำ</p>")
    make_note(malee, "ซ่อมบ่อบาลดาของหมู่บ้านเรา", f"<p>{walk} หมู่บ้าน</p>")
    make_note(malee, "จดหมายจากทางไกล", f"<p>บาดาล {walk} ซ่อม {walk} หมู่บ้าน {walk} บ่อ {walk} ของ</p>")
    searched()
    found = find("ซ่อมบ่อบาดาลของหมู่บ้าน", None)
    assert [(said(hit), hit.is_near) for hit in found.hits] == [
        ("คู่มือซ่อมบ่อบาดาลของหมู่บ้าน", False),
        ("ซ่อมบ่อบาลดาของหมู่บ้านเรา", True),
        ("จดหมายจากทางไกล", False),
    ]
    assert (found.total, found.only_near) == (2, False)


@pytest.mark.parametrize("query", ['"คู่หูพยาบาลจบไหม่" ทบทวน', "“คู่หูพยาบาลใหม่”ทบทวนทุกวันศุกร์"])
def test_a_quoted_name_that_nobody_writes_so_finds_what_is_close_and_says_so(
    malee: Person, query: str
) -> None:
    found = find(query, None)
    assert titles(found)[0] == "คู่หูพยาบาลจบใหม่"
    assert found.only_near
    # What is quoted alone is meant as it is.
    assert titles(find('"คู่หูพยาบาลจบไหม่"', None)) == []


def test_a_short_question_finds_what_answers_it_in_other_words(malee: Person) -> None:
    found = find("ใครเป็นพี่เลี้ยงพยาบาลมือใหม่", None)
    assert (titles(found)[:1], found.only_near) == (["คู่หูพยาบาลจบใหม่"], True)
    assert titles(find("จรวดคืออะไร", None)) == []


def test_what_must_not_stand_is_not_found(malee: Person) -> None:
    assert titles(find("มาตรา -ป้าย", None)) == ["ตลาดนัดความรู้ของตำบล"]
    assert titles(find('"มาตรา 39 ของ"', None)) == []


def test_facets_count_what_is_found_and_narrow_it(malee: Person) -> None:
    with translation.override("th"):
        found = find("มาตรา", None)
        counts = {name: [(c.label, c.count) for c in choices] for name, choices in found.facets.items()}
        assert (found.total, counts) == (
            2,
            {"kind": [("บันทึก", 2)], "year": [("2560", 1), ("2550", 1)]},
        )
    narrowed = find("มาตรา", None, chosen={"year": ["2550"]})
    assert (titles(narrowed), narrowed.total) == ([TITLE], 1)
    assert [c.is_chosen for c in narrowed.facets["year"]] == [True]
    assert find("มาตรา", None, chosen={"kind": ["unit"], "year": ["x" * 900], "sort": [""]}).total == 0


def test_newest_and_oldest(malee: Person) -> None:
    assert titles(find("มาตรา", None, sort="oldest")) == [TITLE, OTHERS[0][0]]
    assert titles(find("มาตรา", None, sort="newest")) == [OTHERS[0][0], TITLE]
    assert titles(find("by:มาลี", None, sort="newest"))[-1:] == [TITLE]
    assert find("มาตรา", None, sort="บุญ").sort == "best"


def test_pages_hold_each_thing_once(malee: Person) -> None:
    for number in range(45):
        make_note(malee, f"สวนผักหลังสำนักงาน {number}", "<p>ปลูกเองกินเอง</p>")
    from prakai.search.keeping import rebuild

    rebuild()
    for sort in ("best", "newest"):
        pages = [find("สวนผักหลังสำนักงาน", None, sort=sort, page=page) for page in (1, 2, 3)]
        assert [(page.total, page.pages, page.page) for page in pages] == [(45, 3, 1), (45, 3, 2), (45, 3, 3)]
        keys = [hit.pk for page in pages for hit in page.hits if not hit.is_near]
        assert (len(keys), len(set(keys))) == (45, 45)
    assert find("สวนผักหลังสำนักงาน", None, page=99).hits == []


def test_passages_show_and_mark_what_answers(malee: Person) -> None:
    [hit] = [hit for hit in find("วอลเล็ต", None).hits if hit.kind == "note"]
    assert "วอลเล็ต" in [piece.text for piece in hit.passage if piece.is_hit]
    [hit] = [hit for hit in find("2550 ป้าย", None).hits if hit.kind == "note"][:1]
    assert "๒๕๕๐" in [piece.text for piece in hit.passage if piece.is_hit]


def test_comments_people_units_and_tags_are_found(malee: Person, searched: Callable[[], int]) -> None:
    note = make_note(malee, "เรื่องอื่น")
    make_comment(note.conversation, malee, "ที่บ้านใช้กระถางดอกไม้แทนป้าย")
    make_unit("ศูนย์กระถางดอกไม้ชุมชน")
    make_person("กระถาง", "ดอกไม้งาม")
    searched()
    assert {hit.kind for hit in find("กระถาง", malee).hits} == {"comment", "unit", "person"}


def test_suggestions_go_on_from_what_is_typed(malee: Person) -> None:
    assert [one.text for one in suggest("ป้ายสี", None)] == [TITLE]
    assert [one.kind for one in suggest("โรงพยาบาลดอ", None)] == ["unit"]
    assert [one.text for one in suggest("คูหูพยาบาล", None)] == ["คู่หูพยาบาลจบใหม่"]
    assert suggest("", None) == suggest("ฮฮฮฮฮฮ", None) == suggest('\x00-"', None) == []


def test_related_notes_tell_of_the_same_matter(malee: Person, searched: Callable[[], int]) -> None:
    note = make_note(malee, "ห้องยากับป้ายสี", BODY)
    searched()
    assert titles(Found(asked=None, hits=related_to(note, None))) == [TITLE]  # type: ignore[arg-type]


def test_a_page_costs_the_same_queries_for_few_and_many(
    malee: Person, searched: Callable[[], int], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make_note(malee, f"ป้ายสีหน้าห้อง {number}")
    searched()
    find("ป้าย", None)
    with django_assert_max_num_queries(14) as few:
        find("ป้าย", None, size=3)
    with django_assert_max_num_queries(len(few.captured_queries)):
        find("ป้าย", None, size=20)


@pytest.mark.parametrize(
    "query",
    ["", "   ", '"', "-", "tag:", "unit:ไม่มีหน่วยนี้ ป้าย", "\x00\x00", "ั" * 3000, "\u200b" * 100_000, '"' * 10_000,
     "ก" * 100_000, "เ" * 5000, "a" * 100_000, "1" * 50_000, "( OR AND )", "field:value^2~3", "\ud800", "٣ ๓ ３",
     "คำ " * 30_000],
    ids=range(19),
)  # fmt: skip
def test_hostile_queries_are_answered(malee: Person, query: str) -> None:
    found = find(query, None, page=3, size=1000)
    assert (found.rebuilding, found.page >= 1) == (False, True)
    suggest(query, None)


@pytest.mark.parametrize(
    ("query", "finds"),
    [("นม.", True), ("นม", True), ("ประชุมที่ นม.", True), ("ดื่ม นม", False)],
)
def test_a_short_form_is_widened_where_it_is_meant_so(
    malee: Person, searched: Callable[[], int], query: str, finds: bool
) -> None:
    make_note(malee, "ประชุมที่นครราชสีมา", "<p>วันนี้เราเดินทางด้วยกัน</p>")
    make_note(malee, "เด็ก ๆ ดื่มนมทุกเช้า", "<p>โรงเรียนของเรา</p>")
    searched()
    assert ("ประชุมที่นครราชสีมา" in titles(find(query, None))) is finds


def test_an_abbreviation_comes_before_letters_that_stand_so_by_chance(
    malee: Person, searched: Callable[[], int]
) -> None:
    make_note(malee, "ยายติ๊กพร่ำสอน", "<p>ยายติ๊กพร่ำสอนหลานทุกวัน ยายติ๊กพร่ำอยู่อย่างนั้น</p>")
    make_note(malee, "บันทึกจากการประชุม", "<p>ตัวแทนของ กพร. มาเล่าให้ฟังว่าหน่วยงานเปลี่ยนอย่างไร</p>")
    searched()
    found = find("กพร", None)
    assert (titles(found)[0], found.only_near) == ("บันทึกจากการประชุม", False)


@pytest.mark.parametrize("query", ["รพ.สต.", "รพสต", "สอ.", "สถานีอนามัย"])
def test_a_short_wording_is_no_part_of_other_words(query: str, searched: Callable[[], int]) -> None:
    author = make_person("มาลี")
    make_note(author, "สองแถวหน้าห้องสอบ", "<p>เขาสอนส่องกระจก</p>")
    for title in ("รพ.สต. บ้านนา", "ส.อ. บ้านสวน", "สอ.บ้านไร่", "สถานีอนามัยบ้านดอน"):
        make_note(author, title, "<p>สองคนนั่งคอย</p>")
    searched()
    found = find(query, None)
    assert (found.total, len({hit.pk for hit in found.hits if not hit.is_near})) == (4, 4)
    marked = {piece.text for hit in found.hits for piece in (*hit.title, *hit.passage) if piece.is_hit}
    assert marked == {"รพ.สต.", "ส.อ.", "สอ.", "สถานีอนามัย"}
