from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from prakai.exchange.units_csv.reading import read_table
from prakai.people.models import Person
from prakai.units.actions import close_unit, merge_units, rename_unit, split_unit
from prakai.units.models import Unit
from tests.factories.people import make_appointment, make_person
from tests.factories.units import make_ministry, make_unit

pytestmark = pytest.mark.django_db

DAY = date(2016, 10, 1)


def page(client: Client, address: str) -> str:
    response = client.get(address, headers={"accept-language": "th"})
    assert (response.status_code, "!!unknown" in response.text) == (200, False)
    return response.text


def words(markup: str) -> str:
    inline = re.sub(r"</?(?:a|time|span)\b[^>]*>", "", markup)
    return " ".join(re.sub(r"<[^>]+>", " ", inline).split())


def linked(markup: str) -> list[int]:
    """Units that the page leads to, in order."""
    main = markup.split('<main id="main"')[1].split("</main>")[0]
    return [int(number) for number in re.findall(r'href="/units/([0-9]+)-', main)]


def test_the_front_of_units_is_a_tree(client: Client) -> None:
    tree = make_ministry()
    found = page(client, "/units?lang=en")
    assert linked(found) == [
        tree["ministry"].pk,
        tree["department"].pk,
        tree["hospital"].pk,
        tree["centre"].pk,
        tree["school"].pk,
    ]


def test_a_deep_tree_says_what_it_does_not_show(client: Client) -> None:
    unit = None
    for step in range(6):
        unit = make_unit(f"ชั้น {step}", parent=unit)
    assert "1 more unit beneath" in page(client, "/units?lang=en")


def test_too_many_units_at_the_top_are_a_list(client: Client) -> None:
    for number in range(151):
        make_unit(f"หน่วย {number}")
    assert len(linked(page(client, "/units"))) == 50


def test_no_units_yet_says_what_to_do(
    client: Client, steward: Person, signed_in: Callable[[Person], Client]
) -> None:
    assert "There are no units here yet." in page(client, "/units?lang=en")
    assert 'href="/units/new"' not in page(client, "/units?lang=en")
    assert 'href="/units/new"' in page(signed_in(steward), "/units")


def test_the_list_is_filtered(client: Client) -> None:
    tree = make_ministry()
    make_unit("โรงเรียนขอนแก่น", kind="school", province="40")
    assert linked(page(client, "/units?kind=school&province=55")) == [tree["school"].pk]
    assert linked(page(client, "/units?q=รพ.สต.บ้านผาห่ม")) == [tree["centre"].pk]
    assert linked(page(client, "/units?kind=circus&province=99&after=x&q=%00")) != []
    assert "No unit is called so." in page(client, "/units?q=สภากาแฟ&lang=en")


def test_the_list_of_what_is_beneath_a_unit(client: Client) -> None:
    tree = make_ministry()
    found = page(client, f"/units?under={tree['hospital'].pk}&lang=en")
    assert linked(found) == [tree["hospital"].pk, tree["centre"].pk]
    assert "Units beneath Doi Kham Hospital" in words(found)
    assert len(linked(page(client, "/units?under=99999&as=list"))) == 5


def test_the_list_goes_on(client: Client) -> None:
    for number in range(1, 53):
        make_unit(f"โรงเรียน {number}")
    first = page(client, "/units?as=list&lang=en")
    assert len(linked(first)) == 50
    following = re.search(r'href="(\?[^"]*after=[0-9]+)"', first)
    assert following is not None
    second = page(client, "/units" + following[1].replace("&amp;", "&"))
    assert len(linked(second)) == 2


@pytest.mark.parametrize("address", ["/units", "/units?as=list", "/units?q=หน่วย"])
def test_a_list_costs_the_same_with_one_and_with_three(
    address: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        make_unit("ใต้", parent=make_unit(f"หน่วย {number}", parent=make_unit(f"หน่วยแม่ {number}")))
        with django_assert_num_queries(3 if address == "/units" else 1):
            page(client, address)


def test_every_address_of_a_unit_leads_to_the_one_of_today(client: Client, steward: Person) -> None:
    unit = make_unit("สำนักงานเก่า")
    old = unit.get_absolute_url()
    rename_unit(unit, name_th="สำนักงานใหม่", by=steward, on=DAY)
    for address in (old, f"/units/{unit.pk}", f"/units/{unit.pk}-", f"/units/{unit.pk}-อะไรก็ได้?lang=en"):
        response = client.get(address)
        assert response.status_code == 301
        query = "?lang=en" if "?" in address else ""
        assert unquote(response.headers["Location"]) == f"/units/{unit.pk}-สำนักงานใหม่{query}"
    assert "Until 30 September 2016 it was called “สำนักงานเก่า”." in words(
        page(client, f"{unit.get_absolute_url()}?lang=en")
    )


@pytest.mark.parametrize("number", ["999", "999999999999999", "99999999999999999999"])
def test_no_such_unit(number: str, client: Client) -> None:
    assert client.get(f"/units/{number}").status_code == 404
    assert client.get(f"/units/{number}/rename").status_code == 404


def test_a_merged_unit_keeps_its_address_and_says_where_it_went(client: Client, steward: Person) -> None:
    tree = make_ministry()
    old = tree["school"].get_absolute_url()
    merge_units(tree["school"], tree["hospital"], by=steward, on=DAY, because="ประกาศกระทรวง")
    told = words(page(client, f"{old}?lang=en"))
    assert "Since 1 October 2016 this unit is part of Doi Kham Hospital." in told
    assert "ประกาศกระทรวง" in told
    assert "On 1 October 2016 โรงเรียนบ้านผาห่ม became part of it." in words(
        page(client, f"{tree['hospital'].get_absolute_url()}?lang=en")
    )
    assert linked(page(client, "/units?q=โรงเรียนบ้านผาห่ม")) == [tree["school"].pk]
    assert tree["school"].pk not in linked(page(client, "/units"))


def test_a_split_and_a_closed_unit_say_what_became_of_them(client: Client, steward: Person) -> None:
    unit, closed = make_unit(), make_unit("ศูนย์ที่ปิด")
    split_unit(unit, into=["หนึ่ง", "สอง"], by=steward, on=DAY)
    told = words(page(client, f"{unit.get_absolute_url()}?lang=en"))
    assert "On 1 October 2016 หนึ่ง came out of it." in told
    assert "On 1 October 2016 it came out of โรงพยาบาลดอยคำ." in words(
        page(client, f"{Unit.objects.get(name_th='สอง').get_absolute_url()}?lang=en")
    )
    close_unit(closed, by=steward, on=DAY, because="ยุบตามคำสั่ง")
    told = words(page(client, f"{closed.get_absolute_url()}?lang=en"))
    assert "This unit is no longer there. Its last day was 1 October 2016." in told
    assert "ยุบตามคำสั่ง" in told


def test_people_of_today_stand_by_name_whoever_leads(client: Client) -> None:
    unit = make_unit()
    people = [make_person(given, "ใจดี", unit=unit) for given in ("วิภา", "กมล", "เกษร")]
    make_appointment(make_person("อำนวย", "นำหน้า"), unit, is_head=True, position_th="ผู้อำนวยการ")
    make_appointment(make_person("ขจร", "เกษียณ"), unit, until_on=date(2020, 1, 1), from_on=date(2000, 1, 1))
    make_person("ค้อม", "ไม่เปิดเผย", unit=unit, is_listed=False)
    waiting = make_appointment(make_person("งาม", "รอยืนยัน"), unit)
    waiting.confirmed_at = None
    waiting.save()

    def seen(markup: str) -> list[str]:
        return re.findall(r'person-name">([^<]+)<', markup.split('id="main"')[1])

    expected = ["กมล ใจดี", "เกษร ใจดี", "วิภา ใจดี", "อำนวย นำหน้า"]
    assert seen(page(client, unit.get_absolute_url())) == expected
    client.force_login(people[0])
    assert seen(page(client, unit.get_absolute_url())) == [
        "กมล ใจดี",
        "เกษร ใจดี",
        "ค้อม ไม่เปิดเผย",
        *expected[2:],
    ]


def test_a_unit_costs_the_same_with_one_and_with_three(
    client: Client, steward: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    unit = make_ministry()["hospital"]
    counts = []
    for number in range(3):
        make_person(f"คน {number}", unit=unit)
        make_unit(f"ห้อง {number}", parent=unit)
        rename_unit(unit, name_th=f"ชื่อ {number}", by=steward, on=date(2011 + number, 1, 1))
        merge_units(make_unit(f"เล็ก {number}"), unit, by=steward, on=DAY)
        with django_assert_max_num_queries(14) as asked:
            page(client, unit.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_machines_are_told_of_the_unit(client: Client) -> None:
    parent = make_unit("กรมหนึ่ง")
    unit = make_unit(
        "โรงเรียน</script><b>", parent=parent, province="55", abbreviations=["ร.ร."], valid_from=DAY
    )
    markup = page(client, unit.get_absolute_url())
    assert "</script><b>" not in markup
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', markup, re.DOTALL)
    assert script is not None
    told = json.loads(script[1])
    assert (told["@type"], told["name"]) == ("GovernmentOrganization", "โรงเรียน</script><b>")
    assert (told["alternateName"], told["foundingDate"]) == (["ร.ร."], "2016-10-01")
    assert told["parentOrganization"]["name"] == "กรมหนึ่ง"
    assert told["address"]["addressRegion"] == "น่าน"


def test_the_table_of_all_units_can_be_taken_along(client: Client) -> None:
    make_ministry()
    response = client.get("/units.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(read_table(response.content).rows) == 5


def test_visitors_see_no_moves_of_stewards(
    client: Client, steward: Person, signed_in: Callable[[Person], Client]
) -> None:
    unit = make_unit()
    moves = [f"/units/{unit.pk}/{move}" for move in ("correct", "rename", "move", "merge", "split", "close")]
    for reader in (client, signed_in(make_person())):
        markup = page(reader, unit.get_absolute_url())
        assert [move for move in moves if move in markup] == []
    markup = page(signed_in(steward), unit.get_absolute_url())
    assert [move for move in moves if move in markup] == moves
    close_unit(unit, by=steward, on=timezone.localdate())
    markup = page(signed_in(steward), unit.get_absolute_url())
    assert [move for move in [*moves, f"/units/{unit.pk}/reopen"] if f'"{move}"' in markup] == [
        moves[0],
        moves[2],
        f"/units/{unit.pk}/reopen",
    ]
