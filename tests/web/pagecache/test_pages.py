"""The page cache before the real pages: never stale after an action, never anybody's private page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from prakai.journal.following import sweep
from prakai.journal.models import Cursor, Entry
from prakai.notes.actions import open_notebook, publish_note, save_note, withdraw_note, write_note
from prakai.notes.actions.reading import count_reads
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note
from prakai.people.actions import erase_person
from prakai.people.models import Audience, Person
from prakai.talk.actions import make_comment
from prakai.web.pagecache.serving import KeptPages
from prakai.web.wsgi import pages
from tests.factories.people import make_person
from tests.web.pagecache.wsgi import WSGI, ask

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "เก้าสิบวินาทีหน้าประตู"


@pytest.fixture
def kept() -> Iterator[KeptPages]:
    kept = KeptPages()
    kept.watch.listen()
    yield kept
    kept.watch.stop()


@pytest.fixture
def site(kept: KeptPages) -> WSGI:
    return kept.before(pages())


@pytest.fixture
def malee() -> Person:
    return make_person()


def told(by: Person, audience: str = Audience.PUBLIC) -> Note:
    notebook = open_notebook(title="หน้าห้องตรวจ", by=by)
    writing = Writing(title=TITLE, body="<p>ทุกคนหยุดมือ</p>", audience=audience)
    note = write_note(notebook=notebook, by=by, writing=writing)
    publish_note(note, by=by)
    note.refresh_from_db()
    return note


def signed_in(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return f"sessionid={client.cookies['sessionid'].value}"


def test_a_public_note_is_kept_until_somebody_speaks(site: WSGI, kept: KeptPages, malee: Person) -> None:
    note = told(malee)
    address = note.get_absolute_url()
    first = ask(site, address)
    assert (first.status, TITLE in first.body.decode(), len(kept.cache)) == (200, True, 1)
    assert ask(site, address, if_none_match=first.headers["etag"]).status == 304
    make_comment(note.conversation, body="<p>ขอบคุณที่เล่าค่ะ</p>", by=make_person("สมชาย"))
    assert len(kept.cache) == 0
    ask(site, address)
    writing = Writing(title=TITLE, body="<p>ทุกคนหยุดมือ แล้วฟัง</p>")
    save_note(note, by=malee, writing=writing, base_version=note.version)
    fresh = ask(site, address, if_none_match=first.headers["etag"])
    assert (fresh.status, "แล้วฟัง" in fresh.body.decode()) == (200, True)


def test_a_withdrawn_note_is_gone_at_once(site: WSGI, kept: KeptPages, malee: Person) -> None:
    note = told(malee)
    address = note.get_absolute_url()
    etag = ask(site, address).headers["etag"]
    withdraw_note(note, by=malee)
    said = ask(site, address, if_none_match=etag)
    assert (said.status, len(kept.cache)) == (410, 0)
    assert "etag" not in said.headers


def test_a_page_made_before_followers_were_done_is_not_kept_for_long(
    site: WSGI, kept: KeptPages, malee: Person
) -> None:
    note = told(malee)
    words = "ขอบคุณที่เล่าค่ะ"
    commenter = make_person("สมชาย")
    make_comment(note.conversation, body=words, by=commenter)
    sweep()
    erase_person(commenter, by=commenter, keep_content=False, emptied=True)
    assert (words in ask(site, note.get_absolute_url()).body.decode(), len(kept.cache)) == (True, 1)
    sweep()
    assert len(kept.cache) == 0
    assert words not in ask(site, note.get_absolute_url()).body.decode()
    assert (sweep(), len(kept.cache)) == (0, 1)


def test_what_followers_do_in_another_process_is_seen_by_looking(site: WSGI, kept: KeptPages) -> None:
    entry = Entry.objects.create(verb="note.brought", thing_kind="notes.note", thing_id=1)
    kept.watch.look_once()
    ask(site, "/about")
    kept.watch.look_once()
    assert len(kept.cache) == 1
    Cursor.objects.create(follower="talk.notices", last_id=entry.pk)
    kept.watch.look_once()
    assert len(kept.cache) == 0


@pytest.mark.parametrize("first", [{"sec_purpose": "prefetch;prerender"}, {"purpose": "prefetch"}, {}])
def test_a_page_that_was_fetched_ahead_counts_those_who_read_it_later(
    site: WSGI, kept: KeptPages, malee: Person, first: dict[str, str]
) -> None:
    note = told(malee)
    address = note.get_absolute_url()
    count_reads()
    ask(site, address, user_agent="Mozilla/5.0 Firefox/1", **first)
    assert len(kept.cache) == 1
    ask(site, address, user_agent="Mozilla/5.0 Firefox/2")
    assert count_reads() == (1 if first else 2)


def test_a_members_note_is_kept_for_nobody(site: WSGI, kept: KeptPages, malee: Person) -> None:
    note = told(malee, Audience.MEMBERS)
    address = note.get_absolute_url()
    member = ask(site, address, cookie=signed_in(make_person("สมชาย")))
    assert (member.status, TITLE in member.body.decode(), len(kept.cache)) == (200, True, 0)
    assert ask(site, address).status == 404
    assert len(kept.cache) == 0


def test_a_readers_own_page_is_neither_kept_nor_the_kept_one(
    site: WSGI, kept: KeptPages, malee: Person
) -> None:
    address = told(malee).get_absolute_url()
    visitor = ask(site, address)
    own = ask(site, address, cookie=signed_in(malee))
    assert (own.status, len(kept.cache)) == (200, 1)
    assert (malee.display_name in own.body.decode(), own.body == visitor.body) == (True, False)
    assert ask(site, address).body == visitor.body


def test_each_language_is_kept_apart_and_choosing_one_is_not_kept(site: WSGI, kept: KeptPages) -> None:
    thai = ask(site, "/about")
    choosing = ask(site, "/about", query="lang=en")
    assert (choosing.headers["content-language"], len(kept.cache)) == ("en", 1)
    english = ask(site, "/about", cookie="django_language=en")
    assert [said.headers["content-language"] for said in (thai, english)] == ["th", "en"]
    assert (len(kept.cache), thai.body == english.body) == (2, False)


@pytest.mark.parametrize("path", ["/", "/about"])
def test_a_kept_page_holds_no_token_and_sets_no_cookie(site: WSGI, malee: Person, path: str) -> None:
    told(malee)
    said = ask(site, path)
    assert (said.status, "set-cookie" in said.headers, b"csrfmiddlewaretoken" in said.body) == (
        200,
        False,
        False,
    )
    assert "etag" in said.headers


def test_the_sign_in_page_carries_a_token_and_is_not_kept(site: WSGI, kept: KeptPages) -> None:
    said = ask(site, "/accounts/login/")
    assert (said.status, b"csrfmiddlewaretoken" in said.body, len(kept.cache)) == (200, True, 0)


def test_a_host_that_is_not_ours_gets_nothing_kept(site: WSGI, kept: KeptPages) -> None:
    assert (ask(site, "/about", host="evil.example").status, len(kept.cache)) == (400, 0)


def test_entries_of_another_process_are_seen_by_looking(site: WSGI, kept: KeptPages) -> None:
    ask(site, "/about")
    kept.watch.look_once()
    assert len(kept.cache) == 1
    # As an import in another process would: rows, and no word on this process's bus.
    Entry.objects.create(verb="note.brought", thing_kind="notes.note", thing_id=1)
    kept.watch.look_once()
    assert len(kept.cache) == 0
    ask(site, "/about")
    Entry.objects.all().delete()
    kept.watch.look_once()
    assert len(kept.cache) == 0
