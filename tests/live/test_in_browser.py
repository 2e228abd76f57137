"""An open page in a real browser: told politely, moved by nobody, quiet while it is not looked at (``BROWSER=1``)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from prakai.cli.preparing.catalogue import compile_catalogues
from tests.live.test_streaming import SPEAK, TELL, done, listeners
from tests.serving import Running, make_place, prakai

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
NOTICE = "[role=status].live"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compile_catalogues(ROOT.glob("prakai/**/locale/th/LC_MESSAGES/django.po"))
    place = make_place(tmp_path_factory.mktemp("live-browser"))
    done_static = prakai(place, "django", "collectstatic", "--noinput", "--verbosity", "0")
    assert (done_static.returncode, done_static.stderr) == (0, "")
    return place


@pytest.fixture(scope="module")
def number(place: Path) -> int:
    return done(place, TELL)


@pytest.fixture(scope="module")
def site(place: Path, number: int) -> Iterator[Running]:
    with Running(place, "serve", ready="/live/health") as running:
        yield running


@pytest.fixture
def open_page(chromium: Any, site: Running, number: int) -> Iterator[Callable[..., Any]]:
    contexts = []

    def opened(*, wait: int = 1, **how: Any) -> Any:
        context = chromium.new_context(viewport={"width": 360, "height": 740}, **how)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda trouble: page.complaints.append(str(trouble)))
        page.on(
            "console",
            lambda line: page.complaints.append(line.text) if "Content Security" in line.text else None,
        )
        page.goto(f"http://127.0.0.1:{site.port}/notes/{number}")
        if wait:
            until_listening(site, wait)
        return page

    yield opened
    for context in contexts:
        context.close()
    until_listening(site, 0)


def until_listening(site: Running, count: int) -> None:
    until = time.monotonic() + 15
    while listeners(site) != count and time.monotonic() < until:
        time.sleep(0.05)
    assert listeners(site) == count


def test_a_new_comment_is_offered_and_the_page_moves_only_when_asked(
    open_page: Callable[..., Any], place: Path
) -> None:
    page = open_page()
    assert page.locator(NOTICE).inner_text() == ""
    page.evaluate("scrollTo(0, 40)")
    height = page.evaluate("document.documentElement.scrollHeight")
    before = page.locator(".comment").count()
    done(place, SPEAK)
    link = page.locator(f"{NOTICE} a")
    link.wait_for()
    assert link.inner_text() == "มีความเห็นใหม่"
    assert page.evaluate("[scrollY, document.documentElement.scrollHeight]") == [40, height]
    assert page.locator(".comment").count() == before
    link.click()
    page.locator(".comment").nth(before).wait_for()
    page.wait_for_function("document.activeElement.classList.contains('comment')")
    newest = page.evaluate("Math.max(...[...document.querySelectorAll('.comment')].map(c => +c.id.slice(1)))")
    assert page.evaluate("document.activeElement.id") == f"c{newest}"
    assert page.complaints == []


def test_later_puts_it_away_until_something_else_happens(open_page: Callable[..., Any], place: Path) -> None:
    page = open_page()
    done(place, SPEAK)
    page.get_by_role("button", name="ไว้ทีหลัง").click()
    assert page.locator(NOTICE).inner_text() == ""
    done(place, SPEAK)
    page.locator(f"{NOTICE} a").wait_for()


def test_a_hidden_page_asks_nothing_and_hears_afterwards(
    open_page: Callable[..., Any], place: Path, site: Running
) -> None:
    page = open_page()
    show(page, hidden=True)
    until_listening(site, 0)
    done(place, SPEAK)
    page.wait_for_timeout(1000)
    assert page.locator(NOTICE).inner_text() == ""
    show(page, hidden=False)
    page.locator(f"{NOTICE} a").wait_for()


def show(page: Any, *, hidden: bool) -> None:
    """What a browser does when another tab is chosen; headless Chromium never does it by itself."""
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_without_scripts_nothing_is_asked(open_page: Callable[..., Any], site: Running, place: Path) -> None:
    page = open_page(java_script_enabled=False, wait=0)
    assert page.locator(NOTICE).inner_text() == ""
    assert page.locator("h1").inner_text() == "ฝนตก"
    page.wait_for_timeout(2500)
    assert listeners(site) == 0
