"""Packing what Django answers."""

from __future__ import annotations

import zlib

import brotli
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from prakai.web.packing import UNKEPT, packed
from prakai.web.pagecache.marking import MARK

WORDS = "<p>ของดีมีอยู่แล้ว</p>" * 100


def answer(accepted: str, response: HttpResponse | None = None, **meta: object) -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accepted, **meta)
    return packed(lambda _: response or HttpResponse(WORDS))(request)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", ""),
        ("", ""),
    ],
)
def test_text_is_packed_as_the_browser_likes(accepted: str, encoding: str) -> None:
    found = answer(accepted)
    unpack = {
        "br": brotli.decompress,
        "gzip": lambda body: zlib.decompress(body, wbits=31),
        "": lambda body: body,
    }[encoding]
    assert found.headers.get("Content-Encoding", "") == encoding
    assert unpack(found.content).decode() == WORDS
    assert found.headers["Vary"] == "Accept-Encoding"
    if encoding:
        assert int(found.headers["Content-Length"]) == len(found.content)
        assert len(found.content) < len(WORDS.encode()) / 10


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("short"),
        HttpResponse(WORDS, content_type="image/png"),
        HttpResponse(WORDS, headers={"Content-Encoding": "gzip"}),
        HttpResponse(WORDS, headers={MARK: "public"}),
    ],
    ids=["short", "picture", "packed already", "kept by the page cache"],
)
def test_other_answers_go_as_they_are(response: HttpResponse) -> None:
    before = response.content
    assert answer("br", response).content == before


def test_where_no_page_cache_stands_visitors_pages_are_packed_too() -> None:
    marked = HttpResponse(WORDS, headers={MARK: "public"})
    assert answer("br", marked, **{UNKEPT: True}).headers["Content-Encoding"] == "br"
