"""What the tests of this folder share: where the fixtures lie, and short ways to read them."""

from __future__ import annotations

import re
from pathlib import Path

from prakai.exchange.importing.items import Broken, Item, LooseComment
from prakai.exchange.importing.readers import read_paths

HERE = Path(__file__).parent
PAGES = HERE / "pages"
EXPORTS = HERE / "exports"
NOTES = HERE / "notes"


def all_of(*paths: Path, media: Path | None = None) -> list[Item | LooseComment | Broken]:
    return list(read_paths(list(paths), media_folder=media))


def one(path: Path, media: Path | None = None) -> Item:
    (item,) = all_of(path, media=media)
    assert isinstance(item, Item), item
    return item


def broken(path: Path) -> Broken:
    (found,) = all_of(path)
    assert isinstance(found, Broken), found
    return found


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def codes(item: Item) -> list[str]:
    return [trouble.code for trouble in item.problems]


def blocks(html: str) -> list[str]:
    """The names of the outer blocks, in order."""
    return re.findall(r"^<(\w+)", html, re.MULTILINE)
