"""What a text is to the index and to a query: one analysis for both, in Python, before any engine.

Four views of a text, each made of the one before it:

* its *form*: cleaned, in one case, with Arabic digits, without the dots of abbreviations;
* its *words*: dictionary words of the form, English ones by their stem (sections of laws: `sections.py`);
* its *letters*: the form without spaces and signs, as Thai spaces cannot be relied on;
* its *grams*: pairs of neighbouring Thai clusters of the letters without tone marks, so that a loan word that no
  dictionary knows, a missing space or a wrong tone mark still leaves most of them whole; three letters each of
  other scripts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import Stemmer

from prakai.thai.breaking import broken, broken_together
from prakai.thai.digits import to_arabic
from prakai.thai.folding import clean
from prakai.thai.letters import LETTERS, MAITAIKHU, TONES

LONGEST_WORD: Final = 60
"""Letters of one token; a longer run of letters is no word, and an index has no room for it."""
LONGEST_ABBREVIATION: Final = 6

_THAI_DIGITS: Final = re.compile("[๐-๙]")
_WIDE: Final = re.compile("[\uff01-\uff5e\u3000]")
_FROM_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
DOTTED: Final = re.compile(
    f"(?<![{LETTERS}.])(?:[\u0e01-\u0e2e]{{1,4}}\\.(?!\\.)){{1,9}}"
    # Written on to the word before it (สำนักงานก.พ.ร.), but no month (เม.ย.).
    f"|(?<=[{LETTERS}])(?<![เ-ไ])[\u0e01-\u0e2e]\\.(?:[\u0e01-\u0e2e]{{1,3}}\\.(?!\\.)){{1,8}}"
)
_LATIN_DOTTED: Final = re.compile(r"[a-z](?<![\w.].)\.(?:[a-z]\.)+")
_BARE: Final = re.compile(f"[\u0e01-\u0e2e]{{2,{LONGEST_ABBREVIATION}}}")
_TOKEN: Final = re.compile(f"([{LETTERS}]+)|([0-9]+)|([^\\W\\d_\u0e00-\u0e7f]+)")
_THAI_RUN: Final = re.compile(f"[{LETTERS}]+")
_NUMBER: Final = re.compile("[0-9]+")
_OTHER_WORD: Final = re.compile("[^\\W\\d_\u0e00-\u0e7f]+")
_SIGNS: Final = re.compile(f"[^\\w{LETTERS}]+|[_ๆฯ]+")
_LOOSE: Final = re.compile(f"[{TONES}{MAITAIKHU}]+")
_CLUSTER: Final = re.compile("[เ-ไ]?[ก-ฮ][ัิ-ฺ็-๎]*[ะาำๅ]?|[ะ-๎]|[^\\W_\u0e00-\u0e7f]+")
_THAI_FIRST: Final = "\u0e00"
_STEMMER: Final = Stemmer.Stemmer("english")


def form_of(text: str) -> str:
    """The text as search compares it, spaces kept. ก.พ.ร. → กพร, ๒๕๕๐ → 2550, K.M. → km."""
    return form_of_clean(clean(text))


def form_of_clean(text: str) -> str:
    """The form of a text that is clean already."""
    if _WIDE.search(text):
        text = text.translate(_FROM_WIDE)
    if _THAI_DIGITS.search(text):
        text = to_arabic(text)
    text = text.lower()
    if "." in text:
        text = _LATIN_DOTTED.sub(_undotted, DOTTED.sub(_undotted, text))
    return text


def letters_of(form: str) -> str:
    """Only the letters, marks and digits of a form: no space, no sign, no ๆ or ฯ."""
    return _SIGNS.sub("", form)


def loose(letters: str) -> str:
    """The letters without tone marks and ็, which are what people mistype most."""
    return _LOOSE.sub("", letters)


def words_of(form: str) -> list[str]:
    """The words of a form: Thai ones by the dictionary, numbers, others by their English stem."""
    found: list[str] = []
    for match in _TOKEN.finditer(form):
        run, number, other = match.groups()
        if run:
            found += (run,) if len(run) < 3 or is_abbreviation(run) else broken(run)
        elif number:
            found.append(number[:LONGEST_WORD])
        else:
            found.append(stem(other[:LONGEST_WORD]))
    return found


def tokens_of(form: str) -> list[str]:
    """The same words as ``words_of`` in no order worth keeping, in half the time: for what is indexed."""
    found = broken_apart(_THAI_RUN.findall(form)).split()
    found += [word[:LONGEST_WORD] for word in _NUMBER.findall(form)]
    found += [stem(word[:LONGEST_WORD]) for word in _OTHER_WORD.findall(form)]
    return found


def broken_apart(runs: list[str]) -> str:
    """The words of runs of Thai letters, joined by spaces; abbreviations stay whole."""
    if whole := [run for run in runs if len(run) <= LONGEST_ABBREVIATION and is_abbreviation(run)]:
        kept = set(whole)
        return " ".join((*whole, broken_together([run for run in runs if run not in kept])))
    return broken_together(runs)


def is_abbreviation(run: str) -> bool:
    """Whether a run of Thai letters is an abbreviation: consonants alone that no words make up (กพร, but not คนจน)."""
    return _BARE.fullmatch(run) is not None and _is_no_word(run)


def dotted(text: str) -> list[str]:
    """The abbreviations that stand in ``text`` with their dots, without them: รพ. อ.เมือง → รพ, อ."""
    text = clean(text).lower()
    found = DOTTED.findall(text) + _LATIN_DOTTED.findall(text) if "." in text else []
    return [one.replace(".", "") for one in found]


def grams_of(letters: str) -> list[str]:
    """The grams of loose letters: pairs of Thai clusters, and three letters each of other runs."""
    found: list[str] = []
    before = ""
    for cluster in _CLUSTER.findall(letters):
        if cluster < _THAI_FIRST or cluster > "\u0e7f":
            before = ""
            found += (
                [cluster] if len(cluster) < 4 else [cluster[at : at + 3] for at in range(len(cluster) - 2)]
            )
        else:
            if before:
                found.append(before + cluster)
            before = cluster
    return found


@lru_cache(maxsize=20_000)
def _is_no_word(run: str) -> bool:
    return any(len(word) == 1 for word in broken(run))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of an English word; other words as they are, or nearly."""
    return str(_STEMMER.stemWord(word))


def _undotted(match: re.Match[str]) -> str:
    begins_in_run = match.start() and _THAI_RUN.match(match.string, match.start() - 1)
    return f"{' ' if begins_in_run else ''}{match[0].replace('.', '')} "
