"""All views of a text at once, as the index takes them: what `analysis` says, in half the time.

Nearly all texts are written in Thai, English and signs, with at most a few letters of other scripts. Those take one
byte a letter (TIS-620, as Windows has it), and then a whole text is folded and taken apart by tables, which is quicker
than any pattern. Other texts go the way of `analysis`; tests hold both ways against each other.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from operator import add
from typing import Final, NamedTuple

from prakai.search.analysis import (
    DOTTED,
    LONGEST_WORD,
    broken_apart,
    form_of_clean,
    grams_of,
    letters_of,
    loose,
    stem,
    tokens_of,
)
from prakai.search.bytewise import CODE, FOLDED, only, pattern
from prakai.search.sections import sections
from prakai.thai.folding import clean
from prakai.thai.letters import LETTERS, MAITAIKHU, TONES

_SIGNS: Final = "prakai.signs"
_NO_SIGN: Final = re.compile("[\\w\uff01-\uff5e\u3000]")
_OF_OTHER_SCRIPTS: Final = re.compile("[^\\W\\d\x00-\x7f\u0e00-\u0e7f\uff01-\uff5e]")
_SPARE: Final = "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b"
"""Stand for letters of other scripts; `clean` leaves none of them in a text."""

Lent = Sequence[tuple[str, str]]
"""Letters of other scripts, each with what stands for it."""


class Views(NamedTuple):
    """The words of a text, its sections of laws and its grams, each joined by spaces, and its loose letters."""

    words: str
    laws: str
    grams: str
    letters: str


def views_of(text: str) -> Views:
    """Return all views of a text."""
    text = clean(text)
    try:
        return _of_one_byte(text.encode(CODE, _SIGNS), ())
    except UnicodeEncodeError:
        return _of_several_scripts(text)


def _of_several_scripts(text: str) -> Views:
    """Let the few letters of other scripts that most such texts have stand in as bytes that no clean text holds."""
    lower = text.lower()
    lent = tuple(zip(dict.fromkeys(_OF_OTHER_SCRIPTS.findall(lower)), _SPARE, strict=False))
    for letter, spare in lent:
        lower = lower.replace(letter, spare)
    try:
        return _of_one_byte(lower.encode(CODE, _SIGNS), lent)
    except UnicodeEncodeError:
        return _of_any_script(form_of_clean(text))


def _of_any_script(form: str) -> Views:
    letters = loose(letters_of(form))
    return Views(" ".join(tokens_of(form)), _laws(form), " ".join(grams_of(letters)), letters)


def _of_one_byte(text: bytes, lent: Lent) -> Views:
    form = _undotted(text.translate(FOLDED))
    words = [broken_apart(form.translate(_ONLY_THAI).decode(CODE).split())]
    words += [number[:LONGEST_WORD] for number in form.translate(_ONLY_DIGITS).decode().split()]
    words += [stem(word[:LONGEST_WORD]) for word in _read(form.translate(_ONLY_OTHERS), lent).split()]
    letters = form.translate(None, _NOT_LOOSE)
    return Views(
        words=" ".join(words),
        laws=_laws(_read(form, lent)) if b"." in form or _SECTION in form else "",
        grams=_read(b" ".join(_grams(letters)), lent),
        letters=_read(letters, lent),
    )


def _read(code: bytes, lent: Lent) -> str:
    text = code.decode(CODE)
    for letter, spare in lent:
        text = text.replace(spare, letter)
    return text


def _grams(letters: bytes) -> list[bytes]:
    found: list[bytes] = []
    for run in letters.translate(_ONLY_THAI).split():
        clusters = _CLUSTER.findall(run)
        found += map(add, clusters, clusters[1:])
    for run in letters.translate(_NO_THAI).split():
        found += [run] if len(run) < 4 else [run[at : at + 3] for at in range(len(run) - 2)]
    return found


def _laws(form: str) -> str:
    """Sections of laws as tokens: มาตรา 39/1 is one, and not 39."""
    if "มาตรา" not in form and "ม." not in form:
        return ""
    return " ".join(section.token for section in sections(form) if section.is_sure)


def _undotted(form: bytes) -> bytes:
    """Take the dots out of abbreviations, none of which has a space in it: most of a text has no dots at all."""
    if b"." not in form:
        return form
    return b" ".join(
        [
            _LATIN_DOTTED.sub(_without_dots, _DOTTED.sub(_without_dots, piece)) if b"." in piece else piece
            for piece in form.split(b" ")
        ]
    )


def _without_dots(match: re.Match[bytes]) -> bytes:
    begins_in_run = match.start() and match.string[match.start() - 1] in _THAI
    return (b" " if begins_in_run else b"") + match[0].replace(b".", b"") + b" "


def _one_sign(trouble: UnicodeError) -> tuple[str, int]:
    """Write signs that have no byte as one sign; a letter is no sign, and then the text goes the other way."""
    if not isinstance(trouble, UnicodeEncodeError) or _NO_SIGN.search(
        trouble.object, trouble.start, trouble.end
    ):
        raise trouble
    return "-", trouble.end


codecs.register_error(_SIGNS, _one_sign)


_THAI: Final = b"".join(pattern(f"[{LETTERS}]").findall(bytes(range(256))))
_ONLY_THAI: Final = only(pattern(f"[{LETTERS}]"))
_NO_THAI: Final = only(pattern(f"[0-9a-z{_SPARE}]"))
_ONLY_DIGITS: Final = only(pattern("[0-9]"))
_ONLY_OTHERS: Final = only(pattern(f"[a-z{_SPARE}]"))
_NOT_LOOSE: Final = b"".join(
    pattern(f"[^0-9a-z{LETTERS}{_SPARE}]|[{TONES}{MAITAIKHU}]").findall(bytes(range(256)))
)
_SECTION: Final = "มาตรา".encode(CODE)
_CONSONANT: Final = "[ก-ฮ][ัิ-ฺ็-๎]*+[ะาำๅ]?+"
_CLUSTER: Final = pattern(f"{_CONSONANT}|[เ-ไ]{_CONSONANT}|[ะ-๎]")
_DOTTED: Final = pattern(DOTTED.pattern)
_LATIN_DOTTED: Final = pattern(f"[a-z](?<![0-9a-z_.ก-ะาำเ-ๆ{_SPARE}].)\\.(?:[a-z]\\.)+")
