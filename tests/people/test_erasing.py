"""A person leaves: nothing of hers stays but what she chose to leave."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.test import Client

from prakai.journal.following import catch_up_all
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.people import actions
from prakai.people.models import Approval, Consent, Invitation, Person
from tests.factories.people import make_duty, make_person
from tests.people.conftest import Cast

TRACES = ("มาลี", "ใจงาม", "Malee", "Jaingam", "malee@", "ลับเฉพาะ", "+66", "นางมาลี")


def _full_life(cast: Cast, client: Client) -> Person:
    """Give Malee one of everything that the platform keeps."""
    person = cast.malee
    person.email = "malee@doikham.example"
    person.about = "ลับเฉพาะ"
    person.portrait.save("malee.jpg", ContentFile(b"picture"), save=False)
    person.save()
    actions.change_profile(person, by=person, knows=["ลับเฉพาะ"])
    actions.give_consent(person, "terms", by=person)
    make_duty(person)
    actions.invite(by=person, note="ลับเฉพาะ", most_uses=3)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "ลับเฉพาะ"})
    SocialAccount.objects.create(user=person, provider="oidc", uid="malee@", extra_data={"name": "มาลี"})
    client.force_login(person)
    UserSession.objects.create(
        user=person, ip="10.0.0.7", session_key=client.session.session_key, user_agent="ลับเฉพาะ"
    )
    return person


def _everything_kept() -> str:
    """All values of the rows of people, sign-in and journal, as one text."""
    kept: list[type[models.Model]] = [
        Person, Consent, Invitation, EmailAddress, Authenticator, SocialAccount, UserSession, Entry,
    ]  # fmt: skip
    return "\n".join(str(row) for model in kept for row in model._default_manager.values())


def test_erase_person_when_content_goes_anonymous(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    person = _full_life(cast, client)
    portrait = person.portrait.name or ""
    assert [trace for trace in TRACES if trace in _everything_kept()] != []
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_person(person, by=person, keep_content=False)
    assert [trace for trace in TRACES if trace in _everything_kept()] == []
    assert (Session.objects.count(), UserSession.objects.count(), default_storage.exists(portrait)) == (
        0,
        0,
        False,
    )
    shell = Person.objects.get(pk=person.pk)
    assert (str(shell), shell.given_en, shell.email, shell.is_active, shell.has_usable_password()) == (
        "อดีตสมาชิก",
        "Former member",
        None,
        False,
        False,
    )
    assert (shell.erased_at is None, shell.appointments.count(), shell.consents.count()) == (False, 0, 0)
    assert list(Invitation.objects.open()) == []
    entry = Entry.objects.get(verb="person.erased")
    assert (entry.thing_id, entry.facts) == (person.pk, {"keep_content": False})


def test_erase_person_when_content_stays_tells_the_name(cast: Cast, client: Client) -> None:
    person = _full_life(cast, client)
    actions.erase_person(person, by=person, keep_content=True)
    entry = Entry.objects.get(verb="person.erased")
    assert entry.facts == {"keep_content": True, "name_th": "มาลี ใจงาม", "name_en": "Malee Jaingam"}
    shell = Person.objects.get(pk=person.pk)
    assert (str(shell), shell.email, shell.known) == ("อดีตสมาชิก", None, "")


def test_erase_person_when_by_somebody_else(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.erase_person(cast.malee, by=cast.somchai, keep_content=True)
    actions.erase_person(cast.malee, by=cast.fa, keep_content=True)
    assert Entry.objects.get(verb="person.erased").by_id == cast.fa.pk
    with pytest.raises(Refused):
        actions.erase_person(cast.malee, by=cast.fa, keep_content=True)
    with pytest.raises(Refused):
        actions.erase_person(cast.fa, by=cast.fa, keep_content=True)


def test_erase_person_when_others_stay_as_they_are(cast: Cast) -> None:
    before = list(Person.objects.exclude(pk=cast.malee.pk).order_by("pk").values())
    actions.erase_person(cast.malee, by=cast.malee, keep_content=False)
    assert list(Person.objects.exclude(pk=cast.malee.pk).order_by("pk").values()) == before


def test_erase_person_when_she_was_once_declined(cast: Cast) -> None:
    person = make_person("ใหม่", email="new@somewhere.example", is_active=False)
    approval = Approval.objects.create(person=person)
    actions.decline_person(approval, by=cast.fa, because="ลับเฉพาะ")
    actions.erase_person(person, by=cast.fa, keep_content=False)
    assert "ลับเฉพาะ" not in _everything_kept()


def test_erase_person_when_her_name_stands_on_a_card(cast: Cast) -> None:
    card = default_storage.save("cards/malee.png", ContentFile(b"picture"))
    actions.erase_person(cast.malee, by=cast.malee, keep_content=False)
    catch_up_all()
    assert default_storage.exists(card) is False
