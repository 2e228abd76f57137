"""Every page, as every reader of it sees it: nothing for axe to find, nothing sticking out, whole without scripts."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Windows
from tests.journeys.looking import reading_of, shape_of, skipped_levels, violations, weight_of
from tests.journeys.pages import PAGES, Page
from tests.journeys.stage import Stage

MOST_BYTES = 120 * 1024
each_page = pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])


@each_page
def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, stage: Stage, looker: Windows) -> None:
    window = looker.kept(page.role)
    answer = window.goto(page.at(stage))
    found: dict[str, object] = {"status": answer.status}
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            window.set_viewport_size({"width": width, "height": 740})
            window.emulate_media(color_scheme=scheme)
            if problems := violations(window):
                found[f"axe {width} {scheme}"] = problems
    window.emulate_media(color_scheme="light")
    window.set_viewport_size({"width": 320, "height": 568})
    shape = shape_of(window)
    found |= {"sticks out": shape["wide"], "h1": shape["headings"].count(1), "language": shape["language"]}
    found["skipped headings"] = skipped_levels(shape["headings"])
    assert found == {
        "status": page.status,
        "sticks out": 0,
        "h1": 1,
        "language": "th",
        "skipped headings": [],
    }


@each_page
def test_the_page_reads_the_same_without_scripts(page: Page, stage: Stage, looker: Windows) -> None:
    words = []
    for scripts in (True, False):
        window = looker.kept(page.role, scripts=scripts)
        window.goto(page.at(stage))
        words.append(reading_of(window))
    assert words[0] == words[1]
    assert words[0] != ""


@each_page
def test_the_first_load_is_light(page: Page, stage: Stage, looker: Windows) -> None:
    assert weight_of(looker.kept(page.role), page.at(stage)) <= MOST_BYTES


def test_every_address_has_a_title_of_its_own(stage: Stage, looker: Windows) -> None:
    titles: dict[str, set[str]] = {}
    for page in PAGES:
        window = looker.kept(page.role)
        window.goto(page.at(stage))
        titles.setdefault(window.title(), set()).add(window.url)
    assert {title: places for title, places in titles.items() if len(places) > 1} == {}


def test_no_page_breaks_its_scripts_or_its_policy(looker: Windows) -> None:
    assert looker.troubles == []
