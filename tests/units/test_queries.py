from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from prakai.units.actions import close_unit, merge_units, rename_unit, split_unit
from prakai.units.models import Unit, UnitKind
from prakai.units.queries import (
    MOST_BRANCHES,
    Branch,
    find_units,
    resolve_unit,
    unit_page,
    unit_tree,
    units_list,
)
from tests.factories.people import make_person
from tests.factories.units import make_ministry, make_unit

pytestmark = pytest.mark.django_db

DAY = date(2016, 10, 1)


def names(units: list[Unit]) -> list[str]:
    return [unit.name_th for unit in units]


def drawn(branches: list[Branch]) -> list[object]:
    return [(b.unit.name_th, b.beneath, b.hidden, drawn(b.branches)) for b in branches]


def test_existing_tells_units_of_a_day() -> None:
    make_unit("เก่า", valid_to=date(2010, 12, 31))
    make_unit("ใหม่", valid_from=date(2011, 1, 1))
    assert names(list(Unit.objects.existing(date(2010, 12, 31)).in_order())) == ["เก่า"]
    assert names(list(Unit.objects.existing(date(2011, 1, 1)).in_order())) == ["ใหม่"]


def test_a_unit_is_named_in_the_language_of_the_moment() -> None:
    unit = make_unit("โรงพยาบาลดอยคำ", name_en="Doi Kham Hospital")
    thai_only = make_unit("โรงเรียนบ้านผาห่ม")
    with translation.override("en"):
        assert [str(unit), str(thai_only)] == ["Doi Kham Hospital", "โรงเรียนบ้านผาห่ม"]
    with translation.override("th"):
        assert str(unit) == "โรงพยาบาลดอยคำ"


def test_list_filters_and_orders_the_thai_way() -> None:
    tree = make_ministry()
    make_unit("เก", kind=UnitKind.SCHOOL, province="40")
    make_unit("ขาว", kind=UnitKind.SCHOOL, province="55")
    assert names(units_list(None, kind="school").rows) == ["เก", "ขาว", "โรงเรียนบ้านผาห่ม"]
    assert names(units_list(None, kind="school", province="55").rows) == ["ขาว", "โรงเรียนบ้านผาห่ม"]
    assert names(units_list(None, words="ผาห่ม").rows) == [tree["centre"].name_th, tree["school"].name_th]
    assert names(units_list(None, words="รพ.สต. บ้านผา").rows) == [tree["centre"].name_th]
    assert names(units_list(None, words="กบก").rows) == [tree["department"].name_th]
    assert names(units_list(None, words="ดอยคำ รพช").rows) == [tree["hospital"].name_th]
    assert units_list(None, words="ไม่มีที่ไหน").rows == []


def test_list_leaves_out_what_ended_until_it_is_asked_for() -> None:
    make_unit("อยู่")
    make_unit("จบแล้ว", valid_to=DAY)
    assert names(units_list(None).rows) == ["อยู่"]
    assert names(units_list(None, ended=True).rows) == ["จบแล้ว", "อยู่"]
    assert names(units_list(None, words="จบ").rows) == ["จบแล้ว"]


def test_list_goes_on_page_by_page(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(1, 6):
        make_unit(f"โรงเรียน {number}")
    make_unit("โรงเรียน 3")
    seen: list[str] = []
    after = None
    for _ in range(3):
        with django_assert_num_queries(2 if after else 1):
            page = units_list(None, after=after, size=2)
        seen += names(page.rows)
        after = page.next
    assert seen == ["โรงเรียน 1", "โรงเรียน 2", "โรงเรียน 3", "โรงเรียน 3", "โรงเรียน 4", "โรงเรียน 5"]
    assert after is None
    assert units_list(None, after=10**25).is_first is True


def test_tree_counts_what_it_does_not_show(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    tree = make_ministry()
    make_unit("จบแล้ว", parent=tree["hospital"], valid_to=DAY)
    with django_assert_num_queries(3):
        branches = unit_tree(None, depth=3)
    assert drawn(branches) == [
        (
            "กระทรวงสุขภาวะชุมชน",
            1,
            0,
            [("กรมบริการสุขภาพใกล้บ้าน", 1, 0, [("โรงพยาบาลดอยคำ", 1, 1, [])])],
        ),
        ("โรงเรียนบ้านผาห่ม", 0, 0, []),
    ]
    assert drawn(unit_tree(None, under=tree["hospital"])) == [
        ("โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านผาห่ม", 0, 0, []),
    ]


def test_tree_leaves_out_a_level_that_is_too_wide() -> None:
    root = make_unit("ราก")
    for number in range(MOST_BRANCHES):
        make_unit(f"กิ่ง {number}", parent=root)
    assert drawn(unit_tree(None)) == [("ราก", MOST_BRANCHES, MOST_BRANCHES, [])]
    for number in range(MOST_BRANCHES + 5):
        make_unit(f"รากที่ {number}")
    assert len(unit_tree(None)) == MOST_BRANCHES + 1


def test_tree_shows_what_hangs_under_a_unit_that_ended() -> None:
    ended = make_unit("กรมที่ยุบ", valid_to=DAY)
    make_unit("กองที่อยู่", parent=ended)
    assert [branch.unit.name_th for branch in unit_tree(None)] == ["กองที่อยู่"]


@pytest.mark.parametrize("many", [1, 3])
def test_page_costs_the_same_however_much_it_tells(
    many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    steward = make_person(steward=True)
    tree = make_ministry()
    hospital = tree["hospital"]
    for number in range(many):
        make_unit(f"ห้อง {number}", parent=hospital)
        rename_unit(hospital, name_th=f"ชื่อใหม่ {number}", by=steward, on=date(2011 + number, 1, 1))
        merge_units(make_unit(f"เล็ก {number}"), hospital, by=steward, on=DAY)
    with django_assert_num_queries(7):
        page = unit_page(hospital, None)
    assert names(page.ancestors) == ["กระทรวงสุขภาวะชุมชน", "กรมบริการสุขภาพใกล้บ้าน"]
    assert len(page.children) == many + 1
    assert (len(page.former_names), len(page.came_from), page.became) == (many, many, [])
    assert page.former_names[-1].name_th == "โรงพยาบาลดอยคำ"
    assert (page.province and page.province.name_th, page.has_ended) == ("น่าน", False)


def test_history_is_told_in_order() -> None:
    steward = make_person(steward=True)
    unit = make_unit("ศูนย์เก่า", valid_from=date(1990, 1, 1))
    part = make_unit("งานหนึ่ง", parent=unit)
    merge_units(part, unit, by=steward, on=date(2018, 1, 1), because="คำสั่ง")
    rename_unit(unit, name_th="ศูนย์ใหม่", by=steward, on=date(2010, 1, 1))
    split_unit(unit, into=["ศูนย์น้อย"], goes_on=True, by=steward, on=date(2015, 1, 1))
    close_unit(unit, by=steward, on=date(2020, 1, 1), because="ยุบ")
    page = unit_page(unit, None)
    assert [(event.on.year, event.what, event.unit, event.name, event.because) for event in page.history] == [
        (1990, "began", None, "", ""),
        (2009, "renamed", None, "ศูนย์เก่า", ""),
        (2015, "split", Unit.objects.get(name_th="ศูนย์น้อย"), "", ""),
        (2018, "joined", part, "", "คำสั่ง"),
        (2020, "closed", None, "", "ยุบ"),
    ]
    assert (page.ended_children, page.has_ended) == ([], True)


def test_a_page_tells_the_first_hundred_beneath_it_and_the_list_all() -> None:
    unit = make_unit("กรม")
    for number in range(101):
        make_unit(f"กอง {number}", parent=unit)
    below = make_unit("งาน", parent=unit.children.in_order()[0])
    make_unit("กองที่ยุบ", parent=unit, valid_to=DAY)
    page = unit_page(unit, None)
    assert (len(page.children), page.more_children, names(page.ended_children)) == (100, True, ["กองที่ยุบ"])
    assert len(units_list(None, under=unit, size=200).rows) == 102
    assert units_list(None, under=below).rows == []


def test_history_tells_the_name_that_changed() -> None:
    unit = make_unit("ศูนย์เก่า", name_en="The Centre")
    rename_unit(unit, name_th="ศูนย์ใหม่", name_en="The Centre", by=make_person(steward=True), on=DAY)
    with translation.override("en"):
        assert [event.name for event in unit_page(unit, None).history] == ["ศูนย์เก่า"]


def test_find_puts_equal_names_first_then_beginnings() -> None:
    for name in ("ศูนย์น่าน", "น่านนคร", "น่าน"):
        make_unit(name)
    make_unit("กรมที่ชื่ออื่น", abbreviations=["น.า.น."])
    assert names(find_units("น่าน")) == ["น่าน", "น่านนคร", "ศูนย์น่าน"]
    assert names(find_units("น่าน", limit=1)) == ["น่าน"]
    assert find_units(" ") == []


def test_find_knows_abbreviations_and_former_names() -> None:
    steward = make_person(steward=True)
    tree = make_ministry()
    rename_unit(tree["school"], name_th="โรงเรียนสองภูเขา", by=steward, on=DAY)
    assert names(find_units("ก.ส.ว.")) == ["กระทรวงสุขภาวะชุมชน"]
    assert names(find_units("ร.ร.บ้านผาห่ม")) == ["โรงเรียนสองภูเขา"]
    merge_units(tree["school"], tree["hospital"], by=steward, on=date(2017, 1, 1))
    assert find_units("สองภูเขา") == []
    assert names(find_units("สองภูเขา", ended=True)) == ["โรงเรียนสองภูเขา"]


def test_resolve_understands_every_way_of_writing() -> None:
    steward = make_person(steward=True)
    tree = make_ministry()
    rename_unit(tree["school"], name_th="โรงเรียนสองภูเขา", by=steward, on=DAY)
    for words, key in (
        ("โรงพยาบาลดอยคำ", "hospital"),
        ("รพ. ดอยคำ", "hospital"),
        ("doi kham  hospital", "hospital"),
        ("กสว", "ministry"),
        ("ก.ส.ว.", "ministry"),
        ("รพ.สต.บ้านผาห่ม", "centre"),
        ("รพ.สต.บ้านผาห่ม จ.น่าน", "centre"),
        ("ร.ร.บ้านผาห่ม", "school"),
        ("โรงพยาบานดอยคำ", "hospital"),
        ("กรมบริการสุขภาพไกล้บ้าน", "department"),
    ):
        assert (words, resolve_unit(words).unit) == (words, tree[key])
    assert resolve_unit("สภากาแฟ") == (None, [])
    assert resolve_unit("โรงพยาบานดอยคำ", guess=False) == (None, [tree["hospital"]])
    assert resolve_unit("") == (None, [])
    assert resolve_unit("รพ.สต.บ้านผาห่ม จ.ขอนแก่น").unit is None


def test_resolve_reads_the_office_of_an_abbreviation_and_a_district_at_the_end() -> None:
    office = make_unit("สำนักงานคณะกรรมการพัฒนาระบบราชการ", abbreviations=["ก.พ.ร."])
    for words in ("สำนักงาน ก.พ.ร.", "สนง.กพร.", "สำนักงานกพร", "กพร"):
        assert (words, resolve_unit(words, guess=False).unit) == (words, office)
    health = make_unit("สำนักงานสาธารณสุขจังหวัดน่าน", province="55")
    centre = make_unit("โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านผาห่ม", province="55")
    far = "รพ.สต.บ้านผาห่ม ต.ผาห่ม อ.เวียงสา จ.น่าน"
    assert (resolve_unit("สนง.สสจ.น่าน").unit, resolve_unit(far).unit) == (health, centre)
    assert resolve_unit(far, guess=False) == (None, [centre])
    assert resolve_unit("รพ.สต.บ้านผาห่ม อ.เวียงสา จ.ขอนแก่น").unit is None


def test_candidates_stand_in_the_order_they_were_founded() -> None:
    units = [make_unit("กองคลัง", province=code) for code in ("55", "40", "50")]
    units[0].save()
    assert resolve_unit("กองคลัง") == (None, units)


def test_resolve_never_guesses_between_two() -> None:
    nan = make_unit("โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา", province="55")
    khon_kaen = make_unit("โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา", province="40")
    assert resolve_unit("รพ.สต.บ้านนา") == (None, [nan, khon_kaen])
    assert resolve_unit("รพ.สต.บ้านนา จ.ขอนแก่น").unit == khon_kaen
    assert resolve_unit("รพ.สต.บ้านนา", province="55").unit == nan
    one, two = make_unit("โรงเรียนเทศบาล 1"), make_unit("โรงเรียนเทศบาล 2")
    assert (resolve_unit("ร.ร.เทศบาล ๑").unit, resolve_unit("โรงเรียนเทศบาน 2").unit) == (one, two)
    assert resolve_unit("โรงเรียนเทศบาล 3") == (None, [])
    make_unit("สำนักงานเกษตรอำเภอดอยคำ")
    make_unit("สำนักงานเกษตรอำเภอดอยคา")
    close = resolve_unit("สำนักงานเกษตรอำเภอดอยคี")
    assert (close.unit, len(close.candidates)) == (None, 2)


def test_resolve_makes_no_guess_from_a_few_letters() -> None:
    district = make_unit("ที่ว่าการอำเภอดอยคำ", abbreviations=["อ.ดอยคำ"])
    assert resolve_unit("อ.ดอยคำ").unit == district
    assert resolve_unit("ดอยคำ") == (None, [district])


def test_resolve_prefers_what_still_exists() -> None:
    make_unit("ศูนย์เรียนรู้", valid_to=DAY)
    going_on = make_unit("ศูนย์เรียนรู้")
    assert resolve_unit("ศูนย์เรียนรู้").unit == going_on
