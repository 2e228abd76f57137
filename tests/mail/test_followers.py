"""Letters about joining, once each, in the language of who gets them."""

from __future__ import annotations

import pytest
from django.core import mail

from prakai.journal.following import catch_up, followers
from prakai.people import actions
from prakai.people.models import Approval, Person
from tests.factories.people import make_person


def _follow() -> None:
    catch_up(next(f for f in followers() if f.name == "mail.joining"))


def _asked(language: str = "th") -> Approval:
    person = Person(email="new@x.example", given_th="ใหม่", family_th="มา", language=language)
    person.set_unusable_password()
    actions.join(person, by=None, mode="approval", because="อยากเรียนรู้")
    return person.approval


@pytest.mark.django_db
def test_letters_when_somebody_asks_go_to_every_steward_once() -> None:
    for n in (1, 2):
        make_person(f"เอื้อ{n}", email=f"steward{n}@x.example", steward=True)
    make_person(email="member@x.example")
    _asked()
    _follow()
    _follow()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["steward1@x.example", "steward2@x.example"]
    assert ("new@x.example" in mail.outbox[0].body, "/people/approvals" in mail.outbox[0].body) == (
        True,
        True,
    )


@pytest.mark.django_db
def test_letters_when_decided_tell_the_person() -> None:
    steward = make_person(steward=True)
    approval = _asked("en")
    actions.decline_person(approval, by=steward, because="Please use your <work> address & ask again.")
    actions.approve_person(approval, by=steward)
    _follow()
    to_her = [letter for letter in mail.outbox if letter.to == ["new@x.example"]]
    assert [letter.subject for letter in to_her] == ["About your request to join ประกาย", "Welcome to ประกาย"]
    assert "Please use your <work> address & ask again." in to_her[0].body
    assert to_her[1].extra_headers["Message-ID"].startswith("<entry-")


@pytest.mark.django_db
def test_letters_when_person_left_meanwhile() -> None:
    steward = make_person(email=None, steward=True)
    approval = _asked()
    actions.approve_person(approval, by=steward)
    actions.erase_person(approval.person, by=approval.person, keep_content=False)
    _follow()
    assert mail.outbox == []
