"""The live bus, one of the five seams: words said after commit, heard by whoever listens now.

Two sides with one interface: ``LocalBus`` inside this process, ``RedisBus`` over Valkey or Redis when there are
several processes. A word on the bus may be lost; what must not be lost is read from the journal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

import structlog

log = structlog.get_logger(__name__)

Listener = Callable[[str], None]


class Bus(Protocol):
    """Say a word on a topic, or listen to a topic until the returned function is called."""

    def say(self, topic: str, word: str) -> None: ...

    def listen(self, topic: str, listener: Listener) -> Callable[[], None]: ...

    def close(self) -> None: ...


class LocalBus:
    """The embedded default: listeners of this process, called at once in the speaker's thread."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = {}
        self._lock = threading.Lock()

    def say(self, topic: str, word: str) -> None:
        """Call every listener of ``topic``; one that fails is logged and does not stop the others."""
        with self._lock:
            listeners = list(self._listeners.get(topic, ()))
        for listener in listeners:
            try:
                listener(word)
            except Exception:
                log.exception("bus.listener_failed", topic=topic)

    def listen(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with each word on ``topic`` from now on; return the function that stops it."""
        with self._lock:
            self._listeners.setdefault(topic, []).append(listener)

        def stop() -> None:
            with self._lock:
                if listener in self._listeners.get(topic, []):
                    self._listeners[topic].remove(listener)

        return stop

    def close(self) -> None:
        """Forget all listeners."""
        with self._lock:
            self._listeners.clear()


class RedisBus:
    """Valkey or Redis publish/subscribe: one thread of this process receives and calls the local listeners."""

    def __init__(self, url: str) -> None:
        import redis

        self._client = redis.Redis.from_url(url, health_check_interval=30)
        self._local = LocalBus()
        self._pubsub: Any = self._client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
        self._topics: set[str] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def say(self, topic: str, word: str) -> None:
        """Publish ``word``; an unreachable server is logged, for the journal has the truth."""
        import redis

        try:
            self._client.publish(f"prakai:{topic}", word)
        except redis.RedisError:
            log.exception("bus.unreachable", topic=topic)
            self._local.say(topic, word)

    def listen(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with each word on ``topic`` from now on; return the function that stops it."""
        stop = self._local.listen(topic, listener)
        with self._lock:
            if topic not in self._topics:
                self._topics.add(topic)
                self._pubsub.subscribe(f"prakai:{topic}")
            if self._thread is None:
                self._thread = threading.Thread(target=self._receive, name="bus", daemon=True)
                self._thread.start()
        return stop

    def close(self) -> None:
        """Stop receiving and disconnect."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=2)
        self._pubsub.close()
        self._client.close()

    def _receive(self) -> None:
        import redis

        while not self._stop.is_set():
            try:
                message = self._pubsub.get_message(timeout=0.2)
            except (redis.RedisError, OSError):
                if self._stop.wait(0.5):
                    return
                continue  # the client subscribes again by itself on the next call
            if message and message["type"] == "message":
                topic = message["channel"].decode().removeprefix("prakai:")
                self._local.say(topic, message["data"].decode())


def bus_at(url: str) -> Bus:
    """Return the bus that ``BUS_URL`` names: ``local:`` (or empty) or ``redis://…`` / ``valkey://…``."""
    if url in ("", "local:", "local://"):
        return LocalBus()
    if url.startswith(("redis://", "rediss://", "unix://")):
        return RedisBus(url)
    if url.startswith("valkey://"):
        return RedisBus("redis://" + url.removeprefix("valkey://"))
    raise ValueError(
        f"BUS_URL={url!r} is not understood: use local: or redis://HOST:PORT/0 or valkey://HOST:PORT/0"
    )


@lru_cache(maxsize=1)
def the_bus() -> Bus:
    """Return this process's bus, chosen by the setting ``BUS_URL``."""
    from django.conf import settings

    return bus_at(settings.BUS_URL)
