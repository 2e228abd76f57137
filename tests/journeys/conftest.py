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
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
    folder = tmp_path_factory.mktemp("place")
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
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "prakai", "run", "--port", str(port)],
        env=env,
        cwd=ROOT,
        stdout=log,
        stderr=log,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/", server, folder / "server.log")
        yield Place(url, folder, env)
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError("the platform did not open: " + log.read_text())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(place: Place, chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens windows; every script error, failed request and call to another host in them fails the test."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def open_window(*, wide: bool = False, scripts: bool = True, role: str = "", dark: bool = False) -> Any:
        context = chromium.new_context(
            base_url=place.url,
            viewport={"width": 1280, "height": 800} if wide else {"width": 360, "height": 740},
            java_script_enabled=scripts,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
        page.on(
            "request",
            lambda r: troubles.append(f"other host: {r.url}") if _is_foreign(r.url, place.url) else None,
        )
        page.on(
            "response",
            lambda r: troubles.append(f"{r.status} {r.url}") if r.status >= 500 else None,
        )
        page.on(
            "console",
            lambda m: troubles.append(f"console: {m.text}") if "Content Security Policy" in m.text else None,
        )
        if role:
            page.goto(f"/demo/enter/{role}")
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert troubles == []


def _is_foreign(url: str, own: str) -> bool:
    return url.startswith(("http:", "https:", "ws:", "wss:")) and not url.startswith(own)
