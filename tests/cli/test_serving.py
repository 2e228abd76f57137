"""The real server: one port for everything, or pages and live apart."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Running, prakai

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def site(lively: Path) -> Iterator[Running]:
    with Running(lively, "serve", UPLOAD_MOST_BYTES=str(MEGABYTE)) as running:
        yield running


def test_a_kept_page_is_sent_packed_and_not_sent_again(site: Running) -> None:
    plain = site.get("/about")
    packed = site.get("/about", Accept_Encoding="gzip, br")
    assert (plain[0], packed[0], packed[1]["content-encoding"]) == (200, 200, "br")
    assert len(packed[2]) * 2 < len(plain[2])
    assert [name for name in plain[1] if name.startswith("x-prakai")] == []
    again = site.get("/about", If_None_Match=plain[1]["etag"])
    assert (again[0], again[2], again[1]["etag"]) == (304, b"", plain[1]["etag"])


@pytest.mark.parametrize("path", ["/about", "/accounts/login/", "/no-such-page", "/static/staticfiles.json"])
def test_head_is_get_without_the_body(site: Running, path: str) -> None:
    whole, head = site.get(path), site.get(path, method="HEAD")
    assert (head[0], head[2]) == (whole[0], b"")
    assert head[1]["content-type"] == whole[1]["content-type"]


def test_a_connection_is_kept(site: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.connect()
    kept = connection.sock
    for path in ("/about", "/accounts/login/", "/static/staticfiles.json", "/about"):
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (path, answer.status, len(answer.read()) > 0) == (path, 200, True)
        assert connection.sock is kept
    connection.close()


def test_a_body_that_is_too_large_is_refused(site: Running) -> None:
    said = site.get("/accounts/login/", method="POST", body=b"x" * (3 * MEGABYTE))
    assert (said[0], "MB" in said[2].decode()) == (413, True)
    small = site.get(
        "/accounts/login/", method="POST", body=b"a=1", Content_Type="application/x-www-form-urlencoded"
    )
    assert small[0] == 403  # it came through to Django, which wants its token


def test_hashed_files_may_be_kept_for_ever(site: Running) -> None:
    page = site.get("/about")[2].decode()
    hashed = [part.split('"')[0] for part in page.split('href="') if part.startswith("/static/css/")]
    if not hashed or not any(len(name.split(".")) == 3 for name in hashed):
        pytest.skip("make setup has not run here: static files are not hashed")
    said = site.get(hashed[0], Accept_Encoding="br")
    assert (said[0], said[1]["cache-control"]) == (200, "max-age=315360000, public, immutable")
    assert said[1]["x-content-type-options"] == "nosniff"
    assert site.get(hashed[0], If_None_Match=said[1]["etag"])[0] == 304
    assert site.get("/static/../secret_key")[0] == 404
    assert site.get("/static/css")[0] == 404


def test_a_header_cannot_be_forged_by_underscores(site: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.putrequest("GET", "/about", skip_host=True)
    connection.putheader("Host", "localhost")
    connection.putheader("X_Forwarded_Proto", "https")
    connection.endheaders()
    assert connection.getresponse().status == 200
    connection.close()


def test_demo_sign_in_takes_one_click_and_only_where_the_demo_is(lively: Path, site: Running) -> None:
    assert site.get("/demo/enter/writer")[0] == 404
    with Running(lively, "serve", DEMO="1") as demo:
        said = demo.get("/demo/enter/writer")
        assert (said[0], "sessionid=" in said[1]["set-cookie"]) == (302, True)
        cookie = said[1]["set-cookie"].split("sessionid=")[1].split(";")[0]
        own = demo.get("/about", Cookie=f"sessionid={cookie}")
        assert (own[0], "etag" in own[1], own[2] == demo.get("/about")[2]) == (200, False, False)


def test_it_stops_when_asked_and_says_nothing_more(lively_place: Path) -> None:
    with Running(lively_place, "serve") as running:
        begun = time.monotonic()
        assert running.stop() == 0
        assert time.monotonic() - begun < 6
        assert [line for line in running.said().splitlines() if "Traceback" in line or "rror" in line] == []
        with pytest.raises(OSError, match="refused"):
            running.get("/about")


def test_behind_a_proxy_the_client_and_the_scheme_are_the_proxys_word(lively_place: Path) -> None:
    more = {"BEHIND_PROXY": "1", "SITE_URL": "https://prakai.test", "ALLOWED_HOSTS": "prakai.test"}
    with Running(lively_place, "serve", ready="/live/health", **more) as running:
        secure = running.get("/accounts/login/", Host="prakai.test", X_Forwarded_Proto="https")
        assert (secure[0], "Secure" in secure[1]["set-cookie"]) == (200, True)
        http_page = running.get("/about", Host="prakai.test")
        https_page = running.get("/about", Host="prakai.test", X_Forwarded_Proto="https")
        assert (http_page[0], https_page[0]) == (200, 200)


@pytest.mark.parametrize(("workers", "is_kept"), [("1", True), ("2", False)])
def test_pages_alone_keep_pages_only_where_they_hear_of_each_other(
    lively_place: Path, workers: str, is_kept: bool
) -> None:
    with Running(lively_place, "serve", "--pages-only", "--workers", workers) as running:
        said = running.get("/about")
        assert (said[0], "etag" in said[1]) == (200, is_kept)
        assert [name for name in said[1] if name.startswith("x-prakai")] == []
        assert running.get("/live/health")[0] == 404
        assert running.get("/static/staticfiles.json")[0] == 200
        assert running.stop() == 0


@pytest.mark.redis
def test_pages_of_several_processes_hear_of_each_other_over_redis(lively_place: Path) -> None:
    import os

    with Running(
        lively_place, "serve", "--pages-only", "--workers", "2", BUS_URL=os.environ["TEST_BUS_URL"]
    ) as running:
        assert "etag" in running.get("/about")[1]


def test_reads_of_kept_pages_are_written(lively_place: Path) -> None:
    path = (
        "from prakai.notes.models import Note; from prakai.people.models import Audience\n"
        "n = Note.objects.filter(audience=Audience.PUBLIC, published_at__isnull=False).first()\n"
        "print(n.pk, n.distinct_reads, n.get_absolute_url())"
    )
    pk, before, address = prakai(lively_place, "django", "shell", "-v0", "-c", path).stdout.split()
    from urllib.parse import quote

    with Running(lively_place, "serve") as running:
        for number in range(5):
            agent = f"Mozilla/5.0 (X11; Linux x86_64; rv:1{number}0.0) Gecko/20100101 Firefox/1{number}0.0"
            assert running.get(quote(address), User_Agent=agent)[0] == 200
        running.get(quote(address), User_Agent="Googlebot/2.1")
        assert running.stop() == 0
    after = prakai(lively_place, "django", "shell", "-v0", "-c", path).stdout.split()
    assert (after[0], int(after[1]) - int(before)) == (pk, 5)
