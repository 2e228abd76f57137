"""One suite for both sides of the live bus: this process alone, and Valkey or Redis between several."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from prakai.kernel.bus import Bus, LocalBus, RedisBus, bus_at

SIDES = [pytest.param("local:", id="local"), pytest.param("redis", id="redis", marks=pytest.mark.redis)]


def redis_url() -> str:
    return os.environ["TEST_BUS_URL"]


@pytest.fixture(params=SIDES)
def bus(request: pytest.FixtureRequest) -> Iterator[Bus]:
    made = bus_at(redis_url() if request.param == "redis" else request.param)
    yield made
    made.close()


class Ear:
    """A listener that keeps what it heard."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.more = threading.Condition()

    def __call__(self, word: str) -> None:
        with self.more:
            self.heard.append(word)
            self.more.notify_all()

    def has(self, *words: str, seconds: float = 5) -> bool:
        """Return whether exactly ``words`` came within so many seconds."""
        with self.more:
            self.more.wait_for(lambda: len(self.heard) >= len(words), seconds)
            return self.heard == list(words)


def topic() -> str:
    return f"test-{os.getpid()}-{time.monotonic_ns()}"


def test_words_are_heard_in_order_on_their_own_topic(bus: Bus) -> None:
    here, there = Ear(), Ear()
    one, other = topic(), topic()
    bus.listen(one, here)
    bus.listen(other, there)
    for word in ("1", "2", "สาม"):
        bus.say(one, word)
    bus.say(other, "x")
    assert here.has("1", "2", "สาม")
    assert there.has("x")


def test_two_listeners_both_hear_and_one_may_stop(bus: Bus) -> None:
    name, first, second = topic(), Ear(), Ear()
    stop = bus.listen(name, first)
    bus.listen(name, second)
    bus.say(name, "1")
    assert first.has("1")
    assert second.has("1")
    stop()
    stop()
    bus.say(name, "2")
    assert second.has("1", "2")
    assert first.heard == ["1"]


def test_a_listener_that_fails_does_not_stop_the_others(bus: Bus) -> None:
    name, ear = topic(), Ear()

    def broken(word: str) -> None:
        raise RuntimeError("this listener is broken")

    bus.listen(name, broken)
    bus.listen(name, ear)
    bus.say(name, "1")
    bus.say(name, "2")
    assert ear.has("1", "2")


def test_nobody_listening_is_no_trouble(bus: Bus) -> None:
    bus.say(topic(), "1")


def test_a_closed_bus_is_silent(bus: Bus) -> None:
    name, ear = topic(), Ear()
    bus.listen(name, ear)
    bus.close()
    bus.say(name, "1")
    assert not ear.has("1", seconds=0.2)


@pytest.mark.redis
def test_redis_joins_processes() -> None:
    name, ear, bus = topic(), Ear(), RedisBus(redis_url())
    bus.listen(name, ear)
    program = f"from prakai.kernel.bus import bus_at; bus_at({redis_url()!r}).say({name!r}, 'from afar')"
    subprocess.run([sys.executable, "-c", program], check=True)
    assert ear.has("from afar")
    bus.close()


@pytest.mark.redis
def test_redis_hears_again_after_its_connection_was_cut() -> None:
    import redis

    name, ear, bus = topic(), Ear(), RedisBus(redis_url())
    bus.listen(name, ear)
    bus.say(name, "1")
    assert ear.has("1")
    # Another test's listeners come back by themselves too.
    redis.Redis.from_url(redis_url()).client_kill_filter(_type="pubsub")
    until = time.monotonic() + 10
    while len(ear.heard) < 2 and time.monotonic() < until:
        bus.say(name, "2")
        time.sleep(0.1)
    assert ear.heard[:2] == ["1", "2"]
    bus.close()


def test_a_bus_that_cannot_be_reached_stops_nobody() -> None:
    """The journal has the truth: an action must not fail because the bus is down; this process still hears itself."""
    bus, ear, name = RedisBus("redis://127.0.0.1:1/0"), Ear(), topic()
    bus.listen(name, ear)
    begun = time.monotonic()
    bus.say(name, "1")
    assert ear.has("1")
    assert time.monotonic() - begun < 3
    bus.close()


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("", LocalBus),
        ("local:", LocalBus),
        ("redis://localhost:6379/0", RedisBus),
        ("valkey://localhost:6379/1", RedisBus),
    ],
)
def test_the_address_chooses_the_side(url: str, kind: type[Bus]) -> None:
    bus = bus_at(url)
    assert type(bus) is kind
    bus.close()


@pytest.mark.parametrize("url", ["kafka://x", "http://localhost", "localhost:6379"])
def test_an_unknown_address_says_what_to_write(url: str) -> None:
    with pytest.raises(ValueError, match="redis://HOST:PORT/0"):
        bus_at(url)
