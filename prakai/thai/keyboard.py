"""Two keyboards under the same fingers: Thai (Kedmanee, TIS 820) and English (QWERTY, US).

Whoever forgets to change the layout types ความรู้ as `8;k,i^h`. `as_typed_on_thai` and `as_typed_on_english` say what
the same keys give on the other layout; `meant_in_thai` and `meant_in_english` also judge whether that was meant: they
weigh how likely each word is in either language, and answer nothing where there is any doubt.
"""

from __future__ import annotations

import re
from typing import Final

from prakai.thai.dictionary import lexicon, split_run
from prakai.thai.english import english_bits, is_spelled_like_english
from prakai.thai.folding import clean
from prakai.thai.letters import ABOVE_BELOW, LEADING, LETTERS, MARKS, SARA_AA, SARA_AM, THANTHAKHAT, TONES

_ROWS: Final = (
    ("`1234567890-=", "_ๅ/-ภถุึคตจขช"),
    ("qwertyuiop[]\\", "ๆไำพะัีรนยบลฃ"),
    ("asdfghjkl;'", "ฟหกดเ้่าสวง"),
    ("zxcvbnm,./", "ผปแอิืทมใฝ"),
    ("~!@#$%^&*()_+", "%+๑๒๓๔ู฿๕๖๗๘๙"),
    ("QWERTYUIOP{}|", '๐"ฎฑธํ๊ณฯญฐ,ฅ'),
    ('ASDFGHJKL:"', "ฤฆฏโฌ็๋ษศซ."),
    ("ZXCVBNM<>?", "()ฉฮฺ์?ฒฬฦ"),
)
"""The keys row by row, without and with shift: what they give on the English layout, and on the Thai one."""

_TO_THAI: Final = str.maketrans("".join(row[0] for row in _ROWS), "".join(row[1] for row in _ROWS))
_BUT_DIGITS: Final = {key: sign for key, sign in _TO_THAI.items() if not chr(key).isdigit()}
_TO_ENGLISH: Final = str.maketrans("".join(row[1] for row in _ROWS), "".join(row[0] for row in _ROWS))

LONGEST: Final = 300
"""Letters of a text that is judged; a longer one was looked at while it was typed."""

_ENOUGH: Final = 12
"""Bits by which the other language must be the likelier one: by chance it is so once in thousands of times."""
_ENOUGH_SPELLED: Final = 6
"""The same for text that is also spelled like English, which Thai on the other layout hardly ever is."""
_DOUBTFUL: Final = 10
"""Bits by which one word may be the less likely one, in a text that is typed on the wrong layout as a whole."""

_THAI: Final = re.compile("[\u0e01-\u0e5b]")
_LATIN: Final = re.compile("[A-Za-z]")
_ADDRESS: Final = re.compile(
    r"[a-z]+://|www\.|[\w.+-]+@[\w-]+\.[a-z]|\w\.(?:com|org|net|(?:go|or|ac|co|in)\.th)\b", re.IGNORECASE
)
_ENDS: Final = re.compile(r"(?:[-–][0-9][0-9.,]*|[0-9][0-9.,]+|(?<=[^0-9]\")[0-9])?(['\"\]]?)[!?…]*\Z")
"""What may have been typed as it stands, after a word: digits of the number pad, a quote, the end of a sentence."""
_DIGITS: Final = re.compile(r"[0-9]+(?:[.,:/-][0-9]+)*%?")
_PAIRED: Final = {
    pair: re.compile(rf"(?:^|\s){re.escape(pair[0])}\S(?:.*\S)?{re.escape(pair[1])}(?:\s|$)", re.DOTALL)
    for pair in ("''", '""', "[]")
}
_MARKS_OF_PAIRS: Final = frozenset("".join(_PAIRED))
_NUMBER: Final = re.compile(r"[0-9!@#$%*()_+Q]+(?:[\"}][0-9!@#$%*()_+Q]+)+")
"""A number of the number pad with signs of the wrong layout: 1.82 as 1"82, 2,๕๐๐ as 2}*QQ."""
_LEAST_KEYS: Final = 5
"""Keys of the Thai layout below which nothing is taken for English: แฟะ may be "cat", and may be meant."""
_PIECES: Final = re.compile('[-–]?[0-9]+|"|[^0-9"–-]+|.', re.DOTALL)
_ACRONYM: Final = re.compile("[A-Z]{2,6}")
_PAD: Final = re.compile("[-–][0-9]+")
_MAY_BE_SHORT: Final = re.compile(r"\s*[A-Za-z0-9]{1,4}\s*")
"""What may always be an abbreviation that was meant: wfh, although its keys give ได้."""

_ABBREVIATION: Final = "(?:[\u0e01-\u0e2e]{1,4}\\.)+"
_RUN: Final = re.compile(f"(?P<short>{_ABBREVIATION})|[{LETTERS}]+")
_LONE_MARK: Final = re.compile(
    f"(?:^|[{LEADING}{SARA_AA}{SARA_AM}])[{MARKS}]|(?:^|[{LEADING}])[{SARA_AA}{SARA_AM}]|[{LEADING}](?:[{LEADING}]|$)"
    f"|[{TONES}{THANTHAKHAT}][{MARKS}]|[{ABOVE_BELOW}](?=[{ABOVE_BELOW}])"
)
_UNKNOWN_LETTER: Final = 5
_UNKNOWN: Final = 6
_COST_OF_ANY: Final = 16
"""What the dictionary adds to the bits of each word."""
_SIGN: Final = 6
_DIGIT: Final = 4
_SHORT_DOT: Final = 3
_MALFORMED: Final = 12


def as_typed_on_thai(text: str) -> str:
    """Return what the keys that give ``text`` on the English layout give on the Thai one; other signs stay."""
    return text.translate(_TO_THAI)


def as_typed_on_english(text: str) -> str:
    """Return what the keys that give ``text`` on the Thai layout give on the English one; other signs stay."""
    return text.translate(_TO_ENGLISH)


def meant_in_thai(text: str) -> str:
    """Return the Thai text that somebody meant who typed ``text`` on the English layout; "" when she meant ``text``."""
    if (
        len(text) > LONGEST
        or not _LATIN.search(text)
        or _ADDRESS.search(text)
        or _MAY_BE_SHORT.fullmatch(text)
    ):
        return ""
    marks = {mark for pair, shape in _PAIRED.items() if shape.search(text) for mark in pair}
    won = 0
    meant: list[str] = []
    for token in text.split():
        mapped, gain = _in_thai(token, marks)
        won += gain
        meant.append(mapped)
    return " ".join(meant) if won >= _ENOUGH and _half_known(" ".join(meant)) else ""


def _in_thai(token: str, marks: set[str]) -> tuple[str, int]:
    """Return a word in Thai with the bits that it is likelier so; as it stands, with none, when it is no Thai."""
    if _THAI.search(token) or _DIGITS.fullmatch(token) or (len(token) == 1 and not _LATIN.match(token)):
        return token, 0
    ways = [as_typed_on_thai(token)]
    if _NUMBER.fullmatch(token):
        ways.append(token.translate(_BUT_DIGITS))
    start = 1 if token[0] in marks else 0
    ends = _ENDS.search(token, start)
    if ends and start < ends.start() and (not ends[1] or ends[1] in marks):
        ways.append(token[:start] + as_typed_on_thai(token[start : ends.start()]) + ends[0])
    bits, mapped = min((thai_bits(way), way) for way in ways)
    gain = english_bits(token) - bits
    stays = gain < (0 if len(token) > 1 and token.isupper() else -_DOUBTFUL)
    if stays:
        return token, 0
    return clean(mapped), gain if _RUN.search(mapped) else 0


def _half_known(text: str) -> bool:
    """Whether at least half of the Thai letters of ``text`` stand in words of the dictionary; abbreviations aside."""
    costs = lexicon().costs
    known = whole = 0
    for run in _RUN.finditer(text):
        if not run["short"]:
            whole += len(run[0])
            known += sum(len(word) for word in split_run(run[0]) if word.encode("tis-620") in costs)
    return 2 * known >= whole


def meant_in_english(text: str) -> str:
    """Return the English text that somebody meant who typed ``text`` on the Thai layout; "" when she meant ``text``."""
    if len(text) > LONGEST or len(_THAI.findall(text)) < _LEAST_KEYS:
        return ""
    kept = '"' if _PAIRED['""'].search(text) else ""
    won = 0
    meant: list[str] = []
    for token in text.split():
        mapped = token
        if _THAI.search(token):
            mapped = "".join(_keys_in_english(piece, kept) for piece in _PIECES.findall(token))
            if not is_spelled_like_english(mapped):
                if not _ACRONYM.fullmatch(mapped):
                    return ""
            else:
                won += thai_bits(token) - english_bits(mapped)
        meant.append(mapped)
    return " ".join(meant) if won >= _ENOUGH_SPELLED else ""


def _keys_in_english(piece: str, kept: str) -> str:
    return piece if piece[0] in kept or _PAD.fullmatch(piece) else as_typed_on_english(piece)


def thai_bits(token: str) -> int:
    """Return how many bits it takes to say ``token`` (no spaces) as Thai: 2 to 3 a letter for known words, much more
    for letters that make none."""
    bits = rest = 0
    costs = lexicon().costs
    past = 0
    for run in _RUN.finditer(token):
        rest += _signs(token[past : run.start()])
        past = run.end()
        if run["short"]:
            bits += sum(_SHORT_DOT if sign == "." else _UNKNOWN_LETTER for sign in run[0])
            continue
        bits += _MALFORMED * len(_LONE_MARK.findall(run[0]))
        for word in split_run(run[0]):
            known = costs.get(word.encode("tis-620"))
            bits += known - _COST_OF_ANY if known else _UNKNOWN + _UNKNOWN_LETTER * len(word)
    return bits + rest + _signs(token[past:])


def _signs(signs: str) -> int:
    return sum(_DIGIT if sign.isdigit() else _SIGN for sign in signs)
