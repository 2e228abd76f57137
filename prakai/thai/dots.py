"""Which dot belongs to an abbreviation, and which ends a sentence, a number, a time or a web address.

Thai writes one abbreviation in many ways (ก.พ.ร. กพร. กพร ก.พ.ร) and no sentence needs a full stop, so a dot after a few
bare consonants is nearly always an abbreviation's. The exceptions are short words that are bare consonants (คน ผล จบ).
"""

from __future__ import annotations

import re
from typing import Final

from prakai.thai.letters import LETTERS

_ADDRESS: Final = re.compile(r"(?:[a-z][a-z0-9+]{1,9}://|www\.)[^\s<>\"]+", re.IGNORECASE)
_CHAIN: Final = re.compile(
    f"(?<![{LETTERS}])[{LETTERS}]+\\.{{1,2}}(?:[{LETTERS}]+\\.{{1,2}})*(?:[{LETTERS}]+)?"
)
_PIECE: Final = re.compile(f"([{LETTERS}]+)(\\.{{0,2}})")
_BARE: Final = re.compile("[\u0e01-\u0e2e]{1,5}")
_WITH_VOWEL: Final = frozenset({"เม", "มิ", "มี", "โทร", "เสธ"})
_LATIN: Final = re.compile(r"(?<![A-Za-z0-9.@/_-])(?:[A-Za-z]\.)+[A-Za-z]?(?![A-Za-z0-9@/_]|\.[A-Za-z0-9])")

WORDS_OF_BARE_CONSONANTS: Final = frozenset(
    "กฎ กด กบ กฐิน ขน ขนม ขบ ขม คด คน คบ คม ครบ งด งบ จด จน จบ จม ชก ชน ชม ซน ดม ตก ตน ตบ ตม ตรง ตลก ตลบ ถนน ถม ถก "
    "ทน ทรง นก นบ นม บท บน บก ปก ปน ปม ปลด ปลง ปลอม ปลอบ ผม ผล ผง ฝน พก พบ พลบ พล ภพ มด มน มลทน รก รถ รบ รวม รส รม "
    "ลง ลด ลบ ลม ลน วง วน วรรค ศพ สด สน สม สมควร สรง สลบ สงบ สนม หก หงส หด หน หนด หมด หลง หลบ หลน หวง อก อด อบ อม ยก "
    "ยน ยศ ทศ ธง ณ นคร มรดก กรง กรม กรด กลม กลบ กลด กลอน ขวด ชวน นอน นอก บวก บอก มอง มอบ ยอด ยอม รอบ รอด รอง ลอง "
    "วอน สอน สอง สอบ หนอง หมอก หลอด หลอก หอม ออก ออม กอง กอด กอบ ขอ ขอบ ของ คอ คอย งอ จอง จอด ชอบ ซอง ตอน ตอบ ตอม "
    "ถอด ถอน ทอง ทอด นอ บอด ปอด ผอม ฝอย พอ พอง ฟอง มอ รอ รอย ลอย วอ สอด หอ หอย อ่อน กวน กวด ขวบ ควร จวน ชวด ดวง "
    "ดวล ตวง ถวย ทวง ทวน นวด นวม บวช บวม ปวด ผวน พวก พวง มวย มวล รวย รวง ลวก ลวด ลวง สวด สวน สวม สวย หวย".split()
)

_KNOWN_TAILS: Final = frozenset(
    {"สต", "ดร", "นพ", "พญ", "ทพ", "ทญ", "ภก", "ภญ", "รมน", "บต", "กม", "วินาที", "ญ"}
)
_KNOWN_WHOLE: Final = (
    "ก.พ.ร.",
    "กพร",
    "สคส",
    "อบต",
    "อบจ",
    "สปสช",
    "สพฐ",
    "สสจ",
    "กทม",
    "ลปรร",
    "กศน",
    "สตง",
    "กกต",
)


def without_abbreviation_dots(text: str) -> str:
    """The text without the dots of Thai and of lettered Latin abbreviations; dots inside web addresses stay.

    Between an abbreviation and the word or number after it the dot becomes a space (จ.เลย = จ. เลย, ม.ค.50 = ม.ค. 50).
    """
    if "." not in text:
        return text
    pieces: list[str] = []
    past = 0
    for address in _ADDRESS.finditer(text):
        pieces += [_undotted(text[past : address.start()]), address[0]]
        past = address.end()
    return "".join([*pieces, _undotted(text[past:])])


def is_abbreviation_part(letters: str) -> bool:
    """True for what may stand before an abbreviation's dot: one to five bare consonants, or เม มิ มี โทร เสธ."""
    return bool(_BARE.fullmatch(letters)) or letters in _WITH_VOWEL


def _undotted(text: str) -> str:
    text = _LATIN.sub(lambda match: match[0].replace(".", "") if len(match[0]) > 2 else match[0], text)
    return _CHAIN.sub(_chain, text)


def _chain(match: re.Match[str]) -> str:
    """Letters and dots without a space between them, such as ก.พ.ร. or ดร.สมชาย or จบแล้ว."""
    pieces = [(piece[1], piece[2]) for piece in _PIECE.finditer(match[0])]
    following = match.string[match.end() : match.end() + 1]
    dotted_singles = sum(1 for letters, dots in pieces if dots and len(letters) == 1) >= 2
    out: list[str] = []
    for index, (letters, dots) in enumerate(pieces):
        out.append(letters)
        if not dots:
            continue
        next_letters, next_dots = pieces[index + 1] if index + 1 < len(pieces) else ("", "")
        out.append(_dot(letters, dots, next_letters, next_dots, following, dotted_singles))
    return "".join(out)


def _dot(
    letters: str, dots: str, following_letters: str, following_dots: str, after: str, singles: bool
) -> str:
    known = letters.endswith(_KNOWN_WHOLE)
    abbreviation = is_abbreviation_part(letters) or known or (singles and is_abbreviation_part(letters[-1:]))
    if not abbreviation or following_letters == "ไทย":
        return dots
    if following_letters:
        joins = is_abbreviation_part(following_letters) and (
            bool(following_dots) or len(following_letters) == 1 or following_letters in _KNOWN_TAILS
        )
        return "" if joins else " "
    if letters in WORDS_OF_BARE_CONSONANTS:
        return dots
    return " " if after.isalnum() else ""
