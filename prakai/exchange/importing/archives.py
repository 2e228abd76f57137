"""ZIP archives of saved pages and Markdown: read in memory, never unpacked to disk, with bombs refused whole."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from .folders import Source
from .hostile import LIMITS, Refusal, sendable, size_in_words
from .items import Broken

_END = b"PK\x05\x06"
_END_SIZE = 22
_END_64 = b"PK\x06\x07"
_SLACK = 64 * 1024
_ENCRYPTED = 0x1


def members(source: Source) -> Iterator[Source | Broken]:
    """The members of a ZIP archive as sources, in the archive's order; raises `Refusal` for the whole archive."""
    file, size = source.open()
    with file:
        check_index(file, size)
        try:
            with zipfile.ZipFile(file) as archive:
                yield from _members(archive, source)
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            UnicodeDecodeError,
            struct.error,
            ValueError,
        ) as error:
            raise Refusal("bad-archive", f"The archive is damaged: {sendable(str(error))}.") from None


def check_index(file: BinaryIO, size: int) -> None:
    """Refuse an archive whose index alone would fill the memory, before it is read."""
    file.seek(max(0, size - _END_SIZE - _SLACK))
    tail = file.read(_END_SIZE + _SLACK)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        raise Refusal("bad-archive", "The archive is damaged: its index is missing.")
    entries, index_bytes = struct.unpack("<HL", tail[at + 10 : at + 16])
    if tail[max(0, at - 20) :][:4] == _END_64 or entries > LIMITS.archive_entries:
        raise Refusal("too-many-files", f"The archive holds more than {LIMITS.archive_entries} files.")
    if index_bytes > LIMITS.archive_index_bytes:
        raise Refusal("too-large", "The index of the archive is too large.")


def _members(archive: zipfile.ZipFile, source: Source) -> Iterator[Source | Broken]:
    listed = [member for member in archive.infolist() if not member.is_dir()]
    if len(listed) > LIMITS.archive_entries:
        raise Refusal("too-many-files", f"The archive holds more than {LIMITS.archive_entries} files.")
    total = sum(member.file_size for member in listed)
    if total > LIMITS.archive_total_bytes:
        raise Refusal("zip-bomb", f"The archive would unpack to {size_in_words(total)}; it is refused.")
    packed = sum(member.compress_size for member in listed)
    if total > LIMITS.page_bytes and total > LIMITS.archive_ratio * max(packed, 1):
        raise Refusal("zip-bomb", "The archive would unpack to far more than it holds; it is refused.")
    left = LIMITS.archive_total_bytes
    for member in listed:
        name = sendable(member.filename)
        label = f"{source.name}!{name}"
        if _left_behind(name) and not _leads_out(name):
            continue
        try:
            content = _content(archive, member, left)
        except Refusal as refusal:
            if refusal.code == "zip-bomb":
                raise
            yield Broken(label, None, refusal.code, refusal.reason)
            continue
        left -= len(content)
        yield Source(label, source.path, f"{source.relative}!{name}", None, walked=True, content=content)


def _left_behind(name: str) -> bool:
    return any(
        (part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX" for part in name.split("/")
    )


def _leads_out(name: str) -> bool:
    """Whether a name would lie outside of the folder into which an archive is unpacked, on any system."""
    way = name.replace("\\", "/").split("/")
    return way[0] == "" or ":" in way[0] or ".." in way


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """The bytes of one member; counts what comes out, since the index of a bomb lies about it."""
    if _leads_out(member.filename):
        raise Refusal("path-traversal", "The name of this member leads out of the archive.")
    if member.flag_bits & _ENCRYPTED:
        raise Refusal("encrypted", "This member is encrypted.")
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Refusal("bad-archive", "This member is packed in a way that is not read; pack it as plain ZIP.")
    if member.file_size > LIMITS.page_bytes:
        raise Refusal("too-large", f"This member is too large: {size_in_words(member.file_size)}.")
    if member.file_size > LIMITS.item_bytes and member.file_size > LIMITS.archive_ratio * max(
        member.compress_size, 1
    ):
        raise Refusal(
            "zip-bomb", "A member of the archive would unpack to far more than it holds; it is refused."
        )
    allowed = min(member.file_size, left)
    try:
        with archive.open(member) as opened:
            content = opened.read(allowed + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Refusal("bad-archive", f"This member is damaged: {sendable(str(error))}.") from None
    if len(content) > allowed:
        raise Refusal("zip-bomb", "The archive unpacks to more than it says; it is refused.")
    return content
