"""How often a visitor may send something. Addresses live in this process's memory for minutes, mixed with a secret."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict

from django.conf import settings
from django.http import HttpRequest

from prakai.kernel.addresses import line_of


class Pace:
    """At most ``most`` times within ``within`` seconds from one address; remembers the latest ``room`` addresses."""

    def __init__(self, most: int, within: float, room: int = 10_000) -> None:
        self.most, self.within, self.room = most, within, room
        self._secret = secrets.token_bytes(16)
        self._seen: OrderedDict[bytes, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, address: str, now: float | None = None) -> bool:
        """Return whether one more is within the pace, and remember it if so. ``now`` is in seconds of any clock."""
        moment = time.monotonic() if now is None else now
        who = hashlib.blake2b(address.encode(), key=self._secret, digest_size=16).digest()
        with self._lock:
            times = [at for at in self._seen.pop(who, []) if moment - at < self.within]
            allowed = len(times) < self.most
            if allowed:
                times.append(moment)
            self._seen[who] = times
            while len(self._seen) > self.room:
                self._seen.popitem(last=False)
        return allowed

    def forget(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._seen.clear()


COMMENTS = Pace(5, 15 * 60)
REPORTS = Pace(5, 15 * 60)


def address_of(request: HttpRequest) -> str:
    """Return from which line a request comes, for the pace alone; a proxy that is believed names its client last."""
    if settings.SECURE_PROXY_SSL_HEADER:
        told: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
        return line_of(told.rsplit(",", 1)[-1].strip())
    return line_of(str(request.META.get("REMOTE_ADDR", "")))
