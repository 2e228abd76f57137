"""What the page cache keeps and for whom, with a small application behind it that counts how often it is asked."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from typing import Any

import brotli
import pytest

from prakai.web.pagecache.asking import Asking, asked_of_asgi, asked_of_wsgi
from prakai.web.pagecache.keeping import LAST_RESORT, PageCache, may_be_shared
from prakai.web.pagecache.packing import pack
from prakai.web.pagecache.serving import KeptPages, names_here, unmarked
from tests.web.pagecache.wsgi import ask

WORDS = ("เรื่องดี ๆ จากคนที่ลงมือทำ " * 60).encode()
MARKED = [("Content-Type", "text/html; charset=utf-8"), ("X-Prakai-Cache", "public"), ("Vary", "Cookie")]


class Behind:
    """The application behind the cache: says what it is told, and how often it was asked."""

    def __init__(self, headers: list[tuple[str, str]] | None = None, status: str = "200 OK") -> None:
        self.headers = MARKED if headers is None else headers
        self.status = status
        self.asked = 0
        self.meanwhile: Callable[[], None] = lambda: None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        start_response(self.status, list(self.headers))
        self.meanwhile()
        return [str(self.asked).encode(), WORDS]


@pytest.fixture
def kept() -> KeptPages:
    return KeptPages()


def asked_twice(kept: KeptPages, behind: Behind, **how: str) -> int:
    pages = kept.before(behind)
    ask(pages, **how)  # type: ignore[arg-type]
    ask(pages, **how)  # type: ignore[arg-type]
    return behind.asked


def test_a_marked_page_is_made_once(kept: KeptPages) -> None:
    behind = Behind()
    pages = kept.before(behind)
    first, second = ask(pages), ask(pages)
    assert (first.status, first.body, behind.asked) == (200, b"1" + WORDS, 1)
    assert (second.headers, second.body) == (first.headers, first.body)


def test_our_own_headers_are_never_sent(kept: KeptPages) -> None:
    marked = Behind([*MARKED, ("X-Prakai-Reads", "12")])
    plain = Behind([("Content-Type", "text/html"), ("X-Prakai-Reads", "12")])
    for application in (kept.before(marked), kept.before(plain), unmarked(marked)):
        for cookie in ("", "sessionid=abc"):
            said = ask(application, cookie=cookie)
            assert [name for name in said.headers if name.startswith("x-prakai")] == []


@pytest.mark.parametrize(
    "how",
    [
        {"cookie": "sessionid=abc"},
        {"cookie": "a=1; sessionid=abc"},
        {"cookie": "messages=abc"},
        {"authorization": "Bearer x"},
        {"hx_request": "true"},
        {"method": "POST"},
        {"path": "/" + "ก" * 1100},
    ],
)
def test_who_may_be_somebody_is_left_to_django(kept: KeptPages, how: dict[str, str]) -> None:
    assert asked_twice(kept, Behind(), **how) == 2
    assert len(kept.cache) == 0


def test_a_signed_in_reader_never_gets_the_visitors_page(kept: KeptPages) -> None:
    behind = Behind()
    pages = kept.before(behind)
    ask(pages)
    assert ask(pages, cookie="django_language=th; sessionid=abc").body[:1] == b"2"


@pytest.mark.parametrize(
    "more",
    [
        ("Set-Cookie", "csrftoken=abc"),
        ("Cache-Control", "private"),
        ("Cache-Control", "max-age=0, no-store"),
        ("Vary", "Cookie, Authorization"),
        ("Vary", "*"),
        ("Content-Encoding", "gzip"),
        ("WWW-Authenticate", "Basic"),
    ],
)
def test_what_speaks_against_sharing_is_believed(kept: KeptPages, more: tuple[str, str]) -> None:
    headers = [(n, v) for n, v in MARKED if n != more[0]] + [more]
    assert may_be_shared(headers) is False
    assert asked_twice(kept, Behind(headers)) == 2


def test_a_page_that_is_not_marked_is_not_kept(kept: KeptPages) -> None:
    assert asked_twice(kept, Behind([("Content-Type", "text/html")])) == 2


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "403 Forbidden", "302 Found", "500 Oops"])
def test_only_good_answers_are_kept(kept: KeptPages, status: str) -> None:
    assert asked_twice(kept, Behind(status=status)) == 2


def test_head_is_answered_from_a_kept_page_and_keeps_none(kept: KeptPages) -> None:
    behind = Behind()
    pages = kept.before(behind)
    ask(pages, method="HEAD")
    assert len(kept.cache) == 0
    whole = ask(pages)
    head = ask(pages, method="HEAD")
    assert (head.status, head.body, head.headers) == (200, b"", whole.headers)
    assert behind.asked == 2


def test_each_encoding_gets_its_own_bytes(kept: KeptPages) -> None:
    behind = Behind()
    pages = kept.before(behind)
    plain = ask(pages)
    br = ask(pages, accept_encoding="gzip, deflate, br")
    gz = ask(pages, accept_encoding="gzip;q=1.0, br;q=0")
    assert behind.asked == 1
    assert brotli.decompress(br.body) == gzip.decompress(gz.body) == plain.body
    assert [said.headers.get("content-encoding") for said in (plain, br, gz)] == [None, "br", "gzip"]
    assert [said.headers["content-length"] for said in (br, gz)] == [str(len(br.body)), str(len(gz.body))]
    assert br.headers["vary"] == "Cookie, Accept-Encoding"
    assert br.headers["cache-control"] == "no-cache"


def test_who_has_the_bytes_already_gets_304(kept: KeptPages) -> None:
    pages = kept.before(Behind())
    etag = ask(pages).headers["etag"]
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        said = ask(pages, if_none_match=known)
        assert (said.status, said.body, said.headers["etag"]) == (304, b"", etag)
    assert ask(pages, if_none_match='"other"').status == 200


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"path": "/notes/1"}, {"path": "/notes/2"}),
        ({"query": "after=a"}, {"query": "after=b"}),
        ({"cookie": "django_language=en"}, {}),
        ({"cookie": "django_language=en"}, {"cookie": "django_language=th"}),
        ({"host": "one.example"}, {"host": "two.example"}),
    ],
)
def test_pages_are_kept_apart(kept: KeptPages, one: dict[str, str], other: dict[str, str]) -> None:
    behind = Behind()
    pages = kept.before(behind)
    assert [ask(pages, **how).body[:1] for how in (one, other, one, other)] == [b"1", b"2", b"1", b"2"]  # type: ignore[arg-type]


def test_an_unknown_language_cookie_makes_no_page_of_its_own(kept: KeptPages) -> None:
    behind = Behind()
    pages = kept.before(behind)
    for cookie in ("", "django_language=xx", "csrftoken=abc", "other=1; mydjango_language=en"):
        ask(pages, cookie=cookie)
    assert (behind.asked, len(kept.cache)) == (1, 1)


def test_forgetting_forgets_everything(kept: KeptPages) -> None:
    behind = Behind()
    pages = kept.before(behind)
    ask(pages)
    kept.cache.forget_all()
    assert (ask(pages).body[:1], kept.cache.size > 0) == (b"2", True)


def test_a_page_made_while_something_was_committed_is_not_kept(kept: KeptPages) -> None:
    behind = Behind()
    behind.meanwhile = kept.cache.forget_all
    said = ask(kept.before(behind))
    assert (said.body[:1], len(kept.cache)) == (b"1", 0)


def test_a_page_grows_too_old_in_a_minute(kept: KeptPages) -> None:
    behind = Behind()
    pages = kept.before(behind)
    ask(pages)
    for page in kept.cache._pages.values():
        page.made_at -= LAST_RESORT + 1
    assert ask(pages).body[:1] == b"2"


def test_memory_is_bounded_and_the_oldest_page_goes_first() -> None:
    cache = PageCache(most_bytes=3 * 12_000)
    for number in range(6):
        assert cache.keep(asking(f"/{number}"), 0, MARKED, bytes(8_000)) is not None
    assert [number for number in range(6) if cache.find(asking(f"/{number}")) is not None] == [4, 5]
    assert cache.size <= 36_000
    cache.keep(asking("/5"), 0, MARKED, bytes(8_000))
    assert cache.size == sum(page.size for page in cache._pages.values())


def test_while_the_journal_cannot_be_read_nothing_is_answered_from_memory(kept: KeptPages) -> None:
    behind = Behind()
    pages = kept.before(behind)
    ask(pages)
    kept.cache.switch(False)
    assert [ask(pages).body[:1] for _ in range(2)] == [b"2", b"3"]
    kept.cache.switch(True)
    assert [ask(pages).body[:1] for _ in range(2)] == [b"4", b"4"]


def test_each_reading_of_a_kept_page_is_counted() -> None:
    counted: list[tuple[int, str, str]] = []
    cache = PageCache(on_read=lambda note, client, agent: counted.append((note, client, agent)))
    cache.keep(asking("/n"), 0, [*MARKED, ("X-Prakai-Reads", "12")], WORDS)
    cache.find(asking("/n"))
    cache.find(asking("/n", head=True))
    cache.find(asking("/n", is_ahead=True))
    assert counted == [(12, "10.0.0.7", "Firefox")]


def test_both_kinds_of_server_ask_alike() -> None:
    names = names_here()
    environ = {
        "REQUEST_METHOD": "GET",
        "wsgi.url_scheme": "http",
        "PATH_INFO": "/notes/1-น้ำ".encode().decode("latin-1"),
        "QUERY_STRING": "a=1",
        "REMOTE_ADDR": "10.0.0.7",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": "django_language=en",
        "HTTP_ACCEPT_ENCODING": "br",
        "HTTP_IF_NONE_MATCH": '"x"',
        "HTTP_USER_AGENT": "Firefox",
    }
    scope = {
        "method": "GET",
        "scheme": "http",
        "path": "/notes/1-น้ำ",
        "query_string": b"a=1",
        "client": ("10.0.0.7", 1234),
        "headers": [
            (b"host", b"localhost"),
            (b"cookie", b"django_language=en"),
            (b"accept-encoding", b"br"),
            (b"if-none-match", b'"x"'),
            (b"user-agent", b"Firefox"),
        ],
    }
    assert asked_of_wsgi(environ, names) == asked_of_asgi(scope, names)


def test_two_cookie_headers_hide_no_session() -> None:
    scope = {
        "method": "GET",
        "scheme": "http",
        "path": "/",
        "query_string": b"",
        "client": None,
        "headers": [(b"cookie", b"a=1"), (b"cookie", b"sessionid=abc")],
    }
    assert asked_of_asgi(scope, names_here()) is None


def test_a_picture_is_not_packed_again() -> None:
    packed = pack([("Content-Type", "image/png")], WORDS, now=0.0)
    assert list(packed.variants) == [""]


def asking(path: str, *, head: bool = False, is_ahead: bool = False) -> Asking:
    return Asking(("http", "localhost", path, "", ""), "", "", head, "10.0.0.7", "Firefox", is_ahead)
