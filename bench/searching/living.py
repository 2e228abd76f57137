"""A place while people use it: how long until a note that is published at a running ``prakai serve`` is found there."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.machines import ROOT, Server, serving

PRAKAI = [sys.executable, "-m", "prakai"]
TIMES = 10
PATIENCE = 60.0
LOOK_EVERY = 0.05
"""Seconds between two looks: each takes the same process as the one that indexes."""
TOKEN = "a" * 32


def seconds_until_found(folder: Path, times: int = TIMES) -> list[float]:
    """Publish notes by the form of a running server, one after another; return for each how long until it was found.

    The time begins when the form is sent and ends with the first answer of ``/api/v1/search`` that holds the note.
    They are withdrawn afterwards, and the index told, so that the place is asked as before.
    """
    env = {"DATA_DIR": str(folder)}
    setup = [*PRAKAI, "setup", "--quiet"]
    subprocess.run(setup, cwd=ROOT, env=os.environ | env, check=True, capture_output=True)
    with (
        _written() as cookie,
        serving(*PRAKAI, "serve", "--port", "{port}", env=env, log=folder / "serve.log") as server,
    ):
        _until_followed(server)
        return [_until_found(server, cookie, f"บันทึกที่เพิ่งเผยแพร่ zq{time.time_ns():x}") for _ in range(times)]


@contextmanager
def _written() -> Iterator[str]:
    """Yield the cookies of somebody who has written nothing yet, and withdraw afterwards what she has published."""
    from django.test import Client

    from prakai.notes.actions import withdraw_note
    from prakai.notes.models import Note
    from prakai.people.models import Person
    from prakai.search.keeping import carry_over

    writer, _ = Person.objects.get_or_create(email="writer@example.org", given_th="ผู้เขียน", family_th="ตอนวัด")
    client = Client()
    client.force_login(writer)
    yield f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"
    for note in Note.objects.published().filter(author=writer):
        withdraw_note(note, by=writer)
    carry_over()


def _until_followed(server: Server) -> None:
    """Wait until the followers have dealt with all that filling the place has told them: no real place has that."""
    until = time.perf_counter() + 60 * PATIENCE
    while json.loads(server.get("/healthz")[2])["behind"] and time.perf_counter() < until:
        time.sleep(0.5)


def _until_found(server: Server, cookie: str, title: str) -> float:
    form = {"title": title, "body": f"<p>{title}</p>", "audience": "public", "move": "publish"}
    started = time.perf_counter()
    status = _post(server, "/write/how", cookie, form | {"csrfmiddlewaretoken": TOKEN})
    assert status == 302, f"the form was answered with {status}"
    while True:
        _, _, body = server.get(f"/api/v1/search?q={quote(title)}")
        passed = time.perf_counter() - started
        if any(hit["title"] == title for hit in json.loads(body)["hits"]):
            return passed
        assert passed < PATIENCE, f"not found after {PATIENCE} s"
        time.sleep(LOOK_EVERY)


def _post(server: Server, path: str, cookie: str, form: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode(form), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status
