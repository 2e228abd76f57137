"""The one way in for reading: paths to items, each source recognised by what it holds and not by its name."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from . import archives, feeds, gotoknow, jsonfeed, markdown, wordpress
from .folders import Source, sources_in
from .hostile import LIMITS, Refusal, choose_encoding, decode, read_whole, sendable
from .items import Broken, Item, LooseComment, Reading
from .seen import language_of

_HEAD: Final = 8192
_MEDIA: Final = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"%PDF", b"ID3", b"OggS", b"\x00\x00\x01\x00", b"BM", b"wOF",
    b"II*\x00", b"MM\x00*", b"\xd0\xcf\x11\xe0", b"OTTO", b"\x00\x01\x00\x00", b"\x1aE\xdf\xa3",
)  # fmt: skip
_TEXTS: Final = frozenset({"", ".txt", ".text", ".htm", ".html"})
_PAGE_PARTS: Final = frozenset({".css", ".js", ".json", ".svg", ".map", ".woff", ".woff2", ".ttf", ".ico"})


def read_paths(paths: Sequence[Path], *, media_folder: Path | None = None) -> Iterator[Reading]:
    """Everything that lies under `paths`, one reading at a time: items, loose comments, and what was broken.

    Folders are walked in a stable order; ZIP archives of pages are read inside. Never raises for what a file holds:
    a bad file or entry is a `Broken`, and the reading goes on. `media_folder`: where pictures and files were saved.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        for source in sources_in(path, media_folder=media_folder, seen=seen):
            if isinstance(source, Broken):
                yield source
            else:
                yield from _guarded(source, media_folder)


def _guarded(source: Source, media_folder: Path | None) -> Iterator[Reading]:
    """The readings of one source; what goes wrong in it stays in it."""
    try:
        for reading in _read(source, media_folder):
            yield _sendable(reading)
    except Refusal as refusal:
        yield Broken(source.name, refusal.line, refusal.code, refusal.reason)
    except OSError as error:
        reason = error.strerror or "it broke off"
        yield Broken(source.name, None, "unreadable", f"The file cannot be read: {reason}.")
    except Exception as error:
        # One page that meets a bug of ours must not stop ten thousand others; the code says that it is a bug.
        yield Broken(
            source.name, None, "bug", f"Reading failed: {type(error).__name__}: {sendable(str(error))[:200]}"
        )


def _read(source: Source, media_folder: Path | None) -> Iterator[Reading]:
    file, size = source.open()
    with file:
        head = file.read(_HEAD)
    if not head.strip():
        raise Refusal("empty", "The file is empty.")
    if head.startswith(b"PK\x03\x04"):
        yield from _read_archive(source, media_folder)
        return
    if head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"(\xb5/\xfd")):
        raise Refusal("packed", "Packed files other than ZIP are not read; unpack the file first.")
    if _is_media(source, head):
        if not source.walked:
            raise Refusal(
                "not-recognised", "This is a picture or a file of another kind, not a text to import."
            )
        return
    start = _start(head, whole=size <= _HEAD)
    if start.startswith("<") and wordpress.reads_as_export(start):
        yield from wordpress.read_export(source, media_folder)
    elif start.startswith("<") and not gotoknow.is_html(start) and feeds.reads_as_feed(start):
        yield from feeds.read_feed(source, media_folder)
    else:
        yield from _read_text(source, media_folder)


def _start(head: bytes, *, whole: bool) -> str:
    encoding = choose_encoding(head, whole=whole)
    return head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n")


def _read_archive(source: Source, media_folder: Path | None) -> Iterator[Reading]:
    if source.content is not None:
        raise Refusal("nested-archive", "An archive inside an archive is not read; unpack it first.")
    for member in archives.members(source):
        if isinstance(member, Broken):
            yield member
        else:
            yield from _guarded(member, media_folder)


def _is_media(source: Source, head: bytes) -> bool:
    """Whether a file is a picture, or a part that a browser saved beside a page."""
    if head.startswith(_MEDIA) or head[4:8] == b"ftyp":
        return True
    way = PurePosixPath(source.relative.rsplit("!", 1)[-1])
    return (
        source.walked
        and way.suffix.lower() in _PAGE_PARTS
        and any(part.endswith(("_files", ".files")) for part in way.parts[:-1])
    )


def _read_text(source: Source, media_folder: Path | None) -> Iterator[Reading]:
    file, size = source.open()
    with file:
        text = decode(read_whole(file, size, LIMITS.page_bytes))
    if markdown.has_front_matter(text) or markdown.begins_with_heading(text):
        yield markdown.read_markdown(source, text, media_folder)
    elif jsonfeed.reads_as_json(text):
        yield from jsonfeed.read_json_feed(source, text, media_folder)
    elif gotoknow.reads_as_page(text):
        yield gotoknow.read_page(source, text, media_folder)
    elif gotoknow.is_html(text):
        if gotoknow.named_number(source):
            yield gotoknow.read_page(source, text, media_folder)
            return
        raise Refusal("not-recognised", "This is a web page, but none of GotoKnow.")
    elif text.lstrip().startswith(("<?xml", "<!DOCTYPE")):
        raise Refusal("not-recognised", "This is XML, but neither RSS, Atom nor a WordPress export.")
    elif _suffix(source) in {".md", ".markdown"}:
        yield markdown.read_markdown(source, text, media_folder)
    elif _suffix(source) in _TEXTS and (gotoknow.named_number(source) or language_of(text)):
        # A saved text without any mark: only its Thai, or a number as its name, says that it is a note.
        yield gotoknow.read_page(source, text, media_folder)
    else:
        raise Refusal("not-recognised", "The file is none of the sources that are read.")


def _suffix(source: Source) -> str:
    """The ending of the name, which decides only where the content leaves it open."""
    return PurePosixPath(source.relative.rsplit("!", 1)[-1]).suffix.lower()


def _sendable(reading: Reading) -> Reading:
    """The reading with every text free of characters that cannot be stored."""
    cleaned = _clean(reading)
    if not isinstance(cleaned, Item | LooseComment | Broken):
        raise TypeError("a reading stays a reading")
    return cleaned


def _clean(value: Any) -> Any:
    """The same value when nothing in it needed cleaning, so that most items are passed on as they are."""
    if isinstance(value, str):
        return sendable(value)
    if isinstance(value, tuple):
        cleaned = tuple(_clean(each) for each in value)
        return value if all(a is b for a, b in zip(value, cleaned, strict=True)) else cleaned
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for name in value.__dataclass_fields__:
            before = getattr(value, name)
            after = _clean(before)
            if after is not before:
                changes[name] = after
        return dataclasses.replace(value, **changes) if changes else value
    return value
