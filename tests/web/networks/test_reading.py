"""Reading networks: the list, one network, what was agreed before; what visitors see, and what it costs."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prakai.networks import actions
from prakai.people.models import Person
from prakai.web.pagecache.packing import MARK
from tests.factories.networks import make_membership, make_network
from tests.factories.people import make_person
from tests.factories.units import make_unit
from tests.web.forums.conftest import SignIn, shown

pytestmark = pytest.mark.django_db


def test_a_visitor_reads_what_it_is_for_and_which_units_belong_but_no_members_name(
    cast: SimpleNamespace,
) -> None:
    Person.objects.filter(pk=cast.coordinator.pk).update(is_listed=False)
    answer = Client().get(cast.network.get_absolute_url())
    page = shown(answer)
    assert [word in page for word in ("รอรับยาไม่เกินยี่สิบนาที", "พบกันทุกสามเดือน", "โรงพยาบาลดอยคำ")] == [True] * 3
    assert [str(one) in page for one in (cast.keeper, cast.coordinator)] == [True, False]
    assert str(cast.somchai) not in page
    assert "1 คน คนในเครือข่ายเห็นว่าเป็นใคร" in page
    assert "csrfmiddlewaretoken" not in page
    assert answer.headers[MARK] == "public"
    Person.objects.filter(pk=cast.keeper.pk).update(is_listed=False)
    assert "เข้าสู่ระบบแล้วจะเห็นชื่อ" in shown(Client().get(cast.network.get_absolute_url()))


def test_who_belongs_reads_the_names_and_others_how_many(cast: SimpleNamespace, signed_in: SignIn) -> None:
    address = cast.network.get_absolute_url()
    for person in (cast.malee, cast.keeper, cast.coordinator, cast.steward):
        assert str(cast.somchai) in shown(signed_in(person).get(address))
    page = shown(signed_in(cast.wandee).get(address))
    assert [str(one) in page for one in (cast.somchai, cast.keeper, cast.coordinator)] == [False, True, True]


def test_another_slug_leads_to_the_name_of_today(cast: SimpleNamespace) -> None:
    for address in ("", "-", "-อะไรก็ได้"):
        answer = Client().get(f"/networks/{cast.network.pk}{address}?x=1")
        assert answer.status_code == 301
        assert unquote(answer.headers["Location"]) == f"{cast.network.get_absolute_url()}?x=1"
    assert Client().get("/networks/999999999999999").status_code == 404


def test_the_page_tells_machines_of_units_and_of_no_person(cast: SimpleNamespace, signed_in: SignIn) -> None:
    page = signed_in(cast.keeper).get(cast.network.get_absolute_url()).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found is not None
    told = json.loads(found[1])
    assert (told["@type"], told["name"]) == ("Organization", cast.network.name_th)
    assert [unit["name"] for unit in told["member"]] == ["โรงพยาบาลดอยคำ"]
    assert str(cast.somchai) not in found[1]
    assert '<meta property="og:title"' in page


def test_the_list_puts_own_networks_first_and_all_in_thai_order(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    make_network(cast.keeper, "เครือข่ายแกงส้ม", resting=True)
    make_network(cast.keeper, "เครือข่ายกล้วย")
    page = shown(Client().get("/networks"))
    names = re.findall(r"<h3[^>]*><a[^>]*>(.*?)</a>", page)
    assert names == ["เครือข่ายกล้วย", "เครือข่ายแกงส้ม", "เครือข่ายห้องยาใกล้บ้าน"]
    assert page.count("พักอยู่") == 1
    mine = shown(signed_in(cast.malee).get("/networks"))
    assert re.findall(r"<h3[^>]*><a[^>]*>(.*?)</a>", mine) == ["เครือข่ายห้องยาใกล้บ้าน", *names]
    assert "เครือข่ายของคุณ" in mine


def test_the_list_goes_on(cast: SimpleNamespace) -> None:
    for number in range(51):
        make_network(cast.keeper, f"เครือข่าย {number}")
    first = shown(Client().get("/networks"))
    following = re.search(r'href="(\?after=[0-9]+)"', first)
    assert following is not None
    second = shown(Client().get("/networks" + following[1]))
    assert (first.count("<h3"), second.count("<h3")) == (50, 2)
    assert 'href="/networks"' in second


def test_no_network_yet_says_what_one_is_for_and_offers_to_found_one(signed_in: SignIn) -> None:
    assert "เครือข่ายมีไว้ให้หน่วยงานที่ทำงานเรื่องเดียวกัน" in shown(Client().get("/networks"))
    assert "/networks/new" not in shown(Client().get("/networks"))
    assert "/networks/new" in shown(signed_in(make_person(facilitator=True)).get("/networks"))
    assert "/networks/new" not in shown(signed_in(make_person()).get("/networks"))


def test_a_resting_network_says_so_with_its_reason(cast: SimpleNamespace, signed_in: SignIn) -> None:
    actions.rest_network(cast.network, by=cast.keeper, because="รอปีงบประมาณใหม่")
    page = shown(signed_in(cast.wandee).get(cast.network.get_absolute_url()))
    assert "เครือข่ายนี้พักตั้งแต่" in page
    assert "รอปีงบประมาณใหม่" in page
    assert f"/networks/{cast.network.pk}/join" not in page
    assert f"/networks/{cast.network.pk}/join" not in shown(Client().get(cast.network.get_absolute_url()))


def test_earlier_versions_stay_readable(cast: SimpleNamespace) -> None:
    assert "/charters" not in shown(Client().get(cast.network.get_absolute_url()))
    actions.write_charter(cast.network, by=cast.keeper, purpose="ให้คนไข้รอไม่เกินสิบนาที")
    assert f"/networks/{cast.network.pk}/charters" in shown(Client().get(cast.network.get_absolute_url()))
    page = shown(Client().get(f"/networks/{cast.network.pk}/charters"))
    assert page.index("ไม่เกินสิบนาที") < page.index("ไม่เกินยี่สิบนาที")
    assert page.count("ใช้อยู่") == 1


@pytest.mark.parametrize("who", ["visitor", "keeper", "malee", "wandee"])
def test_pages_cost_the_same_with_one_and_with_three(
    cast: SimpleNamespace, signed_in: SignIn, who: str
) -> None:
    person = getattr(cast, who, None)
    client = signed_in(person)
    addresses = [cast.network.get_absolute_url(), "/networks", f"/networks/{cast.network.pk}/charters"]
    addresses += [f"/networks/{cast.network.pk}/{page}" for page in ("members", "care") if who == "keeper"]
    addresses += [cast.hospital.get_absolute_url()]
    addresses += [f"/networks/{cast.network.pk}/join", "/desk"] if person is not None else []
    make_membership(cast.network, unit=make_unit("รพ.ที่ขอ"), invited=False)
    make_membership(cast.network, unit=cast.town, agreed=False)
    for address in addresses:
        client.get(address)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            for address in addresses:
                assert client.get(address).status_code == 200
        costs.append(len(asked))
        for number in range(3):
            other = make_network(cast.keeper, f"เครือข่ายที่ {len(costs)} {number}", units=[cast.hospital])
            make_membership(other, unit=cast.town, agreed=False)
            make_membership(cast.network, unit=make_unit(f"รพ. {number}"))
            make_membership(cast.network, person=make_person(f"คนที่ {number}"))
            make_membership(cast.network, unit=make_unit(f"รพ.ขอ {number}"), invited=False)
            make_membership(cast.network, person=make_person(f"คนขอ {number}"), invited=False)
            make_membership(cast.network, unit=make_unit(f"รพ.ชวน {number}"), agreed=False)
        actions.write_charter(cast.network, by=cast.keeper, purpose="ให้คนไข้รอไม่เกินสิบนาที")
    assert costs[0] == costs[1]


def test_a_unit_names_its_networks(cast: SimpleNamespace) -> None:
    assert cast.network.name_th in shown(Client().get(cast.hospital.get_absolute_url()))
    assert cast.network.name_th not in shown(Client().get(cast.town.get_absolute_url()))


def test_networks_stand_on_the_site_map_and_in_the_navigation(cast: SimpleNamespace) -> None:
    found = unquote(Client().get("/sitemap-places.xml").content.decode())
    assert cast.network.get_absolute_url() in found
    assert shown(Client().get("/about")).count('href="/networks"') == 2
