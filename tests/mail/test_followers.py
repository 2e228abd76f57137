"""Letters about joining, once each, in the language of who gets them."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from prakai.cli.serving.working import run_tasks, tidy_tasks
from prakai.journal.following import catch_up, followers
from prakai.people import actions
from prakai.people.models import Approval, Person
from tests.factories.people import make_person


def _follow() -> None:
    catch_up(next(f for f in followers() if f.name == "mail.joining"))
    run_tasks(threading.Event())


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


@pytest.mark.django_db
def test_letters_when_the_mail_server_is_away_are_tried_again_and_not_lost(settings: Any) -> None:
    make_person("เอื้อ", email="steward@x.example", steward=True)
    _asked()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    _follow()
    waiting = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    assert waiting.run_after > timezone.now()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    _follow()
    assert mail.outbox == []
    DBTaskResult.objects.filter(pk=waiting.pk).update(run_after=timezone.now())
    _follow()
    _follow()
    assert [letter.to for letter in mail.outbox] == [["steward@x.example"]]


@pytest.mark.django_db
def test_letters_when_the_worker_was_killed_in_the_middle_go_out() -> None:
    make_person("เอื้อ", email="steward@x.example", steward=True)
    _asked()
    catch_up(next(f for f in followers() if f.name == "mail.joining"))
    task = DBTaskResult.objects.get()
    task.claim("killed")
    assert (tidy_tasks(), run_tasks(threading.Event()), mail.outbox) == (0, 0, [])
    assert tidy_tasks(now=timezone.now() + timedelta(minutes=11)) == 1
    run_tasks(threading.Event())
    assert len(mail.outbox) == 1
    tidy_tasks(now=timezone.now() + timedelta(days=8))
    assert DBTaskResult.objects.count() == 0
