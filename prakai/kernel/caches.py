"""The shared cache over Valkey or Redis, which stops nobody when its server is away: each process then has its own."""

from __future__ import annotations

import time
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

from prakai.kernel.outages import Outage

SILENCE = 5.0


class SharedCache(RedisCache):
    """Django's cache over Redis; while it does not answer, what is kept here counts: sign-in stays throttled."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        # One more try for a connection that had gone stale; no waiting, for a reader stands behind us.
        usual = {"socket_connect_timeout": 1, "socket_timeout": 3, "retry": Retry(NoBackoff(), 1)}
        super().__init__(server, {**params, "OPTIONS": {**usual, **params.get("OPTIONS", {})}})
        self._here = LocMemCache("prakai-while-away", {})
        self._outage = Outage("cache.unreachable")
        self._silent_until = 0.0

    def _ask(self, move: str, *given: Any, **named: Any) -> Any:
        import redis

        if time.monotonic() >= self._silent_until:
            try:
                answer = getattr(RedisCache, move)(self, *given, **named)
            except (redis.RedisError, OSError) as trouble:
                self._outage.away(trouble)
                self._silent_until = time.monotonic() + SILENCE
            else:
                self._outage.back()
                return answer
        return getattr(self._here, move)(*given, **named)

    def add(self, *given: Any, **named: Any) -> Any:
        return self._ask("add", *given, **named)

    def get(self, *given: Any, **named: Any) -> Any:
        return self._ask("get", *given, **named)

    def set(self, *given: Any, **named: Any) -> Any:
        return self._ask("set", *given, **named)

    def touch(self, *given: Any, **named: Any) -> Any:
        return self._ask("touch", *given, **named)

    def delete(self, *given: Any, **named: Any) -> Any:
        return self._ask("delete", *given, **named)

    def incr(self, *given: Any, **named: Any) -> Any:
        return self._ask("incr", *given, **named)

    def has_key(self, *given: Any, **named: Any) -> Any:
        return self._ask("has_key", *given, **named)

    def get_many(self, *given: Any, **named: Any) -> Any:
        return self._ask("get_many", *given, **named)

    def set_many(self, *given: Any, **named: Any) -> Any:
        return self._ask("set_many", *given, **named)

    def delete_many(self, *given: Any, **named: Any) -> Any:
        return self._ask("delete_many", *given, **named)
