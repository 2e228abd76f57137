"""QR codes as pictures in the page: drawn here, black on white, sharp on paper."""

from __future__ import annotations

import segno


def qr_image(text: str) -> str:
    """Return ``text`` as a QR code, in the form of an address that an ``img`` can hold."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(border=2, omitsize=False, scale=4))
