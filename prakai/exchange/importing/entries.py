"""A large XML file cut into its entries, one at a time, so that a broken one breaks nothing but itself.

The text is scanned for `<item>` or `<entry>` outside of CDATA and comments; each piece is then parsed alone.
So a file of any length takes the memory of one entry, and every entry knows its line.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from html import entities
from itertools import chain
from typing import BinaryIO, Final, Literal

from lxml import etree

from .hostile import LIMITS, Refusal, choose_encoding, refuse_entities

PIECE: Final = 256 * 1024
HEAD: Final = 64 * 1024
PREAMBLE_LIMIT: Final = 16 * 1024 * 1024
_KEEP: Final = 64
_TOKEN = re.compile(
    r"(?P<cdata><!\[CDATA\[)|(?P<comment><!--)|(?P<open><(?:[\w.-]+:)?(?:item|entry)(?=[\s>]))"
    r"|(?P<close></(?:[\w.-]+:)?(?:item|entry)\s*>)"
)
_ENDS: Final = {"cdata": "]]>", "comment": "-->"}
_ROOT = re.compile(
    r"""<(?P<name>(?:[\w.-]+:)?(?:rss|feed|RDF))(?P<attributes>(?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*)?)>"""
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written. `place` counts from 1; `line` is where it begins; `fault` says what is wrong."""

    text: str
    place: int
    line: int
    fault: Literal["", "cut-off", "item-too-large"] = ""


def pieces_of(file: BinaryIO) -> Iterator[str]:
    """The text of a file piece by piece; bytes that are no text become lone surrogates, told by `text_fault`."""
    head = file.read(HEAD)
    encoding = choose_encoding(head, whole=len(head) < HEAD)
    decoder = getincrementaldecoder(encoding)(errors="surrogateescape" if encoding != "utf-16" else "replace")
    chunk = head
    while chunk:
        yield decoder.decode(chunk)
        chunk = file.read(PIECE)
    yield decoder.decode(b"", final=True)


def scan(pieces: Iterator[str]) -> tuple[str, Iterator[Entry]]:
    """What stands before the first entry, and all entries in order.

    Raises `Refusal` for XML that declares entities of its own, or that comes to no entry within 16 MiB.
    """
    tokens = _tokens(pieces)
    before: list[str] = []
    size = 0
    opening = ""
    for kind, text in tokens:
        if kind == "open":
            opening = text
            break
        before.append(text)
        size += len(text)
        if size > PREAMBLE_LIMIT:
            raise Refusal("too-large", "The file holds too much before its first entry.")
    preamble = "".join(before)
    refuse_entities(preamble)
    return preamble, _entries(tokens, opening, preamble.count("\n") + 1)


def _tokens(pieces: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The text as a sequence of ("open" | "close" | "text", what is written), nothing left out."""
    buffer = ""
    until: str | None = None
    for piece in chain(pieces, (None,)):
        buffer += piece or ""
        position = 0
        while True:
            if until is not None:
                end = buffer.find(until, position)
                if end >= 0:
                    end += len(until)
                    yield "text", buffer[position:end]
                    position, until = end, None
                    continue
                kept = len(buffer) if piece is None else max(position, len(buffer) - len(until))
            else:
                token = _TOKEN.search(buffer, position)
                if token is not None:
                    yield "text", buffer[position : token.start()]
                    kind = token.lastgroup or ""
                    yield (kind if kind in {"open", "close"} else "text"), token[0]
                    position, until = token.end(), _ENDS.get(kind)
                    continue
                kept = len(buffer) if piece is None else max(position, len(buffer) - _KEEP)
            yield "text", buffer[position:kept]
            buffer = buffer[kept:]
            break


def _entries(tokens: Iterator[tuple[str, str]], opening: str, line: int) -> Iterator[Entry]:
    """The entries of a text whose first one has just been opened."""
    parts: list[str] = [opening]
    size, place, start = 0, 1, line
    inside = bool(opening)
    for kind, text in tokens:
        if kind == "open":
            if inside:
                yield Entry("", place, start, "cut-off")
                place += 1
            parts, size, start, inside = [], 0, line, True
        line += text.count("\n")
        if not inside:
            continue
        size += len(text)
        if size <= LIMITS.item_bytes:
            parts.append(text)
        elif parts:
            parts = []
        if kind == "close":
            large = size > LIMITS.item_bytes
            yield Entry("" if large else "".join(parts), place, start, "item-too-large" if large else "")
            parts, inside = [], False
            place += 1
    if inside:
        yield Entry("", place, start, "item-too-large" if size > LIMITS.item_bytes else "cut-off")


_FAULTS: Final = {
    "cut-off": "This entry has no end: the file is cut off or damaged here.",
    "item-too-large": "This entry is too large for one note.",
}
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(\w{1,40};)?")


class XmlFrame:
    """The root of a file, put around each entry so that its prefixes keep their meaning."""

    def __init__(self, preamble: str) -> None:
        found = _ROOT.search(preamble)
        if found is None:
            raise Refusal("not-recognised", "The file has no root that is known.")
        self.name = found["name"].rpartition(":")[2]
        self.opening = found[0]
        self.closing = f"</{found['name']}>"

    def parse(self, entry: Entry) -> tuple[etree._Element, str, bool]:
        """The element of an entry, its text as parsed, and whether it had to be repaired; raises `Refusal`.

        Repaired are control characters, bare "&" and names of HTML characters that XML does not know.
        """
        if entry.fault:
            raise Refusal(entry.fault, _FAULTS[entry.fault], entry.line)
        if _SURROGATE.search(entry.text):
            raise Refusal(
                "encoding", "This entry holds bytes that are not text in the file's encoding.", entry.line
            )
        try:
            return self._parsed(entry.text), entry.text, False
        except (etree.XMLSyntaxError, ValueError):
            pass
        repaired = _repaired(_BAD.sub("", entry.text))
        try:
            return self._parsed(repaired), repaired, True
        except (etree.XMLSyntaxError, ValueError) as error:
            line = entry.line
            if isinstance(error, etree.XMLSyntaxError) and error.lineno:
                line += max(0, error.lineno - 1 - self.opening.count("\n"))
            reason = _PLACE.sub("", str(error)).strip(" ,") or "syntax error"
            raise Refusal("bad-xml", f"This entry is not well-formed XML: {reason[:160]}.", line) from None

    def _parsed(self, text: str) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding="utf-8",
        )
        root = etree.fromstring(f"{self.opening}{text}{self.closing}".encode(), parser)
        if not len(root):
            raise ValueError("no element")
        return root[0]


_PLACE = re.compile(r"(?:\s*,)?\s*line \d+(?:, column \d+)?|\s*\(<string>.*|\n.*", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


def _repaired(text: str) -> str:
    """The text with its references made good outside of CDATA."""
    parts: list[str] = []
    position = 0
    while True:
        start = text.find("<![CDATA[", position)
        parts.append(_REFERENCE.sub(_known_character, text[position : start if start >= 0 else len(text)]))
        end = text.find("]]>", start) if start >= 0 else -1
        if end < 0:
            parts.append(text[start:] if start >= 0 else "")
            return "".join(parts)
        parts.append(text[start:end])
        position = end


def _known_character(reference: re.Match[str]) -> str:
    """A character for its HTML name, "&amp;" for a bare sign."""
    name = reference[1] or ""
    return entities.html5.get(name, f"&amp;{name}")
