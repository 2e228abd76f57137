"""What the page cache looks at in a request, the same for both kinds of server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 1024
AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")
_AHEAD_WSGI = tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in AHEAD)
_AHEAD_ASGI = tuple(name.encode() for name in AHEAD)
Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """What this place calls its cookies, which languages it speaks, and whether its proxy is believed."""

    session: str
    messages: str
    language: str
    languages: frozenset[str]
    behind_proxy: bool


@dataclass(slots=True)
class Asking:
    """A visitor's request that a kept page may answer."""

    key: Key  # scheme, host, path, query, language cookie
    encoding: str  # br, gzip or nothing
    known: str  # If-None-Match
    head: bool
    client: str
    agent: str
    is_ahead: bool  # fetched ahead of a reader who may never come


def asked_of_wsgi(environ: Mapping[str, Any], names: Names) -> Asking | None:
    """Return what ``environ`` asks, or ``None`` when only Django may answer it."""
    method = environ["REQUEST_METHOD"]
    if method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ or "HTTP_HX_REQUEST" in environ:
        return None
    language = _language(environ.get("HTTP_COOKIE", ""), names)
    if language is None:
        return None
    scheme = environ["wsgi.url_scheme"]
    client = environ.get("REMOTE_ADDR", "")
    if names.behind_proxy:
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", scheme)
        client = environ.get("HTTP_X_FORWARDED_FOR", client).rsplit(",", 1)[-1].strip()
    try:
        path = environ["PATH_INFO"].encode("latin-1").decode()
    except UnicodeError:
        return None
    query = environ.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST:
        return None
    return Asking(
        (scheme, environ.get("HTTP_HOST", ""), path, query, language),
        encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")),
        environ.get("HTTP_IF_NONE_MATCH", ""),
        method == "HEAD",
        client,
        environ.get("HTTP_USER_AGENT", ""),
        _says_ahead(environ, _AHEAD_WSGI),
    )


def asked_of_asgi(scope: Mapping[str, Any], names: Names) -> Asking | None:
    """Return what ``scope`` asks, or ``None`` when only Django may answer it."""
    method = scope["method"]
    if method not in ("GET", "HEAD"):
        return None
    path, query = scope["path"], scope["query_string"].decode("latin-1")
    if len(path) + len(query) > LONGEST:
        return None
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    found: dict[bytes, str] = {}
    for name, value in headers:
        # A header that comes twice is joined as HTTP says; only cookies use another sign.
        text = value.decode("latin-1")
        found[name] = f"{found[name]}{';' if name == b'cookie' else ','}{text}" if name in found else text
    if b"authorization" in found or b"hx-request" in found:
        return None
    language = _language(found.get(b"cookie", ""), names)
    if language is None:
        return None
    scheme: str = scope.get("scheme", "http")
    peer = scope.get("client")
    client: str = peer[0] if peer else ""
    if names.behind_proxy:
        scheme = found.get(b"x-forwarded-proto", scheme)
        client = found.get(b"x-forwarded-for", client).rsplit(",", 1)[-1].strip()
    return Asking(
        (scheme, found.get(b"host", ""), path, query, language),
        encoding_for(found.get(b"accept-encoding", "")),
        found.get(b"if-none-match", ""),
        method == "HEAD",
        client,
        found.get(b"user-agent", ""),
        _says_ahead(found, _AHEAD_ASGI),
    )


def is_ahead(purposes: Iterable[str]) -> bool:
    """Return whether a browser fetches the page before anybody asks for it, by its headers named in ``AHEAD``."""
    return any(purpose.startswith(("prefetch", "preview")) for purpose in purposes)


def _says_ahead(headers: Mapping[Any, str], names: Iterable[Any]) -> bool:
    # A loop, for it is asked of every page and nearly always finds nothing.
    for name in names:  # noqa: SIM110
        if name in headers and is_ahead((headers[name],)):
            return True
    return False


def _language(cookies: str, names: Names) -> str | None:
    """Return the language that the cookies choose (empty: none), or ``None`` when they belong to somebody."""
    if not cookies:
        return ""
    language = ""
    for part in cookies.split(";"):
        name, _, value = part.strip().partition("=")
        if name in (names.session, names.messages):
            return None
        if name == names.language:
            value = value.strip('"')
            language = value if value in names.languages else ""
    return language


def encoding_for(accepted: str) -> str:
    """Return "br", "gzip" or nothing, as an ``Accept-Encoding`` allows."""
    if "br" in accepted and _accepts("br", accepted):
        return "br"
    if "gzip" in accepted and _accepts("gzip", accepted):
        return "gzip"
    return ""


def _accepts(coding: str, accepted: str) -> bool:
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() == coding:
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
