"""Sarabun for documents, levelled so that Thai can be taken out of a PDF as it was put in.

Where a tone mark stands over a vowel, Sarabun moves it up or down by a few thousandths of its size. typst writes a mark
that is moved vertically as a piece of its own, which repeats the text of its whole cluster: ครั้ง comes out as ครั้รั้ง.
The anchors of such marks are therefore set to one height (at most a fifteenth of the size, which nobody sees), and
nothing is moved.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

FACES: Final = ("Sarabun-Regular.ttf", "Sarabun-SemiBold.ttf", "Sarabun-Bold.ttf", "Sarabun-Italic.ttf")
UNSEEN: Final = 1 / 15
"""Of the size: a vertical move by so much is left out."""


def level_fonts(source: Path, made: Path) -> Path:
    """Return ``made``, a folder with the levelled faces of ``source``; they are made when they are not there yet."""
    if not all((made / name).exists() for name in FACES):
        made.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=made.parent) as fresh:
            for name in FACES:
                level(source / name, Path(fresh) / name)
            made.mkdir(exist_ok=True)
            for name in FACES:
                (Path(fresh) / name).replace(made / name)
    return made


def level(source: Path, target: Path) -> None:
    """Write the font ``source`` to ``target`` with its small vertical moves of marks left out."""
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    unseen = font["head"].unitsPerEm * UNSEEN
    for table in _tables(font["GPOS"].table):
        if hasattr(table, "Mark1Array"):
            _level(table.Mark1Array.MarkRecord, [r.Mark2Anchor for r in table.Mark2Array.Mark2Record], unseen)
        elif hasattr(table, "BaseArray"):
            _level(table.MarkArray.MarkRecord, [r.BaseAnchor for r in table.BaseArray.BaseRecord], unseen)
    font.save(target)
    font.close()


def _tables(positions: Any) -> Iterator[Any]:
    """The subtables by which marks stand over letters ("mark") and over other marks ("mkmk")."""
    wanted = {
        number
        for record in positions.FeatureList.FeatureRecord
        if record.FeatureTag in ("mark", "mkmk")
        for number in record.Feature.LookupListIndex
    }
    for number in sorted(wanted):
        for table in positions.LookupList.Lookup[number].SubTable:
            yield getattr(table, "ExtSubTable", table)


def _level(marks: list[Any], below: list[list[Any]], unseen: float) -> None:
    """Set what stands above and beneath each other, and nearly fits, to the height that most of its class have."""
    heights: dict[int, list[int]] = {}
    for record in marks:
        heights.setdefault(record.Class, []).append(record.MarkAnchor.YCoordinate)
    for kind, found in heights.items():
        for height in sorted(set(found), key=found.count):
            near = [r.MarkAnchor for r in marks if r.Class == kind]
            near += [anchors[kind] for anchors in below if anchors[kind] is not None]
            for anchor in near:
                if abs(anchor.YCoordinate - height) <= unseen:
                    anchor.YCoordinate = height
