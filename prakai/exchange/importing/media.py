"""Pictures and files of a body, and where their copies lie on this disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from .folders import Source
from .items import Media
from .seen import fragment

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|ods|odp|zip|mp3|mp4|mmap)$", re.I
)
_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.[A-Za-z0-9]{2,5}$)")


@dataclass(frozen=True, slots=True)
class Places:
    """Where files of an item may lie: folders to look in, and the page's own folder inside a `root` never left."""

    folders: tuple[Path, ...] = ()
    beside: Path | None = None
    root: Path | None = None


def places_of(source: Source, media_folder: Path | None) -> Places:
    """The places for a page: the media folder given, then beside the page itself (not inside an archive)."""
    folders = (media_folder,) if media_folder else ()
    return Places(folders, source.path.parent, source.root) if source.root is not None else Places(folders)


def media_in(html: str, places: Places, *, hosts: frozenset[str] = frozenset()) -> tuple[Media, ...]:
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
        alt = element.get("alt") or "".join(map(str, element.itertext()))
        found[url] = Media(url, found_file(url, places), " ".join(alt.split()))
    return tuple(found.values())


def _is_file(url: str, hosts: frozenset[str]) -> bool:
    try:
        parts = urlsplit(url)
        return bool(_FILE.search(parts.path)) and (not parts.netloc or (parts.hostname or "") in hosts)
    except ValueError:
        return False


def found_file(url: str, places: Places) -> Path | None:
    """The file that an address names in one of the places, never outside them; None when it is not there.

    Tried are the way from the page itself, then in each folder the path behind `wp-content/uploads`, the whole
    path and the bare name; each also without the size that WordPress writes into names of smaller copies.
    """
    try:
        split = urlsplit(url)
        path = unquote(split.path)
    except ValueError:
        return None
    if not path or "\0" in path or len(path) > 1000:
        return None
    if (
        places.beside is not None
        and places.root is not None
        and not split.scheme
        and not path.startswith("/")
    ):
        found = _inside(places.root, places.beside / path)
        if found is not None:
            return found
    parts = [part for part in PurePosixPath(path).parts if part not in {"/", ".", ".."}]
    tails = [parts, parts[-1:]]
    if "uploads" in parts:
        tails.insert(0, parts[parts.index("uploads") + 1 :])
    for tail in filter(None, tails):
        for name in dict.fromkeys((tail[-1], _SIZED.sub("", tail[-1]))):
            for folder in places.folders:
                found = _inside(folder, folder.joinpath(*tail[:-1], name))
                if found is not None:
                    return found
    return None


def _inside(folder: Path, candidate: Path) -> Path | None:
    try:
        if not candidate.is_file():
            return None
        resolved = candidate.resolve()
        return resolved if resolved.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):
        return None
