"""Sarabun for the web: Thai, Latin and punctuation of two weights, with the marks where Thai needs them."""

from __future__ import annotations

from pathlib import Path

WEIGHTS = {"400": "Sarabun-Regular.ttf", "700": "Sarabun-Bold.ttf"}
# Basic Latin, Latin-1, Latin Extended-A; spacing modifiers; Thai; general punctuation, currency, letterlike, arrows,
# minus and comparison signs, dotted circle (shown under a stray mark).
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2C6, 0x2DD),
    (0x300, 0x304),
    (0xE01, 0xE3A),
    (0xE3F, 0xE5B),
    (0x2000, 0x206F),
    (0x20AC, 0x20AC),
    (0x2116, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2260, 0x2265),
    (0x25CC, 0x25CC),
)


def font_files() -> dict[str, Path]:
    """Return weight → the package's font file."""
    import fontpkg_sarabun

    return {weight: Path(fontpkg_sarabun.ROOT) / "files" / name for weight, name in WEIGHTS.items()}


def made_fonts(folder: Path) -> list[Path]:
    """Return where the web fonts of this place lie (``folder`` is ``DATA_DIR/made/fonts``)."""
    return [folder / f"sarabun-{weight}.woff2" for weight in WEIGHTS]


def make_fonts(folder: Path) -> None:
    """Write the two WOFF2 files into ``folder``. Layout features (mark positions, contextual forms) are all kept."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    folder.mkdir(parents=True, exist_ok=True)
    for weight, source in font_files().items():
        options = Options()
        options.layout_features = ["*"]
        options.flavor = "woff2"
        options.hinting = False
        options.drop_tables += ["DSIG"]
        options.notdef_outline = True
        font = TTFont(source, lazy=True)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
        subsetter.subset(font)
        font.flavor = "woff2"
        beside = folder / f"sarabun-{weight}.part"
        font.save(beside)
        font.close()
        beside.replace(folder / f"sarabun-{weight}.woff2")
