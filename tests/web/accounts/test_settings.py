"""The settings: each change through the door, each refusal kind, nothing of anybody else's."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from prakai.journal.models import Entry
from prakai.people import actions
from prakai.people.models import Person
from tests.factories.people import PASSWORD, make_appointment, make_duty, make_person
from tests.people.conftest import Cast
from tests.web.people.conftest import unknown_names_fail

__all__ = ["unknown_names_fail"]

PROFILE = {
    "given_th": "มาลี",
    "family_th": "ใจงาม",
    "nickname_th": "ลี",
    "about": "ฟัง",
    "knows": "เบาหวาน, #คิวตรวจ",
}


@pytest.fixture
def malee(client: Client, cast: Cast) -> Person:
    """Malee, signed in."""
    client.force_login(cast.malee)
    return cast.malee


def _fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def _picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600)) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return SimpleUploadedFile("me.jpg", out.getvalue(), content_type="image/jpeg")


def test_profile_when_changed(client: Client, malee: Person) -> None:
    answer = client.post(reverse("settings_profile"), PROFILE)
    assert answer.status_code == 302
    person = _fresh(malee)
    assert (person.nickname_th, person.about, person.knows) == ("ลี", "ฟัง", ["เบาหวาน", "คิวตรวจ"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"given_th": ""}, "given_th"), ({"knows": "!!!"}, "knows"), ({"about": "ก" * 2001}, "about")],
)
def test_profile_when_something_is_wrong_keeps_what_was_typed(
    client: Client, malee: Person, wrong: dict[str, str], field: str
) -> None:
    answer = client.post(reverse("settings_profile"), {**PROFILE, "nickname_th": "ลีใหม่", **wrong})
    html = answer.content.decode()
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert ('value="ลีใหม่"' in html, _fresh(malee).nickname_th) == (True, "ลี")


def test_portrait_when_uploaded_shown_and_removed(
    client: Client, malee: Person, django_capture_on_commit_callbacks: Any
) -> None:
    client.post(reverse("settings_portrait"), {"picture": _picture()})
    address = _fresh(malee).portrait_url
    shown = Client().get(address)
    picture = Image.open(io.BytesIO(b"".join(shown.streaming_content)))  # type: ignore[attr-defined]
    assert (shown.headers["Content-Type"], picture.size) == ("image/jpeg", (480, 480))
    assert "immutable" in shown.headers["Cache-Control"]
    shown.close()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("settings_portrait"), {"remove": "1"})
    assert (_fresh(malee).portrait_url, Client().get(address).status_code) == ("", 404)


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"MZ not a picture", b""])
def test_portrait_when_no_picture(client: Client, malee: Person, content: bytes) -> None:
    upload = SimpleUploadedFile("me.jpg", content, content_type="image/jpeg")
    answer = client.post(reverse("settings_portrait"), {"picture": upload})
    assert (answer.status_code, list(answer.context["portrait_form"].errors)) == (400, ["picture"])
    assert _fresh(malee).portrait_url == ""


@pytest.mark.parametrize(
    "name", ["../secret_key", "..%2Fsecret_key.jpg", "x.jpg", "nosuchname00.jpg", "a.svg"]
)
def test_portrait_when_name_is_made_up(client: Client, db: None, name: str) -> None:
    assert client.get(f"/portraits/{name}").status_code == 404


def test_preferences_when_changed_are_followed(client: Client, malee: Person) -> None:
    wishes = {"language": "en", "era": "ce", "digits": "thai", "theme": "dark", "is_listed": ""}
    client.post(reverse("settings_preferences"), wishes)
    person = _fresh(malee)
    assert (person.language, person.theme, person.single_keys, person.is_listed) == (
        "en",
        "dark",
        False,
        False,
    )
    page = client.get(reverse("settings_preferences"))
    assert (page.headers["Content-Language"], 'data-theme="dark"' in page.content.decode()) == ("en", True)
    assert Client().get(person.get_absolute_url()).status_code == 404
    client.post(reverse("settings_preferences"), {**wishes, "is_listed": "on"})
    assert Client().get(person.get_absolute_url()).status_code == 200


def test_preferences_when_answer_is_made_up(client: Client, malee: Person) -> None:
    wishes = {"language": "xx", "era": "ce", "digits": "thai", "theme": "dark"}
    answer = client.post(reverse("settings_preferences"), wishes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["language"])


def test_appointments_when_added_corrected_and_ended(client: Client, malee: Person, cast: Cast) -> None:
    client.post(
        reverse("settings_appointments"),
        {"unit": "เทศบาลเมืองคลองลำพู", "position_th": "ที่ปรึกษา", "from_on": "๑ ต.ค. ๒๕๖๓"},
    )
    made = malee.appointments.get(unit=cast.town)
    assert (str(made.from_on), made.confirmed_at) == ("2020-10-01", None)
    page = client.get(reverse("settings_appointment", args=[made.pk]))
    assert "ตุลาคม 2563" in page.content.decode()
    client.post(
        reverse("settings_appointment", args=[made.pk]), {"position_th": "ครู", "until_on": "30/9/2564"}
    )
    made.refresh_from_db()
    assert (made.position_th, str(made.until_on)) == ("ครู", "2021-09-30")
    client.post(reverse("settings_appointment_drop", args=[made.pk]))
    assert malee.appointments.filter(unit=cast.town).exists() is False
    held = malee.appointments.get()
    client.post(reverse("settings_appointment_end", args=[held.pk]))
    assert _fresh(malee).unit_circle == frozenset()


def test_appointments_when_day_or_unit_cannot_be_told(client: Client, malee: Person) -> None:
    answer = client.post(reverse("settings_appointments"), {"unit": "ที่ไหนสักแห่ง", "from_on": "เมื่อก่อน"})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (400, ["from_on", "unit"])
    later = client.post(
        reverse("settings_appointments"),
        {"unit": "รพ.ดอยคำ", "from_on": "2 พ.ค. 2567", "until_on": "1 พ.ค. 2567"},
    )
    assert list(later.context["form"].errors) == ["until_on"]


def test_appointments_when_somebody_else_s(client: Client, malee: Person, cast: Cast) -> None:
    other = make_appointment(cast.somchai, cast.ward)
    for name in ("settings_appointment_end", "settings_appointment_drop", "settings_appointment"):
        assert client.post(reverse(name, args=[other.pk])).status_code == 404


def test_consents_when_given_and_taken_back(client: Client, malee: Person) -> None:
    address = reverse("settings_consent", args=["listed"])
    client.post(address)
    client.post(address, {"withdraw": "1"})
    assert malee.consents.get(kind="listed").withdrawn_at is not None
    assert client.post(reverse("settings_consent", args=["soul"])).status_code == 404
    refused = client.post(reverse("settings_consent", args=["terms"]), {"withdraw": "1"})
    assert (refused.status_code, "ลบบัญชี" in refused.content.decode()) == (403, True)


def test_consent_to_letters_is_not_asked_for_and_can_be_taken_back(client: Client, malee: Person) -> None:
    address = reverse("settings_consent", args=["mail"])
    assert (client.post(address).status_code, malee.consents.filter(kind="mail").count()) == (404, 0)
    assert address not in client.get(reverse("settings_privacy")).content.decode()
    actions.give_consent(malee, "mail", by=malee)
    assert address in client.get(reverse("settings_privacy")).content.decode()
    client.post(address, {"withdraw": "1"})
    assert malee.consents.get(kind="mail").withdrawn_at is not None
    assert address not in client.get(reverse("settings_privacy")).content.decode()


def test_my_data_when_seen_and_taken(client: Client, malee: Person) -> None:
    actions.change_profile(malee, by=malee, about="ประโยคที่มีที่เดียว")
    page = client.get(reverse("settings_my_data"))
    assert ("ประโยคที่มีที่เดียว" in page.content.decode(), "no-store" in page.headers["Cache-Control"]) == (
        True,
        True,
    )
    answer = client.get(reverse("settings_take"))
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    answer.close()
    told = json.loads(packed.read("data.json"))
    assert told["profile"][0]["about"] == "ประโยคที่มีที่เดียว"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="prakai-')


def test_leave_when_meant(client: Client, cast: Cast) -> None:
    person = make_person("พิมพ์", email="pim@test.example", password=PASSWORD)
    client.force_login(person)
    address = reverse("settings_leave")
    asked = client.get(address)
    assert asked.url.startswith(reverse("account_reauthenticate"))  # type: ignore[attr-defined]
    client.post(asked.url, {"password": PASSWORD, "next": address})  # type: ignore[attr-defined]
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"content": "keep", "word": "ไม่ลบ"})
    assert (wrong.status_code, _fresh(person).erased_at) == (400, None)
    nothing = client.post(address, {"word": "ลบ"})
    assert (nothing.status_code, list(nothing.context["form"].errors)) == (400, ["content"])
    left = client.post(address, {"content": "anonymise", "word": " ลบ "})
    assert (left.status_code, "_auth_user_id" in client.session) == (200, False)
    assert left.headers["Clear-Site-Data"] == '"storage"'
    assert (str(_fresh(person)), Entry.objects.get(verb="person.erased").facts) == (
        "อดีตสมาชิก",
        {"keep_content": False},
    )
    again = client.post(reverse("account_login"), {"login": "pim@test.example", "password": PASSWORD})
    assert (again.status_code, "_auth_user_id" in client.session) == (200, False)


def test_leave_when_last_steward(client: Client, cast: Cast) -> None:
    client.force_login(cast.fa)
    assert client.get(reverse("settings_leave")).status_code == 403
    make_duty(cast.dao)
    assert client.get(reverse("settings_leave")).status_code == 200


def test_security_when_digits_are_thai(client: Client, malee: Person) -> None:
    malee.digits = "thai"
    malee.save()
    client.force_login(malee)
    assert "เข้าสู่ระบบอยู่ ๐ เครื่อง" in client.get(reverse("settings_security")).content.decode()
