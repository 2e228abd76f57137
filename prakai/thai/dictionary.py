"""A dictionary segmenter of our own: few words, long words, in one pass from the right; linear in the length of the text.

Why not a ready one: measured here, nlpo3 1.4 keeps the 62,000 words of `words_th` in 61 MiB, half of what the whole
platform may use, takes seconds on a repeated syllable, and reads its words from a file only. The method is maximal
matching by dynamic programming (Sornlertlamvanich 1993), with breaks only between Thai character clusters
(Theeramunkong et al. 2000), so a word never ends before its vowel or tone mark.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

LONGEST_RUN: Final = 20_000
"""Letters handed over at once; a longer run is cut. Bounds the memory of one call, not its time, which is linear."""

_UNKNOWN: Final = 3.0
"""What a cluster outside the dictionary costs; a word costs 1."""

_INSEPARABLE: Final = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")
_LEADING: Final = re.compile("[\u0e40-\u0e44]")


class Lexicon:
    """Words by their first two letters: which lengths are worth looking up, and the set of words itself."""

    def __init__(self, words: set[str]) -> None:
        self.words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self.lengths = {start: tuple(sorted(found)) for start, found in lengths.items()}

    def at(self, run: str, place: int) -> list[int]:
        """The lengths of all words that begin at `place`, shortest first."""
        known = self.lengths.get(run[place : place + 2], ())
        return [length for length in known if run[place : place + length] in self.words]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The dictionary, read at first use: PyThaiNLP's word list (CC0) and our own `lexicon.txt`."""
    words: set[str] = set()
    for text in (_base_words(), files("prakai.thai").joinpath("lexicon.txt").read_text("utf-8")):
        for line in text.splitlines():
            word = line.strip()
            if 1 < len(word) <= 40 and not word.startswith("#") and _only_letters(word):
                words.add(word)
    return Lexicon(words)


def split_run(run: str) -> list[str]:
    """A run of Thai letters as words; letters that no word covers stay together as one piece."""
    if len(run) < 2:
        return [run] if run else []
    known = lexicon()
    size = len(run)
    breaks = _break_places(run)
    cost = [0.0] * (size + 1)
    step = [0] * (size + 1)
    for place in range(size - 1, -1, -1):
        if not breaks[place]:
            continue
        end = place + 1
        while not breaks[end]:
            end += 1
        best, best_step = cost[end] + _UNKNOWN, place - end
        for length in known.at(run, place):
            after = place + length
            if after <= size and breaks[after] and cost[after] + 1 <= best:
                best, best_step = cost[after] + 1, length
        cost[place], step[place] = best, best_step
    return _walk(run, step)


def _walk(run: str, step: list[int]) -> list[str]:
    pieces: list[str] = []
    place = unknown_from = 0
    while place < len(run):
        length = step[place]
        if length > 0:
            if unknown_from < place:
                pieces.append(run[unknown_from:place])
            pieces.append(run[place : place + length])
            unknown_from = place + length
        place += abs(length)
    if unknown_from < place:
        pieces.append(run[unknown_from:])
    return pieces


def _break_places(run: str) -> list[bool]:
    """For every place whether a word may begin there: not before a vowel or mark, not after a leading vowel."""
    places = [True] * (len(run) + 1)
    for found in _INSEPARABLE.finditer(run):
        places[found.start()] = False
    for found in _LEADING.finditer(run):
        places[found.end()] = False
    places[0] = places[len(run)] = True
    return places


def _base_words() -> str:
    """The word list as a file of the installed package; PyThaiNLP itself is not imported (it would cost memory)."""
    found = find_spec("pythainlp")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("the package pythainlp, whose word list is the base dictionary, is not installed")
    return Path(found.submodule_search_locations[0], "corpus", "words_th.txt").read_text("utf-8")


def _only_letters(word: str) -> bool:
    return all("\u0e01" <= char <= "\u0e4e" and char not in "\u0e2f\u0e46\u0e3f" for char in word)
