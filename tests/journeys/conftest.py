"""A real place for the journeys: the installed program from nothing, with the demo network, and a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.journeys.stage import Stage

NEWCOMER, MAIL, PASSWORD = "newcomer", "duangjai@example.org", "ดวงใจ-ริมน้ำน่าน-๒๕๖๙"
ROLES = ("reader", "writer", "facilitator", "steward")
ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker("browser")


@dataclass(frozen=True, slots=True)
class Place:
    """A running platform: its address, its folder, and the environment of its commands."""

    url: str
    folder: Path
    env: dict[str, str]

    def command(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "prakai", *words],
            env=self.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The platform as ``make run`` opens it on an empty folder, with the demo network."""
    yield from open_place(tmp_path_factory.mktemp("place"))


def open_place(folder: Path) -> Iterator[Place]:
    """Start the platform in ``folder`` on a free port, hand it over, and stop it."""
    port = _free_port()
    env = {
        k: v
        for k, v in os.environ.items()
        if k not in {"DATABASE_URL", "BUS_URL", "FILES_URL", "TEST_BUS_URL", "DEBUG"}
    }
    env |= {
        "DATA_DIR": str(folder),
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "prakai.settings",
        "PYTHONUNBUFFERED": "1",
    }
    url = f"http://127.0.0.1:{port}"
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "prakai", "run", "--port", str(port)],
            env=env,
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"{url}/", server, folder / "server.log")
            yield Place(url, folder, env)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError("the platform did not open: " + log.read_text())


@pytest.fixture
def window(place: Place, chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens windows; every script error, failed request and call to another host in them fails the test."""
    windows = Windows(place, chromium)
    yield windows.open
    windows.close()
    assert windows.troubles == []


@pytest.fixture(scope="session")
def looker(place: Place, chromium: Any) -> Iterator[Windows]:
    """Windows that stay open through many tests, one for each reader; what went wrong in them is told at the end."""
    windows = Windows(place, chromium)
    yield windows
    windows.close()
    assert windows.troubles == []


class Windows:
    """Windows of one test, and what went wrong in them."""

    def __init__(self, place: Place, chromium: Any) -> None:
        self.place, self.chromium = place, chromium
        self.troubles: list[str] = []
        self._contexts: list[Any] = []
        self._kept: dict[tuple[str, bool], Any] = {}

    def open(
        self,
        *,
        wide: bool = False,
        scripts: bool = True,
        role: str = "",
        dark: bool = False,
        unbound: bool = False,
    ) -> Any:
        """Open a window as ``role`` (a visitor when empty); ``unbound`` lets a test's own script in."""
        context = self.chromium.new_context(
            base_url=self.place.url,
            viewport={"width": 1280, "height": 800} if wide else {"width": 360, "height": 740},
            java_script_enabled=scripts,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            color_scheme="dark" if dark else "light",
            bypass_csp=unbound,
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        page.on("request", lambda r: self._hear(f"other host: {r.url}", _is_foreign(r.url, self.place.url)))
        page.on("response", lambda r: self._hear(f"{r.status} {r.url}", r.status >= 500))
        page.on("console", lambda m: self._hear(f"console: {m.text}", "Content Security Policy" in m.text))
        if role == NEWCOMER:
            self._sign_in(page)
        elif role in ROLES:
            page.goto(f"/demo/enter/{role}")
        return page

    def _sign_in(self, page: Any) -> None:
        page.goto("/accounts/login/")
        page.locator("[name=login]").fill(MAIL)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/accounts/login" not in url)

    def kept(self, role: str, *, scripts: bool = True) -> Any:
        """Return the one window of ``role`` for looking at pages."""
        if (role, scripts) not in self._kept:
            self._kept[role, scripts] = self.open(role=role, scripts=scripts, unbound=True)
        return self._kept[role, scripts]

    def look_at(self, role: str, address: str, *, scripts: bool = True) -> tuple[Any, int]:
        """Open ``address`` in the one window of ``role``; return it and the status. Who is asked again, answers."""
        window = self.kept(role, scripts=scripts)
        answer = window.goto(address)
        if role == NEWCOMER and "/reauthenticate/" in window.url:
            window.locator("[name=password]").fill(PASSWORD)
            with window.expect_navigation() as arriving:
                window.locator("[name=password]").press("Enter")
            answer = arriving.value
        return window, answer.status

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _hear(self, trouble: str, is_one: bool) -> None:
        if is_one:
            self.troubles.append(trouble)


def _is_foreign(url: str, own: str) -> bool:
    return url.startswith(("http:", "https:", "ws:", "wss:")) and not url.startswith(own)


@pytest.fixture(scope="session")
def stage(place: Place, looker: Windows) -> Stage:
    """The demo network with everything in it that pages can show."""
    from tests.journeys.stage import set_up

    return set_up(place, looker.open)
