"""Every page of sign-in and settings: in our look, in Thai and English, under the strict content policy."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from prakai.people.actions import appoint, invite
from tests.factories.people import PASSWORD, make_person
from tests.people.conftest import Cast

ENTRANCE = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "terms",
]
BEHIND = [
    "account_logout",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
    "socialaccount_connections",
    "settings_profile",
    "settings_preferences",
    "settings_security",
    "settings_appointments",
    "settings_privacy",
    "settings_my_data",
    "settings_leave",
]
INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*(?:\bsrc=|application/(?:ld\+)?json))[^>]*>"
)


def _held(html: str) -> None:
    """The page is ours, and nothing in it needs more than the content policy allows."""
    assert INLINE.findall(html) == []
    assert ('class="site-header"' in html, 'id="main"' in html, html.count("<h1")) == (True, True, 1)


def _words(html: str) -> str:
    """The words of the page's own column, without the markup."""
    column = html.split('<div class="column">', 1)[1].split('<aside class="rail"', 1)[0]
    column = re.sub(r"<(script|code|pre|datalist|noscript)\b.*?</\1>", " ", column, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", column).split())


@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance_page_when_opened(client: Client, db: None, name: str) -> None:
    thai = client.get(reverse(name), {"lang": "th"})
    english = client.get(reverse(name), {"lang": "en"})
    expected = 401 if name == "socialaccount_login_error" else 200
    assert (thai.status_code, english.status_code) == (expected, expected)
    for answer in (thai, english):
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        _held(answer.content.decode())
    assert re.search("[ก-ฮ]{3}", _words(thai.content.decode())) is not None
    assert re.search("[ก-ฮ]", _words(english.content.decode())) is None


def _signed_in(client: Client, cast: Cast) -> None:
    person = make_person("พิมพ์", "ทอง", password=PASSWORD, unit=cast.ward, email="pim@test.example")
    EmailAddress.objects.create(user=person, email="pim@test.example", verified=True, primary=True)
    appoint(person, unit=cast.town, by=person, position_th="ผู้ช่วย")
    client.post(reverse("account_login"), {"login": "pim@test.example", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.mark.parametrize("name", BEHIND)
def test_page_behind_the_door_when_opened(client: Client, cast: Cast, name: str) -> None:
    _signed_in(client, cast)
    for language in ("th", "en"):
        answer = client.get(reverse(name), {"lang": language})
        assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)
        html = answer.content.decode()
        _held(html)
        if language == "th":
            assert re.search("[ก-ฮ]{3}", _words(html)) is not None


@pytest.mark.parametrize("name", BEHIND)
def test_page_behind_the_door_when_nobody_is_signed_in(client: Client, db: None, name: str) -> None:
    answer = client.get(reverse(name))
    if name == "account_logout":
        assert answer.url == "/"  # type: ignore[attr-defined]
        return
    assert answer.url.split("?")[0] == reverse("account_login")  # type: ignore[attr-defined]
    assert "next=" in answer.url  # type: ignore[attr-defined]


def test_pages_of_proofs_when_they_are_set_up(client: Client, cast: Cast) -> None:
    _signed_in(client, cast)
    person = EmailAddress.objects.get(email="pim@test.example").user
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "มือถือ", "credential": {}})
    names = ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_index"]
    addresses = [reverse(name) for name in names]
    addresses += [reverse("mfa_remove_webauthn", args=[key.pk]), reverse("mfa_edit_webauthn", args=[key.pk])]
    addresses += [
        reverse("settings_security"),
        reverse("account_reauthenticate"),
        reverse("mfa_reauthenticate"),
    ]
    addresses += [reverse("mfa_list_webauthn")]
    for address in addresses:
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 200)
        _held(answer.content.decode())


def test_second_step_when_codes_are_switched_on(client: Client, cast: Cast) -> None:
    _signed_in(client, cast)
    person = EmailAddress.objects.get(email="pim@test.example").user
    TOTP.activate(person, generate_totp_secret())
    client.logout()
    first = client.post(reverse("account_login"), {"login": "pim@test.example", "password": PASSWORD})
    assert first.url == reverse("mfa_authenticate")  # type: ignore[attr-defined]
    page = client.get(reverse("mfa_authenticate"))
    _held(page.content.decode())
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (wrong.status_code, "_auth_user_id" in client.session) == (200, False)


def test_security_page_when_links_are_followed(client: Client, cast: Cast) -> None:
    """Every link of the settings leads somewhere."""
    _signed_in(client, cast)
    for start in ("settings_security", "settings_privacy", "settings_profile", "settings_appointments"):
        html = client.get(reverse(start)).content.decode().split("<main", 1)[1].split("</main>", 1)[0]
        for address in set(re.findall(r'href="(/(?:settings|accounts|terms)[^"#?]*)"', html)):
            answer = client.get(address)
            assert (start, address, answer.status_code in (200, 302)) == (start, address, True)
            answer.close()


def test_invited_form_when_link_is_open(client: Client, cast: Cast) -> None:
    invitation = invite(by=cast.fa, unit=cast.hospital, note="ยินดีต้อนรับสู่ดอยคำ")
    answer = client.get(invitation.get_absolute_url(), follow=True)
    html = answer.content.decode()
    _held(html)
    assert ("ยินดีต้อนรับสู่ดอยคำ" in html, "โรงพยาบาลดอยคำ" in html) == (True, True)
