from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.people.models import Person
from prakai.units.actions import (
    close_unit,
    correct_unit,
    found_unit,
    merge_units,
    move_unit,
    rename_unit,
    reopen_unit,
    split_unit,
)
from prakai.units.models import Closure, FormerName, Succession, SuccessionKind, Unit, UnitKind
from prakai.units.queries import unit_page
from tests.factories.people import make_person
from tests.factories.units import make_ministry, make_unit

pytestmark = pytest.mark.django_db

DAY = date(2016, 10, 1)
EVE = date(2016, 9, 30)


@pytest.fixture
def steward() -> Person:
    return make_person("วรรณา", "ใจกว้าง", steward=True)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def paths() -> dict[str, str]:
    names = {unit.pk: unit.name_th for unit in Unit.objects.all()}
    return {unit.name_th: " > ".join(names[pk] for pk in unit.ancestor_ids()) for unit in Unit.objects.all()}


def test_found_unit(steward: Person) -> None:
    parent = found_unit(name_th="กรมหนึ่ง", kind=UnitKind.DEPARTMENT, by=steward)
    at = datetime(2026, 1, 2, 3, tzinfo=UTC)
    unit = found_unit(
        name_th="  โรงพยาบาล  ดอยคำ\u200b ",
        name_en="Doi Kham Hospital",
        abbreviations=["รพ.ดอยคำ", "รพ. ดอยคำ", " ", "รดค."],
        kind=UnitKind.HOSPITAL,
        parent=parent,
        province="55",
        valid_from=date(1990, 1, 1),
        about="  ใกล้บ้าน ใกล้ใจ ",
        is_demo=True,
        by=steward,
        at=at,
    )
    kept = Unit.objects.get(pk=unit.pk)
    assert kept.name_th == "โรงพยาบาล ดอยคำ"
    assert kept.abbreviations == ["รพ.ดอยคำ", "รดค."]
    assert kept.path == f"{parent.pk}.{unit.pk}."
    assert kept.get_absolute_url() == f"/units/{unit.pk}-โรงพยาบาล-ดอยคำ"
    assert (kept.about, kept.is_demo, kept.created_at) == ("ใกล้บ้าน ใกล้ใจ", True, at)
    entry = Entry.objects.get(thing_id=unit.pk)
    assert (entry.verb, entry.by_id, entry.by_name, entry.at) == (
        "unit.founded",
        steward.pk,
        "วรรณา ใจกว้าง",
        at,
    )


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name_th", {"name_th": " \u200b "}),
        ("name_th", {"name_th": "ก" * 251}),
        ("name_en", {"name_en": "a" * 251}),
        ("abbreviations", {"abbreviations": [f"ก{n}" for n in range(13)]}),
        ("abbreviations", {"abbreviations": ["ก" * 61]}),
        ("kind", {"kind": "circus"}),
        ("province", {"province": "99"}),
        ("valid_to", {"valid_from": DAY, "valid_to": EVE}),
        ("about", {"about": "ก" * 4001}),
    ],
)
def test_found_unit_refuses_what_cannot_be(steward: Person, field: str, given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as told:
        found_unit(**{"name_th": "หน่วยหนึ่ง", "by": steward, **given})
    assert list(told.value.message_dict) == [field]
    assert (Unit.objects.count(), verbs()) == (0, [])


def test_nobody_but_a_steward_changes_units(steward: Person) -> None:
    tree = make_ministry()
    hospital, school = tree["hospital"], tree["school"]
    reader = make_person()
    for by in (None, reader):
        attempts = [
            lambda by=by: found_unit(name_th="ใหม่", by=by),
            lambda by=by: rename_unit(school, name_th="ใหม่", by=by, on=DAY),
            lambda by=by: correct_unit(school, name_th="ใหม่", kind="school", by=by),
            lambda by=by: move_unit(school, parent=hospital, by=by),
            lambda by=by: merge_units(school, hospital, by=by, on=DAY),
            lambda by=by: split_unit(school, into=["หนึ่ง", "สอง"], by=by, on=DAY),
            lambda by=by: close_unit(school, by=by, on=DAY),
        ]
        for attempt in attempts:
            with pytest.raises(Refused), transaction.atomic():
                attempt()
    assert (verbs(), Unit.objects.count()) == ([], 5)
    found_unit(name_th="ใหม่", by=steward)
    assert verbs() == ["unit.founded"]


def test_rename_keeps_the_old_name_with_its_last_day(steward: Person) -> None:
    unit = make_unit("สำนักงานเก่า", name_en="Old Office", abbreviations=["สก."])
    rename_unit(unit, name_th="สำนักงานใหม่", name_en="New Office", by=steward, on=DAY)
    former = FormerName.objects.get()
    assert (former.name_th, former.name_en, former.slug) == ("สำนักงานเก่า", "Old Office", "สำนักงานเก่า")
    assert (former.until_on, former.abbreviations) == (EVE, ["สก."])
    assert (unit.name_th, unit.abbreviations) == ("สำนักงานใหม่", ["สก."])
    assert unit.get_absolute_url() == f"/units/{unit.pk}-สำนักงานใหม่"
    assert "สำนักงานใหม่" in unit.folded.split("\n")
    assert verbs() == ["unit.renamed"]


def test_rename_refuses_the_same_name_and_days_that_cannot_be(steward: Person) -> None:
    unit = make_unit("สำนักงาน", valid_from=DAY)
    for given in (
        {"name_th": " สำนักงาน ", "on": date(2020, 1, 1)},
        {"name_th": "ใหม่", "on": date(9000, 1, 1)},
        {"name_th": "ใหม่", "on": DAY},
    ):
        with pytest.raises(ValidationError), transaction.atomic():
            rename_unit(unit, by=steward, **given)
    assert FormerName.objects.count() == 0


def test_correct_unit_leaves_no_former_name_and_tells_what_changed(steward: Person) -> None:
    unit = make_unit("โรงพยาบานดอยคำ", kind=UnitKind.OFFICE)
    correct_unit(unit, name_th="โรงพยาบาลดอยคำ", kind=UnitKind.HOSPITAL, province="55", by=steward)
    assert (unit.name_th, unit.kind, unit.province) == ("โรงพยาบาลดอยคำ", "hospital", "55")
    assert unit.slug == "โรงพยาบาลดอยคำ"
    assert FormerName.objects.count() == 0
    correct_unit(unit, name_th="โรงพยาบาลดอยคำ", kind=UnitKind.HOSPITAL, province="55", by=steward)
    assert [entry.facts for entry in Entry.objects.all()] == [
        {"fields": ["kind", "name_th", "province", "slug"]}
    ]


def test_move_takes_the_whole_branch_along(steward: Person) -> None:
    tree = make_ministry()
    move_unit(tree["department"], parent=tree["school"], by=steward)
    assert paths() == {
        "กระทรวงสุขภาวะชุมชน": "กระทรวงสุขภาวะชุมชน",
        "โรงเรียนบ้านผาห่ม": "โรงเรียนบ้านผาห่ม",
        "กรมบริการสุขภาพใกล้บ้าน": "โรงเรียนบ้านผาห่ม > กรมบริการสุขภาพใกล้บ้าน",
        "โรงพยาบาลดอยคำ": "โรงเรียนบ้านผาห่ม > กรมบริการสุขภาพใกล้บ้าน > โรงพยาบาลดอยคำ",
        "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านผาห่ม": "โรงเรียนบ้านผาห่ม > กรมบริการสุขภาพใกล้บ้าน > โรงพยาบาลดอยคำ"
        " > โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านผาห่ม",
    }
    move_unit(tree["hospital"], parent=None, by=steward)
    assert paths()["โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านผาห่ม"] == "โรงพยาบาลดอยคำ > โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านผาห่ม"
    assert verbs() == ["unit.moved", "unit.moved"]


def test_move_does_not_mistake_ids_that_begin_alike(steward: Person) -> None:
    first = make_unit("หนึ่ง", pk=1)
    eleventh = make_unit("สิบเอ็ด", pk=11)
    beneath = make_unit("ใต้สิบเอ็ด", pk=12, parent=eleventh)
    target = make_unit("ปลายทาง", pk=2)
    move_unit(first, parent=target, by=steward)
    beneath.refresh_from_db()
    assert (first.path, beneath.path) == ("2.1.", "11.12.")


def test_move_refuses_rings_with_a_reason(steward: Person) -> None:
    tree = make_ministry()
    before = paths()
    for parent, reason in (
        (tree["centre"], "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านผาห่ม"),
        (tree["department"], "กรมบริการสุขภาพใกล้บ้าน"),
    ):
        with pytest.raises(ValidationError) as told, transaction.atomic():
            move_unit(tree["department"], parent=parent, by=steward)
        assert reason in told.value.message_dict["parent"][0]
    assert (paths(), verbs()) == (before, [])


def test_the_tree_does_not_grow_too_deep(steward: Person) -> None:
    deep = make_unit("ชั้นล่างสุด")
    Unit.objects.filter(pk=deep.pk).update(path="7." * 122 + f"{deep.pk}.")
    deep.refresh_from_db()
    branch = make_unit("กิ่ง", pk=100_000)
    make_unit("ใบ", parent=branch)
    with pytest.raises(ValidationError) as told, transaction.atomic():
        move_unit(branch, parent=deep, by=steward)
    assert list(told.value.message_dict) == ["parent"]


def test_merge_ends_the_earlier_and_moves_what_goes_on(steward: Person) -> None:
    tree = make_ministry()
    ended = make_unit("ห้องที่ปิดไปแล้ว", parent=tree["hospital"], valid_to=date(2001, 1, 1))
    later = make_unit("โรงพยาบาลร่วมใจ", parent=tree["ministry"])
    succession = merge_units(tree["hospital"], later, by=steward, on=DAY, because="ประกาศกระทรวง")
    assert (tree["hospital"].valid_to, tree["hospital"].get_absolute_url()) == (
        EVE,
        f"/units/{tree['hospital'].pk}-โรงพยาบาลดอยคำ",
    )
    assert (succession.kind, succession.later, succession.happened_on, succession.because) == (
        SuccessionKind.MERGED,
        later,
        DAY,
        "ประกาศกระทรวง",
    )
    tree["centre"].refresh_from_db()
    ended.refresh_from_db()
    assert (tree["centre"].parent, tree["centre"].path) == (later, f"{later.path}{tree['centre'].pk}.")
    assert ended.parent == tree["hospital"]
    assert Entry.objects.get().facts == {"into": later.pk, "on": "2016-10-01", "moved": [tree["centre"].pk]}


def test_merge_refuses_itself_its_own_branch_and_what_has_ended(steward: Person) -> None:
    tree = make_ministry()
    gone = make_unit("จบแล้ว", valid_to=EVE)
    for later, trouble in (
        (tree["hospital"], ValidationError),
        (tree["centre"], ValidationError),
        (gone, Refused),
    ):
        with pytest.raises(trouble), transaction.atomic():
            merge_units(tree["hospital"], later, by=steward, on=DAY)
    with pytest.raises(Refused), transaction.atomic():
        merge_units(gone, tree["hospital"], by=steward, on=DAY)
    merge_units(tree["hospital"], tree["school"], by=steward, on=DAY)
    with pytest.raises(Refused), transaction.atomic():
        merge_units(tree["hospital"], tree["department"], by=steward, on=DAY)
    assert Succession.objects.count() == 1


def test_split_founds_the_parts_beside_it(steward: Person) -> None:
    tree = make_ministry()
    known = make_unit("โรงพยาบาลที่มีอยู่")
    successions = split_unit(
        tree["hospital"], into=[known, "โรงพยาบาลใหม่"], by=steward, on=DAY, because="แบ่งพื้นที่"
    )
    fresh = Unit.objects.get(name_th="โรงพยาบาลใหม่")
    assert [row.later for row in successions] == [known, fresh]
    assert (fresh.parent, fresh.kind, fresh.province, fresh.valid_from) == (
        tree["department"],
        "hospital",
        "55",
        DAY,
    )
    assert tree["hospital"].valid_to == EVE
    tree["centre"].refresh_from_db()
    assert tree["centre"].parent == tree["hospital"]
    assert verbs() == ["unit.founded", "unit.split"]


def test_split_may_leave_the_unit_going_on(steward: Person) -> None:
    unit = make_unit()
    split_unit(unit, into=["ส่วนที่แยกไป"], goes_on=True, by=steward, on=DAY)
    assert (unit.valid_to, unit.successions.count()) == (None, 1)
    split_unit(unit, into=["อีกส่วน"], goes_on=True, by=steward, on=date(2018, 1, 1))
    assert unit.successions.count() == 2


def test_split_refuses_what_cannot_be(steward: Person) -> None:
    unit, other = make_unit(), make_unit("อื่น")
    for into in ([], ["เดียว"], [unit, other], [other, other], ["ก", "ก"], ["ดี", " "]):
        with pytest.raises(ValidationError), transaction.atomic():
            split_unit(unit, into=into, by=steward, on=DAY)
    assert (Unit.objects.count(), Succession.objects.count(), verbs()) == (2, 0, [])


def test_close_and_reopen(steward: Person) -> None:
    unit = make_unit(valid_from=date(1990, 1, 1))
    with pytest.raises(ValidationError), transaction.atomic():
        close_unit(unit, by=steward, on=date(1989, 1, 1))
    close_unit(unit, by=steward, on=DAY, because="ยุบตามคำสั่ง")
    assert (unit.valid_to, Closure.objects.get().because) == (DAY, "ยุบตามคำสั่ง")
    with pytest.raises(Refused), transaction.atomic():
        close_unit(unit, by=steward, on=DAY)
    reopen_unit(unit, by=steward)
    assert (unit.valid_to, Closure.objects.count()) == (None, 0)
    assert verbs() == ["unit.closed", "unit.reopened"]


def test_a_merged_unit_is_not_opened_again(steward: Person) -> None:
    unit, later = make_unit(), make_unit("ใหม่")
    merge_units(unit, later, by=steward, on=DAY)
    with pytest.raises(Refused), transaction.atomic():
        reopen_unit(unit, by=steward)


def test_a_unit_is_not_closed_over_units_that_go_on(steward: Person) -> None:
    tree = make_ministry()
    with pytest.raises(Refused), transaction.atomic():
        close_unit(tree["hospital"], by=steward, on=DAY)
    close_unit(tree["centre"], by=steward, on=DAY)
    close_unit(tree["hospital"], by=steward, on=DAY)
    assert Closure.objects.count() == 2


def test_a_unit_may_go_into_one_that_came_out_of_it() -> None:
    steward, whole = make_person(steward=True), make_unit("กองหนึ่ง")
    (split,) = split_unit(whole, into=["กองใหม่"], by=steward, on=date(2015, 1, 1), goes_on=True)
    merge_units(whole, split.later, by=steward, on=date(2020, 1, 1))
    page = unit_page(whole, None, on=date(2021, 1, 1))
    assert [(event.what, event.unit) for event in page.history] == [
        ("split", split.later),
        ("merged", split.later),
    ]


def test_a_unit_does_not_split_into_two_of_one_name() -> None:
    steward, whole = make_person(steward=True), make_unit("กองหนึ่ง")
    with pytest.raises(ValidationError) as trouble:
        split_unit(whole, into=["อบต.ดอยคำ", "องค์การบริหารส่วนตำบล ดอยคำ"], by=steward, on=date(2015, 1, 1))
    assert list(trouble.value.message_dict) == ["into"]
    assert len(split_unit(whole, into=["กองก", "กองข"], by=steward, on=date(2015, 1, 1))) == 2
