"""One laptop in a hall without Internet: phones of its own network come in by the address that it shows."""

from __future__ import annotations

import os
import socket
from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from prakai.cli.serving.hall import hall_addresses, open_to_hall, shown_in_hall
from tests.serving import Running, prakai

Address = namedtuple("Address", "family address")
State = namedtuple("State", "isup")


@pytest.fixture
def networks(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The interfaces of a machine, as the system would tell of them."""
    told: dict[str, list[str]] = {}
    monkeypatch.setattr(
        psutil,
        "net_if_addrs",
        lambda: {name: [Address(socket.AF_INET, one) for one in found] for name, found in told.items()},
    )
    monkeypatch.setattr(
        psutil, "net_if_stats", lambda: {name: State(not name.endswith("-down")) for name in told}
    )
    for name in ("SITE_URL", "ALLOWED_HOSTS"):
        # Set and taken away, so that what the code under test sets is taken away afterwards, too.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return told


def test_the_likeliest_address_for_phones_comes_first(networks: dict[str, list[str]]) -> None:
    networks |= {
        "lo": ["127.0.0.1", "::1"],
        "docker0": ["172.17.0.1"],
        "eth0": ["10.1.2.3", "fe80::1%eth0", "00:16:3e:00:00:01"],
        "eth1-down": ["10.9.9.9"],
        "ppp0": ["8.8.4.4"],
        "wlan0": ["192.168.43.1", "169.254.7.7"],
    }
    assert hall_addresses() == ["192.168.43.1", "10.1.2.3", "8.8.4.4"]
    assert open_to_hall(8000) == "http://192.168.43.1:8000"
    assert os.environ["SITE_URL"] == "http://192.168.43.1:8000"
    assert os.environ["ALLOWED_HOSTS"].split(",")[-3:] == ["192.168.43.1", "10.1.2.3", "8.8.4.4"]
    assert "localhost" in os.environ["ALLOWED_HOSTS"].split(",")


def test_what_somebody_has_set_stays(networks: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    networks["wlan0"] = ["192.168.43.1"]
    monkeypatch.setenv("SITE_URL", "http://prakai.local")
    monkeypatch.setenv("ALLOWED_HOSTS", "prakai.local")
    assert open_to_hall(8000) == "http://prakai.local"
    assert os.environ["ALLOWED_HOSTS"] == "prakai.local,192.168.43.1"


def test_without_a_network_it_says_what_to_do(networks: dict[str, list[str]]) -> None:
    networks["lo"] = ["127.0.0.1"]
    assert open_to_hall(8000) == ""
    assert "SITE_URL" not in os.environ


def test_the_code_in_the_terminal_is_wide_enough_to_be_read() -> None:
    lines = shown_in_hall("http://192.168.43.1:8000").splitlines()
    assert "http://192.168.43.1:8000/" in lines[1]
    assert len(lines) > 12


def test_a_phone_of_the_same_network_comes_in(lively_place: Path) -> None:
    addresses = hall_addresses()
    if not addresses:
        said = prakai(lively_place, "serve", "--hall")
        assert said.returncode != 0
        assert "ฮอตสปอต" in said.stderr
        return
    with Running(lively_place, "serve", "--hall") as site:
        assert site.get("/about", Host=addresses[0])[0] == 200
        assert site.get("/about", Host="prakai.elsewhere.example")[0] == 400
        assert f"http://{addresses[0]}:{site.port}/" in site.get("/opensearch.xml")[2].decode()
        assert f"http://{addresses[0]}:{site.port}/" in site.said()


def test_one_port_for_the_hall(lively_place: Path) -> None:
    said = prakai(lively_place, "serve", "--hall", "--live-only")
    assert said.returncode == 2
    assert "--hall" in said.stderr
