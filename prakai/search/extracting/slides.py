"""The text of a PowerPoint presentation (PPTX): slide by slide, with tables and groups, and what the speaker noted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pptx

from prakai.search.extracting.limits import MOST_SLIDES
from prakai.search.extracting.parts import bearable, paragraphs

DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def texts(content: bytes) -> Iterator[str]:
    """Yield the paragraphs of the presentation."""
    show = pptx.Presentation(bearable(content))
    for slide in islice(show.slides, MOST_SLIDES):
        yield from paragraphs(slide.element, DRAWN)
        if slide.has_notes_slide:
            yield from paragraphs(slide.notes_slide.element, DRAWN)
