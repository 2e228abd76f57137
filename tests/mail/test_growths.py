"""Who said something at a forum hears on her desk and by letter that it may become a note; nobody else does."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from prakai.cli.serving.working import run_tasks
from prakai.forums import actions
from prakai.forums.models import Growth
from prakai.journal.following import catch_up, followers
from prakai.people.models import Consent, ConsentKind, Person
from prakai.talk.models import Notice
from prakai.talk.queries import Told, notices_of
from tests.factories.forums import make_forum
from tests.factories.people import make_person
from tests.factories.sparks import make_spark
from tests.factories.stories import make_story
from tests.factories.units import make_unit


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person("มาลี", unit=hospital)
    forum = make_forum(malee, hospital)
    actions.open_wall(forum, by=malee)
    somchai = make_person("สมชาย", email="somchai@x.example")
    _follow()
    mail.outbox.clear()
    return SimpleNamespace(hospital=hospital, malee=malee, forum=forum, somchai=somchai)


def _follow() -> None:
    for follower in followers():
        if follower.name in ("mail.growths", "forums.notices"):
            catch_up(follower)
            catch_up(follower)
    run_tasks(threading.Event())


def _told(person: Person) -> list[tuple[str, str, str]]:
    rows = [Told(notice) for notice in notices_of(person).rows]
    return [(one.kind, one.title, one.address) for one in rows]


def test_notice_and_letter_when_a_story_or_a_spark_is_asked_for(cast: SimpleNamespace) -> None:
    story = make_story(cast.forum, cast.malee, cast.somchai)
    spark = make_spark(cast.forum, by=cast.somchai, name="สมชาย")
    for thing in (story, spark, story):
        actions.grow_into_note(thing, by=cast.malee)
    _follow()
    _follow()
    pages = [f"/forums/{cast.forum.pk}/wall/sparks/{spark.public_id}", story.get_absolute_url()]
    assert _told(cast.somchai) == [("growth", cast.forum.title, page) for page in pages]
    assert _told(cast.malee) == []
    assert [letter.to for letter in mail.outbox] == [["somchai@x.example"]] * 2
    first, second = mail.outbox
    assert (f"{pages[1]}\n" in first.body, f"{pages[0]}\n" in second.body) == (True, True)
    assert cast.malee.display_name in first.body
    assert story.what_we_did not in first.body + second.body
    client = Client()
    client.force_login(cast.somchai)
    assert [client.get(page).status_code for page in pages] == [200, 200]


@pytest.mark.parametrize("how", ["answered", "withdrawn", "own", "demo", "took letters back", "phone"])
def test_no_letter_when_there_is_nothing_to_ask_or_nobody_wants_it(cast: SimpleNamespace, how: str) -> None:
    story = make_story(cast.forum, cast.malee, cast.somchai)
    if how == "phone":
        story = make_spark(cast.forum, token="phone-of-nobody-1234567890")
    actions.grow_into_note(story, by=cast.somchai if how == "own" else cast.malee)
    if how == "answered":
        actions.decline_growth(Growth.objects.get(), by=cast.somchai)
    elif how == "withdrawn":
        actions.withdraw_story(story, by=cast.somchai)
    elif how == "demo":
        Growth.objects.update(is_demo=True)
    elif how == "took letters back":
        moment = timezone.now()
        Consent.objects.create(
            person=cast.somchai, kind=ConsentKind.MAIL, wording="1", given_at=moment, withdrawn_at=moment
        )
    _follow()
    assert (mail.outbox, DBTaskResult.objects.failed().count()) == ([], 0)
    hears = ["growth"] if how in ("demo", "took letters back") else []
    assert [kind for kind, _, _ in _told(cast.somchai)] == hears
    assert Notice.objects.count() == len(hears)
