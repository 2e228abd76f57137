"""Network addresses, only as far as somebody who comes again is the same one; they are kept nowhere."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

LINE = 64


def line_of(address: str) -> str:
    """Return what stays of ``address`` when its device takes another one: of IPv6 the first 64 bits, of IPv4 all.

    A home or phone line is given 2⁶⁴ addresses of IPv6, and devices change theirs every day.
    """
    if ":" not in address:
        return address
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    assert isinstance(known, IPv6Address)  # it has a colon
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return f"{int(known) >> (128 - LINE):x}::"
