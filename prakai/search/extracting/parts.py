"""Office files are ZIP files full of XML: whether one unpacks to a bearable size, and the text of its paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from prakai.search.extracting.limits import MOST_PARTS, MOST_UNPACKED, MOST_XML, NotRead

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def bearable(content: bytes, *, held: bool = True) -> io.BytesIO:
    """Return an Office file for a library to open; ``held`` when the library holds its XML whole in memory.

    Raises ``NotRead``. Sizes are those that the file claims: unpacking stops there (``zipfile``).
    """
    if content.startswith(ENCRYPTED):
        raise NotRead("encrypted")
    file = io.BytesIO(content)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise NotRead("encrypted")
    xml = [entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    if (
        len(entries) > MOST_PARTS
        or sum(entry.file_size for entry in entries) > MOST_UNPACKED
        or (held and sum(xml) > MOST_XML)
    ):
        raise NotRead("size")
    file.seek(0)
    return file


def xml_of(blob: bytes) -> Any:
    """Return the root of a part that its library left as bytes: no entities, no network, no endless depth."""
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))


def paragraphs(root: Any, space: str) -> Iterator[str]:
    """Yield the text of each paragraph under ``root``, in order; ``space`` is the namespace of ``p`` and ``t``.

    A paragraph inside another one (a text box) comes before the rest of it. What a newer program repeats for older ones
    is left out, and so is what was struck.
    """
    paragraph, words = f"{{{space}}}p", f"{{{space}}}t"
    gaps = {f"{{{space}}}{name}": sign for name, sign in (("br", "\n"), ("cr", "\n"), ("tab", " "))}
    open_ones: list[list[str]] = [[]]
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag == FALLBACK:
            skipped += 1 if event == "start" else -1
        elif skipped:
            continue
        elif element.tag == paragraph and event == "start":
            open_ones.append([])
        elif element.tag == paragraph:
            yield "".join(open_ones.pop())
        elif event == "start" and element.tag == words:
            open_ones[-1].append(element.text or "")
        elif event == "start" and element.tag in gaps:
            open_ones[-1].append(gaps[element.tag])
