"""Limits and guards: what may be read at all. Everything refused says why, in one sentence and one code."""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read. All sizes are bytes; `item_bytes` counts the text of one entry or page."""

    page_bytes: int = 64 * MIB
    export_bytes: int = 512 * MIB
    item_bytes: int = 8 * MIB
    front_matter_bytes: int = 64 * 1024
    files: int = 100_000
    depth: int = 40
    archive_entries: int = 10_000
    archive_index_bytes: int = 8 * MIB
    archive_total_bytes: int = 512 * MIB
    archive_ratio: int = 120
    comments: int = 10_000


LIMITS = Limits()


class Refusal(Exception):
    """A file or an entry that is not read. `code` is stable for translation, `reason` is plain English."""

    def __init__(self, code: str, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.line = line


def size_in_words(size: int) -> str:
    """A size as people read it: "64 MiB"."""
    return f"{size / MIB:.0f} MiB" if size >= MIB else f"{size} bytes"


def open_regular(path: Path) -> tuple[BinaryIO, int]:
    """An ordinary file opened for reading, and its size in bytes.

    Never waits on a pipe or a device, and refuses from its size what no source may have, before reading a byte.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not valid"
        raise Refusal("unreadable", f"The file cannot be opened: {reason}.") from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise Refusal("not-a-file", "This is not an ordinary file.")
        check_size(found.st_size, LIMITS.export_bytes)
        return os.fdopen(descriptor, "rb"), found.st_size
    except BaseException:
        os.close(descriptor)
        raise


def check_size(size: int, limit: int) -> None:
    """Refuse a file of `size` bytes when it is larger than `limit`."""
    if size > limit:
        raise Refusal(
            "too-large",
            f"The file is too large: {size_in_words(size)}, and at most {size_in_words(limit)} is read.",
        )


def read_whole(file: BinaryIO, size: int, limit: int) -> bytes:
    """All bytes of a file of `size`, refused above `limit`, also when the file grows while it is read."""
    check_size(size, limit)
    content = file.read(limit + 1)
    check_size(len(content), limit)
    return content


_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,80}encoding\s*=\s*["']|<meta[^>]{0,120}charset\s*=\s*["']?)([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
_KNOWN: Final = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8",
    "tis-620": "cp874", "tis620": "cp874", "windows-874": "cp874", "cp874": "cp874", "iso-8859-11": "cp874",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252",
}  # fmt: skip
_THAI_LETTER = re.compile("[\u0e01-\u0e3a\u0e40-\u0e5b]")
_STRAY_MARK = re.compile(
    "(?<![\u0e01-\u0e2e\u0e34-\u0e3a\u0e31\u0e33\u0e46-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
)


def _reads_as_thai(text: str) -> bool:
    """Whether text decoded from Thai Windows bytes is Thai: some letters, and marks that stand on consonants."""
    letters = len(_THAI_LETTER.findall(text))
    return letters >= 3 and len(_STRAY_MARK.findall(text)) * 10 <= letters


def choose_encoding(head: bytes, *, whole: bool) -> str:
    """The name of the encoding of a file that begins with `head` (`whole`: that is all of it).

    A byte order mark decides; then UTF-8 when it fits; then what the file declares; then Windows-874 (TIS-620) when
    that gives Thai. Raises `Refusal` for bytes that are no text at all.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Refusal("encoding", "The text is in UTF-32, which is not read; save it as UTF-8.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        raise Refusal("binary", "The file is not text: it holds zero bytes.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head, final=whole)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(head[:4096])
    name = _KNOWN.get(declared[1].decode("ascii").lower()) if declared else None
    for candidate in dict.fromkeys(filter(None, (name, "cp874"))):
        if candidate == "utf-8":
            continue
        try:
            text = head.decode(candidate)
        except UnicodeDecodeError:
            continue
        if candidate != "cp874" or _reads_as_thai(text):
            return candidate
    raise Refusal("encoding", "The text is neither UTF-8, UTF-16 nor Thai Windows-874.")


def decode(content: bytes) -> str:
    """The text of a whole file, without byte order mark, lines ended by "\\n"; `Refusal` when it is not text."""
    encoding = choose_encoding(content, whole=True)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal("encoding", "The text is damaged: it breaks off inside a character.") from None
    if "\0" in text:
        raise Refusal("binary", "The file is not text: it holds zero bytes.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


_SUBSET = re.compile(r"<!ENTITY|<!DOCTYPE[^<>\[]*\[")


def refuse_entities(preamble: str) -> None:
    """Refuse XML that declares entities of its own: they can grow without end or name other files."""
    if _SUBSET.search(preamble):
        raise Refusal("xml-entities", "The file declares XML entities of its own, which are not read.")


_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def sendable(text: str) -> str:
    """`text` without control characters and lone surrogates, which neither a database nor a page can hold."""
    return _UNSENDABLE.sub("", text) if _UNSENDABLE.search(text) else text


def label(path: Path) -> str:
    """A path as text that can be printed and stored, also when its name is not valid UTF-8."""
    return sendable(os.fsencode(path).decode("utf-8", "replace"))
