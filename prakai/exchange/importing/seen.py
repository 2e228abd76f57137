"""What every reader does with a body: dates seen in it, its media, its language, a title from its first words."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from prakai.thai.dates import find_dates
from prakai.thai.graphemes import cut

from .hostile import LIMITS, Refusal
from .items import DateSeen, Media

DATES_IN: Final = 200_000
"""Characters of a body in which dates are looked for."""
TITLE_LIMIT: Final = 80
_THAI = re.compile("[\u0e01-\u0e2e]")
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|ods|odp|zip|mp3|mp4|mmap)$", re.I
)
_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.[A-Za-z0-9]{2,5}$)")


def dates_seen(text: str, written_at: datetime | None) -> tuple[DateSeen, ...]:
    """The dates in a text, each once, as ISO days; a missing year is taken near the day of writing."""
    near: date | None = written_at.date() if written_at else None
    found = find_dates(text[:DATES_IN], near=near)
    dates = (DateSeen(each.start.isoformat(), each.end.isoformat(), each.text) for each in found)
    return tuple(dict.fromkeys(dates))


def first_words(text: str) -> str:
    """A title for a text that has none: its first words, at most 80 graphemes."""
    return cut(" ".join(text[:2000].split()), TITLE_LIMIT)


def language_of(text: str) -> str | None:
    """ "th" when a fair part of the letters is Thai, else None: other languages are not guessed."""
    sample = text[:5000]
    letters = sum(1 for character in sample if character.isalpha())
    return "th" if letters and len(_THAI.findall(sample)) * 4 >= letters else None


def check_body(text: str, line: int | None) -> None:
    """Refuse a body that is too large for one item."""
    if len(text) > LIMITS.item_bytes:
        raise Refusal("item-too-large", "This item is too large for one note.", line)


def fragment(html: str) -> etree._Element | None:
    """HTML of a body as a tree under one element; None when there is nothing in it."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(f"<div>{html}</div>".encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def text_of(html: str) -> str:
    """The visible text of HTML, one line for each block."""
    tree = fragment(html)
    if tree is None:
        return ""
    for block in tree.iter("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"):
        block.tail = "\n" + (block.tail or "")
    return re.sub(r"\s*\n\s*", "\n", "".join(tree.itertext())).replace("\u00a0", " ").strip()


def media_in(
    html: str, folders: tuple[Path, ...], *, hosts: frozenset[str] = frozenset()
) -> tuple[Media, ...]:
    """The pictures of a body, and the files that it links on `hosts` or by a relative address."""
    if "<img" not in html.lower() and "href" not in html.lower():
        return ()
    tree = fragment(html)
    found: dict[str, Media] = {}
    for element in tree.iter("img", "a") if tree is not None else ():
        url = (element.get("src") if element.tag == "img" else element.get("href") or "") or ""
        url = url.strip()
        if not url or url.startswith(("data:", "#", "mailto:", "javascript:")) or url in found:
            continue
        if element.tag == "a" and not _is_file(url, hosts):
            continue
        alt = element.get("alt") or "".join(element.itertext())
        found[url] = Media(url, in_folders(url, folders), " ".join(alt.split()))
    return tuple(found.values())


def _is_file(url: str, hosts: frozenset[str]) -> bool:
    try:
        parts = urlsplit(url)
        return bool(_FILE.search(parts.path)) and (not parts.netloc or (parts.hostname or "") in hosts)
    except ValueError:
        return False


def in_folders(url: str, folders: tuple[Path, ...]) -> Path | None:
    """The file that an address names in one of the folders, never outside them; None when it is not there.

    Tried are the path behind `wp-content/uploads`, the whole path, and the bare name; then the picture without the
    size that WordPress writes into the names of smaller copies.
    """
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    if "\0" in path or len(path) > 1000:
        return None
    parts = [part for part in PurePosixPath(path).parts if part not in {"/", ".", ".."}]
    if not parts:
        return None
    tails = [parts, parts[-1:]]
    if "uploads" in parts:
        tails.insert(0, parts[parts.index("uploads") + 1 :])
    for tail in filter(None, tails):
        for name in dict.fromkeys((tail[-1], _SIZED.sub("", tail[-1]))):
            for folder in folders:
                found = _inside(folder, [*tail[:-1], name])
                if found is not None:
                    return found
    return None


def _inside(folder: Path, parts: list[str]) -> Path | None:
    try:
        candidate = folder.joinpath(*parts)
        if not candidate.is_file():
            return None
        return candidate if candidate.resolve().is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):
        return None
