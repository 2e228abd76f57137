"""Signing in: back to where one was, throttled, and the demo door only where a demo is."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prakai.people.models import Person
from tests.factories.people import PASSWORD, make_person


@pytest.fixture
def malee(db: None) -> Person:
    return make_person("มาลี", email="malee@test.example", password=PASSWORD)


def _sign_in(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post(
        reverse("account_login"), {"login": "malee@test.example", "password": password, **more}
    )


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_sign_in_when_session_expired_goes_back(client: Client, malee: Person) -> None:
    asked = client.get("/settings/profile?from=draft")
    assert asked.url == "/accounts/login/?next=/settings/profile%3Ffrom%3Ddraft"  # type: ignore[attr-defined]
    page = client.get(asked.url)  # type: ignore[attr-defined]
    assert "สิ่งที่พิมพ์ไว้ยังอยู่ครบ" in page.content.decode()
    assert 'name="next" value="/settings/profile?from=draft"' in page.content.decode()
    answer = _sign_in(client, next="/settings/profile?from=draft")
    assert (answer.url, _is_in(client)) == ("/settings/profile?from=draft", True)


def test_sign_in_when_next_lies_elsewhere(client: Client, malee: Person) -> None:
    assert _sign_in(client, next="https://evil.example/").url == "/"


def test_sign_in_when_password_is_wrong(client: Client, malee: Person) -> None:
    answer = _sign_in(client, "wrong")
    html = answer.content.decode()
    assert (answer.status_code, _is_in(client)) == (200, False)
    assert ("อีเมลหรือรหัสผ่านไม่ถูกต้อง" in html, 'value="malee@test.example"' in html) == (True, True)


def test_sign_in_when_tried_too_often_is_throttled(client: Client, malee: Person) -> None:
    for _ in range(5):
        _sign_in(client, "wrong")
    answer = _sign_in(client)
    assert (_is_in(client), "ลองผิดหลายครั้งแล้ว" in answer.content.decode()) == (False, True)


def test_sign_in_when_many_names_are_tried_from_one_place(client: Client, malee: Person) -> None:
    for n in range(8):
        client.post(reverse("account_login"), {"login": f"x{n}@test.example", "password": "wrong"})
    _sign_in(client)
    assert _is_in(client) is False
    elsewhere = Client(REMOTE_ADDR="10.9.8.7")
    _sign_in(elsewhere)
    assert _is_in(elsewhere) is True


def test_sign_in_when_person_is_inactive_without_a_request(client: Client, malee: Person) -> None:
    Person.objects.update(is_active=False)
    assert _sign_in(client).url == reverse("joining_waiting")
    assert client.get(reverse("joining_waiting")).url == reverse("account_inactive")  # type: ignore[attr-defined]


def test_password_when_forgotten(client: Client, malee: Person, settings: Any) -> None:
    settings.EMAIL_URL = "smtp://mail.test.example"
    client.post(reverse("account_reset_password"), {"email": "malee@test.example"})
    address = next(w for w in mail.outbox[0].body.split() if "/password/reset/key/" in w)
    page = client.get(address.removeprefix("http://testserver"), follow=True)
    done = client.post(
        page.request["PATH_INFO"], {"password1": "ลมหนาวมาแล้ว-2550", "password2": "ลมหนาวมาแล้ว-2550"}
    )
    assert done.status_code == 302
    malee.refresh_from_db()
    assert malee.check_password("ลมหนาวมาแล้ว-2550") is True


def test_password_when_forgotten_for_nobody_says_the_same(
    client: Client, malee: Person, settings: Any
) -> None:
    settings.EMAIL_URL = "smtp://mail.test.example"
    known = client.post(reverse("account_reset_password"), {"email": "malee@test.example"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@test.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)  # type: ignore[attr-defined]
    assert len(mail.outbox) == 1


def test_sessions_when_signed_out_everywhere_else(malee: Person) -> None:
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36")
    desk = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/121.0")
    for browser in (phone, desk):
        _sign_in(browser)
        browser.get("/settings/profile")
    html = desk.get(reverse("usersessions_list")).content.decode()
    assert ("Chrome · Android" in html, "Firefox · Windows" in html) == (True, True)
    assert UserSession.objects.count() == 2
    desk.post(reverse("usersessions_list"))
    assert (phone.get("/settings/profile").status_code, desk.get("/settings/profile").status_code) == (
        302,
        200,
    )


@pytest.mark.parametrize("key", ["\\000aaaaaaaaaaaa", "a" * 12, "' OR 1=1 --aaaa", ""])
def test_session_when_its_cookie_is_nonsense(client: Client, malee: Person, key: str) -> None:
    # What stands in quotes may hold any sign, written as an octal number.
    client.cookies.load(f'sessionid="{key}"')
    assert client.get("/settings/profile").status_code == 302
    _sign_in(client)
    assert (_is_in(client), client.get("/settings/profile").status_code) == (True, 200)


def test_session_when_its_time_is_over(client: Client, malee: Person) -> None:
    _sign_in(client)
    assert client.get("/settings/profile").status_code == 200
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/settings/profile").status_code == 302


def test_session_when_person_rests_or_has_another_password(client: Client, malee: Person) -> None:
    _sign_in(client)
    Person.objects.update(is_active=False)
    assert client.get("/settings/profile").status_code == 302
    Person.objects.update(is_active=True)
    _sign_in(client)
    malee.refresh_from_db()
    malee.set_password("อีกคำหนึ่งของใครอื่น")
    malee.save()
    assert client.get("/settings/profile").status_code == 302


@pytest.mark.parametrize("role", ["reader", "writer", "facilitator", "steward"])
def test_demo_door_when_demo_is_loaded(client: Client, db: None, settings: Any, role: str) -> None:
    settings.DEMO = True
    person = make_person(email=f"{role}@demo.prakai.example", is_demo=True)
    answer = client.get(f"/demo/enter/{role}", {"next": "/desk"})
    assert (answer.url, client.session["_auth_user_id"]) == ("/desk", str(person.pk))  # type: ignore[attr-defined]


def test_demo_door_when_there_is_none(client: Client, db: None, settings: Any) -> None:
    demo = make_person(email="reader@demo.prakai.example", is_demo=True)
    settings.DEMO = False
    assert (client.get("/demo/enter/reader").status_code, _is_in(client)) == (404, False)
    settings.DEMO = True
    assert client.get("/demo/enter/king").status_code == 404
    assert client.get("/demo/enter/writer").status_code == 404
    Person.objects.filter(pk=demo.pk).update(is_demo=False)
    assert (client.get("/demo/enter/reader").status_code, _is_in(client)) == (404, False)
    Person.objects.filter(pk=demo.pk).update(is_demo=True)
    away = client.get("/demo/enter/reader", {"next": "https://evil.example/"})
    assert away.url == "/"  # type: ignore[attr-defined]
