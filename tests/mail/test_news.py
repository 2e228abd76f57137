"""Letters about saved searches: once a day, of what she may see when they leave, none lost and none twice."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from prakai.cli.serving.working import run_tasks, tidy_tasks
from prakai.journal.following import catch_up_all
from prakai.mail.news import want_letters
from prakai.notes.actions import withdraw_note
from prakai.people.actions import erase_person
from prakai.people.models import Audience, Person
from prakai.search.actions import drop_search, save_search, stop_letters, tell_by_letter
from prakai.search.actions.telling import latest_morning
from prakai.search.keeping import rebuild
from prakai.search.models import SavedSearch
from prakai.search.queries.finding import find
from prakai.search.stopping import who_stops
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.talk import put_comment
from tests.factories.units import make_unit

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def morning() -> datetime:
    """After six o'clock two days ago: no letter waits for an index that is being made, nor does the next day's."""
    return latest_morning(timezone.now()) + timedelta(minutes=6) - 2 * DAY


@pytest.fixture
def malee(db: None) -> Person:
    return make_person("มาลี", email="malee@x.example")


@pytest.fixture
def author(db: None) -> Person:
    return make_person("สมชาย", email=None)


def send(now: datetime) -> list[Any]:
    """Let the day's work be done at ``now``; return the letters of it."""
    catch_up_all()
    mail.outbox.clear()
    want_letters(now=now)
    run_tasks(threading.Event())
    return list(mail.outbox)


def test_a_letter_tells_of_what_is_new_once(malee: Person, author: Person, morning: datetime) -> None:
    for words in ("คิวยา", "เก้าอี้"):
        save_search(malee, words, by=malee, at=morning - DAY)
    make_note(author, "คิวยาวันเก่า", at=morning - DAY - HOUR)
    chair = make_note(author, "เก้าอี้กับคิวยา", at=morning - 2 * HOUR)
    make_note(author, "เก้าอี้ที่มาทีหลัง", at=morning + HOUR)
    [letter] = send(morning)
    assert (letter.to, letter.subject) == (["malee@x.example"], "มีเรื่องใหม่ในคำค้นที่คุณเก็บไว้ · ประกาย")
    assert letter.body.count("เก้าอี้กับคิวยา") == 1
    assert f"/notes/{chair.number}\n" in letter.body
    assert ("วันเก่า" in letter.body, "ทีหลัง" in letter.body) == (False, False)
    assert [send(morning), send(morning + HOUR), send(morning + 12 * HOUR)] == [[], [], []]
    [next_letter] = send(morning + DAY)
    assert ("ทีหลัง" in next_letter.body, "เก้าอี้กับคิวยา" in next_letter.body) == (True, False)
    assert next_letter.extra_headers["Message-ID"] != letter.extra_headers["Message-ID"]


def test_a_comment_is_told_with_who_said_it_and_where_at_a_short_address(
    malee: Person, author: Person, morning: datetime, settings: Any, tmp_path: Path
) -> None:
    settings.SEARCH_URL = f"file://{tmp_path}/index"
    save_search(malee, "ผักตบชวา", by=malee, at=morning - DAY)
    note = make_note(author, "เรื่องยาวที่ชื่อยาวเหมือนกัน", at=morning - 9 * DAY)
    said = put_comment(note.conversation, author, body="<p>ผักตบชวาค่ะ</p>", made_at=morning - HOUR)
    put_comment(note.conversation, None, body="<p>ผักตบชวาด้วย</p>", made_at=morning - 2 * HOUR)
    rebuild()
    [letter] = send(morning)
    lines = letter.body.split("\n")
    told = "- ความเห็นของ สมชาย ใจงาม ใน “เรื่องยาวที่ชื่อยาวเหมือนกัน” ("
    [at] = [place for place, line in enumerate(lines) if line.startswith(told)]
    assert lines[at + 1].endswith(f"/notes/{note.number}#c{said.pk}")
    assert "- ความเห็นใน “เรื่องยาวที่ชื่อยาวเหมือนกัน” (" in letter.body
    assert Client().get(f"/notes/{note.number}").url == iri_to_uri(note.get_absolute_url())


def test_no_letter_when_nothing_is_new_or_she_wrote_it_herself(malee: Person, morning: datetime) -> None:
    save_search(malee, "คิวยา", by=malee, at=morning - DAY)
    make_note(malee, "คิวยาของฉันเอง", at=morning - HOUR)
    assert send(morning) == []


def test_only_what_she_may_see_when_it_leaves_is_told(
    malee: Person, author: Person, morning: datetime
) -> None:
    save_search(malee, "คิวยา", by=malee, at=morning - DAY)
    home = make_unit("โรงพยาบาลอื่น")
    teller = make_person("อื่น", unit=home)
    make_note(teller, "คิวยาในหน่วยเขา", audience=Audience.UNIT, unit=home, at=morning - HOUR)
    make_note(author, "คิวยาของสมาชิก", audience=Audience.MEMBERS, at=morning - HOUR)
    gone = make_note(author, "คิวยาที่ถอนไป", at=morning - HOUR)
    catch_up_all()
    want_letters(now=morning)
    withdraw_note(gone, by=author)
    [letter] = send(morning)
    assert [words in letter.body for words in ("ในหน่วยเขา", "ของสมาชิก", "ที่ถอนไป")] == [False, True, False]


def test_a_letter_ends_by_its_own_address(malee: Person, author: Person, morning: datetime) -> None:
    save_search(malee, "คิวยา", by=malee, at=morning - DAY)
    make_note(author, "คิวยาใหม่", at=morning - HOUR)
    [letter] = send(morning)
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in letter.body
    assert who_stops(stop.rpartition("/")[2]) == malee


@pytest.mark.parametrize("how", ["stopped", "dropped", "off", "erased", "inactive"])
def test_a_letter_that_is_no_longer_wanted_does_not_leave(
    malee: Person, author: Person, morning: datetime, how: str
) -> None:
    search = save_search(malee, "คิวยา", by=malee, at=morning - DAY)
    make_note(author, "คิวยาใหม่", at=morning - HOUR)
    catch_up_all()
    assert want_letters(now=morning) == 1
    if how == "stopped":
        stop_letters(malee, by=malee)
    elif how == "dropped":
        drop_search(search, by=malee)
    elif how == "off":
        tell_by_letter(search, False, by=malee)
    elif how == "erased":
        erase_person(malee, by=malee, keep_content=True)
    else:
        Person.objects.filter(pk=malee.pk).update(is_active=False)
    assert (send(morning), DBTaskResult.objects.ready().count()) == ([], 0)


def test_many_new_things_are_cut_and_the_rest_is_a_link(
    malee: Person, author: Person, morning: datetime
) -> None:
    save_search(malee, "คิวยา", by=malee, at=morning - DAY)
    for n in range(12):
        make_note(author, f"คิวยา {n}", at=morning - HOUR)
    [letter] = send(morning)
    assert letter.body.count("\n- ") == 10
    assert "/search?q=%E0%B8%84%E0%B8%B4%E0%B8%A7%E0%B8%A2%E0%B8%B2&sort=newest" in letter.body


def test_a_letter_speaks_her_language_and_counts_her_years(
    malee: Person, author: Person, morning: datetime
) -> None:
    Person.objects.filter(pk=malee.pk).update(language="en", era="ce")
    save_search(malee, "คิวยา", {"kind": ["note"]}, by=malee, at=morning - DAY)
    make_note(author, "คิวยาใหม่", at=morning - HOUR)
    [letter] = send(morning)
    assert letter.subject == "New for your saved searches · ประกาย"
    assert "For “คิวยา · notes”" in letter.body
    assert f"{morning.year}" in letter.body


def test_a_worker_killed_before_the_letter_left_loses_nothing(
    malee: Person, author: Person, morning: datetime
) -> None:
    save_search(malee, "คิวยา", by=malee, at=morning - DAY)
    make_note(author, "คิวยาใหม่", at=morning - HOUR)
    catch_up_all()
    want_letters(now=morning)
    DBTaskResult.objects.get().claim("killed")
    assert send(morning) == []
    tidy_tasks(now=timezone.now() + timedelta(minutes=11))
    assert len(send(morning)) == 1


def test_a_kill_between_the_turn_and_its_task_leaves_the_turn_as_it_was(
    malee: Person, author: Person, morning: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = save_search(malee, "คิวยา", by=malee, at=morning - DAY)
    make_note(author, "คิวยาใหม่", at=morning - HOUR)

    def killed(*given: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("prakai.mail.news.begin_letters", _then(killed))
        with pytest.raises(SystemExit):
            want_letters(now=morning)
    assert SavedSearch.objects.get().told_until == search.told_until
    assert len(send(morning)) == 1


def _then(act: Any) -> Any:
    from prakai.search.actions import begin_letters

    def begun(**given: Any) -> Any:
        begin_letters(**given)
        act()

    return begun


def test_a_letter_waits_for_an_index_that_is_behind(malee: Person, author: Person, morning: datetime) -> None:
    save_search(malee, "คิวยา", by=malee, at=morning - DAY)
    make_note(author, "คิวยาใหม่", at=morning - HOUR)
    catch_up_all()
    erase_person(make_person("ลา"), by=make_person("เอื้อ", steward=True), keep_content=True, at=morning - HOUR)
    mail.outbox.clear()
    want_letters(now=morning)
    run_tasks(threading.Event())
    assert mail.outbox == []
    waiting = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    assert waiting.run_after > timezone.now()
    DBTaskResult.objects.filter(pk=waiting.pk).update(run_after=timezone.now())
    assert len(send(morning)) == 1


def test_a_mail_server_that_is_away_loses_no_letter(
    malee: Person, author: Person, morning: datetime, settings: Any
) -> None:
    save_search(malee, "คิวยา", by=malee, at=morning - DAY)
    make_note(author, "คิวยาใหม่", at=morning - HOUR)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    send(morning)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())
    assert len(send(morning)) == 1


def test_a_letter_waits_a_while_for_an_index_that_is_being_made(malee: Person, author: Person) -> None:
    now = timezone.now()
    save_search(malee, "คิวยา", by=malee, at=now - 2 * DAY)
    make_note(author, "คิวยาใหม่", at=now - HOUR)
    left = send(now)
    making = find("คิวยา", malee).rebuilding
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    assert (len(left), waiting.count()) == ((0, 1) if making else (1, 0))
