"""The 77 provinces, from the package geothai: codes and names, and which one somebody meant, however it is written."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language

from prakai.thai.folding import clean, fold
from prakai.thai.order import order_key

_HEADS: Final = ("จังหวัด", "จว", "จ", "province of", "changwat", "chang wat")
_TAILS: Final = ("province",)
_OTHER_NAMES: Final = {
    "กทม": "10", "กรุงเทพ": "10", "กรุงเทพฯ": "10", "krungthep": "10", "bkk": "10",
    "อยุธยา": "14", "ayutthaya": "14", "โคราช": "30", "korat": "30", "แปดริ้ว": "24", "เมืองคอน": "80",
}  # fmt: skip
_SHORTEST_START: Final = 4


@dataclass(frozen=True, slots=True)
class Province:
    """A province by its official two-digit code."""

    code: str
    name_th: str
    name_en: str

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the moment."""
        return self.name_en if (get_language() or "th").startswith("en") else self.name_th


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Province]:
    # Imported on first need: the package brings 2 MB of schema that most processes never look at.
    import geothai

    found = [Province(row.code, row.name_th, row.name_en) for row in geothai.provinces()]
    return {row.code: row for row in sorted(found, key=lambda row: order_key(row.name_th))}


def provinces() -> tuple[Province, ...]:
    """Return all 77 provinces in the order of the Thai dictionary."""
    return tuple(_by_code().values())


def province(code: str) -> Province | None:
    """Return the province with an official code ("55" is Nan), or ``None``."""
    return _by_code().get(code) if code else None


def find_province(text: str) -> Province | None:
    """Return the province that ``text`` says, or ``None`` when it says none or could say two.

    Understood: the Thai or English name, with or without จ. or จังหวัด, spaced or not; the code; a few everyday names
    (กทม., โคราช, อยุธยา); a beginning that only one province has (นครศรีฯ, สุราษฎร์); a slip of one or two letters.
    """
    return exact_province(text) or _near_province(text)


def exact_province(text: str) -> Province | None:
    """Return the province that ``text`` names in full or by an everyday name; beginnings and slips are not read."""
    for key in _keys(text):
        code = _names().get(key) or _OTHER_NAMES.get(key)
        if code is not None:
            return _by_code()[code]
    return None


def _near_province(text: str) -> Province | None:
    names = _names()
    for key in _keys(text):
        start = key.rstrip("ฯ")
        if len(start) >= _SHORTEST_START:
            codes = {code for name, code in names.items() if name.startswith(start)}
            if len(codes) == 1:
                return _by_code()[codes.pop()]
    for key in _keys(text):
        close = {names[name] for name in get_close_matches(key, names, n=3, cutoff=0.82)}
        if len(close) == 1:
            return _by_code()[close.pop()]
    return None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Every name, folded and without spaces, with its code; the codes themselves too."""
    found: dict[str, str] = {}
    for code, row in _by_code().items():
        found[code] = code
        for name in (row.name_th, row.name_en):
            found[_bare(fold(name))] = code
    return found


def _keys(text: str) -> list[str]:
    """What ``text`` may say, the likeliest first: as it stands, then without จ. or จังหวัด."""
    if len(text) > 120:
        return []
    whole = fold(clean(text).replace(".", ". "))
    found = [_bare(whole)]
    for head in _HEADS:
        rest = whole.removeprefix(head)
        # "จ" alone is only an abbreviation when something parts it from the name: จ.น่าน, not จันทบุรี.
        if rest != whole and (head == "จังหวัด" or rest.startswith((" ", "."))):
            found.append(_bare(rest))
    found.extend(_bare(whole.removesuffix(tail)) for tail in _TAILS if whole.endswith(tail))
    return [key for key in dict.fromkeys(found) if key]


def _bare(text: str) -> str:
    return text.replace(" ", "").replace(".", "").replace("-", "")
