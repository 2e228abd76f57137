"""The styleguide and the pages that say no: why, and what to do next."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory

from prakai.journal import following
from prakai.kernel.verdicts import no
from prakai.units.models import Unit
from prakai.web.base import views
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.units import make_unit

STATIC = Path(__file__).resolve().parents[3] / "prakai" / "web" / "static"
MOST_BYTES = 120 * 1024
# Two cuts of Sarabun for Thai and Latin, as the set-up makes them (each about 23 KB), with room.
FONTS = 2 * 24 * 1024


@pytest.mark.django_db
@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_styleguide_shows_itself_in_every_light_and_language(
    client: Client, theme: str, lang: str
) -> None:
    answer = client.get("/styleguide", {"theme": theme, "lang": lang})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{lang}" data-theme="{theme}"' in page
    assert re.findall(r"!!unknown:.*?!!", page) == []


@pytest.mark.django_db
def test_the_styleguide_ignores_a_light_that_it_does_not_know(client: Client) -> None:
    page = client.get("/styleguide", {"theme": '"><script>'}).content.decode()
    assert 'data-theme="auto"' in page


@pytest.mark.django_db
def test_a_page_has_no_id_twice(client: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get("/styleguide").content.decode())
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_what_is_not_there_is_told_kindly(client: Client) -> None:
    answer = client.get("/nothing-of-the-kind")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'action="/search"' in page
    assert re.findall(r"!!unknown:.*?!!", page) == []


@pytest.fixture
def request_of_a_visitor() -> HttpRequest:
    request = RequestFactory().get("/notes/7")
    request.user = AnonymousUser()
    return request


def test_a_refusal_says_why_and_what_next(request_of_a_visitor: HttpRequest) -> None:
    verdict = no("บันทึกนี้เปิดให้คนในหน่วย", "ขอให้ผู้เขียนเปิดให้กว้างขึ้น")
    page = render_to_string("403.html", {"verdict": verdict}, request_of_a_visitor)
    assert "บันทึกนี้เปิดให้คนในหน่วย" in page
    assert "ขอให้ผู้เขียนเปิดให้กว้างขึ้น" in page
    assert "/accounts/login/?next=%2Fnotes%2F7" in page


def test_djangos_own_refusal_has_words_too(request_of_a_visitor: HttpRequest) -> None:
    answer = views.forbidden(request_of_a_visitor)
    assert answer.status_code == 403
    assert "/accounts/login/?next=%2Fnotes%2F7" in answer.content.decode()


def test_not_found_does_not_say_whether_it_exists(request_of_a_visitor: HttpRequest) -> None:
    one = views.not_found(request_of_a_visitor, Http404("no such note")).content
    other = views.not_found(request_of_a_visitor, Http404("not yours")).content
    assert one == other


def test_withdrawn_says_why_when_the_writer_said_it(request_of_a_visitor: HttpRequest) -> None:
    page = render_to_string("410.html", {"because": "ข้อมูลเปลี่ยนไปแล้ว"}, request_of_a_visitor)
    assert "ข้อมูลเปลี่ยนไปแล้ว" in page


def test_what_is_wrong_is_listed(request_of_a_visitor: HttpRequest) -> None:
    page = render_to_string("400.html", {"problems": ["วันที่นี้ไม่มีจริง"]}, request_of_a_visitor)
    assert "<li>วันที่นี้ไม่มีจริง</li>" in page


def test_the_500_page_needs_no_rows_and_no_context() -> None:
    """No ``django_db`` mark: a query would fail this test."""
    page = get_template("500.html").render()
    assert "ขออภัย" in page
    assert 'lang="en"' in page
    assert views.broken(RequestFactory().get("/")).status_code == 500


@pytest.mark.django_db
def test_made_up_content_is_said_to_be_so(client: Client, settings: object) -> None:
    def said() -> bool:
        return 'class="banner"' in client.get("/nothing-of-the-kind").content.decode()

    make_unit(is_demo=True)
    settings.DEMO = True  # type: ignore[attr-defined]
    assert said() is True
    Unit.objects.update(is_demo=False)
    assert said() is False
    Unit.objects.update(is_demo=True)
    settings.DEMO = False  # type: ignore[attr-defined]
    assert said() is False


@pytest.mark.django_db
def test_a_phone_may_keep_the_place_among_its_apps(client: Client) -> None:
    answer = client.get("/site.webmanifest?lang=en")
    told = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (told["lang"], told["start_url"], len(told["icons"])) == ("en", "/", 2)
    assert [way["url"] for way in told["shortcuts"]] == ["/write", "/search", "/desk"]


@pytest.mark.django_db
def test_a_page_names_its_other_language(client: Client) -> None:
    page = client.get("/nothing-of-the-kind?a=1").content.decode()
    assert (
        '<link rel="alternate" hreflang="en" href="http://testserver/nothing-of-the-kind?a=1&amp;lang=en">'
        in page
    )


@pytest.mark.django_db
def test_the_first_load_stays_small(client: Client) -> None:
    """The styleguide is the heaviest page of the base: page, sheets, modules and drawings, with two fonts."""
    page = client.get("/styleguide").content
    named = re.findall(r'(?:href|src)="/static/((?:css|js|icons)/[^"#]+)', page.decode())
    files = [STATIC / re.sub(r"\.[0-9a-f]{12}(?=\.[a-z]+$)", "", name) for name in set(named)]
    assert len(files) >= 8
    compressed = sum(len(brotli.compress(body)) for body in [page, *(file.read_bytes() for file in files)])
    assert compressed + FONTS < MOST_BYTES
    assert compressed < 32 * 1024


def test_what_breaks_is_written_where_the_servers_lines_go() -> None:
    broken = logging.getLogger("django.request")
    assert broken.getEffectiveLevel() <= logging.ERROR
    assert logging.StreamHandler in {type(handler) for handler in logging.getLogger("django").handlers}


def test_a_made_up_host_is_refused_in_thai_and_leaves_no_trace_in_the_log(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = client.get("/", headers={"host": "scanner.example"})
    assert (answer.status_code, capfd.readouterr().err) == (400, "")
    assert '<html lang="th"' in answer.content.decode()


@pytest.mark.django_db
def test_healthz_tells_whether_this_place_answers_and_how_far_followers_are(client: Client) -> None:
    following.catch_up_all()
    assert client.get("/healthz").json() == {"status": "ok", "behind": 0}
    make_note(make_person())
    answer = client.get("/healthz")
    assert (answer.json()["behind"] > 0, answer.headers["Cache-Control"]) == (
        True,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )


@pytest.mark.django_db
def test_healthz_says_when_the_rows_cannot_be_read(client: Client) -> None:
    def away(*asked: object) -> None:
        raise DatabaseError("the server closed the connection")

    with connection.execute_wrapper(away):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "rows cannot be read"})
