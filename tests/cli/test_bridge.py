"""From the event loop to WSGI and back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from prakai.cli.serving.bridge import PIECE, Pages

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def asked(
    application: Application,
    *,
    method: str = "GET",
    path: str = "/",
    headers: list[tuple[bytes, bytes]] | None = None,
    pieces: list[bytes] | None = None,
    most_bytes: int = 1000,
) -> list[dict[str, Any]]:
    """Return the messages that one request was answered with."""
    sent: list[dict[str, Any]] = []
    waiting = list(pieces or [b""])

    async def receive() -> dict[str, Any]:
        if not waiting:
            return {"type": "http.disconnect"}
        piece = waiting.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"a=1",
        "headers": headers or [],
        "server": ("localhost", 80),
        "client": ("10.0.0.7", 4321),
        "scheme": "http",
        "http_version": "1.1",
    }

    async def story() -> None:
        pages = Pages(application, threads=2, most_bytes=most_bytes)
        await pages(scope, receive, send)
        pages.close()

    asyncio.run(story())
    return sent


def says(*pieces: bytes, closed: list[str] | None = None) -> Application:
    class Answer:
        def __iter__(self) -> Iterator[bytes]:
            return iter(pieces)

        def close(self) -> None:
            if closed is not None:
                closed.append(threading.current_thread().name)

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain"), ("X-Seen", environ["PATH_INFO"])])
        return Answer()

    return application


def test_an_answer_goes_in_one_piece_and_is_closed_in_a_thread() -> None:
    closed: list[str] = []
    sent = asked(says(b"one ", b"two", closed=closed))
    assert sent == [
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-type", b"text/plain"), (b"x-seen", b"/")],
        },
        {"type": "http.response.body", "body": b"one two"},
    ]
    assert [name.startswith("pages") for name in closed] == [True]


def test_a_long_answer_goes_piece_by_piece() -> None:
    closed: list[str] = []
    sent = asked(says(*[bytes(PIECE // 2)] * 7, b"end", closed=closed))
    bodies = [message["body"] for message in sent[1:]]
    assert b"".join(bodies) == bytes(PIECE // 2 * 7) + b"end"
    assert [message.get("more_body", False) for message in sent[1:]] == [True] * (len(bodies) - 1) + [False]
    assert (len(bodies) > 3, len(closed)) == (True, 1)


def test_head_has_no_body_and_closes() -> None:
    for size in (1, PIECE * 3):
        closed: list[str] = []
        sent = asked(says(bytes(size), closed=closed), method="HEAD")
        assert (sent[1]["body"], len(closed)) == (b"", 1)


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("201 Created", [])
    return [environ["wsgi.input"].read(), b"|", environ.get("CONTENT_LENGTH", "").encode()]


def test_a_body_arrives_whole() -> None:
    sent = asked(echo, method="POST", headers=[(b"content-length", b"6")], pieces=[b"abc", b"def"])
    assert (sent[0]["status"], sent[1]["body"]) == (201, b"abcdef|6")


def test_a_body_that_is_too_large_never_reaches_the_application() -> None:
    told = asked(echo, method="POST", headers=[(b"content-length", b"1001")], pieces=[b"x"])
    found = asked(echo, method="POST", headers=[(b"transfer-encoding", b"chunked")], pieces=[b"x" * 600] * 2)
    assert [sent[0]["status"] for sent in (told, found)] == [413, 413]


def test_who_goes_away_while_sending_gets_no_answer() -> None:
    async def story() -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        pages = Pages(echo, threads=1, most_bytes=1000)
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/",
            "query_string": b"",
            "headers": [(b"content-length", b"5")],
        }
        await pages(scope, receive, send)
        return sent

    assert asyncio.run(story()) == []


def test_the_path_and_the_headers_arrive_as_wsgi_wants_them() -> None:
    seen: dict[str, Any] = {}

    def look(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        seen.update(environ)
        start_response("204 No Content", [])
        return []

    headers = [
        (b"host", b"localhost"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x-forwarded-for", b"1.1.1.1"),
        (b"x_forwarded_proto", b"https"),
        (b"content-type", b"text/plain"),
    ]
    asked(look, path="/notes/1-น้ำ", headers=headers)
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/notes/1-น้ำ"
    assert (seen["QUERY_STRING"], seen["REMOTE_ADDR"], seen["CONTENT_TYPE"]) == (
        "a=1",
        "10.0.0.7",
        "text/plain",
    )
    assert (seen["HTTP_COOKIE"], seen["HTTP_X_FORWARDED_FOR"]) == ("a=1; b=2", "1.1.1.1")
    assert "HTTP_X_FORWARDED_PROTO" not in seen
