"""The page cache: which pages are kept, for whom, and until when.

Kept is only what Django marked as shareable (``marking.cached_page``) and that carries nothing personal. Every journal
entry forgets all pages: a page that was being made while something was committed is not kept, for its ``moment`` has
passed. Sixty seconds are the last resort for what the journal does not tell (times such as "five minutes ago").
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from prakai.web.pagecache.asking import Asking, Key
from prakai.web.pagecache.packing import MARK, Kept, TextHeaders, pack

LAST_RESORT = 60.0
MOST_BYTES = 16 * 1024 * 1024
LARGEST_PAGE = 2 * 1024 * 1024
SHARED_BY = frozenset({"cookie", "accept-encoding", "accept-language", "hx-request"})
OnRead = Callable[[int, str, str], None]


class PageCache:
    """Pages by (scheme, host, path, query, language). Safe for threads."""

    def __init__(self, *, most_bytes: int = MOST_BYTES, on_read: OnRead | None = None) -> None:
        self.most_bytes = most_bytes
        self.on_read = on_read
        self.is_on = True
        self.moment = 0
        self.size = 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, asking: Asking) -> Kept | None:
        """Return the page kept for ``asking``, counting the read; ``None`` when Django must make it."""
        kept = self._pages.get(asking.key)
        if kept is None or not self.is_on:
            return None
        if time.monotonic() - kept.made_at > LAST_RESORT:
            self._drop(asking.key)
            return None
        if kept.reads is not None and self.on_read is not None and not (asking.head or asking.is_ahead):
            self.on_read(kept.reads, asking.client, asking.agent)
        return kept

    def keep(self, asking: Asking, moment: int, headers: TextHeaders, body: bytes) -> Kept | None:
        """Keep a marked answer (status 200) that was begun at ``moment``; return it packed, or ``None`` if refused."""
        if not self.is_on or moment != self.moment or asking.head or len(body) > LARGEST_PAGE:
            return None
        if not may_be_shared(headers):
            return None
        kept = pack(headers, body, now=time.monotonic())
        with self._lock:
            if moment != self.moment:  # something was committed while we packed
                return None
            old = self._pages.pop(asking.key, None)
            self.size += kept.size - (old.size if old else 0)
            self._pages[asking.key] = kept
            while self.size > self.most_bytes and self._pages:
                self.size -= self._pages.popitem(last=False)[1].size
        return kept

    def forget_all(self) -> None:
        """Forget every page, and refuse those that are being made now."""
        with self._lock:
            self.moment += 1
            self._pages.clear()
            self.size = 0

    def switch(self, on: bool) -> None:
        """Answer from memory, or (while nobody knows what was committed) leave everything to Django."""
        self.is_on = on
        self.forget_all()

    def _drop(self, key: Key) -> None:
        with self._lock:
            old = self._pages.pop(key, None)
            if old is not None:
                self.size -= old.size


def may_be_shared(headers: TextHeaders) -> bool:
    """Return whether an answer is marked as shareable and nothing in its headers speaks against it."""
    told = [(name.lower(), value) for name, value in headers]
    return (MARK, "public") in told and not any(_speaks_against(name, value) for name, value in told)


def _speaks_against(name: str, value: str) -> bool:
    if name == "cache-control":
        return "private" in value or "no-store" in value
    if name == "vary":
        return not {part.strip().lower() for part in value.split(",") if part.strip()} <= SHARED_BY
    return name in ("set-cookie", "content-encoding", "www-authenticate")
