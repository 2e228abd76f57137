"""The page cache before a WSGI application, and how this place's cache is made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings

from prakai.journal.watching import Watch
from prakai.web.pagecache import members
from prakai.web.pagecache.asking import Asking, Names, asked_of_asgi, asked_of_wsgi
from prakai.web.pagecache.keeping import PageCache
from prakai.web.pagecache.packing import MARK, OWN, Kept, Variant

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def names_here() -> Names:
    """Return what the settings call the cookies that matter."""
    return Names(
        session=settings.SESSION_COOKIE_NAME,
        messages="messages",
        language=settings.LANGUAGE_COOKIE_NAME,
        languages=frozenset(code for code, _ in settings.LANGUAGES),
        behind_proxy=bool(settings.SECURE_PROXY_SSL_HEADER),
    )


class KeptPages:
    """This process's page cache with its watch over the journal. ``start`` it before the first request."""

    def __init__(self) -> None:
        self.names = names_here()
        self.cache = PageCache(on_read=_count_read)
        self.watch = Watch(on_entry=lambda entry_id: self.cache.forget_all(), on_trust=self.cache.switch)

    def start(self) -> None:
        """Begin to watch the journal."""
        self.watch.start()
        members.kept.is_on = True

    def stop(self) -> None:
        """Stop watching."""
        members.kept.is_on = False
        self.watch.stop()

    def find(self, scope: Mapping[str, Any]) -> tuple[int, Variant, bool] | None:
        """Return status, what to send and whether its body is left out, for an ASGI request; ``None``: ask Django."""
        asking = asked_of_asgi(scope, self.names)
        kept = self.cache.find(asking) if asking is not None else None
        if asking is None or kept is None:
            return None
        return (*chosen(kept, asking), asking.head)

    def before(self, application: WSGI) -> WSGI:
        """Return ``application`` with this cache before it."""
        cache, names = self.cache, self.names

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            asking = asked_of_wsgi(environ, names)
            if asking is None:
                return application(environ, without_marks(start_response))
            kept = cache.find(asking)
            if kept is not None:
                return _send(kept, asking, start_response)
            return _ask(cache, asking, application, environ, start_response)

        return answer


def _ask(
    cache: PageCache,
    asking: Asking,
    application: WSGI,
    environ: dict[str, Any],
    start_response: Callable[..., Any],
) -> Iterable[bytes]:
    moment = cache.moment
    started: list[Any] = []

    def hold(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        started[:] = [status, headers]

    said = application(environ, hold)
    status, headers = started
    if not status.startswith("200") or not any(name.lower() == MARK for name, _ in headers):
        without_marks(start_response)(status, headers)
        return said
    try:
        body = b"".join(said)
    finally:
        getattr(said, "close", lambda: None)()
    kept = cache.keep(asking, moment, headers, body)
    if kept is not None:
        return _send(kept, asking, start_response)
    without_marks(start_response)(status, headers)
    return [body]


def _send(kept: Kept, asking: Asking, start_response: Callable[..., Any]) -> list[bytes]:
    status, variant = chosen(kept, asking)
    start_response("200 OK" if status == 200 else "304 Not Modified", variant.text_headers)
    return [b"" if asking.head else variant.body]


def chosen(kept: Kept, asking: Asking) -> tuple[int, Variant]:
    """Return the status and the variant that answer ``asking``."""
    if kept.is_known(asking.known):
        return 304, kept.unchanged
    return 200, kept.variant(asking.encoding)


def unmarked(application: WSGI) -> WSGI:
    """Return ``application`` without a cache: only our own headers to it are left out."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["prakai.unkept"] = True
        return application(environ, without_marks(start_response))

    return answer


def without_marks(start_response: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``start_response`` that leaves out our own headers to the cache."""

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        clean = [(name, value) for name, value in headers if name.lower() not in OWN]
        return start_response(status, clean, exc_info) if exc_info else start_response(status, clean)

    return start


def _count_read(note_id: int, client: str, agent: str) -> None:
    from prakai.notes.actions.reading import note_read

    note_read(note_id, f"{client}|{agent}", agent)


def is_wanted(workers: int) -> bool:
    """Return whether pages are kept: always by one process; by several only when the bus joins them.

    ``PAGE_CACHE=off`` switches it off, ``PAGE_CACHE=on`` keeps pages even where several processes only look at the
    journal twice a second.
    """
    word = os.environ.get("PAGE_CACHE", "auto").strip().lower()
    if word in ("on", "off"):
        return word == "on"
    return workers == 1 or not settings.BUS_URL.startswith("local")
