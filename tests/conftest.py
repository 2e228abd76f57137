"""What every test stands on: a place of its own, and what is switched on.

The first part is plumbing (folders, engines, browser, server); the cast of people and units comes after it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from hypothesis import HealthCheck, settings

# Machines that run the tests are busy: a property is judged by its truth, never by the clock.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# ── plumbing ────────────────────────────────────────────────────────────────────────────────────────────────────────

SWITCHES = {
    "browser": ("BROWSER=1", "Chromium", lambda: bool(os.environ.get("BROWSER"))),
    "postgres": (
        "DATABASE_URL=postgresql://…",
        "PostgreSQL",
        lambda: os.environ.get("DATABASE_URL", "").startswith("postgres"),
    ),
    "redis": ("TEST_BUS_URL=redis://…", "Valkey or Redis", lambda: bool(os.environ.get("TEST_BUS_URL"))),
}
CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_configure(config: pytest.Config) -> None:
    """Give the tests a folder of their own, and passwords that cost nothing."""
    from django.conf import settings as site

    from prakai.kernel.seams import files_at, search_at

    place = Path(tempfile.mkdtemp(prefix="prakai-tests-"))
    config.stash[PLACE] = place
    site.DATA_DIR = place
    site.STORAGES = {
        **site.STORAGES,
        "default": files_at(os.environ.get("TEST_FILES_URL", ""), place),
    }
    site.SEARCH_URL = search_at("", place)
    site.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Playwright's loop makes Django believe that it runs inside async code.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


PLACE = pytest.StashKey[Path]()
OFF = pytest.StashKey[dict[str, int]]()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove that folder."""
    import shutil

    shutil.rmtree(config.stash.get(PLACE, Path("/nonexistent")), ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what needs an engine that is not switched on."""
    off: dict[str, int] = {}
    for name, (how, what, is_on) in SWITCHES.items():
        if is_on():
            continue
        marked = [item for item in items if item.get_closest_marker(name)]
        for item in marked:
            item.add_marker(pytest.mark.skip(reason=f"needs {what}: {how}"))
        if marked:
            off[name] = len(marked)
    config.stash[OFF] = off


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say in one line what was left out and how to switch it on."""
    off = config.stash.get(OFF, {})
    if off:
        parts = [f"{SWITCHES[name][0]} ({count} with {SWITCHES[name][1]})" for name, count in off.items()]
        terminalreporter.write_line(f"Not run: {', '.join(parts)}; make test-all runs everything.")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium, started once; ``CHROMIUM=`` names the program when it is not /usr/bin/chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def scratch_database() -> Iterator[str]:
    """The address of a fresh PostgreSQL database without tables, gone afterwards: for processes of their own."""
    import psycopg

    url = os.environ["DATABASE_URL"]
    name = f"prakai_scratch_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


# ── the cast ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(autouse=True)
def _rows_stay_open(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the test's own connection when a file has been sent: on PostgreSQL Django would close it mid-test."""
    from django.db import connection

    if "live_server" not in request.fixturenames:
        monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
