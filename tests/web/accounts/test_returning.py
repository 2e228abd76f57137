"""A forgotten password and another address: with letters, and in a place that sends none."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from click.testing import CliRunner
from django.core import mail
from django.test import Client
from django.urls import reverse

from prakai.cli.commands.newpassword import newpassword
from prakai.people.models import Person
from tests.factories.people import PASSWORD, make_person
from tests.people.conftest import Cast

NEW = "ลมหนาวมาแล้ว-2550"
PRAISED = "malee@test.example"


@pytest.fixture
def malee(db: None) -> Person:
    return make_person("มาลี", "ใจงาม", email=PRAISED, password=PASSWORD)


@pytest.fixture
def letters(settings: Any) -> None:
    settings.EMAIL_URL = "smtp://mail.test.example"


def _sign_in(client: Client, email: str = PRAISED, password: str = PASSWORD) -> bool:
    client.post(reverse("account_login"), {"login": email, "password": password})
    return "_auth_user_id" in client.session


def _show_oneself(client: Client, email: str = PRAISED) -> None:
    """Sign in, and show once more that it is she."""
    assert _sign_in(client, email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def _choose(client: Client, address: str) -> Any:
    page = client.get(re.sub(r"^https?://[^/]+", "", address), follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})


def _letter() -> str:
    return next(word for word in mail.outbox[-1].body.split() if "/password/reset/key/" in word)


def test_letter_when_somebody_had_taken_her_address(malee: Person, letters: None) -> None:
    """Before she came, somebody made an account with her address, and ways in that she does not know of."""
    intruder, owner = Client(), Client()
    assert _sign_in(intruder)
    intruder.get("/settings/profile")
    SocialAccount.objects.create(user=malee, provider="dga", uid="1")
    Authenticator.objects.create(user=malee, type="totp", data={"secret": "x"})
    EmailAddress.objects.create(user=malee, email="intruder@test.example")
    owner.post(reverse("account_reset_password"), {"email": PRAISED})
    assert _choose(owner, _letter()).status_code == 302
    assert intruder.get("/settings/profile").status_code == 302
    for table in (SocialAccount, Authenticator, UserSession):
        assert table.objects.count() == 0, table
    address = EmailAddress.objects.get()
    assert (address.email, address.verified) == (PRAISED, True)
    assert _sign_in(owner, password=NEW)


def test_letter_when_asked_for_an_address_that_was_only_wished_for(
    client: Client, malee: Person, letters: None
) -> None:
    EmailAddress.objects.create(user=malee, email=PRAISED, primary=True, verified=True)
    EmailAddress.objects.create(user=malee, email="stranger@test.example")
    client.post(reverse("account_reset_password"), {"email": "stranger@test.example"})
    assert mail.outbox == []
    client.post(reverse("account_reset_password"), {"email": PRAISED})
    assert [letter.to for letter in mail.outbox] == [[PRAISED]]


def test_new_password_when_chosen_signs_out_elsewhere(client: Client, malee: Person) -> None:
    phone = Client()
    assert _sign_in(phone)
    _show_oneself(client)
    assert UserSession.objects.count() == 2
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), fields)
    assert (client.get("/settings/profile").status_code, phone.get("/settings/profile").status_code) == (
        200,
        302,
    )
    assert "เข้าสู่ระบบอยู่ 1 เครื่อง" in client.get(reverse("settings_security")).content.decode()


def test_forgotten_password_where_no_letters_are_sent(client: Client, cast: Cast, malee: Person) -> None:
    hidden = make_person("ศรี", "ใจเย็น", steward=True, is_listed=False)
    page = client.get(reverse("account_reset_password")).content.decode()
    sent = client.post(reverse("account_reset_password"), {"email": PRAISED})
    assert (sent.status_code, mail.outbox) == (200, [])
    assert ("ที่นี่ไม่ส่งจดหมาย" in page, str(cast.fa) in page, str(hidden) in page) == (True, True, False)
    assert "กำลังไป" not in sent.content.decode()


def test_way_back_when_a_steward_makes_one(client: Client, cast: Cast, malee: Person) -> None:
    cast.fa.set_password(PASSWORD)
    cast.fa.save()
    steward, phone = Client(), Client()
    assert _sign_in(phone)
    _show_oneself(steward, str(cast.fa.email))
    path = reverse("way_back", args=[malee.public_id])
    assert path in steward.get(malee.get_absolute_url()).content.decode()
    assert 'id="way-back"' not in steward.get(path).content.decode()
    made = steward.post(path)
    assert "no-store" in made.headers["Cache-Control"]
    [address] = re.findall(r'id="way-back" value="([^"]+)"', made.content.decode())
    key = address.rpartition("key/")[2].strip("/")
    uid, _, token = key.partition("-")
    assert address == "http://testserver" + reverse("account_reset_password_from_key", args=[uid, token])
    assert _choose(client, address).status_code == 302
    # She has shown a steward who she is, not that the address is hers.
    assert EmailAddress.objects.filter(verified=True).count() == 0
    assert phone.get("/settings/profile").status_code == 302
    assert _choose(Client(), address).status_code != 302
    assert _sign_in(client, password=NEW)
    told = client.get(reverse("settings_security")).content.decode()
    assert "เอื้อฟ้า เกื้อกูล สร้างลิงก์ให้คุณ" in told


def test_way_back_when_not_hers_to_give(cast: Cast, malee: Person, settings: Any) -> None:
    path = reverse("way_back", args=[malee.public_id])
    for person in (cast.fa, cast.dao):
        person.set_password(PASSWORD)
        person.save()
    other, steward = Client(), Client()
    assert other.post(path).status_code == 302
    _show_oneself(other, str(cast.dao.email))
    assert other.post(path).status_code == 403
    # A sign-in that is not fresh is asked to show once more that it is she.
    assert _sign_in(steward, str(cast.fa.email))
    again = steward.post(path)
    assert (again.status_code, "reauthenticate" in again.headers.get("Location", "")) == (302, True)
    _show_oneself(steward, str(cast.fa.email))
    assert steward.post(path).status_code == 200
    settings.EMAIL_URL = "smtp://mail.test.example"
    assert steward.post(path).status_code == 403
    assert path not in steward.get(malee.get_absolute_url()).content.decode()


def test_way_back_from_the_command_line(client: Client, malee: Person) -> None:
    made = CliRunner().invoke(newpassword, ["--email", PRAISED.upper()])
    assert made.exit_code == 0
    assert _choose(client, made.output.splitlines()[0]).status_code == 302
    assert _sign_in(client, password=NEW)


def test_address_when_changed_where_no_letters_are_sent(client: Client, cast: Cast, malee: Person) -> None:
    _show_oneself(client)
    page = client.get(reverse("account_email")).content.decode()
    assert ("จดหมายรออยู่" in page, PRAISED in page) == (False, True)
    taken = client.post(reverse("account_email"), {"action_add": "", "email": str(cast.fa.email)})
    assert (taken.status_code, list(taken.context["form"].errors)) == (400, ["email"])
    client.post(reverse("account_email"), {"action_add": "", "email": "new@test.example"})
    assert mail.outbox == []
    assert "new@test.example" in client.get(reverse("account_email")).content.decode()
    assert (_sign_in(Client()), _sign_in(Client(), "new@test.example")) == (False, True)


def test_address_when_changed_with_letters(client: Client, malee: Person, letters: None) -> None:
    EmailAddress.objects.create(user=malee, email=PRAISED, primary=True, verified=True)
    _show_oneself(client)
    client.post(reverse("account_email"), {"action_add": "", "email": "new@test.example"})
    assert [letter.to for letter in mail.outbox][:1] == [["new@test.example"]]
    malee.refresh_from_db()
    assert malee.email == PRAISED
    assert "new@test.example" in client.get(reverse("account_email")).content.decode()
