"""The tags of every page: moments, digits, the way through the site, in the reader's manner."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, RequestContext, Template
from django.templatetags.static import static
from django.test import RequestFactory
from django.utils import translation

from prakai.web.requests import Preferences
from prakai.web.templatetags.prakai_tags import relative_words

NOON = datetime(2007, 1, 29, 3, 25, tzinfo=UTC)


def request_of(path: str = "/", **preferences: Any) -> HttpRequest:
    request = RequestFactory().get(path)
    request.reader_preferences = Preferences(**preferences)  # type: ignore[attr-defined]
    return request


def write(source: str, request: HttpRequest | None = None, **known: Any) -> str:
    context = RequestContext(request, known) if request else Context(known)
    return Template("{% load prakai_tags %}" + source).render(context)


def test_thai_date_is_written_in_the_readers_era_and_digits() -> None:
    given = {"day": date(2007, 1, 25)}
    assert (
        write("{% thai_date day %}", request_of(), **given)
        == '<time datetime="2007-01-25">25 มกราคม 2550</time>'
    )
    thai = write('{% thai_date day form="short" %}', request_of(digits="thai"), **given)
    assert thai == '<time datetime="2007-01-25">๒๕ ม.ค. ๒๕๕๐</time>'
    with translation.override("en"):
        english = write("{% thai_date day %}", request_of(language="en", era="ce"), **given)
    assert english == '<time datetime="2007-01-25">25 January 2007</time>'


def test_thai_date_of_a_moment_is_its_day_in_bangkok() -> None:
    late = datetime(2007, 1, 28, 18, 0, tzinfo=UTC)
    assert write("{% thai_date at %}", request_of(), at=late).endswith(">29 มกราคม 2550</time>")
    assert write("{% thai_date at time=True %}", request_of(), at=late).endswith(
        ">29 มกราคม 2550 01.00 น.</time>"
    )


def test_thai_date_of_nothing_is_nothing() -> None:
    assert write("{% thai_date day %}{% ago day %}", request_of(), day=None) == ""


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=6, hours=23), "6 days ago"),
    ],
)
def test_relative_words_in_english(gone: timedelta, words: str) -> None:
    with translation.override("en"):
        assert relative_words(gone) == words


def test_ago_names_the_exact_moment_within_a_week_and_the_day_after_it() -> None:
    with translation.override("en"):
        near = write(
            "{% ago at now=now %}",
            request_of(language="en", era="ce"),
            at=NOON,
            now=NOON + timedelta(hours=3),
        )
        far = write(
            "{% ago at now=now %}", request_of(language="en", era="ce"), at=NOON, now=NOON + timedelta(days=7)
        )
    assert near == (
        '<time datetime="2007-01-29T03:25:00+00:00" title="29 January 2007, 10:25" data-ago>3 hours ago</time>'
    )
    assert (
        far
        == '<time datetime="2007-01-29T03:25:00+00:00" title="29 January 2007, 10:25">29 January 2007</time>'
    )


def test_ago_of_a_moment_to_come_is_its_day() -> None:
    words = write("{% ago at now=now %}", request_of(), at=NOON, now=NOON - timedelta(minutes=5))
    assert words.endswith(">29 มกราคม 2550</time>")


def test_tags_find_the_reader_also_inside_include_only() -> None:
    source = '{% include "parts/print_header.html" with site="ประกาย" url="u" moment=day only %}'
    assert "๒๕ มกราคม ๒๕๕๐" in write(source, request_of(digits="thai"), day=date(2007, 1, 25))


def test_digits_follow_the_reader() -> None:
    assert write("{% digits 12345 %} {% digits word %}", request_of(), word="ข้อ 7") == "12,345 ข้อ 7"
    assert (
        write("{% digits 12345 %} {% digits word %}", request_of(digits="thai"), word="ข้อ 7") == "๑๒,๓๔๕ ข้อ ๗"
    )


def test_grapheme_cut_leaves_no_mark_alone() -> None:
    assert write("{{ text|grapheme_cut:4 }}", text="กี้กี้กี้กี้กี้") == "กี้กี้กี้…"
    assert write("{{ text|grapheme_cut:20 }}", text="น้ำผึ้ง") == "น้ำผึ้ง"


def test_an_unknown_variable_shows() -> None:
    """What the other tests of pages look for is really written."""
    assert write("{{ nobody.knows }}") == "!!unknown:nobody.knows!!"


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/units", ' aria-current="page"'),
        ("/units/12", ' aria-current="true"'),
        ("/unitsandmore", ""),
        ("/", ""),
    ],
)
def test_nav_active_marks_the_place_and_what_lies_under_it(path: str, mark: str) -> None:
    assert write('{% nav_active "/units" %}', request_of(path)) == mark


def test_nav_active_of_home_does_not_claim_everything() -> None:
    source = '{% nav_active "/" "/notes" %}'
    assert write(source, request_of("/")) == ' aria-current="page"'
    assert write(source, request_of("/notes/7-x")) == ' aria-current="true"'
    assert write(source, request_of("/units")) == ""


def test_lang_url_keeps_what_was_asked() -> None:
    assert write('{% lang_url "en" %}', request_of("/search?q=%E0%B8%99%E0%B9%89%E0%B8%B3&lang=th")) == (
        "?q=%E0%B8%99%E0%B9%89%E0%B8%B3&amp;lang=en"
    )
    assert write('{% lang_url "en" %}') == "?lang=en"


def test_an_endless_address_is_not_written_again_and_again() -> None:
    request = request_of(f"/search?q={'n' * 60_000}&kind=note")
    assert write('{% lang_url "en" %}', request) == f"?q={'n' * 600}&amp;kind=note&amp;lang=en"
    assert write("{% sign_in_url %}", request).endswith(f"{'n' * 600}%26kind%3Dnote")


def test_sign_in_comes_back_to_the_page() -> None:
    assert (
        write("{% sign_in_url %}", request_of("/notes/7?a=1")) == "/accounts/login/?next=%2Fnotes%2F7%3Fa%3D1"
    )
    assert write("{% sign_in_url %}", request_of("/")) == "/accounts/login/"
    assert write("{% sign_in_url %}") == "/accounts/login/"


def test_theme_and_keys_are_the_readers_own() -> None:
    assert write("{% theme %} {% keyboard_keys %}", request_of(theme="dark", single_keys=False)) == "dark off"
    assert write("{% theme %} {% keyboard_keys %}") == "auto on"


def test_an_icon_is_silent_and_drawn_from_the_one_sheet() -> None:
    assert write('{% icon "search" %}') == (
        '<svg class="icon" width="24" height="24" aria-hidden="true" focusable="false">'
        f'<use href="{static("icons/icons.svg")}#search"></use></svg>'
    )
