"""The live bus, one of the five seams: words said after commit, heard by whoever listens now.

Two sides with one interface: ``LocalBus`` inside this process, ``RedisBus`` over Valkey or Redis when there are
several processes. A word on the bus may be lost; what must not be lost is read from the journal.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

import structlog

log = structlog.get_logger(__name__)

Listener = Callable[[str], None]
SILENCE = 5.0


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
    """Valkey or Redis publish/subscribe: one thread of this process receives and calls the local listeners.

    A server that is not there stops nobody: what is said is then heard in this process only, and the thread subscribes
    again as soon as it can.
    """

    def __init__(self, url: str) -> None:
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        # One more try for a connection that had gone stale; no waiting, for an action's commit stands behind us.
        self._client = redis.Redis.from_url(
            url,
            socket_connect_timeout=1,
            socket_timeout=3,
            health_check_interval=30,
            retry=Retry(NoBackoff(), 1),
        )
        self._trouble: tuple[type[Exception], ...] = (redis.RedisError, OSError)
        self._local = LocalBus()
        self._topics: set[str] = set()
        self._confirmed: set[str] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._is_down = False
        self._silent_until = 0.0

    def say(self, topic: str, word: str) -> None:
        """Publish ``word``; an unreachable server is logged (and left alone for some seconds), for the journal has
        the truth.
        """
        if time.monotonic() >= self._silent_until:
            try:
                self._client.publish(f"prakai:{topic}", word)
                return
            except self._trouble as trouble:
                self._silent_until = time.monotonic() + SILENCE
                log.warning("bus.unreachable", topic=topic, trouble=str(trouble))
        self._local.say(topic, word)

    def listen(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with each word on ``topic`` from now on; return the function that stops it."""
        stop = self._local.listen(topic, listener)
        with self._changed:
            self._topics.add(topic)
            if self._thread is None:
                self._thread = threading.Thread(target=self._receive, name="bus", daemon=True)
                self._thread.start()
            self._changed.wait_for(lambda: topic in self._confirmed or self._is_down, timeout=2)
        return stop

    def close(self) -> None:
        """Stop receiving, forget all listeners and disconnect."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=2)
        self._local.close()
        self._client.close()

    def _receive(self) -> None:
        while not self._stop.is_set():
            pubsub: Any = self._client.pubsub()  # type: ignore[no-untyped-call]
            try:
                self._hear(pubsub)
            except self._trouble:
                with self._changed:
                    self._confirmed.clear()
                    self._is_down = True
                    self._changed.notify_all()
                self._stop.wait(0.5)
            finally:
                pubsub.close()

    def _hear(self, pubsub: Any) -> None:
        asked: set[str] = set()
        while not self._stop.is_set():
            with self._changed:
                wanted = self._topics - asked
            if wanted:
                pubsub.subscribe(*(f"prakai:{topic}" for topic in wanted))
                asked |= wanted
            message = pubsub.get_message(timeout=0.1)
            if message is None:
                continue
            topic = message["channel"].decode().removeprefix("prakai:")
            if message["type"] == "message":
                self._local.say(topic, message["data"].decode())
            elif message["type"] == "subscribe":
                with self._changed:
                    self._confirmed.add(topic)
                    self._is_down = False
                    self._changed.notify_all()


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
