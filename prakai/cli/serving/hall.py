"""A hall without Internet: one laptop serves the phones of its own network, and its QR codes lead to it."""

from __future__ import annotations

import io
import ipaddress
import os

import psutil

EVERYWHERE = "0.0.0.0"  # noqa: S104  phones of the hall have to reach it
_UNREACHED = ("docker", "veth", "br-", "virbr", "tun", "tap", "wg", "zt", "tailscale")


def hall_addresses() -> list[str]:
    """Return this machine's addresses (IPv4) in the networks it stands in, the likeliest for phones first.

    A hotspot or a router without Internet has no way out, so every interface that is up is asked. Private addresses
    come before public ones, wireless before wired.
    """
    states = psutil.net_if_stats()
    found: list[tuple[bool, bool, str]] = []
    for name, entries in psutil.net_if_addrs().items():
        if name.startswith(_UNREACHED) or not (name in states and states[name].isup):
            continue
        for entry in entries:
            address = _reached_from_outside(entry.address)
            if address is not None:
                found.append((not address.is_private, not name.startswith(("wl", "ap", "en0")), str(address)))
    return [address for _, _, address in sorted(found)]


def open_to_hall(port: int) -> str:
    """Let the phones of this network in and return the address that they use; empty when there is no network.

    Sets ``SITE_URL`` and ``ALLOWED_HOSTS`` for this process and its workers: to be called before settings are read.
    What somebody has set stays.
    """
    addresses = hall_addresses()
    if not addresses:
        return ""
    named = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
    own = ["localhost", "127.0.0.1", "[::1]", ".localhost"]
    os.environ["ALLOWED_HOSTS"] = ",".join(dict.fromkeys([*(named or own), *addresses]))
    return os.environ.setdefault("SITE_URL", f"http://{addresses[0]}:{port}").rstrip("/")


def shown_in_hall(address: str) -> str:
    """Return the lines that tell a hall how to come in: the address, and its QR code in the letters of a terminal."""
    import segno

    picture = io.StringIO()
    segno.make(address, error="m").terminal(picture, compact=True, border=2)
    return "\n".join(
        [
            "",
            f"  โทรศัพท์ในห้องเปิดที่ · Phones in this hall open   {address}/",
            "",
            *(f"  {line}" for line in picture.getvalue().splitlines()),
        ]
    )


def _reached_from_outside(text: str) -> ipaddress.IPv4Address | None:
    try:
        address = ipaddress.IPv4Address(text)
    except ValueError:
        return None
    return None if address.is_loopback or address.is_link_local or address.is_unspecified else address
