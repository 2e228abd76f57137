"""A real ``prakai`` in a process of its own, with its own place and a free port, for tests that need the real thing."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

PRAKAI = [sys.executable, "-m", "prakai"]


def free_port() -> int:
    """Return a port of 127.0.0.1 that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(place: Path, **more: str) -> dict[str, str]:
    """Return the environment of a ``prakai`` in ``place``: nothing of the tests' own engines unless given."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DATABASE_URL", "BUS_URL", "FILES_URL", "DEMO", "DEBUG")
    }
    return {**kept, "DATA_DIR": str(place), "DJANGO_SETTINGS_MODULE": "prakai.settings", **more}


def processes_with(words: str, *, child_of: int | None = None) -> list[int]:
    """Return the process numbers of the commands that hold ``words``, however long their lines are."""
    # "-ww": without it a line ends at $COLUMNS, and what stands behind it is never found.
    listed = subprocess.run(
        ["ps", "-ewwo", "pid,ppid,args"], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(maxsplit=2) for line in listed.splitlines()[1:] if words in line]
    return [int(pid) for pid, parent, _ in rows if child_of in (None, int(parent))]


def prakai(place: Path, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end and return what it said."""
    return subprocess.run(
        [*PRAKAI, *arguments],
        env=environment(place, **more),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def make_place(folder: Path, **more: str) -> Path:
    """Return ``folder`` as a place with tables and (unless ``make setup`` ran here) a bare static folder."""
    from django.conf import settings

    for name in ("files", "index"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    if not (folder / "static").exists():
        if (settings.STATIC_ROOT / "staticfiles.json").exists():
            shutil.copytree(settings.STATIC_ROOT, folder / "static")
        else:
            (folder / "static").mkdir()
            (folder / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    done = prakai(folder, "migrate", **more)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


class Running:
    """``with Running(place, "serve", "--port", …) as site: site.get("/")``."""

    def __init__(self, place: Path, *arguments: str, ready: str = "/about", **more: str) -> None:
        self.port = free_port()
        self.place = place
        self.log = place / f"log-{self.port}"
        self.arguments = [*PRAKAI, *arguments, "--port", str(self.port)]
        self.ready = ready
        self.environment = environment(place, **more)

    def __enter__(self) -> Self:
        self.output = self.log.open("wb")
        self.child = subprocess.Popen(
            self.arguments,
            env=self.environment,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if self.get(self.ready)[0] < 500:
                    return self
            except OSError:
                pass
            if self.child.poll() is not None:
                break
            time.sleep(0.05)
        self.stop()
        raise AssertionError(f"not ready:\n{self.said()}")

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> int:
        """Ask it to stop and return its exit code."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            try:
                self.child.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.child.pid, signal.SIGKILL)
                self.child.wait()
        self.output.close()
        return self.child.returncode

    def said(self) -> str:
        """Return what it wrote so far."""
        return self.log.read_text(encoding="utf-8")

    def get(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers (lower case) and body of one request; ``_`` in header names stands for ``-``."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=named)
            answer = connection.getresponse()
            return answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()
