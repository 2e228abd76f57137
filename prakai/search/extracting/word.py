"""The text of a Word document (DOCX): body with tables and text boxes, then foot- and endnotes, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator

import docx

from prakai.search.extracting.parts import bearable, paragraphs, xml_of

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BESIDE = ("footnotes", "endnotes", "header", "footer")


def texts(content: bytes) -> Iterator[str]:
    """Yield the paragraphs of the document."""
    document = docx.Document(bearable(content))
    yield from paragraphs(document.element, WORDS)
    beside = {str(part.partname): part for part in document.part.package.iter_parts()}
    for kind in BESIDE:
        for name in sorted(beside):
            if name.startswith(f"/word/{kind}") and name.endswith(".xml"):
                yield from paragraphs(xml_of(beside[name].blob), WORDS)
