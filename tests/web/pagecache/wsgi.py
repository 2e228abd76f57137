"""Asking a WSGI application, as a server would."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(slots=True)
class Said:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(application: WSGI, path: str = "/", *, method: str = "GET", query: str = "", **headers: str) -> Said:
    """Return what ``application`` answers; ``headers`` are named ``accept_encoding="br"``."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "10.0.0.7",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    started: list[Any] = []

    def start_response(status: str, given: list[tuple[str, str]], exc_info: Any = None) -> None:
        started[:] = [int(status[:3]), given]

    body = b"".join(application(environ, start_response))
    names = [name.lower() for name, _ in started[1]]
    assert len([n for n in names if n != "set-cookie"]) == len({n for n in names if n != "set-cookie"})
    return Said(started[0], {name.lower(): value for name, value in started[1]}, body)
