"""Founding, naming, the charter, who looks after it, rest: what is typed survives, and refusals say why."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django.test import Client

from prakai.networks import actions
from prakai.networks.models import Network, Stewardship
from tests.factories.people import make_person
from tests.web.forums.conftest import SignIn, shown

pytestmark = pytest.mark.django_db

WORDS = {
    "name_th": "เครือข่ายโรงเรียนริมน้ำ",
    "name_en": "Riverside schools",
    "purpose": "ให้เด็กว่ายน้ำเป็นก่อนจบ ป.3",
    "promises": "เล่าให้กันฟังทุกเทอม",
    "manners": "ไม่เอาชื่อเด็กไปพูดต่อ",
}


def test_a_facilitator_founds_a_network_and_looks_after_it(signed_in: SignIn) -> None:
    nata = make_person("ณตา", facilitator=True)
    after = signed_in(nata).post("/networks/new", WORDS, follow=True)
    page = shown(after)
    assert "ตั้งเครือข่ายแล้ว คุณเป็นคนดูแล" in page
    assert [words in page for words in WORDS.values()] == [True] * 5
    network = Network.objects.get()
    assert [one.person for one in Stewardship.objects.standing().filter(network=network)] == [nata]


def test_founding_is_refused_with_a_way_on_for_others(signed_in: SignIn) -> None:
    refused = signed_in(make_person()).get("/networks/new")
    assert refused.status_code == 403
    assert "ผู้ดูแลหรือคุณอำนวยของที่นี่เป็นคนตั้งเครือข่าย" in shown(refused)
    assert signed_in(make_person(steward=True)).get("/networks/new").status_code == 200
    assert Client().get("/networks/new").status_code == 403


def test_typed_words_survive_what_is_missing_too_long_or_there_already(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    keeper = signed_in(cast.keeper)
    for change, said in (
        ({"purpose": ""}, "งานเรื่องไหนดีขึ้น"),
        ({"purpose": "ย" * 1001}, "ขอไม่เกิน 1000 ตัวอักษร ตอนนี้มี 1001"),
        ({"name_th": cast.network.name_th}, "มีเครือข่ายชื่อนี้อยู่แล้ว"),
    ):
        page = shown(keeper.post("/networks/new", WORDS | change))
        assert said in page
        assert [words in page for words in (WORDS | change).values()] == [True] * 5
    assert Network.objects.count() == 1


def test_a_stale_page_shows_the_words_again(cast: SimpleNamespace) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.keeper)
    answer = client.post("/networks/new", WORDS)
    assert answer.status_code == 403
    assert [words in shown(answer) for words in WORDS.values()] == [True] * 5


def test_another_name_keeps_the_number(cast: SimpleNamespace, signed_in: SignIn) -> None:
    address = f"/networks/{cast.network.pk}/name"
    page = shown(signed_in(cast.coordinator).get(address))
    assert f'value="{cast.network.name_th}"' in page
    after = signed_in(cast.coordinator).post(address, {"name_th": "เครือข่ายยาถึงมือ"}, follow=True)
    assert "เครือข่ายมีชื่อใหม่แล้ว" in shown(after)
    assert after.redirect_chain[-1][0].startswith(f"/networks/{cast.network.pk}-")


def test_a_charter_written_meanwhile_is_shown_and_not_overwritten(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    keeper, address = signed_in(cast.keeper), f"/networks/{cast.network.pk}/charter"
    assert 'name="seen" value="1"' in shown(keeper.get(address))
    actions.write_charter(cast.network, by=cast.coordinator, purpose="ให้รอไม่เกินสิบนาที")
    mine = {"purpose": "ให้รอไม่เกินห้านาที", "promises": "พบกันทุกสามเดือน", "manners": "", "seen": "1"}
    page = shown(keeper.post(address, mine))
    assert "ระหว่างที่คุณเขียน มีคนบันทึกข้อตกลงฉบับใหม่กว่าไปแล้ว" in page
    assert [words in page for words in ("ให้รอไม่เกินสิบนาที", "ให้รอไม่เกินห้านาที")] == [True, True]
    assert 'name="seen" value="2"' in page
    cast.network.refresh_from_db()
    assert cast.network.purpose == "ให้รอไม่เกินสิบนาที"
    assert keeper.post(address, mine | {"seen": "2"}).status_code == 302
    cast.network.refresh_from_db()
    assert cast.network.purpose == "ให้รอไม่เกินห้านาที"


def test_care_is_given_by_name_and_given_back(cast: SimpleNamespace, signed_in: SignIn) -> None:
    keeper, address = signed_in(cast.keeper), f"/networks/{cast.network.pk}/care"
    said = shown(keeper.post(address, {"name": "นางฟ้า", "care": "steward"}))
    assert ("ยังไม่มีสมาชิกชื่อนี้" in said, 'value="นางฟ้า"' in said) == (True, True)
    after = keeper.post(address, {"name": "วันดี ทางไกล", "care": "steward"}, follow=True)
    assert "ตั้งแต่นี้ วันดี ทางไกล เป็นคุณเอื้อ" in shown(after)
    own = Stewardship.objects.standing().get(person=cast.keeper)
    left = keeper.post(f"{address}/{own.pk}/end")
    assert (left.status_code, unquote(left.headers["Location"])) == (302, cast.network.get_absolute_url())
    assert keeper.get(address).status_code == 403


def test_the_last_who_looks_after_it_hands_it_on_first(cast: SimpleNamespace, signed_in: SignIn) -> None:
    actions.end_care(Stewardship.objects.get(person=cast.coordinator), by=cast.keeper)
    own = Stewardship.objects.standing().get(network=cast.network)
    refused = signed_in(cast.keeper).post(f"/networks/{cast.network.pk}/care/{own.pk}/end")
    assert refused.status_code == 403
    assert "ขอให้ส่งต่อให้คนอื่นก่อน" in shown(refused)


def test_a_network_rests_and_wakes(cast: SimpleNamespace, signed_in: SignIn) -> None:
    keeper = signed_in(cast.keeper)
    after = shown(keeper.post(f"/networks/{cast.network.pk}/rest", {"because": "รองบ"}, follow=True))
    assert ("เครือข่ายพักแล้ว" in after, "รองบ" in after) == (True, True)
    assert f"/networks/{cast.network.pk}/wake" in after
    awake = shown(keeper.post(f"/networks/{cast.network.pk}/wake", follow=True))
    assert ("เครือข่ายเดินต่อแล้ว" in awake, "รองบ" in awake) == (True, False)
