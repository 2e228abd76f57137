"""Joining through the door: open, by approval, by invitation, by domain; and what goes wrong kindly."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from prakai.people import actions
from prakai.people.models import Appointment, Approval, Consent, Invitation, Person
from tests.factories.people import PASSWORD
from tests.people.conftest import Cast

ANSWERS = {
    "email": "new@somewhere.example",
    "password1": "ฝนตกที่ดอยคำ-2550",
    "given_th": "ใหม่",
    "family_th": "มาเยือน",
    "terms": "on",
}


def _join(client: Client, **more: str) -> Any:
    return client.post(reverse("account_signup"), {**ANSWERS, **more})


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_join_when_open(client: Client, cast: Cast) -> None:
    answer = _join(client, unit="รพ.ดอยคำ", is_listed="on", next="/notes/7")
    person = Person.objects.get(email="new@somewhere.example")
    assert (answer.status_code, answer.url, _is_in(client)) == (302, "/notes/7", True)
    assert (str(person), person.is_listed, person.language) == ("ใหม่ มาเยือน", True, "th")
    assert Appointment.objects.get(person=person).unit == cast.hospital
    assert sorted(Consent.objects.values_list("kind", flat=True)) == ["listed", "terms"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"terms": ""}, "terms"),
        ({"given_th": " "}, "given_th"),
        ({"email": "not-an-address"}, "email"),
        ({"password1": "short"}, "password1"),
        ({"password1": "1234567890"}, "password1"),
        ({"unit": "หน่วยงานที่ไม่มีจริง"}, "unit"),
    ],
)
def test_join_when_something_is_missing_keeps_the_rest(
    client: Client, cast: Cast, wrong: dict[str, str], field: str
) -> None:
    answer = _join(client, **wrong)
    html = answer.content.decode()
    assert (answer.status_code, list(answer.context["form"].errors), _is_in(client)) == (200, [field], False)
    assert ('value="มาเยือน"' in html, Person.objects.filter(email=ANSWERS["email"]).exists()) == (True, False)


def test_join_when_english_is_spoken(client: Client, db: None) -> None:
    client.get(reverse("account_signup"), {"lang": "en"})
    _join(client)
    person = Person.objects.get(email=ANSWERS["email"])
    assert (person.language, person.era) == ("en", "ce")


def test_join_when_address_is_taken_says_so_where_no_letters_go(client: Client, db: None) -> None:
    _join(client)
    answer = _join(Client())
    assert list(answer.context["form"].errors) == ["email"]
    assert "มีผู้สมัครด้วยอีเมลนี้แล้ว" in answer.content.decode()


def test_join_when_address_is_taken_tells_nobody(client: Client, db: None, settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    _join(client)
    EmailAddress.objects.update(verified=True)
    mail.outbox.clear()
    cache.clear()
    answer = _join(Client())
    assert (answer.status_code, answer.url) == (302, reverse("account_email_verification_sent"))
    assert Person.objects.filter(email=ANSWERS["email"]).count() == 1
    assert [letter.to for letter in mail.outbox] == [["new@somewhere.example"]]
    assert "/accounts/password/reset/" in mail.outbox[0].body


def test_join_when_approval_is_needed(client: Client, cast: Cast, settings: Any) -> None:
    settings.JOINING = "approval"
    answer = _join(client, because="อยากเล่าเรื่องเยี่ยมบ้าน")
    assert (answer.url, _is_in(client)) == (reverse("joining_waiting"), False)
    page = client.get(answer.url)
    assert "คำขอของคุณอยู่กับผู้ดูแลแล้ว" in page.content.decode()

    again = client.post(
        reverse("account_login"), {"login": ANSWERS["email"], "password": ANSWERS["password1"]}
    )
    assert again.url == reverse("joining_waiting")  # type: ignore[attr-defined]
    actions.decline_person(Approval.objects.get(), by=cast.fa, because="ขอให้ใช้อีเมลหน่วยงาน <b>นะ</b>")
    declined = client.get(reverse("joining_waiting")).content.decode()
    assert ("ขอให้ใช้อีเมลหน่วยงาน" in declined, "<b>นะ</b>" in declined) == (True, False)

    actions.approve_person(Approval.objects.get(), by=cast.fa)
    client.post(reverse("account_login"), {"login": ANSWERS["email"], "password": ANSWERS["password1"]})
    assert _is_in(client) is True


def test_waiting_page_when_nobody_asked(client: Client, db: None) -> None:
    assert client.get(reverse("joining_waiting")).url == reverse("account_login")  # type: ignore[attr-defined]


def test_join_when_invitation_is_needed(client: Client, cast: Cast, settings: Any) -> None:
    settings.JOINING = "invitation"
    closed = client.get(reverse("account_signup"))
    assert ("account/signup_closed.html" in [t.name for t in closed.templates], closed.status_code) == (
        True,
        200,
    )
    _join(client)
    assert Person.objects.filter(email=ANSWERS["email"]).exists() is False

    invitation = actions.invite(by=cast.fa, unit=cast.hospital)
    assert client.get(invitation.get_absolute_url()).url == reverse("account_signup")  # type: ignore[attr-defined]
    _join(client, unit=cast.hospital.name_th)
    person = Person.objects.get(email=ANSWERS["email"])
    assert (_is_in(client), person.appointments.get().confirmed_by, Invitation.objects.get().uses) == (
        True,
        cast.fa,
        1,
    )
    used = Client().get(invitation.get_absolute_url())
    assert (used.status_code, "ใช้ครบแล้ว" in used.content.decode()) == (403, True)


def test_join_when_two_browsers_hold_the_last_use(cast: Cast, settings: Any) -> None:
    settings.JOINING = "invitation"
    invitation = actions.invite(by=cast.fa)
    first, second = Client(), Client()
    for browser in (first, second):
        assert browser.get(invitation.get_absolute_url(), follow=True).status_code == 200
    _join(first)
    late = _join(second, email="late@somewhere.example")
    assert (_is_in(first), _is_in(second), Invitation.objects.get().uses) == (True, False, 1)
    assert Person.objects.filter(email="late@somewhere.example").exists() is False
    assert late.status_code == 200  # the page that says that one joins by invitation


def test_invitation_when_unknown(client: Client, db: None) -> None:
    assert client.get("/join/nosuchtoken1").status_code == 404


def test_join_when_domain_is_needed(client: Client, cast: Cast, settings: Any) -> None:
    settings.JOINING = "domain"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    actions.allow_domain("go.th", by=cast.fa, unit=cast.ministry)
    refused = _join(client)
    assert list(refused.context["form"].errors) == ["email"]

    answer = _join(client, email="new@doikham.go.th")
    assert (answer.url, _is_in(client)) == (reverse("account_email_verification_sent"), False)
    claimed = Person.objects.get(email="new@doikham.go.th")
    assert list(claimed.appointments.confirmed()) == []
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[0].body)
    assert link is not None
    client.post(link[1])
    assert EmailAddress.objects.get(email="new@doikham.go.th").verified is True
    client.post(reverse("account_login"), {"login": "new@doikham.go.th", "password": PASSWORD})
    assert _is_in(client) is True
    assert cast.ministry.pk in Person.objects.get(email="new@doikham.go.th").unit_circle


def test_join_when_approval_is_needed_tells_nobody_who_is_known(
    client: Client, db: None, settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    _join(client)
    EmailAddress.objects.update(verified=True)
    settings.JOINING = "approval"
    mail.outbox.clear()
    cache.clear()
    known, stranger = Client(), Client()
    answers = [_join(known), _join(stranger, email="other@somewhere.example")]
    assert [answer.url for answer in answers] == [reverse("joining_waiting")] * 2
    pages = [browser.get(reverse("joining_waiting")).content.decode() for browser in (known, stranger)]
    heard = "คำขอของคุณอยู่กับผู้ดูแลแล้ว"
    assert [heard in page for page in pages] == [True, True]
    assert [letter.to for letter in mail.outbox] == [[ANSWERS["email"]]]
    assert Approval.objects.count() == 1


def test_join_when_password_is_weak_says_so_in_thai(client: Client, db: None) -> None:
    for weak in ("short", "1234567890", "new@somewhere.example"):
        told = " ".join(_join(client, password1=weak).context["form"].errors["password1"])
        assert (told != "", re.search("[A-Za-z]", told)) == (True, None)


def test_letters_when_page_speaks_english_go_in_her_language(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.EMAIL_URL = "smtp://mail.test.example"
    malee = cast.malee
    malee.email = "malee@doikham.example"
    malee.save()
    client.post(f"{reverse('account_reset_password')}?lang=en", {"email": malee.email})
    assert [letter.subject for letter in mail.outbox] == ["ตั้งรหัสผ่านใหม่"]
    malee.language = "en"
    malee.save()
    client.post(f"{reverse('account_reset_password')}?lang=th", {"email": malee.email})
    assert mail.outbox[1].subject == "Password Reset Email"


def test_letters_when_sent_are_in_the_reader_s_language(client: Client, db: None, settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    _join(client)
    letter = mail.outbox[0]
    assert (letter.subject, "เรียน คุณใหม่ มาเยือน" in letter.body) == ("ช่วยยืนยันอีเมลของคุณ", True)
    assert re.search("[A-Za-z]{3,} [a-z]{3,}", re.sub(r"https?://\S+", "", letter.body)) is None


def test_join_when_the_post_office_is_closed(client: Client, db: None, settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = _join(client)
    assert (answer.status_code, Person.objects.filter(email=ANSWERS["email"]).count()) == (302, 1)
    assert "ส่งจดหมายไม่ได้" in client.get(answer.url).content.decode()
