"""Month names as people write them in Thai and English, and the tables to write them."""

from __future__ import annotations

import re
from typing import Final

THAI_LONG: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
THAI_SHORT: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
ENGLISH_LONG: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ENGLISH_SHORT: Final = tuple(name[:3] for name in ENGLISH_LONG)

_SPOKEN: Final = (
    "มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา",
    "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา",
)  # fmt: skip
_SLIPS: Final = {
    "กรกฏาคม": 7, "กรกฏา": 7, "กุมภาพันธุ์": 2, "กุมพาพันธ์": 2, "กุมภาพันธ": 2, "พฤษจิกายน": 11, "พฤศจิกายา": 11,
    "พฤศภาคม": 5, "เมษยน": 4, "มิถุนายม": 6,
}  # fmt: skip
"""Spellings that are wrong and common: ฏ for ฎ above all."""

NUMBER_OF: Final[dict[str, int]] = (
    {name: index for index, name in enumerate(THAI_LONG, 1)}
    | {name: index for index, name in enumerate(_SPOKEN, 1)}
    | _SLIPS
    | {name.replace(".", ""): index for index, name in enumerate(THAI_SHORT, 1)}
    | {name.lower(): index for index, name in enumerate(ENGLISH_LONG, 1)}
    | {name.lower(): index for index, name in enumerate(ENGLISH_SHORT, 1)}
    | {"sept": 9}
)

_NOT_THAI: Final = "(?![\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e4e])"


def _dotted(short: str) -> str:
    """มี.ค. as มี.ค., มีค., มีค, มี.ค, ม..ค. for มกราคม, and with one space at a dot; never the start
    of a word."""
    first, second = short.rstrip(".").split(".")
    ends = rf"\.{{1,2}}(?!(?!พ\.[ ]?ศ|ค\.[ ]?ศ)[ก-ฮ]\.)|[ ]\.(?=[ ]?[0-9])|{_NOT_THAI}(?!\.)"
    return rf"{first}(?:[ ]?\.{{1,2}}[ ]?)?{second}(?:{ends})"


THAI_MONTH: Final = (
    "(?:"
    + "|".join(sorted([*THAI_LONG, *_SLIPS], key=len, reverse=True))
    + "|(?:"
    + "|".join(sorted(_SPOKEN, key=len, reverse=True))
    + ")(?!การ|สน|ย|ว|ม)|"
    + "|".join(_dotted(short) for short in sorted(THAI_SHORT, key=len, reverse=True))
    + ")"
)
"""One Thai month: full name, spoken short name (ตุลา, not ตุลาการ), or abbreviation; not the beginning of
ก.พ.ร."""


def _either_case(name: str) -> str:
    """Jan or JAN; never jan, which in a sentence may be may or mar."""
    return f"{name[0]}(?:{name[1:]}|{name[1:].upper()})"


LATIN_MONTH: Final = (
    "(?:"
    + "|".join(_either_case(name) for name in (*ENGLISH_LONG, "Sept", *ENGLISH_SHORT))
    + r")(?![A-Za-z])\.?"
)
"""One English month, long or short, beginning with a capital."""


def month_number(name: str) -> int:
    """1–12 for what `THAI_MONTH` or `LATIN_MONTH` matched. `KeyError` for anything else."""
    return NUMBER_OF[re.sub(r"[.\s]", "", name).lower()]
