"""From the event loop to Django: a request is read whole, answered in one of a few threads, and sent in one piece.

Reading first means that a slow sender holds no thread; answering in one hop means that the loop is woken once a page
(a general WSGI-to-ASGI bridge wakes it four times). Long answers (files, exports) are pulled piece by piece.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Scope = Mapping[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
ByteHeaders = list[tuple[bytes, bytes]]

IN_MEMORY = 512 * 1024
PIECE = 256 * 1024
DRAINED = 128 * 1024 * 1024
DRAIN_SECONDS = 20.0


@dataclass(slots=True)
class Answer:
    """What the WSGI application answered: ``body`` is whole when ``rest`` is ``None``."""

    status: int
    headers: ByteHeaders
    body: bytes
    rest: Iterator[bytes] | None
    close: Callable[[], None]


class Gone(Exception):
    """The client went away before its request was read."""


class TooLarge(Exception):
    """The request's body is larger than allowed."""


class Pages:
    """An ASGI application that answers HTTP through the WSGI ``application`` with ``threads`` threads."""

    def __init__(self, application: WSGI, *, threads: int, most_bytes: int) -> None:
        self.application = application
        self.most_bytes = most_bytes
        self.pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="pages")

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        """Return the answer to one request; errors: ``TooLarge``, ``Gone``, and whatever the application raises."""
        body = await self._read(scope, receive)
        environ = environ_of(scope, body)
        try:
            return await asyncio.get_running_loop().run_in_executor(self.pool, self._ask, environ)
        finally:
            if not isinstance(body, Empty):
                body.close()

    async def send(self, answer: Answer, scope: Scope, send: Send) -> None:
        """Send ``answer``; a ``HEAD`` gets its headers only."""
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if scope["method"] == "HEAD" or answer.rest is None:
            await send(
                {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body}
            )
            if answer.rest is not None:
                await asyncio.get_running_loop().run_in_executor(self.pool, answer.close)
            return
        loop = asyncio.get_running_loop()
        try:
            piece = answer.body
            while piece:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = await loop.run_in_executor(self.pool, _next_piece, answer.rest)
            await send({"type": "http.response.body", "body": b""})
        finally:
            await loop.run_in_executor(self.pool, answer.close)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            answer = await self.answer(scope, receive)
        except TooLarge:
            # Let it come in (to a degree) and forget it: a browser that is still sending would not see the answer.
            await _let_come(receive, DRAINED)
            await refuse_size(send, self.most_bytes)
        except Gone:
            return
        else:
            await self.send(answer, scope, send)

    def close(self) -> None:
        """Let the threads end."""
        self.pool.shutdown(wait=False, cancel_futures=True)

    async def _read(self, scope: Scope, receive: Receive) -> IO[bytes] | Empty:
        length = 0
        for name, value in scope["headers"]:
            if name == b"content-length" and value.isdigit():
                length = int(value)
            elif name == b"transfer-encoding":
                length = length or 1
        if length > self.most_bytes:
            raise TooLarge
        if not length and scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return Empty()
        file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by the caller
        taken = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                file.close()
                raise Gone
            piece = message.get("body", b"")
            taken += len(piece)
            if taken > self.most_bytes:
                file.close()
                raise TooLarge
            file.write(piece)
            if not message.get("more_body"):
                file.seek(0)
                return file

    def _ask(self, environ: dict[str, Any]) -> Answer:
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            started[:] = [
                int(status[:3]),
                [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers],
            ]

        said = self.application(environ, start_response)
        close: Callable[[], None] = getattr(said, "close", _nothing)
        kept_open = False
        try:
            pieces = iter(said)
            body = _next_piece(pieces)
            if len(body) < PIECE:
                return Answer(started[0], started[1], body, None, _nothing)
            kept_open = True
            return Answer(started[0], started[1], body, pieces, close)
        finally:
            if not kept_open:
                close()


class Empty:
    """A request without a body."""

    def read(self, size: int = -1) -> bytes:
        return b""

    def readline(self, size: int = -1) -> bytes:
        return b""

    def readlines(self, hint: int = -1) -> list[bytes]:
        return []

    def __iter__(self) -> Iterator[bytes]:
        return iter(())


def environ_of(scope: Scope, body: IO[bytes] | Empty) -> dict[str, Any]:
    """Return the WSGI environment of an ASGI request."""
    host, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue  # "x_forwarded_proto" must not pass for "x-forwarded-proto"
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        value = raw_value.decode("latin-1")
        if name not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            name = f"HTTP_{name}"
        if name in environ:
            value = f"{environ[name]}{'; ' if name == 'HTTP_COOKIE' else ','}{value}"
        environ[name] = value
    return environ


async def _let_come(receive: Receive, most_bytes: int) -> None:
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            while most_bytes > 0:
                message = await receive()
                if message["type"] == "http.disconnect" or not message.get("more_body"):
                    return
                most_bytes -= len(message.get("body", b""))
    except TimeoutError:
        return


async def refuse_size(send: Send, most_bytes: int) -> None:
    """Answer 413 with one line."""
    most = most_bytes // (1024 * 1024)
    line = f"สิ่งที่ส่งมาใหญ่เกิน {most} MB · What was sent is larger than {most} MB.\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": line})


def _next_piece(pieces: Iterator[bytes]) -> bytes:
    """Return the next pieces joined, up to about ``PIECE`` bytes; empty at the end."""
    joined: list[bytes] = []
    size = 0
    for piece in pieces:
        joined.append(piece)
        size += len(piece)
        if size >= PIECE:
            break
    return joined[0] if len(joined) == 1 else b"".join(joined)


def _nothing() -> None:
    return None
