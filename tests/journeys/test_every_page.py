"""Every page, as every reader of it sees it: nothing for axe to find, nothing sticking out, whole without scripts."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import NEWCOMER, Windows
from tests.journeys.looking import (
    links_in,
    reading_of,
    runs_of,
    shape_of,
    skipped_levels,
    violations,
    weight_of,
)
from tests.journeys.pages import PAGES, Page
from tests.journeys.stage import Stage
from tests.journeys.wording import english_left, thai_left

MOST_BYTES = 120 * 1024
MOST_LINKS = 250
# The styleguide shows Thai letters in any language: that is its matter.
SPOKEN = [page for page in PAGES if page.name != "styleguide"]
each_page = pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])


@each_page
def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, stage: Stage, looker: Windows) -> None:
    window, status = looker.look_at(page.role, page.at(stage))
    found: dict[str, object] = {"status": status}
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            window.set_viewport_size({"width": width, "height": 740})
            window.emulate_media(color_scheme=scheme)
            # The light changes nothing but colours.
            if problems := violations(window, only="color-contrast" if scheme == "dark" else ""):
                found[f"axe {width} {scheme}"] = problems
    window.emulate_media(color_scheme="light")
    window.set_viewport_size({"width": 320, "height": 568})
    shape = shape_of(window)
    found |= {"sticks out": shape["wide"], "h1": shape["headings"].count(1), "language": shape["language"]}
    found["skipped headings"] = skipped_levels(shape["headings"])
    found["ids that stand twice"] = shape["twice"]
    assert found == {
        "status": page.status,
        "sticks out": 0,
        "h1": 1,
        "language": "th",
        "skipped headings": [],
        "ids that stand twice": [],
    }


@each_page
def test_the_page_reads_the_same_without_scripts(page: Page, stage: Stage, looker: Windows) -> None:
    # Both are signed in before either reads: a page may tell how many devices there are.
    for scripts in (True, False):
        looker.kept(page.role, scripts=scripts)
    words = []
    for scripts in (True, False):
        window, _ = looker.look_at(page.role, page.at(stage), scripts=scripts)
        words.append(reading_of(window))
    assert words[0] == words[1]
    assert words[0] != ""


@each_page
def test_the_first_load_is_light(page: Page, stage: Stage, looker: Windows) -> None:
    assert weight_of(looker.kept(page.role), page.at(stage)) <= MOST_BYTES


def test_every_address_has_a_title_of_its_own(stage: Stage, looker: Windows) -> None:
    titles: dict[str, set[str]] = {}
    for page in PAGES:
        window, _ = looker.look_at(page.role, page.at(stage))
        titles.setdefault(window.title(), set()).add(window.url)
    assert {title: places for title, places in titles.items() if len(places) > 1} == {}


@each_page
def test_no_english_is_left_on_a_thai_page(page: Page, stage: Stage, looker: Windows) -> None:
    window, _ = looker.look_at(page.role, page.at(stage))
    assert english_left(runs_of(window)) == []


@pytest.mark.parametrize("page", SPOKEN, ids=[page.name for page in SPOKEN])
def test_no_thai_of_ours_is_left_on_an_english_page(page: Page, stage: Stage, looker: Windows) -> None:
    address = page.at(stage)
    window, _ = looker.look_at(page.role, f"{address}{'&' if '?' in address else '?'}lang=en")
    spoken = window.evaluate("document.documentElement.lang")
    left = thai_left(runs_of(window))
    window.goto("/about?lang=th")
    assert (spoken, left) == ("en", [])


@pytest.mark.parametrize("role", ["", "reader", "writer", "steward", NEWCOMER])
def test_every_link_leads_somewhere(role: str, stage: Stage, looker: Windows) -> None:
    """Follow the links of all pages, as far as 250 addresses; what ends a session is left alone."""
    window = looker.kept(role)
    ways = [page.at(stage) for page in PAGES if page.role == role]
    seen: set[str] = set()
    broken: dict[str, tuple[int, str]] = {}
    found_on: dict[str, str] = {}
    while ways and len(seen) < MOST_LINKS:
        way = ways.pop(0)
        if way in seen:
            continue
        seen.add(way)
        answer = window.request.get(way)
        if answer.status >= 400 and way in found_on:
            broken[way] = (answer.status, found_on[way])
        if "text/html" in answer.headers.get("content-type", ""):
            for link in links_in(answer.text(), way):
                found_on.setdefault(link, way)
                ways.append(link)
    assert len(seen) > 40
    assert broken == {}
