from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client

from prakai.people.models import Person
from prakai.units.actions import close_unit
from prakai.units.models import Unit
from tests.factories.people import make_person
from tests.factories.units import make_ministry, make_unit

pytestmark = pytest.mark.django_db

CHANGES = ("correct", "rename", "move", "merge", "split", "close")


@pytest.fixture
def by_steward(steward: Person, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(steward)


def sent(client: Client, address: str, given: dict[str, str]) -> str:
    """Send a form that is fine; return where it leads."""
    response = client.post(address, given)
    assert response.status_code == 302, response.text
    return unquote(response.headers["Location"])


def told(client: Client, address: str, given: dict[str, str]) -> str:
    """Send a form that is not right; return the page that says so and keeps what was typed."""
    response = client.post(address, given)
    assert (response.status_code, "!!unknown" in response.text) == (200, False)
    for value in given.values():
        assert value.split("\n")[0] in response.text
    return response.text


def test_founding_a_unit(by_steward: Client) -> None:
    tree = make_ministry()
    assert "ผาห่ม" not in by_steward.get("/units/new").text
    assert "โรงพยาบาลดอยคำ (น่าน) #" in by_steward.get(f"/units/new?under={tree['hospital'].pk}").text
    address = sent(
        by_steward,
        "/units/new",
        {
            "name_th": "รพ.สต.บ้านนา",
            "abbreviations": "บน.; บ.น. ;บนา",
            "kind": "health_centre",
            "parent": "รพช.ดอยคำ",
            "province": "55",
            "valid_from": "๑ ต.ค. ๒๕๔๕",
        },
    )
    unit = Unit.objects.get(name_th="รพ.สต.บ้านนา")
    assert address == unit.get_absolute_url()
    assert (unit.parent, unit.valid_from, unit.abbreviations) == (
        tree["hospital"],
        date(2002, 10, 1),
        ["บน.", "บนา"],
    )
    assert "The unit is on the list." in by_steward.get(address).text


def test_founding_asks_back_and_keeps_what_was_typed(by_steward: Client) -> None:
    first, second = make_unit("กองคลัง", province="55"), make_unit("กองคลัง", province="40")
    page = told(by_steward, "/units/new", {"name_th": "งานพัสดุ", "kind": "office", "parent": "กองคลัง"})
    assert f"กองคลัง (น่าน) #{first.pk}, กองคลัง (ขอนแก่น) #{second.pk}" in page
    page = told(by_steward, "/units/new", {"name_th": "งานพัสดุ", "kind": "office", "parent": "สภากาแฟ"})
    assert "No unit of this name is known here." in page
    page = told(by_steward, "/units/new", {"name_th": "งานพัสดุ", "kind": "office", "valid_from": "เมื่อวาน"})
    assert "This day cannot be read." in page
    page = told(by_steward, "/units/new", {"name_th": "ก" * 200, "kind": "office", "abbreviations": "ก" * 61})
    assert "At most 12 abbreviations of at most 60 letters each." in page
    sent(
        by_steward,
        "/units/new",
        {"name_th": "งานพัสดุ", "kind": "office", "parent": f"กองคลัง (ขอนแก่น) #{second.pk}"},
    )
    assert Unit.objects.get(name_th="งานพัสดุ").parent == second


def test_correcting_shows_what_is_written(by_steward: Client) -> None:
    unit = make_unit("โรงพยาบานดอยคำ", abbreviations=["ก.", "ข."], valid_from=date(2002, 10, 1))
    page = by_steward.get(f"/units/{unit.pk}/correct").text
    assert ['value="โรงพยาบานดอยคำ"' in page, 'value="ก.; ข."' in page, "1 ตุลาคม 2545" in page] == [True] * 3
    given = {"name_th": "โรงพยาบาลดอยคำ", "kind": "hospital", "valid_from": "1 ตุลาคม 2545"}
    assert sent(by_steward, f"/units/{unit.pk}/correct", given) == f"/units/{unit.pk}-โรงพยาบาลดอยคำ"


def test_renaming(by_steward: Client) -> None:
    unit = make_unit("สำนักงานเก่า")
    page = told(by_steward, f"/units/{unit.pk}/rename", {"name_th": "สำนักงานเก่า", "on": "1 ต.ค. 2559"})
    assert "This is its name already." in page
    page = told(by_steward, f"/units/{unit.pk}/rename", {"name_th": "สำนักงานใหม่", "on": "1 ต.ค. 2600"})
    assert "This day is still to come." in page
    given = {"name_th": "สำนักงานใหม่", "on": "1 ต.ค. 2559"}
    assert sent(by_steward, f"/units/{unit.pk}/rename", given) == f"/units/{unit.pk}-สำนักงานใหม่"


def test_moving(by_steward: Client) -> None:
    tree = make_ministry()
    hospital = tree["hospital"]
    page = told(by_steward, f"/units/{hospital.pk}/move", {"parent": "รพ.สต.บ้านผาห่ม"})
    assert "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านผาห่ม lies beneath Doi Kham Hospital itself." in page
    sent(by_steward, f"/units/{hospital.pk}/move", {"parent": tree["school"].get_absolute_url()})
    hospital.refresh_from_db()
    assert hospital.parent == tree["school"]
    sent(by_steward, f"/units/{hospital.pk}/move", {"parent": ""})
    hospital.refresh_from_db()
    assert hospital.parent is None


def test_merging(by_steward: Client) -> None:
    tree = make_ministry()
    hospital = tree["hospital"]
    assert (
        "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านผาห่ม moves along." in by_steward.get(f"/units/{hospital.pk}/merge").text
    )
    page = told(by_steward, f"/units/{hospital.pk}/merge", {"later": "รพ.สต.บ้านผาห่ม", "on": "1 ต.ค. 2559"})
    assert "lies beneath Doi Kham Hospital. Move it out first." in page
    given = {"later": "ร.ร.บ้านผาห่ม", "on": "1 ต.ค. 2559", "because": "ประกาศ"}
    assert sent(by_steward, f"/units/{hospital.pk}/merge", given) == hospital.get_absolute_url()
    assert "this unit is part of" in by_steward.get(hospital.get_absolute_url()).text


def test_splitting(by_steward: Client) -> None:
    unit, known = make_unit("กรมใหญ่"), make_unit("กรมที่มีอยู่")
    address = f"/units/{unit.pk}/split"
    page = told(by_steward, address, {"into": "กรมเดียว", "on": "1 ต.ค. 2559"})
    assert "A unit that ends splits into two or more." in page
    page = told(by_steward, address, {"into": "#999999", "on": "1 ต.ค. 2559"})
    assert "There is no unit with the number in “#999999”." in page
    sent(by_steward, address, {"into": f"กรมหนึ่ง\n\n#{known.pk}\r\n", "on": "1 ต.ค. 2559"})
    assert [row.later.name_th for row in unit.successions.order_by("pk")] == ["กรมหนึ่ง", "กรมที่มีอยู่"]


def test_closing_and_opening_again(by_steward: Client, steward: Person) -> None:
    unit = make_unit()
    sent(by_steward, f"/units/{unit.pk}/close", {"on": "30 ก.ย. 2559", "because": "ยุบ"})
    unit.refresh_from_db()
    assert unit.valid_to == date(2016, 9, 30)
    sent(by_steward, f"/units/{unit.pk}/reopen", {})
    unit.refresh_from_db()
    assert unit.valid_to is None


def test_who_may_not_is_told_why(
    client: Client, by_steward: Client, signed_in: Callable[[Person], Client]
) -> None:
    unit = make_unit()
    addresses = ["/units/new", *(f"/units/{unit.pk}/{change}" for change in CHANGES)]
    for reader in (client, signed_in(make_person(language="en"))):
        for address in addresses:
            for response in (
                reader.get(f"{address}?lang=en"),
                reader.post(f"{address}?lang=en", {"name_th": "ก"}),
            ):
                assert response.status_code == 403
                assert "Only a steward of the network looks after the list of units." in response.text
    assert [by_steward.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_what_has_ended_says_why_it_changes_no_more(by_steward: Client, steward: Person) -> None:
    tree = make_ministry()
    close_unit(tree["school"], by=steward, on=date(2016, 9, 30))
    response = by_steward.get(f"/units/{tree['school'].pk}/merge")
    assert (response.status_code, "This unit has ended" in response.text) == (403, True)
    response = by_steward.get(f"/units/{tree['hospital'].pk}/close")
    assert (response.status_code, "There are units beneath it that go on." in response.text) == (403, True)
