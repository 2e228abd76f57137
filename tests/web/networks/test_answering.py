"""The page where an invitation or a request is answered: for both sides, and later with what became of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from prakai.journal.following import catch_up, followers
from prakai.networks import actions
from tests.factories.people import make_appointment, make_person
from tests.factories.units import make_unit
from tests.web.forums.conftest import SignIn, shown

pytestmark = pytest.mark.django_db


def follow() -> None:
    [own] = [one for one in followers() if one.name == "talk.networks"]
    catch_up(own)


def test_from_the_desk_to_the_page_and_to_yes(cast: SimpleNamespace, signed_in: SignIn) -> None:
    asked = actions.join_network(cast.network, by=cast.wandee, unit=cast.town)
    follow()
    keeper, address = signed_in(cast.keeper), asked.get_absolute_url()
    desk = shown(keeper.get("/desk/replies"))
    assert "ขอเข้าร่วมเครือข่ายที่คุณดูแล" in desk
    assert address in desk
    page = shown(keeper.get(address))
    assert "เทศบาลเมืองคลองลำพู ขอเข้าร่วม" in page
    assert str(cast.wandee) in page
    assert f"{address}/yes" in page
    own = shown(signed_in(cast.wandee).get(address))
    assert "รอคำตอบจากอีกฝ่ายอยู่" in own
    assert f"{address}/yes" not in own
    assert signed_in(cast.malee).get(address).status_code == 404
    assert Client().get(address).status_code == 403
    assert keeper.post(f"{address}/yes").status_code == 302
    assert unquote(keeper.get(address).headers["Location"]) == cast.network.get_absolute_url()
    assert "ขอเข้าร่วมเครือข่ายที่คุณดูแล" not in shown(keeper.get("/desk/replies"))
    follow()
    told = shown(signed_in(cast.wandee).get("/desk/replies"))
    assert "อยู่ในเครือข่ายแล้ว" in told
    assert "เทศบาลเมืองคลองลำพู" in told


def test_what_was_taken_back_or_declined_says_so(cast: SimpleNamespace, signed_in: SignIn) -> None:
    invited = actions.invite_member(cast.network, by=cast.keeper, person=cast.wandee)
    follow()
    own, address = signed_in(cast.wandee), invited.get_absolute_url()
    assert "มีคำชวนถึงคุณจาก" in shown(own.get("/desk/replies"))
    assert f"{address}/yes" in shown(own.get(address))
    actions.end_membership(invited, by=cast.wandee, because="ปีนี้งานเต็ม")
    follow()
    for reader in (own, signed_in(cast.keeper)):
        page = shown(reader.get(address))
        assert "โดยยังไม่ได้เข้าร่วม" in page
        assert "ปีนี้งานเต็ม" in page
        assert f"{address}/yes" not in page
    assert "ปีนี้งานเต็ม" in shown(signed_in(cast.keeper).get("/desk/replies"))


def test_who_leads_above_answers_there_for_a_unit(cast: SimpleNamespace, signed_in: SignIn) -> None:
    head, ward = make_person("หัวหน้า"), make_unit("หอผู้ป่วย", parent=cast.hospital)
    make_appointment(head, cast.hospital, is_head=True)
    invited = actions.invite_member(cast.network, by=cast.keeper, unit=ward)
    address = invited.get_absolute_url()
    for who, may in ((head, True), (cast.steward, True), (cast.keeper, False)):
        assert (f"{address}/yes" in shown(signed_in(who).get(address))) is may
    assert signed_in(head).post(f"{address}/yes").status_code == 302
    invited.refresh_from_db()
    assert invited.agreed_by == head


def test_nothing_is_answered_while_the_network_rests(cast: SimpleNamespace, signed_in: SignIn) -> None:
    invited = actions.invite_member(cast.network, by=cast.keeper, unit=cast.town)
    actions.rest_network(cast.network, by=cast.keeper)
    own = signed_in(cast.wandee)
    page = shown(own.get(invited.get_absolute_url()))
    assert "เมื่อเดินต่อแล้วจึงตอบได้" in page
    assert "/yes" not in page
    assert '/end">ยังไม่เข้าร่วม' in page
    assert '/end">ถอน' in shown(signed_in(cast.keeper).get(invited.get_absolute_url()))
    assert "เครือข่ายที่ชวนคุณ" not in shown(own.get("/desk"))


def test_a_membership_that_ended_is_read_by_its_two_sides(cast: SimpleNamespace, signed_in: SignIn) -> None:
    ended = cast.network.memberships.get(unit=cast.hospital)
    actions.end_membership(ended, by=cast.keeper, because="ขอพัก")
    assert "ออกจากเครือข่ายเมื่อ" in shown(signed_in(cast.malee).get(ended.get_absolute_url()))
    assert signed_in(cast.wandee).get(ended.get_absolute_url()).status_code == 404


def test_who_invited_reads_the_answer_though_she_has_handed_the_network_on(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    invited = actions.invite_member(cast.network, by=cast.keeper, person=cast.wandee)
    cast.network.stewardships.filter(person=cast.keeper).update(ended_at=timezone.now())
    keeper, address = signed_in(cast.keeper), invited.get_absolute_url()
    assert keeper.get(address).status_code == 404
    actions.end_membership(invited, by=cast.wandee, because="ปีนี้งานเต็ม")
    assert "ปีนี้งานเต็ม" in shown(keeper.get(address))


def test_days_are_those_of_bangkok(cast: SimpleNamespace, signed_in: SignIn) -> None:
    before_seven = datetime(2026, 1, 9, 23, 30, tzinfo=UTC)
    invited = actions.invite_member(cast.network, by=cast.keeper, person=cast.wandee, at=before_seven)
    assert ">10 มกราคม 2569<" in shown(signed_in(cast.wandee).get(invited.get_absolute_url()))


def test_yes_is_taken_from_each_place_where_it_can_be_said(cast: SimpleNamespace) -> None:
    invited = actions.invite_member(cast.network, by=cast.keeper, unit=cast.town)
    asked = actions.join_network(cast.network, by=cast.steward)
    places = {
        (cast.wandee, "/desk"): invited,
        (cast.wandee, "/networks"): invited,
        (cast.wandee, cast.network.get_absolute_url()): invited,
        (cast.wandee, invited.get_absolute_url()): invited,
        (cast.keeper, f"/networks/{cast.network.pk}/members"): asked,
        (cast.keeper, asked.get_absolute_url()): asked,
    }
    for (person, place), one in places.items():
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        yes = f"{one.get_absolute_url()}/yes"
        form = shown(client.get(place)).partition(f'action="{yes}"')[2].partition("</form>")[0]
        [key] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        before = (one.began_at, one.invited_at, one.agreed_at)
        assert client.post(yes, {"csrfmiddlewaretoken": key}).status_code == 302, place
        one.began_at, one.invited_at, one.agreed_at = before
        one.save()
