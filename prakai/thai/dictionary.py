"""A dictionary segmenter of our own: few words, common words, found in one pass that is linear in the text.

Why not a ready one: measured here, nlpo3 1.4 keeps the 62,000 words of its usual list in 61 MiB, half of
what the whole platform may use, and takes 1.5 s on a repeated syllable; PyThaiNLP's newmm takes over 25 s
on 100 KB of digits. This one takes 8.5 MiB, and hostile text twice the time of prose.

The method is maximal matching by dynamic programming (Sornlertlamvanich 1993): the division with the fewest
words wins, and among those the one whose words are commonest (ที่|เกิดขึ้น, not ที่เกิด|ขึ้น). Breaks come only
between Thai character clusters (Theeramunkong et al. 2000), so no word ends before its vowel or tone mark,
whatever the dictionary says.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from math import log2
from pathlib import Path
from typing import Final

from prakai.thai.letters import CONSONANTS, LETTERS, TONES

LONGEST_RUN: Final = 20_000
"""Letters handed over at once; a longer run is cut. Bounds the memory of one call, not its time, which is
linear."""

LONGEST_WORD: Final = 40
"""Letters; longer entries of the list are whole phrases."""

_WORD_COST: Final = 16
"""What any word costs, in bits; to it comes how rare the word is (5–34 bits)."""

_OWN_WORD_COST: Final = _WORD_COST + 16
"""A word of our own lexicon: as common as a term of everyday office work."""

_UNKNOWN: Final = 110
"""What a cluster outside the dictionary costs: more than two of the rarest words."""

_CODE: Final = "tis-620"
_NOT_BEFORE: Final = re.compile(f"[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]|[{CONSONANTS}](?=[\u0e34\u0e38]?\u0e4c)")
_NOT_AFTER: Final = re.compile(f"[\u0e40-\u0e44]|[\u0e31\u0e37][{TONES}]?")
_ONLY_LETTERS: Final = re.compile(f"[{LETTERS}]+")
_NAME_OF_OFFICE: Final = re.compile(
    "(?:กระทรวง|สำนักงาน|มหาวิทยาลัย|องค์การ).+|กรม(?!ธรรม์|หลวง|หมื่น|พระ|สมเด็จ|ศักดิ์|ท่า|วัง|เกรียม|กรอม).+"
)
"""Names of offices that the base list holds as one word: whoever looks for ปกครอง wants กรมการปกครอง too."""
_BARE: Final = re.compile(f"[{CONSONANTS}]{{2,5}}")


class Lexicon:
    """What each word costs, and by the first two letters of a word the lengths that are worth looking up.

    Words are kept in TIS 620, one byte a letter: half of what Python's own strings of Thai take.
    """

    def __init__(self, costs: dict[bytes, int]) -> None:
        self.costs = costs
        lengths: dict[bytes, set[int]] = {}
        for word in costs:
            lengths.setdefault(word[:2], set()).add(len(word))
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        self.lengths: dict[bytes, tuple[int, ...]] = {}
        for start, found in lengths.items():
            ordered = tuple(sorted(found))
            self.lengths[start] = shared.setdefault(ordered, ordered)

    def at(self, run: bytes, place: int) -> list[tuple[int, int]]:
        """The words that begin at `place`, shortest first: where each ends, and its cost."""
        costs, size = self.costs, len(run)
        return [
            (place + length, cost)
            for length in self.lengths.get(run[place : place + 2], ())
            if place + length <= size and (cost := costs.get(run[place : place + length]))
        ]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The dictionary, read at first use: PyThaiNLP's words with their frequencies (CC0) and our own `lexicon.txt`."""
    costs: dict[bytes, int] = {}
    with _base_list().open(encoding="utf-8") as lines:
        for line in lines:
            word, _, times = line.rstrip("\n").partition("\t")
            if not 1 < len(word) <= LONGEST_WORD or _NAME_OF_OFFICE.fullmatch(word):
                continue
            if _ONLY_LETTERS.fullmatch(word):
                costs[word.encode(_CODE)] = _WORD_COST + round(34 - log2(max(1, int(times))))
    with Path(__file__).with_name("lexicon.txt").open(encoding="utf-8") as lines:
        for line in lines:
            for word in line.partition("#")[0].split():
                own = word.encode(_CODE)
                costs[own] = min(costs.get(own, _OWN_WORD_COST), _OWN_WORD_COST)
    return Lexicon(costs)


def split_run(run: str, known: Lexicon | None = None) -> list[str]:
    """A run of Thai letters as words (of `known`, or of the dictionary); letters that no word covers stay together."""
    size = len(run)
    if size < 2:
        return [run] if run else []
    known = known or lexicon()
    coded = run.encode(_CODE)
    breaks = _break_places(run)
    cost = [0] * (size + 1)
    step = [0] * (size + 1)
    for place in range(size - 1, -1, -1):
        if not breaks[place]:
            continue
        end = place + 1
        while not breaks[end]:
            end += 1
        best, best_step = cost[end] + _UNKNOWN, place - end
        for after, own in known.at(coded, place):
            if breaks[after] and cost[after] + own <= best:
                best, best_step = cost[after] + own, after - place
        cost[place], step[place] = best, best_step
    if cost[0] >= _UNKNOWN and _BARE.fullmatch(run):
        return [run]
    return _walk(run, step)


def _walk(run: str, step: list[int]) -> list[str]:
    """The words by their lengths; a negative step is a cluster that no word covers."""
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
    """For every place whether a word may begin there: not before a vowel or mark, not after a leading vowel
    or ั."""
    places = [True] * (len(run) + 1)
    for found in _NOT_BEFORE.finditer(run):
        places[found.start()] = False
    for found in _NOT_AFTER.finditer(run):
        places[found.end()] = False
    places[0] = places[len(run)] = True
    return places


def _base_list() -> Path:
    """The word list as a file of the installed package; PyThaiNLP itself is not imported (it would cost
    memory)."""
    found = find_spec("pythainlp")
    for folder in (found.submodule_search_locations or []) if found else []:
        path = Path(folder, "corpus", "phupha_word_freqs.txt")
        if path.is_file():
            return path
    raise RuntimeError("the base dictionary is missing: install pythainlp 5.4 or newer")
