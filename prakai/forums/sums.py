"""Which sums of what people keep to themselves may be told, so that nobody's own answer can be worked out.

The method is that of statistical disclosure control for tables of counts (A. Hundepool and others, *Statistical
Disclosure Control*, Wiley 2012, chapters 4 and 5). *Primary suppression*: a cell of fewer than five is not told.
*Rounding*: what is told is rounded down to a multiple of five. *Secondary suppression*: a cell that is safe by itself
is lowered, too, when the told cells together would leave fewer than ``REST`` people of whom nothing is known: else
"all of them tried it" would tell of each, and so would what is left when the number of people is known.

A second table about the same people, one answer later, would undo all of it: the difference of the two is one person.
Therefore sums are not read anew from the answers. They are *published*: at the beginning of a month, for at least
``BATCH`` people who were in no table before, and a person stands in one table of a review, once (after 30, 90 or 180
days alike; what she says later is hers alone). Tables are of different people, so no difference of two is about
anybody. The number of promises is published once, when no more are taken in. Nothing published changes later, whoever
takes a promise back: what is kept are the rounded figures, not who stands behind them.

Held against everybody who watches the page after each single answer, knows who answers when, how this works, and what
two of the people answered (``tests/forums/test_promise_sums.py``). No method that tells true figures holds against
somebody who wrote nearly all answers herself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

STEP: Final = 5
REST: Final = 3
BATCH: Final = 10


def told(counts: Mapping[str, int], people: int) -> dict[str, int]:
    """Return what may be told of ``counts`` of ``people``: at least so many, in fives; the rest is left out."""
    shown = {kind: count - count % STEP for kind, count in counts.items()}
    while shown and sum(shown.values()) > max(0, people - REST):
        shown[max(shown, key=lambda kind: shown[kind])] -= STEP
    return {kind: least for kind, least in shown.items() if least}
