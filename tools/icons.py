"""Draw the PNG icons of the installed page from our own spark: ``python tools/icons.py`` (needs Chromium)."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ICONS = Path(__file__).resolve().parent.parent / "prakai" / "web" / "static" / "icons"
PAPER = "#fbf9f4"
# The spark keeps to the middle 60 %, so that a phone may cut the icon round.
SHARE = 0.6


def draw(size: int) -> bytes:
    """Return a square PNG of ``size`` pixels: the spark on paper, in few colours."""
    spark = (ICONS / "spark.svg").read_text(encoding="utf-8")
    page_of_icon = (
        f'<body style="margin:0;background:{PAPER};display:grid;place-items:center;height:100vh">'
        f'<div style="width:{SHARE * 100}vw">{spark}</div></body>'
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": size, "height": size})
        page.set_content(page_of_icon)
        picture = page.screenshot()
        browser.close()
    smaller = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(32).save(smaller, "PNG", optimize=True)
    return smaller.getvalue()


if __name__ == "__main__":
    for name, size in (("icon-192", 192), ("icon-512", 512), ("touch-180", 180)):
        (ICONS / f"{name}.png").write_bytes(draw(size))
