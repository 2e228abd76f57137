"""Lost networks, a killed server, double taps: each spark is kept once, and heard once by who comes back."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.walling import OPEN, Phone, Screen, killed_and_back, rows, said
from tests.serving import Running, make_place

THROWN = 24


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.redis)])
def bus(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "local" else os.environ["TEST_BUS_URL"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return make_place(tmp_path)


class Hall:
    """The servers of a hall: one of everything, or pages and what streams apart, joined by the bus."""

    def __init__(self, place: Path, bus: str) -> None:
        if bus:
            self.pages = Running(
                place, "serve", "--pages-only", "--workers", "2", BUS_URL=bus, PAGE_CACHE="off"
            ).__enter__()
            self.live = Running(place, "serve", "--live-only", ready="/live/health", BUS_URL=bus).__enter__()
        else:
            self.pages = self.live = Running(place, "serve", ready="/live/health").__enter__()

    def kill(self) -> None:
        """Kill every server without a word, and start it anew on its port."""
        if self.pages is self.live:
            self.pages = self.live = killed_and_back(self.pages)
        else:
            self.live = killed_and_back(self.live)
            self.pages = killed_and_back(self.pages)

    def stop(self) -> None:
        """Stop in order."""
        for site in {id(one): one for one in (self.pages, self.live)}.values():
            site.stop()


@pytest.fixture
def hall(place: Path, bus: str) -> Iterator[Hall]:
    hall = Hall(place, bus)
    yield hall
    hall.stop()


def test_each_spark_arrives_exactly_once(place: Path, hall: Hall) -> None:
    code = said(place, OPEN)
    screens = [Screen(hall.live.port, code) for _ in range(3)]
    phones = [Phone(hall.pages.port, code) for _ in range(3)]
    wait_for(screens)
    throwers: list[threading.Thread] = []
    for number in range(THROWN):
        phone = phones[number % 3]
        thrower = threading.Thread(
            target=phone.throw,
            args=(f"phone-{number:04}", f"ประกายที่ {number}"),
            kwargs={"taps": 1 + (number % 4 == 0), "answer_is_lost": number % 5 == 1},
        )
        thrower.start()
        throwers.append(thrower)
        if number % 6 == 3:
            screens[1].lose_network()
        if number == THROWN // 2:
            hall.kill()  # with posts on their way
        else:
            thrower.join()
    for thrower in throwers:
        thrower.join()
    kept = rows(place)
    answered = {client_id: public_id for phone in phones for client_id, public_id in phone.answered.items()}
    assert (len(kept), answered) == (THROWN, kept)
    for screen in screens:
        assert screen.until(THROWN), f"heard {len(screen.heard)} of {THROWN}"
        screen.close()
        assert sorted(screen.heard) == sorted(kept.values())
    assert screens[0].opened > 1  # the killed server broke its line
    assert screens[1].opened > screens[0].opened


def test_a_wrong_code_and_a_full_hall_get_a_clear_answer(place: Path) -> None:
    with Running(place, "serve", "--live-only", ready="/live/health", WALL_MOST="2") as site:
        code = said(place, OPEN)
        screens = [Screen(site.port, code.upper()) for _ in range(2)]  # as it is read aloud
        wait_for(screens)
        answers = [site.get(f"/live/walls/{word}") for word in ("zzzzz", "x", code)]
        assert [status for status, _, _ in answers] == [404, 404, 503]
        assert answers[2][1]["retry-after"] == "10"
        for screen in screens:
            screen.close()


def wait_for(screens: list[Screen]) -> None:
    """Wait until every screen has been greeted."""
    until = time.monotonic() + 20
    while not all(screen.last for screen in screens):
        assert time.monotonic() < until
        time.sleep(0.02)
