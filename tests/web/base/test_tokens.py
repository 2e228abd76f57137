"""Colours: every pair of text and ground that the style sheets can make reads at 4.5:1, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[3] / "prakai" / "web" / "static" / "css"
SCREEN = tuple(sorted(path.name for path in CSS.glob("*.css") if path.name != "print.css"))

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")
INK = re.compile(r"(?<![-a-z])color:\s*var\(--([a-z0-9-]+)\)")
GROUND = re.compile(r"background-color:\s*var\(--([a-z0-9-]+)\)")

PAGE = ("paper", "sheet", "wash")
TINTED = ("spark-wash", "deep-wash", "flower-wash", "leaf-wash", "danger-wash", "honour-wash")
# What may stand in any text: words, quiet words, links.
ANYWHERE = ("ink", "muted", "deep", "deep-strong")
# Inks that only ever stand on the ground named in their own rule.
ON_OWN_GROUND = ("on-deep", "on-danger", "tint-ink")


def text_of(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (CSS / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def blocks() -> dict[str, list[dict[str, str]]]:
    """The colours of tokens.css by theme; dark is written twice. Paper and hall ("always") are the same in each."""
    found: dict[str, list[dict[str, str]]] = {"light": [], "dark": [], "always": []}
    for selector, body in RULE.findall(text_of("tokens.css")):
        colours = dict(TOKEN.findall(body))
        if colours:
            dark = ':not([data-theme="light"])' in selector or '[data-theme="dark"]' in selector
            always = selector.split("*/")[-1].strip() == "html"
            found["always" if always else "dark" if dark else "light"].append(colours)
    return found


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs_in_use() -> set[tuple[str, str]]:
    """Every (ink, ground) that a rule names itself, and every other ink on each ground where it may come to stand."""
    pairs = {(ink, ground) for ink in ANYWHERE for ground in PAGE + TINTED}
    for name in SCREEN:
        for _, body in RULE.findall(text_of(name)):
            inks, grounds = INK.findall(body), GROUND.findall(body)
            for ink in inks:
                pairs |= {(ink, ground) for ground in grounds}
                if not grounds and ink not in ON_OWN_GROUND:
                    pairs |= {(ink, ground) for ground in PAGE}
    return pairs


def test_contrast_is_worked_out_as_wcag_says() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_ink_and_ground_reads(theme: str) -> None:
    colours = blocks()[theme][0]
    # Paper and hall have grounds of their own: the next test.
    apart = set(blocks()["always"][0])
    pairs = {
        (ink, ground)
        for ink, ground in pairs_in_use()
        if not {ink, ground} & apart and (ink != "spark" or ground not in PAGE)
    }
    assert len(pairs) > 40
    weak = {
        (ink, ground): round(contrast(colours[ink], colours[ground]), 2)
        for ink, ground in pairs
        if contrast(colours[ink], colours[ground]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_and_icons_are_seen(theme: str) -> None:
    """Borders of fields, the focus ring and icons: 3:1 (WCAG 1.4.11)."""
    colours = blocks()[theme][0]
    weak = {
        (line, ground): round(contrast(colours[line], colours[ground]), 2)
        for line in ("edge", "focus", "spark", "danger")
        for ground in PAGE
        if contrast(colours[line], colours[ground]) < 3
    }
    assert weak == {}


def test_the_screen_of_a_hall_and_paper_read() -> None:
    [colours] = blocks()["always"]
    grounds = ("hall", "hall-card", "hall-pinned")
    inks = ("hall-ink", "hall-muted", "hall-spark")
    weak = [(i, g) for i in inks for g in grounds if contrast(colours[i], colours[g]) < 4.5]
    assert weak == []
    assert contrast(colours["print-ink"], colours["print-paper"]) == 21


def test_letters_read_on_every_portrait() -> None:
    for theme in ("light", "dark"):
        colours = blocks()[theme][0]
        weak = [n for n in range(8) if contrast(colours["tint-ink"], colours[f"tint-{n}"]) < 4.5]
        assert weak == []


def test_the_two_dark_blocks_are_the_same() -> None:
    dark = blocks()["dark"]
    assert len(dark) == 2
    assert dark[0] == dark[1]


def test_dark_answers_every_light_colour() -> None:
    found = blocks()
    assert set(found["dark"][0]) == set(found["light"][0])


def test_every_token_that_is_used_exists() -> None:
    known = set(re.findall(r"--([a-z0-9-]+):", text_of("tokens.css")))
    used = {
        name
        for sheet in CSS.glob("*.css")
        for name in re.findall(r"var\(--([a-z0-9-]+)", text_of(sheet.name))
    }
    assert used - known == set()


def test_colours_are_named_only_among_the_tokens() -> None:
    named = {
        sheet.name: re.findall(r"#[0-9a-fA-F]{3,8}\b", text_of(sheet.name))
        for sheet in CSS.glob("*.css")
        if sheet.name not in ("tokens.css", "print.css")
    }
    assert {name: found for name, found in named.items() if found} == {}


def test_no_sheet_outgrows_its_reader() -> None:
    long = {
        s.name: n for s in CSS.glob("*.css") if (n := len(s.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}
