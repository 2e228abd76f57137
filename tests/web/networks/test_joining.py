"""Becoming a member from both sides, answering, leaving; what waits stands where it is answered."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from prakai.networks import actions
from prakai.networks.models import Membership
from tests.factories.networks import make_membership
from tests.factories.people import make_appointment, make_person
from tests.web.forums.conftest import SignIn, shown

pytestmark = pytest.mark.django_db


def standing(cast: SimpleNamespace) -> set[str]:
    rows = Membership.objects.standing().filter(network=cast.network).select_related("unit", "person")
    return {str(one.unit or one.person) for one in rows}


def test_a_unit_asks_and_who_looks_after_the_network_says_yes(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    own, keeper = signed_in(cast.wandee), signed_in(cast.keeper)
    page = shown(own.get(f"/networks/{cast.network.pk}/join"))
    assert f'name="own" value="{cast.town.pk}"' in page
    after = own.post(f"/networks/{cast.network.pk}/join", {"own": cast.town.pk, "unit": ""}, follow=True)
    assert "ส่งคำขอแล้ว คนดูแลเครือข่ายจะตอบ" in shown(after)
    assert "ขอเข้าร่วมแล้ว รอคำตอบอยู่" in shown(after)
    asked = Membership.objects.waiting().get(network=cast.network)
    there = shown(keeper.get(cast.network.get_absolute_url()))
    assert f"/networks/{cast.network.pk}/members/{asked.pk}/yes" in there
    assert "รอคำตอบ" not in shown(signed_in(cast.malee).get(cast.network.get_absolute_url()))
    told = keeper.post(f"/networks/{cast.network.pk}/members/{asked.pk}/yes", follow=True)
    assert f"{cast.town.name} อยู่ในเครือข่ายแล้ว" in shown(told)
    assert standing(cast) == {"โรงพยาบาลดอยคำ", "เทศบาลเมืองคลองลำพู", str(cast.somchai)}


def test_one_joins_for_herself_with_one_press(cast: SimpleNamespace, signed_in: SignIn) -> None:
    own = signed_in(cast.malee)
    assert "เข้าร่วมในนามตัวเอง" in shown(own.get(cast.network.get_absolute_url()))
    after = shown(own.post(f"/networks/{cast.network.pk}/join", {"for": "me"}, follow=True))
    assert "คุณขอเข้าร่วมแล้ว รอคำตอบอยู่" in after
    assert "เข้าร่วมในนามตัวเอง" not in after
    asked = Membership.objects.waiting().get(person=cast.malee)
    gone = own.post(f"/networks/{cast.network.pk}/members/{asked.pk}/end", {"because": ""}, follow=True)
    assert "ถอนแล้ว" in shown(gone)
    assert Membership.objects.lasting().filter(person=cast.malee).exists() is False


def test_an_invited_unit_is_told_on_the_desk_and_on_the_list_and_says_yes(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    keeper, own = signed_in(cast.keeper), signed_in(cast.wandee)
    assert "เครือข่ายที่ชวนคุณ" not in shown(own.get("/desk"))
    address = f"/networks/{cast.network.pk}/members"
    assert "รอคำตอบอยู่" in shown(keeper.post(address, {"unit": cast.town.name_th}, follow=True))
    invited = Membership.objects.waiting().get(unit=cast.town)
    for page in ("/desk", "/networks", cast.network.get_absolute_url()):
        assert f"{address}/{invited.pk}/yes" in shown(own.get(page))
        assert f"{address}/{invited.pk}/yes" not in shown(signed_in(cast.malee).get(page))
    after = shown(own.post(f"{address}/{invited.pk}/yes", follow=True))
    assert "เทศบาลเมืองคลองลำพู อยู่ในเครือข่ายแล้ว" in after
    assert "เครือข่ายที่ชวนคุณ" not in shown(own.get("/desk"))


def test_an_invited_person_declines_and_the_network_reads_why(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    invited = make_membership(cast.network, person=cast.wandee, agreed=False, by=cast.keeper)
    own, address = signed_in(cast.wandee), f"/networks/{cast.network.pk}/members/{invited.pk}"
    assert signed_in(cast.malee).get(f"{address}/end").status_code == 404
    assert "ยังไม่เข้าร่วม" in shown(own.get(f"{address}/end"))
    after = own.post(f"{address}/end", {"because": "ปีนี้งานเต็ม"}, follow=True)
    assert "ตอบแล้วว่ายังไม่เข้าร่วม" in shown(after)
    invited.refresh_from_db()
    assert (invited.because, invited.ended_by) == ("ปีนี้งานเต็ม", cast.wandee)


def test_nobody_answers_an_invitation_to_somebody_else(cast: SimpleNamespace, signed_in: SignIn) -> None:
    invited = make_membership(cast.network, person=cast.wandee, agreed=False, by=cast.keeper)
    address = f"/networks/{cast.network.pk}/members/{invited.pk}/yes"
    assert signed_in(cast.keeper).post(address).status_code == 404
    assert standing(cast) == {"โรงพยาบาลดอยคำ", str(cast.somchai)}
    assert signed_in(cast.wandee).post(address).status_code == 302
    assert standing(cast) == {"โรงพยาบาลดอยคำ", str(cast.somchai), str(cast.wandee)}


def test_a_member_leaves_and_what_a_colleague_leaves_for_the_unit_is_asked_first(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    of_unit = Membership.objects.get(network=cast.network, unit=cast.hospital)
    hers = Membership.objects.get(network=cast.network, person=cast.somchai)
    address = f"/networks/{cast.network.pk}/members/{{}}/end"
    assert signed_in(cast.wandee).get(address.format(of_unit.pk)).status_code == 403
    assert "โรงพยาบาลดอยคำ ออกจากเครือข่าย" in shown(signed_in(cast.malee).get(address.format(of_unit.pk)))
    assert signed_in(cast.somchai).post(address.format(hers.pk), {"because": ""}).status_code == 302
    assert standing(cast) == {"โรงพยาบาลดอยคำ"}


def test_who_looks_after_it_ends_a_membership_and_stays_with_the_members(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    of_unit = Membership.objects.get(network=cast.network, unit=cast.hospital)
    address = f"/networks/{cast.network.pk}/members"
    assert f"{address}/{of_unit.pk}/end" in shown(signed_in(cast.coordinator).get(address))
    after = signed_in(cast.coordinator).post(f"{address}/{of_unit.pk}/end", {"because": "ขอพัก"})
    assert (after.status_code, after.headers["Location"]) == (302, address)
    assert standing(cast) == {str(cast.somchai)}


def test_a_person_is_invited_by_the_whole_name_or_the_address(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    keeper, address = signed_in(cast.keeper), f"/networks/{cast.network.pk}/members"
    assert "ยังไม่มีสมาชิกชื่อนี้" in shown(keeper.post(address, {"name": "นางฟ้า"}))
    assert 'value="นางฟ้า"' in shown(keeper.post(address, {"name": "นางฟ้า"}))
    keeper.post(address, {"name": cast.wandee.email})
    assert Membership.objects.waiting().get().person == cast.wandee
    twin = make_person("มาลี")
    page = shown(keeper.post(address, {"name": "มาลี ใจงาม"}))
    assert "มีหลายคนชื่อนี้ หมายถึงคนไหน" in page
    keeper.post(address, {"name": "มาลี ใจงาม", "picked": twin.public_id})
    assert {one.person for one in Membership.objects.waiting()} == {cast.wandee, twin}


def test_what_is_typed_stays_when_a_unit_is_not_known(cast: SimpleNamespace, signed_in: SignIn) -> None:
    typed = {"unit": "โรงพยาบาลไม่มีจริง"}
    for who, page in ((cast.keeper, "members"), (cast.wandee, "join")):
        address = f"/networks/{cast.network.pk}/{page}"
        said = shown(signed_in(who).post(address, typed))
        assert 'value="โรงพยาบาลไม่มีจริง"' in said
    empty = {"unit": ""}
    assert "หน่วยงานไหน เลือก หรือเขียนชื่อได้เลย" in shown(signed_in(cast.wandee).post(address, empty))
    assert "กรุณากรอก" in shown(signed_in(cast.somchai).post(address, empty))


def test_a_unit_for_which_she_does_not_speak_is_refused(cast: SimpleNamespace, signed_in: SignIn) -> None:
    address, typed = f"/networks/{cast.network.pk}/join", {"unit": cast.town.name_th}
    refused = signed_in(cast.malee).post(address, typed)
    assert refused.status_code == 403
    assert "คนที่ทำงานในหน่วยงานนั้นเป็นผู้ตอบแทนหน่วยงาน" in shown(refused)
    assert signed_in(cast.wandee).post(address, typed).status_code == 302


def test_a_unit_that_ended_is_not_invited(cast: SimpleNamespace, signed_in: SignIn) -> None:
    from django.utils import timezone

    cast.town.valid_to = timezone.localdate().replace(year=2000)
    cast.town.save()
    said = signed_in(cast.keeper).post(f"/networks/{cast.network.pk}/members", {"unit": f"#{cast.town.pk}"})
    assert "หน่วยงานนี้เลิกไปแล้ว" in shown(said)


def test_nobody_joins_a_network_that_rests(cast: SimpleNamespace, signed_in: SignIn) -> None:
    asked = make_membership(cast.network, unit=cast.town, agreed=False)
    actions.rest_network(cast.network, by=cast.keeper)
    own = signed_in(cast.wandee)
    assert own.post(f"/networks/{cast.network.pk}/join", {"for": "me"}).status_code == 403
    assert own.post(f"/networks/{cast.network.pk}/members/{asked.pk}/yes").status_code == 403
    assert "/yes" not in shown(own.get(cast.network.get_absolute_url()))
    refused = signed_in(cast.keeper).post(f"/networks/{cast.network.pk}/members", {"unit": cast.town.name})
    assert refused.status_code == 403
    actions.wake_network(cast.network, by=cast.keeper)
    assert own.post(f"/networks/{cast.network.pk}/members/{asked.pk}/yes").status_code == 302


def test_a_visitor_is_asked_to_sign_in_and_what_she_typed_waits(cast: SimpleNamespace) -> None:
    visitor = Client()
    refused = visitor.post(f"/networks/{cast.network.pk}/join", {"unit": "เทศบาลเมืองคลองลำพู"})
    assert refused.status_code == 403
    visitor.force_login(cast.wandee)
    assert 'value="เทศบาลเมืองคลองลำพู"' in shown(visitor.get(f"/networks/{cast.network.pk}/join"))


def test_her_own_units_wait_with_choices_when_she_works_in_two(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    make_appointment(cast.wandee, cast.hospital)
    page = shown(signed_in(cast.wandee).get(f"/networks/{cast.network.pk}/join"))
    assert page.count('type="radio" name="own"') == 1
    assert "โรงพยาบาลดอยคำ</span>" not in page
