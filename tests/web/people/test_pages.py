"""People as pages: who sees whom, who may look after joining, and what machines are told."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prakai.people import actions
from prakai.people.models import Appointment, Approval, EmailDomain, Invitation, Person
from tests.factories.people import make_appointment, make_person
from tests.people.conftest import Cast

ROLES = ("visitor", "member", "head", "steward")


def _as(cast: Cast, role: str) -> Client:
    client = Client()
    person = {"member": cast.malee, "head": cast.dao, "steward": cast.fa}.get(role)
    if person is not None:
        client.force_login(person)
    return client


def _asked(cast: Cast) -> Approval:
    person = Person(email="new@x.example", given_th="ใหม่", family_th="มา")
    person.set_unusable_password()
    actions.join(person, by=None, mode="approval", because="<script>alert(1)</script>", unit=cast.ward)
    return person.approval


# visitor, member, head, steward
TABLE = {
    "people": (200, 200, 200, 200),
    "listed person": (200, 200, 200, 200),
    "person for members": (404, 200, 200, 200),
    "person who waits": (404, 404, 404, 200),
    "person who left": (404, 404, 404, 404),
    "invitations": (302, 403, 403, 200),
    "approvals": (302, 403, 200, 200),
    "decline": (302, 403, 403, 200),
    "no such person": (404, 404, 404, 404),
}


@pytest.mark.parametrize("page", TABLE)
def test_page_when_opened_by_each_role(cast: Cast, page: str) -> None:
    approval = _asked(cast)
    gone = make_person("ลา", "แล้ว")
    actions.erase_person(gone, by=gone, keep_content=True)
    addresses = {
        "people": reverse("people"),
        "listed person": cast.malee.get_absolute_url(),
        "person for members": cast.somchai.get_absolute_url(),
        "person who waits": approval.person.get_absolute_url(),
        "person who left": gone.get_absolute_url(),
        "invitations": reverse("invitations"),
        "approvals": reverse("approvals"),
        "decline": reverse("decline", args=[approval.pk]),
        "no such person": "/people/000000000000",
    }
    found = tuple(_as(cast, role).get(addresses[page]).status_code for role in ROLES)
    assert found == TABLE[page]


def test_moves_when_not_allowed_change_nothing(cast: Cast) -> None:
    approval = _asked(cast)
    invitation = actions.invite(by=cast.fa)
    domain = actions.allow_domain("go.th", by=cast.fa)
    moves = [
        (reverse("invitations"), {"most_uses": "1"}),
        (reverse("invitation_revoke", args=[invitation.pk]), {}),
        (reverse("domain_allow"), {"domain": "evil.example"}),
        (reverse("domain_forbid", args=[domain.pk]), {}),
        (reverse("approve", args=[approval.pk]), {}),
        (reverse("decline", args=[approval.pk]), {"because": "x"}),
        (reverse("duty", args=[cast.malee.public_id, "steward"]), {}),
    ]
    for role in ("visitor", "member"):
        browser = _as(cast, role)
        statuses = {browser.post(address, data).status_code for address, data in moves}
        assert (role, statuses) == (role, {302} if role == "visitor" else {403})
    approval.refresh_from_db()
    assert (approval.approved, Invitation.objects.open().count(), EmailDomain.objects.count()) == (None, 1, 1)
    assert cast.malee.duties.count() == 0


def test_people_when_looked_for(cast: Cast) -> None:
    actions.change_profile(cast.malee, by=cast.malee, knows=["เบาหวาน", "<b>"[1:2] + "๑"])
    client = _as(cast, "member")
    for query, names in (
        ({"q": "นางมาลี"}, ["มาลี"]),
        ({"knows": "เบาหวาน"}, ["มาลี"]),
        ({"unit": "รพ.ดอยคำ"}, ["มาลี", "แสงดาว"]),
        ({"q": "ไม่มีใครชื่อนี้"}, []),
        ({"unit": "ที่ไหนสักแห่ง"}, ["มาลี", "สมชาย", "แสงดาว", "เอื้อฟ้า"]),
    ):
        rows = client.get(reverse("people"), query).context["rows"]
        assert [row.person.given_th for row in rows] == names


def test_people_when_many_are_paged(cast: Cast) -> None:
    for n in range(35):
        make_person(f"กข{n:02}")
    client = _as(cast, "member")
    first = client.get(reverse("people"), {"q": "กข"})
    second = client.get(reverse("people") + first.context["older_url"])
    assert (len(first.context["rows"]), len(second.context["rows"]), second.context["older_url"]) == (
        30,
        5,
        "",
    )
    assert second.context["start_url"] == "?q=%E0%B8%81%E0%B8%82"


@pytest.mark.parametrize("place", ["people", "person", "approvals"])
def test_page_when_fuller_costs_the_same(cast: Cast, place: str) -> None:
    client = _as(cast, "steward")
    address = {"people": "/people", "person": cast.malee.get_absolute_url(), "approvals": "/people/approvals"}

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address[place]).status_code == 200
        return len(seen)

    def fill(n: int) -> None:
        row = make_appointment(cast.malee, cast.town)
        other = make_person(f"คน{n}", unit=cast.town)
        Approval.objects.create(person=make_person(f"รอ{n}", is_active=False, unit=cast.ward))
        Appointment.objects.filter(pk__in=[row.pk, other.appointments.get().pk]).update(confirmed_at=None)

    fill(0)
    cost()
    few = cost()
    for n in range(1, 4):
        fill(n)
    assert (cost() - few, few < 25) == (0, True)


def test_person_when_told_to_machines(cast: Cast) -> None:
    actions.change_profile(
        cast.malee, by=cast.malee, about="</script><script>alert(1)</script>", knows=["เบาหวาน"]
    )
    html = Client().get(cast.malee.get_absolute_url()).content.decode()
    told = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[0])
    assert (told["@type"], told["name"], told["knowsAbout"]) == ("Person", "มาลี ใจงาม", ["เบาหวาน"])
    assert [place["name"] for place in told["worksFor"]] == ["งานผู้ป่วยนอก"]
    assert ("<script>alert" in html, cast.malee.email in html) == (False, False)  # type: ignore[operator]


def test_person_when_read_by_herself(cast: Cast) -> None:
    html = _as(cast, "member").get(cast.malee.get_absolute_url()).content.decode()
    other = _as(cast, "head").get(cast.malee.get_absolute_url()).content.decode()
    assert (reverse("settings_profile") in html, reverse("settings_profile") in other) == (True, False)


def test_invitations_have_no_field_twice(cast: Cast) -> None:
    text = _as(cast, "steward").get(reverse("invitations")).text
    ids = re.findall(r' id="([^"]+)"', text)
    assert sorted(one for one in ids if ids.count(one) > 1) == []


def test_invitations_when_made_and_taken_back(cast: Cast) -> None:
    client = _as(cast, "steward")
    client.post(
        reverse("invitations"),
        {"note": "ยินดีต้อนรับ", "unit": "รพ.ดอยคำ", "most_uses": "3", "expires_at": "1 ต.ค. 2590"},
    )
    made = Invitation.objects.get()
    assert (made.unit, made.most_uses, str(made.expires_at)) == (
        cast.hospital,
        3,
        "2047-10-01 16:59:59+00:00",
    )
    html = client.get(reverse("invitations")).content.decode()
    assert (f"http://testserver/join/{made.token}" in html, "0 จาก 3" in html) == (True, True)
    client.post(reverse("invitation_revoke", args=[made.pk]))
    assert Invitation.objects.open().count() == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"most_uses": "0"}, "most_uses"), ({"most_uses": "1", "expires_at": "1 ม.ค. 2550"}, "expires_at")],
)
def test_invitations_when_wishes_are_wrong(cast: Cast, wrong: dict[str, str], field: str) -> None:
    answer = _as(cast, "steward").post(reverse("invitations"), wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert Invitation.objects.count() == 0


def test_domains_when_named_and_removed(cast: Cast) -> None:
    client = _as(cast, "steward")
    wrong = client.post(reverse("domain_allow"), {"domain": "not a domain"})
    assert (wrong.status_code, list(wrong.context["domain_form"].errors)) == (400, ["domain"])
    client.post(reverse("domain_allow"), {"domain": "MOPH.go.th"})
    client.post(reverse("domain_forbid", args=[EmailDomain.objects.get(domain="moph.go.th").pk]))
    assert EmailDomain.objects.count() == 0


def test_approvals_when_decided(cast: Cast) -> None:
    approval = _asked(cast)
    client = _as(cast, "steward")
    html = client.get(reverse("approvals")).content.decode()
    assert ("&lt;script&gt;alert(1)" in html, "<script>alert(1)" in html) == (True, False)
    empty = client.post(reverse("decline", args=[approval.pk]), {"because": " "})
    assert empty.status_code == 400
    client.post(reverse("decline", args=[approval.pk]), {"because": "ขอใช้อีเมลหน่วยงาน"})
    assert "ขอใช้อีเมลหน่วยงาน" in client.get(reverse("approvals")).content.decode()
    client.post(reverse("approve", args=[approval.pk]))
    approval.person.refresh_from_db()
    assert approval.person.is_active is True


def test_positions_when_confirmed_by_the_head(cast: Cast) -> None:
    stated = actions.appoint(cast.somchai, unit=cast.ward, by=cast.somchai)
    other = actions.appoint(cast.malee, unit=cast.town, by=cast.malee)
    head = _as(cast, "head")
    assert head.get(reverse("approvals")).context["appointments"] == [stated]
    assert head.post(reverse("appointment_confirm", args=[other.pk])).status_code == 403
    head.post(reverse("appointment_confirm", args=[stated.pk]))
    stated.refresh_from_db()
    assert stated.confirmed_by == cast.dao
    again = actions.appoint(cast.somchai, unit=cast.hospital, by=cast.somchai)
    head.post(reverse("appointment_confirm", args=[again.pk]), {"drop": "1"})
    assert Appointment.objects.filter(pk=again.pk).exists() is False


def test_duties_when_given_and_ended(cast: Cast) -> None:
    client = _as(cast, "steward")
    address = reverse("duty", args=[cast.malee.public_id, "facilitator"])
    client.post(address)
    assert Person.objects.get(pk=cast.malee.pk).duties_held == frozenset({"facilitator"})
    assert "คุณอำนวย" in Client().get(cast.malee.get_absolute_url()).content.decode()
    client.post(address, {"end": "1"})
    assert Person.objects.get(pk=cast.malee.pk).duties_held == frozenset()
    last = client.post(reverse("duty", args=[cast.fa.public_id, "steward"]), {"end": "1"})
    assert (last.status_code, Person.objects.get(pk=cast.fa.pk).is_steward) == (403, True)


def test_pages_when_english_is_asked(cast: Cast) -> None:
    client = _as(cast, "steward")
    for address in ("/people", "/people/invitations", "/people/approvals", cast.malee.get_absolute_url()):
        answer: Any = client.get(address, {"lang": "en"})
        assert (address, answer.status_code, answer.headers["Content-Language"]) == (address, 200, "en")
