"""Phones and screens of a hall in front of real servers: they lose their network, press twice, and come back."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.serving import Running, environment

OPEN = """
import django; django.setup()
from prakai.forums.actions import open_wall
from tests.factories.forums import make_forum
from tests.factories.people import make_person
from tests.factories.units import make_unit
unit = make_unit("โรงพยาบาลดอยคำ")
malee = make_person("มาลี", unit=unit)
forum = make_forum(malee, unit)
open_wall(forum, by=malee)
print(forum.code)
"""
ROWS = """
import django; django.setup()
import json
from prakai.forums.models import Spark
print(json.dumps(sorted(Spark.objects.values_list("client_id", "public_id"))))
"""


def said(place: Path, program: str, **more: str) -> str:
    """Run ``program`` in a process of its own and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(place, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def rows(place: Path, **more: str) -> dict[str, str]:
    """Every spark that is kept: the phone's number of it and its public id; fails when there are two of one number."""
    pairs = json.loads(said(place, ROWS, **more))
    assert len({client_id for client_id, _ in pairs}) == len(pairs)
    return dict(pairs)


def killed_and_back(site: Running, *, after: float = 0.0) -> Running:
    """Kill the server and all its workers without a word, and start it anew on its port."""
    os.killpg(site.child.pid, signal.SIGKILL)
    site.child.wait()
    site.output.close()
    time.sleep(after)
    again = Running(site.place, ready=site.ready)
    again.port, again.arguments, again.environment = site.port, site.arguments, site.environment
    again.log = site.log.with_suffix(".again")
    return again.__enter__()


class Screen:
    """Listens to a wall in a thread and comes back with the id of what it heard last, until it is closed."""

    def __init__(self, port: int, code: str) -> None:
        self.port, self.code = port, code
        self.heard: list[str] = []
        self.last = ""
        self.opened = 0
        self._closing = threading.Event()
        self._line: socket.socket | None = None
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def lose_network(self) -> None:
        """Break the line in the middle of whatever comes."""
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)

    def until(self, number: int, seconds: float = 20) -> bool:
        """Return whether so many sparks were heard within so many seconds."""
        end = time.monotonic() + seconds
        while len(self.heard) < number and time.monotonic() < end:
            time.sleep(0.02)
        return len(self.heard) >= number

    def close(self) -> None:
        """Listen no more."""
        self._closing.set()
        self.lose_network()
        self._thread.join(5)

    def _listen(self) -> None:
        while not self._closing.is_set():
            with suppress(OSError):
                self._hear()
            time.sleep(0.05)

    def _hear(self) -> None:
        more = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            self._line = line
            asked = (
                f"GET /live/walls/{self.code} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n"
            )
            line.sendall(asked.encode())
            self.opened += 1
            came = b""
            while piece := line.recv(65536):
                came += piece
                *whole, came = came.split(b"\n\n")
                for event in whole:
                    self._take(event)

    def _take(self, event: bytes) -> None:
        """Take one event; the line that ends a chunk of HTTP may stand between its lines."""
        words = dict(one.split(b": ", 1) for one in event.replace(b"\r", b"").split(b"\n") if b": " in one)
        if b"id" in words:
            self.last = words[b"id"].decode()
        if words.get(b"event") == b"wall":
            self.heard += [spark["id"] for spark in json.loads(words[b"data"]).get("sparks", ())]


class Phone:
    """Throws sparks as the page does: with a number made once, again and again until the server has answered."""

    def __init__(self, port: int, code: str) -> None:
        self.port, self.code = port, code
        self.cookie = ""
        self.answered: dict[str, str] = {}

    def throw(self, client_id: str, words: str, *, taps: int = 1, answer_is_lost: bool = False) -> None:
        """Throw one spark: pressed so many times, its first answer lost with the network or not."""
        if answer_is_lost:
            self._lost(client_id, words)
        threads = [
            threading.Thread(target=self._until_answered, args=(client_id, words)) for _ in range(taps)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _until_answered(self, client_id: str, words: str) -> None:
        for _ in range(200):
            try:
                status, answer = self._post(client_id, words)
            except (OSError, http.client.HTTPException):
                status, answer = 0, {}
            if status == 201:
                assert self.answered.setdefault(client_id, answer["id"]) == answer["id"]
                return
            assert status in (0, 429, 500, 502, 503), answer
            time.sleep(0.1)
        raise AssertionError(f"{client_id} was never answered")

    def _lost(self, client_id: str, words: str) -> None:
        head, body = self._request(client_id, words)
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.sendall(head.encode() + body)
            time.sleep(0.05)  # it may have been read, and its answer is never heard

    def _post(self, client_id: str, words: str) -> tuple[int, dict[str, Any]]:
        if not self.cookie:
            status, headers, _ = self._ask("GET", f"/w/{self.code}")
            assert status == 200
            self.cookie = headers["set-cookie"].split(";")[0]
        _, body = self._request(client_id, words)
        status, _, answer = self._ask("POST", f"/w/{self.code}/sparks", body)
        return status, json.loads(answer) if status == 201 else {"said": answer[:300]}

    def _request(self, client_id: str, words: str) -> tuple[str, bytes]:
        body = urlencode({"client_id": client_id, "words": words}).encode()
        lines = [f"POST /w/{self.code}/sparks HTTP/1.1", *(f"{n}: {v}" for n, v in self._headers().items())]
        return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]), body

    def _headers(self) -> dict[str, str]:
        return {
            "Host": f"localhost:{self.port}",
            "Accept": "application/json",
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def _ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, path, body=body or None, headers=self._headers())
            answer = line.getresponse()
            return answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read()
        finally:
            line.close()
