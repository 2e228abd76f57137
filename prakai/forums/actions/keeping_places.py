"""Finding a marked sentence again in a text that was corrected."""

from __future__ import annotations

from datetime import datetime
from difflib import SequenceMatcher
from typing import Final

from prakai.forums.models import Nugget
from prakai.thai.sentences import sentences

ALIKE: Final = 0.6
"""How much of a sentence has to be the same for it to be the same sentence, said better."""


def keep_places(nuggets: list[Nugget], text: str, *, at: datetime) -> None:
    """Put the nuggets of one part where their sentences stand in ``text`` now, also when they were reworded a little.

    One of which there is nothing like any more is gone, and its words with it: its teller took them back.
    """
    # None stands for a moment, so that one can come to where another was.
    Nugget.objects.filter(pk__in=[nugget.pk for nugget in nuggets]).update(gone_at=at)
    taken: list[tuple[int, int]] = []
    for nugget in sorted(nuggets, key=lambda one: one.verbatim not in text):
        place = text.find(nugget.verbatim)
        found = (place, place + len(nugget.verbatim)) if place >= 0 else _most_alike(nugget.verbatim, text)
        if found is None or any(start < found[1] and end > found[0] for start, end in taken):
            nugget.gone_at, nugget.verbatim, nugget.paraphrase = at, "", ""
        else:
            taken.append(found)
            nugget.start, nugget.end = found
            nugget.verbatim = text[nugget.start : nugget.end]
        nugget.save()


def _most_alike(words: str, text: str) -> tuple[int, int] | None:
    best: tuple[float, tuple[int, int]] | None = None
    matcher = SequenceMatcher(b=words, autojunk=False)
    for start, end in sentences(text):
        matcher.set_seq1(text[start:end])
        if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
            continue
        ratio = matcher.ratio()
        if ratio >= ALIKE and (best is None or ratio > best[0]):
            best = ratio, (start, end)
    return best[1] if best is not None else None
