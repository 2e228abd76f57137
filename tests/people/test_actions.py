"""Appointments, duties, profile, preferences and consents."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from prakai.journal.models import Entry
from prakai.kernel.pictures import clean_picture
from prakai.kernel.verdicts import Refused
from prakai.people import actions
from prakai.people.models import Appointment, Consent, Duty, DutyKind, Person
from tests.people.conftest import Cast


def _fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def _last() -> Entry:
    entry = Entry.objects.order_by("-pk").first()
    assert entry is not None
    return entry


def test_appoint_when_said_by_herself_waits_for_the_unit(cast: Cast) -> None:
    stated = actions.appoint(cast.somchai, unit=cast.ward, by=cast.somchai, position_th="ธุรการ")
    assert stated.confirmed_at is None
    assert cast.ward.pk not in _fresh(cast.somchai).unit_circle
    with pytest.raises(Refused):
        actions.confirm_appointment(stated, by=cast.somchai)
    actions.confirm_appointment(stated, by=cast.dao)
    assert {cast.ward.pk, cast.hospital.pk, cast.ministry.pk} < _fresh(cast.somchai).unit_circle
    assert (_last().verb, _last().by_id) == ("appointment.confirmed", cast.dao.pk)


def test_appoint_when_said_by_head_counts_at_once(cast: Cast) -> None:
    made = actions.appoint(cast.somchai, unit=cast.ward, by=cast.dao)
    assert (made.confirmed_at is None, made.confirmed_by) == (False, cast.dao)


def test_appoint_when_days_are_turned_round(cast: Cast) -> None:
    with pytest.raises(ValidationError) as trouble:
        actions.appoint(
            cast.malee, unit=cast.ward, by=cast.fa, from_on=date(2024, 5, 2), until_on=date(2024, 5, 1)
        )
    assert list(trouble.value.message_dict) == ["until_on"]


def test_end_appointment_when_it_lasts(cast: Cast) -> None:
    appointment = cast.malee.appointments.get()
    assert cast.ward.pk in _fresh(cast.malee).unit_circle
    with pytest.raises(Refused):
        actions.end_appointment(appointment, by=cast.somchai)
    actions.end_appointment(appointment, by=cast.malee)
    assert _fresh(cast.malee).unit_circle == frozenset()
    assert appointment.until_on == timezone.localdate() - timedelta(days=1)


def test_change_appointment_when_prolonged_by_herself_asks_again(cast: Cast) -> None:
    appointment = actions.end_appointment(cast.malee.appointments.get(), by=cast.malee)
    changed = actions.change_appointment(appointment, by=cast.malee, position_th="พยาบาล")
    assert (changed.position_th, changed.confirmed_at) == ("พยาบาล", None)
    actions.confirm_appointment(changed, by=cast.dao)
    actions.end_appointment(changed, by=cast.dao)
    again = actions.change_appointment(changed, by=cast.dao, position_th="พยาบาล")
    assert again.confirmed_at is not None


def test_drop_appointment_when_unit_says_no(cast: Cast) -> None:
    stated = actions.appoint(cast.somchai, unit=cast.ward, by=cast.somchai)
    actions.drop_appointment(stated, by=cast.dao)
    assert Appointment.objects.filter(person=cast.somchai, unit=cast.ward).count() == 0
    assert _last().verb == "appointment.dropped"


def test_give_duty_when_given_twice(cast: Cast) -> None:
    first = actions.give_duty(cast.malee, DutyKind.FACILITATOR, by=cast.fa)
    assert actions.give_duty(cast.malee, DutyKind.FACILITATOR, by=cast.fa) == first
    assert (Duty.objects.filter(person=cast.malee).count(), cast.malee.duties_held) == (
        1,
        frozenset({"facilitator"}),
    )
    with pytest.raises(Refused):
        actions.give_duty(cast.somchai, DutyKind.STEWARD, by=cast.malee)
    with pytest.raises(ValidationError):
        actions.give_duty(cast.somchai, "emperor", by=cast.fa)


def test_end_duty_when_another_steward_is_there(cast: Cast) -> None:
    duty = cast.fa.duties.get()
    with pytest.raises(Refused):
        actions.end_duty(duty, by=cast.fa)
    actions.give_duty(cast.malee, DutyKind.STEWARD, by=cast.fa)
    actions.end_duty(duty, by=cast.fa)
    assert (_fresh(cast.fa).is_steward, _fresh(cast.malee).is_steward) == (False, True)
    assert Entry.objects.filter(verb="duty.ended").count() == 1


def test_change_profile_when_all_is_given(cast: Cast) -> None:
    actions.change_profile(
        cast.malee,
        by=cast.malee,
        given_th=" มาลี ",
        family_th="ใจงาม",
        nickname_th="ลีลี่",
        about="ชอบฟัง\nและเล่า",
        knows=["#เบาหวาน", "ก.พ.ร.", "กพร", " ", "เบาหวาน "],
    )
    person = _fresh(cast.malee)
    assert (person.given_th, person.nickname_th, person.about) == ("มาลี", "ลีลี่", "ชอบฟัง\nและเล่า")
    assert person.knows == ["เบาหวาน", "ก.พ.ร."]
    assert _last().verb == "person.changed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"given_th": " "}, "given_th"),
        ({"family_th": "ก" * 61}, "family_th"),
        ({"about": "ก" * 2001}, "about"),
        ({"knows": ["!!!"]}, "knows"),
        ({"knows": [f"เรื่อง{n}" for n in range(31)]}, "knows"),
        ({"knows": ["ก" * 81]}, "knows"),
    ],
)
def test_change_profile_when_something_is_wrong(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as trouble:
        actions.change_profile(cast.malee, by=cast.malee, **wrong)
    assert list(trouble.value.message_dict) == [field]
    assert _fresh(cast.malee).given_th == "มาลี"


def test_change_profile_when_not_hers(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.change_profile(cast.malee, by=cast.fa, about="โดยคนอื่น")
    assert _fresh(cast.malee).about == ""


def test_change_portrait_when_replaced_removes_the_old_file(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    def show(colour: str) -> str:
        out = BytesIO()
        Image.new("RGB", (90, 60), colour).save(out, "JPEG")
        out.seek(0)
        with django_capture_on_commit_callbacks(execute=True):
            actions.change_portrait(
                cast.malee, by=cast.malee, picture=clean_picture(out, most_side=64, square=True)
            )
        return _fresh(cast.malee).portrait.name or ""

    first = show("red")
    second = show("blue")
    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
    assert _fresh(cast.malee).portrait_url == f"/portraits/{second.removeprefix('portraits/')}"
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_portrait(cast.malee, by=cast.malee, picture=None)
    assert (default_storage.exists(second), _fresh(cast.malee).portrait_url) == (False, "")


def test_change_preferences_when_wished(cast: Cast) -> None:
    actions.change_preferences(cast.malee, by=cast.malee, language="en", digits="thai", single_keys=False)
    person = _fresh(cast.malee)
    assert (person.language, person.digits, person.single_keys, person.era) == ("en", "thai", False, "be")
    with pytest.raises(ValidationError):
        actions.change_preferences(cast.malee, by=cast.malee, theme="pink")
    with pytest.raises(Refused):
        actions.change_preferences(cast.malee, by=cast.fa, theme="dark")


def test_give_consent_when_given_taken_back_and_given_again(cast: Cast) -> None:
    person = cast.somchai
    assert person.is_listed is False
    first = actions.give_consent(person, "listed", by=person)
    assert actions.give_consent(person, "listed", by=person) == first
    assert _fresh(person).is_listed is True
    assert actions.withdraw_consent(person, "listed", by=person) == 1
    assert _fresh(person).is_listed is False
    actions.give_consent(person, "listed", by=person)
    rows = Consent.objects.filter(person=person).order_by("pk")
    assert [row.withdrawn_at is None for row in rows] == [False, True]
    with pytest.raises(Refused):
        actions.withdraw_consent(person, "terms", by=person)
    with pytest.raises(Refused):
        actions.give_consent(person, "mail", by=cast.fa)
