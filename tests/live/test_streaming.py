"""A real server tells a real open page; on one port with the pages, and as a process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from tests.serving import Running, environment, make_place

SPEAK = """
import django; django.setup()
from prakai.notes.models import Note
from prakai.talk.actions import make_comment
note = Note.objects.get()
make_comment(note.conversation, body="<p>สวัสดี</p>", by=note.author)
from prakai.journal.models import Entry
print(Entry.objects.order_by("-pk").first().pk)
"""
TELL = """
import django; django.setup()
from prakai.notes.actions import open_notebook, publish_note, write_note
from prakai.notes.actions.writing import Writing
from prakai.people.actions import join
from prakai.people.models import Person
malee = join(Person(given_th="มาลี", email="malee@test.example"), by=None, mode="open")
note = write_note(notebook=open_notebook(title="หน้าห้องตรวจ", by=malee), by=malee,
                  writing=Writing(title="ฝนตก", body="<p>ก</p>", audience="public"))
publish_note(note, by=malee)
print(note.number)
"""


def done(place: Path, program: str, **more: str) -> int:
    """Run ``program`` in a process of its own and return the number that it prints."""
    said = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(place, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr[-2000:]
    return int(said.stdout)


def made(entry: int) -> bytes:
    """What an open page hears of the comment that ``entry`` tells of."""
    return b'id: %d\nevent: changed\ndata: {"kind": "comment.made"}\n\n' % entry


class OpenPage:
    """An open page that listens."""

    def __init__(self, site: Running, path: str, last: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", site.port), timeout=10)
        more = f"Last-Event-ID: {last}\r\n" if last else ""
        self.socket.sendall(f"GET /live/pages?path={path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode())
        self.seen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *left: object) -> None:
        self.socket.close()

    def until(self, words: bytes, seconds: float = 10) -> bool:
        """Return whether ``words`` came within so many seconds."""
        end = time.monotonic() + seconds
        while words not in self.seen and (left := end - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                got = self.socket.recv(65536)
            except TimeoutError:
                break
            if not got:
                break
            self.seen += got
        return words in self.seen


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_place(tmp_path_factory.mktemp("live"))


@pytest.fixture(scope="module")
def number(place: Path) -> int:
    return done(place, TELL)


@pytest.fixture(scope="module")
def site(place: Path, number: int) -> Iterator[Running]:
    with Running(place, "serve", ready="/live/health") as running:
        yield running


def state(site: Running) -> dict[str, int]:
    found: dict[str, int] = json.loads(site.get("/live/health")[2])
    return found


def listeners(site: Running) -> int:
    return state(site)["listeners"]


def test_an_open_page_hears_of_a_comment_made_in_another_process(
    site: Running, place: Path, number: int
) -> None:
    with OpenPage(site, f"/notes/{number}-x") as page, OpenPage(site, "/notes/999") as other:
        assert page.until(b"retry: 4000")
        assert other.until(b"retry: 4000")
        assert b"content-type: text/event-stream" in page.seen.lower()
        entry = done(place, SPEAK)
        assert page.until(made(entry))
        assert not other.until(b"changed", 0.3)


def test_who_comes_back_hears_what_was_missed(site: Running, place: Path, number: int) -> None:
    entry = done(place, SPEAK)
    until = time.monotonic() + 10
    while state(site)["told"] < entry and time.monotonic() < until:  # until the server has seen it too
        time.sleep(0.05)
    with (
        OpenPage(site, f"/notes/{number}", last=str(entry - 1)) as back,
        OpenPage(site, f"/notes/{number}", str(entry)) as up,
    ):
        assert back.until(f"id: {entry}\nevent: changed\n".encode())
        assert back.until(b"retry: 4000")
        assert up.until(b"retry: 4000")
        assert back.seen.index(b"changed") < back.seen.index(b"retry: 4000")
        assert b"changed" not in up.seen


def test_a_page_that_was_hidden_says_itself_what_it_knows(site: Running, place: Path, number: int) -> None:
    with OpenPage(site, f"/notes/{number}") as page:
        assert page.until(b"event: here\n")
        entry = done(place, SPEAK)
        assert page.until(made(entry))
    with (
        OpenPage(site, f"/notes/{number}&after={entry - 1}") as back,
        OpenPage(site, f"/notes/{number}&after={entry}") as up,
        OpenPage(site, f"/notes/{number}&after=x") as odd,
    ):
        assert back.until(made(entry))
        assert up.until(b"event: here\ndata: {}\n\n")
        assert odd.until(b"event: here\ndata: {}\n\n")
        assert (b"changed" in up.seen, b"changed" in odd.seen) == (False, False)


def test_two_hundred_open_pages_hear_at_once(site: Running, place: Path, number: int) -> None:
    pages = [OpenPage(site, f"/notes/{number}") for _ in range(200)]
    try:
        assert all(page.until(b"event: here") for page in pages)
        assert listeners(site) == 200
        entry = done(place, SPEAK)
        assert pages[0].until(made(entry))
        begun = time.monotonic()
        assert all(page.until(made(entry), 5) for page in pages)
        assert time.monotonic() - begun < 2
    finally:
        for page in pages:
            page.socket.close()


def test_who_leaves_is_forgotten(site: Running) -> None:
    pages = [OpenPage(site, "/notes/1") for _ in range(20)]
    assert all(page.until(b"retry: 4000") for page in pages)
    assert listeners(site) >= 20
    for page in pages:
        page.socket.close()
    until = time.monotonic() + 10
    while listeners(site) and time.monotonic() < until:
        time.sleep(0.05)
    assert listeners(site) == 0


@pytest.mark.parametrize(
    ("path", "status"),
    [("/live/pages", 400), ("/live/pages?path=x", 400), ("/live/other", 404), ("/live/health", 200)],
)
def test_what_is_not_understood_is_said(site: Running, path: str, status: int) -> None:
    assert site.get(path)[0] == status


def test_live_stands_alone_and_stops_with_pages_open(place: Path, number: int) -> None:
    with (
        Running(place, "serve", "--live-only", ready="/live/health") as running,
        OpenPage(running, f"/notes/{number}") as page,
    ):
        assert page.until(b"retry: 4000")
        assert running.get("/about")[0] == 404
        begun = time.monotonic()
        assert running.stop() == 0
        assert time.monotonic() - begun < 6


def test_who_comes_when_it_is_full_is_asked_to_come_later(place: Path) -> None:
    with Running(place, "serve", "--live-only", ready="/live/health", LIVE_MOST="2") as running:
        with OpenPage(running, "/notes/1") as one, OpenPage(running, "/notes/1") as two:
            assert (one.until(b"event: here"), two.until(b"event: here")) == (True, True)
            status, headers, _ = running.get("/live/pages?path=/notes/1")
            assert (status, headers["retry-after"]) == (503, "60")
        until = time.monotonic() + 10
        while listeners(running) and time.monotonic() < until:
            time.sleep(0.05)
        with OpenPage(running, "/notes/1") as three:
            assert three.until(b"event: here")


@pytest.mark.redis
def test_over_redis_a_page_hears_without_waiting_for_a_look(place: Path, number: int) -> None:
    bus = os.environ["TEST_BUS_URL"]
    with (
        Running(place, "serve", "--live-only", ready="/live/health", BUS_URL=bus) as running,
        OpenPage(running, f"/notes/{number}") as page,
    ):
        assert page.until(b"retry: 4000")
        entry = done(place, SPEAK, BUS_URL=bus)
        assert page.until(made(entry), 5)
