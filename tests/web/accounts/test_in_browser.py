"""Sign-in and settings in Chromium: axe finds nothing, passkeys work under the policy, all fits a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from prakai.people.actions import appoint, invite
from prakai.people.models import Approval, Person
from prakai.web.templatetags import prakai_tags
from tests.factories.people import PASSWORD, make_person
from tests.people.conftest import a_unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN = [
    "/accounts/login/?next=/settings",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/terms",
    "/people",
]
BEHIND = [
    "/settings/profile",
    "/settings/appointments",
    "/settings/preferences",
    "/settings/security",
    "/settings/privacy",
    "/settings/privacy/my-data",
    "/settings/privacy/leave",
    "/accounts/sessions/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/totp/activate/",
    "/people/invitations",
    "/people/approvals",
]


@pytest.fixture(autouse=True)
def plain_assets(settings: Any) -> Iterator[None]:
    """The test's server knows files by their own names, not by those of an earlier set-up."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    prakai_tags.asset.cache_clear()
    yield
    prakai_tags.asset.cache_clear()


@pytest.fixture
def steward(transactional_db: None) -> Person:
    """A steward with a password, a unit, an invitation and somebody who waits."""
    unit = a_unit("โรงพยาบาลดอยคำ")
    make_person("แสงดาว", steward=True)
    person = make_person("เอื้อฟ้า", email="fa@test.example", password=PASSWORD, steward=True, unit=unit)
    person.knows = ["คุณเอื้อ"]
    person.save()
    EmailAddress.objects.create(user=person, email="fa@test.example", verified=True, primary=True)
    invite(by=person, unit=unit, note="ยินดีต้อนรับ")
    Approval.objects.create(person=make_person("ใหม่", is_active=False), because="อยากเรียนรู้")
    other = make_person("มาลี")
    appoint(other, unit=unit, by=other)
    return person


def _sign_in(page: Any, url: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.fill("[name=login]", "fa@test.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main button:has-text('เข้าสู่ระบบ')")
    page.goto(f"{url}/accounts/reauthenticate/?next=/settings/security")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def _violations(page: Any) -> list[Any]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_when_looked_at_by_axe(
    chromium: Any, live_server: Any, steward: Person, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = {}
    for address in OPEN:
        page.goto(live_server.url + address)
        found[address] = (_violations(page), page.evaluate("document.documentElement.scrollWidth") > width)
    _sign_in(page, live_server.url)
    for address in [*BEHIND, steward.get_absolute_url()]:
        page.goto(live_server.url + address)
        found[address] = (_violations(page), page.evaluate("document.documentElement.scrollWidth") > width)
    context.close()
    assert {address: what for address, what in found.items() if what != ([], False)} == {}


def test_passkey_when_made_and_used(chromium: Any, live_server: Any, steward: Person) -> None:
    """Under the real content policy, with a fingerprint reader made of software."""
    url = live_server.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context()
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    _sign_in(page, url)
    page.goto(f"{url}/accounts/2fa/webauthn/add/")
    page.fill("[name=name]", "มือถือของฟ้า")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/**")
    assert Authenticator.objects.filter(user=steward, type="webauthn").count() == 1
    page.goto(f"{url}/accounts/logout/")
    page.click("main button[type=submit]")
    page.goto(f"{url}/accounts/login/?next=/settings/security")
    page.click("#passkey_login")
    page.wait_for_selector("main li:has-text('มือถือของฟ้า')")
    assert page.url == f"{url}/settings/security"
    assert [words for words in troubles if "Content Security Policy" in words] == []
    context.close()


def test_joining_when_scripts_are_off(chromium: Any, live_server: Any, steward: Person) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/signup/")
    answers = {
        "given_th": "ใหม่",
        "family_th": "จริง",
        "email": "x@y.example",
        "password1": PASSWORD,
        "unit": "รพ.ดอยคำ",
    }
    for name, words in answers.items():
        page.fill(f"[name={name}]", words)
    page.check("[name=terms]")
    page.click("main button[type=submit]")
    context.close()
    joined = Person.objects.get(email="x@y.example")
    assert (str(joined), joined.appointments.get().unit.name_th) == ("ใหม่ จริง", "โรงพยาบาลดอยคำ")
