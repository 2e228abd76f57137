"""QR codes as pictures in the page: drawn here, black on white, sharp on paper."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

import segno


def qr_image(text: str) -> str:
    """Return ``text`` as a QR code, in the form of an address that an ``img`` can hold."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(border=2, omitsize=False, scale=4))


def qr_svg(text: str) -> bytes:
    """Return ``text`` as a QR code in a picture of its own (SVG), to print or to put on a slide."""
    address = segno.make(text, error="m", micro=False).svg_data_uri(border=4, scale=8, light="#ffffff")
    return unquote_to_bytes(address.split(",", 1)[1])
