"""The words of the wall: in how many sparks each is said. Words are counted, never people."""

from __future__ import annotations

from dataclasses import dataclass

from prakai.forums.models import Forum, Spark
from prakai.forums.queries.walls import WallSpark, sparks_one_by_one
from prakai.thai.folding import fold
from prakai.thai.order import order_key
from prakai.thai.stop_words import telling_words

MOST = 60
STEPS = 5
FEWEST = 3
"""With fewer words said twice than these, words that were said once are shown too."""


@dataclass(frozen=True, slots=True)
class WallWord:
    """A word, in how many sparks it is said, and how large it is drawn (1 to 5)."""

    word: str
    sparks: int
    step: int


def wall_words(forum: Forum, *, most: int = MOST) -> list[WallWord]:
    """Return the words that most sparks have in common, in the order of the dictionary."""
    said: dict[str, tuple[str, int]] = {}
    for text in Spark.objects.shown().filter(forum=forum).order_by("pk").values_list("words", flat=True):
        for key, word in {fold(word): word for word in telling_words(text)}.items():
            first, number = said.get(key, (word, 0))
            said[key] = (first, number + 1)
    shared = [pair for pair in said.values() if pair[1] > 1]
    chosen = shared if len(shared) >= FEWEST else list(said.values())
    chosen = sorted(chosen, key=lambda pair: (-pair[1], order_key(pair[0])))[:most]
    if not chosen:
        return []
    top = chosen[0][1]
    found = [WallWord(word, number, _step(number, top)) for word, number in chosen]
    return sorted(found, key=lambda one: order_key(one.word))


def sparks_with(forum: Forum, word: str) -> list[WallSpark]:
    """Return the sparks in which ``word`` is said."""
    key = fold(word)
    return [
        spark for spark in sparks_one_by_one(forum) if key in {fold(one) for one in telling_words(spark.text)}
    ]


def _step(number: int, top: int) -> int:
    return 1 if top <= 1 else 1 + round((STEPS - 1) * (number - 1) / (top - 1))
