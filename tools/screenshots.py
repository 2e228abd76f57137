"""Take the pictures of README.md from a running platform with the demo network (needs Chromium):

python tools/screenshots.py http://127.0.0.1:8000
"""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
COLOURS = 128
WIDE, PHONE = (1120, 760), (390, 760)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, who looks at what, and how."""

    name: str
    address: str
    role: str = ""
    size: tuple[int, int] = WIDE
    dark: bool = False
    at: str = ""


SHOTS = (
    Shot("front", "/"),
    Shot("note", "/notes/37"),
    Shot("talk", "/notes/37", role="reader", at=".talk"),
    Shot("unit", "/units", size=WIDE),
    Shot("write", "/write/how", role="writer", size=PHONE),
    Shot("phone", "/", size=PHONE, dark=True),
)


def small(picture: bytes) -> bytes:
    """Return the PNG in few colours: calm paper needs no more."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main(base: str) -> None:
    """Take all pictures from the platform at ``base``."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for shot in SHOTS:
            context = browser.new_context(
                base_url=base,
                viewport={"width": shot.size[0], "height": shot.size[1]},
                color_scheme="dark" if shot.dark else "light",
                locale="th-TH",
                timezone_id="Asia/Bangkok",
            )
            page = context.new_page()
            if shot.role:
                page.goto(f"/demo/enter/{shot.role}")
            page.goto(shot.address, wait_until="networkidle")
            if shot.at:
                page.locator(shot.at).first.evaluate("part => part.scrollIntoView({block: 'start'})")
            body = small(page.screenshot())
            (PICTURES / f"{shot.name}.png").write_bytes(body)
            print(f"{shot.name}: {len(body) // 1024} KB")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
