"""How much a text of Latin letters looks like English, or like a code or name that somebody meant to type.

Only as much of English as this room needs to tell it from Thai that was typed on the English layout.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_AFTER_EACH: Final = (
    "d44345455566545548434665a79"  # a space
    "4a54597585a635395a343667858"  # a
    "536883bc937d3893ac35739ad6d"  # b
    "43a693bb34d45aa2a94735ddd6b"  # c
    "14996297939b67849c559578d6d"  # d
    "2485356697b945376833586767a"  # e
    "4399a34ac3db4ab3bd4754dac6d"  # f
    "149c93a644dc5854ad4575dad6c"  # g
    "338a829d93dd7773ab5745c8d6b"  # h
    "65645465bab845246954485c8d7"  # i
    "529aa29ab49aaaa28d88a2aaddd"  # j
    "248a828973b958568d7487b8d5d"  # k
    "33885279b3d737948d955579d4d"  # l
    "3257a29ab3dd85834d9595bad6d"  # m
    "34944373849689659a943779b7a"  # n
    "5665576686a644255d35445587a"  # o
    "43a993a954da48a34d3555bbd7d"  # p
    "5789daadd7dd8dddaaa990ddddd"  # q
    "3376528693c666647c544578c5c"  # r
    "1595939a44d76685599435b7d7d"  # s
    "3497a39b42dc6894ad4455b8d5a"  # t
    "65545475a5b844385c333c9c989"  # u
    "63dba1bbc2ddabd4ad99a8bcd8d"  # v
    "3289738b43b86943ad558ac9d8d"  # w
    "2494948d63dd89d629ba358976d"  # x
    "16767499a5db66656d7478b8dd9"  # y
    "338da1a973da69d4ad99969dd54"  # z
)
"""For a space and each letter: the bits that it takes to say which of a space and a to z follows it, as one digit of
base 36 each. Counted over 40,000 English words, each by the root of how often it is used."""

_PLACE: Final = {letter: place for place, letter in enumerate(" abcdefghijklmnopqrstuvwxyz")}
_PAIRS: Final = {
    before + after: int(_AFTER_EACH[row * len(_PLACE) + column], 36)
    for before, row in _PLACE.items()
    for after, column in _PLACE.items()
}
_LETTERS: Final = re.compile("[A-Za-z]+")
_CODE_SIGN: Final = 6
"""Bits of a letter or digit of which nothing is known: of a code, an abbreviation, a name."""
_DIGIT: Final = 4
_HUMP: Final = 5
"""Bits of a capital inside a word: GotoKnow."""
_JOINING: Final = dict.fromkeys("-'’._/&+@:–", 6)
_AT_ENDS: Final = dict.fromkeys(",.?!:;)(\"'“”‘’#", 4)
_STRANGE: Final = 11
"""Bits of a sign where none belongs: a bracket or a comma inside a word."""

_SPELLED: Final = re.compile(
    r"[\"(“‘]?[A-Za-z]+(?:[-._/&][A-Za-z]+)*(?:['’](?:s|t|re|ll|ve|d|m))?(?:-?[0-9]{2,4}|-[0-9])?"
    r"[\")”’]?[.?!]*"
)
_LIKE_ENGLISH: Final = 4.65
"""Bits a letter: above it hardly a word of English, below it few words of other languages and no row of odd keys."""


def english_bits(token: str) -> int:
    """Return how many bits it takes to say ``token`` (no spaces) as a word of English, a number, a code or a name.

    3 to 4 a letter for English, 6 for a code, more for what is neither.
    """
    word = code = 0
    for letters in _LETTERS.finditer(token):
        run = letters[0]
        spelled = f" {run.lower()} "
        word += min(
            sum(_PAIRS[before + after] for before, after in pairwise(spelled))
            + _HUMP * sum(before.islower() and after.isupper() for before, after in pairwise(run)),
            _CODE_SIGN * len(run),
        )
    last = len(token) - 1
    for place, sign in enumerate(token):
        if sign.isdigit():
            code += _DIGIT
        elif not sign.isalpha():
            inside = 0 < place < last
            code += (_JOINING if inside else _AT_ENDS).get(sign, _STRANGE)
    return word + code


def is_spelled_like_english(token: str) -> bool:
    """Return whether the letters of ``token`` follow each other as in English words, with nothing strange between."""
    pairs = bits = 0
    for letters in _LETTERS.finditer(token):
        spelled = f" {letters[0].lower()} "
        bits += sum(_PAIRS[before + after] for before, after in pairwise(spelled))
        pairs += len(spelled) - 1
    return bool(_SPELLED.fullmatch(token)) and bits <= _LIKE_ENGLISH * pairs
