"""The text of a PDF, page by page, with what Thai typesetting does to it undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import pypdfium2 as pdfium
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from prakai.search.extracting.limits import MOST_LETTERS, MOST_PAGES, NotRead
from prakai.thai.letters import CONSONANTS, LETTERS, MARKS, SARA_AA, SARA_AM, TONES

LINES: Final = re.compile(r"\r\n|\r|\n")
HYPHENS: Final = re.compile("[\ufffe\u0002]\\s*")
"""What PDFium puts for a hyphen at the end of a line inside a word."""
LONG: Final = 20
FULL: Final = 0.7
"""A line of so many letters, and so long by the longest of its page, went on in the next because its room ended."""

# The ring of ำ is often written as a sign that no reader knows, which gives a space: ท า, น ้า, จ านวน. No word begins
# with า, so that it can only be ำ; not where single letters are set apart (ก า ร).
_TORN_AM: Final = re.compile(f"(?<=[{CONSONANTS}]) ([{TONES}]?){SARA_AA}(?! [{CONSONANTS}](?: |$))", re.M)
_MARK_APART: Final = re.compile(f"(?<=[{LETTERS}]) (?=[{MARKS}])")
_THAI_END: Final = re.compile(f"[{LETTERS}{SARA_AM}]$")
_THAI_START: Final = re.compile(f"[{CONSONANTS}\u0e40-\u0e44]")


def texts(content: bytes) -> Iterator[str]:
    """Yield the text of each page."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as trouble:
        locked = getattr(trouble, "err_code", None) in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY)
        raise NotRead("encrypted" if locked else "damaged") from trouble
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
            words = page.get_textpage()
        except pdfium.PdfiumError:
            continue  # a page that is damaged; the others are read
        yield mended(words.get_text_range(0, min(words.count_chars(), MOST_LETTERS)))
        words.close()
        page.close()


def mended(page: str) -> str:
    """Return the text of a page with lines joined where one sentence went on, and ำ whole again."""
    lines = LINES.split(HYPHENS.sub("", page))
    full = max(LONG, FULL * max(len(line) for line in lines))
    joined = lines[0]
    for earlier, line in pairwise(lines):
        goes_on = len(earlier) >= full and _THAI_END.search(earlier) and _THAI_START.match(line) is not None
        joined += line if goes_on else f"\n{line}"
    return _MARK_APART.sub("", _TORN_AM.sub(rf"\1{SARA_AM}", joined))
