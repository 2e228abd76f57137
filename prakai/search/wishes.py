"""What somebody wants of a search beyond her words: chosen values of facets, order and page, as an address names them.

Reading never fails: what is not understood is left out, and numbers may be written in Thai digits and either era.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from prakai.search.asking import MOST_LETTERS, read_asked
from prakai.search.queries.answers import FACETS, KINDS, SORTS
from prakai.thai.digits import to_arabic
from prakai.thai.words import boundary_before
from prakai.thai.years import BUDDHIST_AHEAD, christian_year
from prakai.units.provinces import find_province, province

MOST_CHOSEN: Final = 12
"""Values of one facet that are read."""
LAST_PAGE: Final = 10_000
MOST_TOLD: Final = 600
"""Letters of the words that an address tells; a question looks at no more of a pasted text than they hold."""
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a search: words, chosen values by facet, order, page. All values are ones that may stand."""

    text: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    sort: str = SORTS[0]
    page: int = 1

    def query(self, **changes: str) -> list[tuple[str, str]]:
        """Return names and values for the address of this wish from its first page; ``changes`` replace or add.

        What is not worth telling (no words, the usual order, the first page) is left out, and of a long pasted text
        what is not looked at.
        """
        told = [
            ("q", told_words(self.text)),
            *((name, v) for name in FACETS for v in self.chosen.get(name, ())),
        ]
        told += [("sort", self.sort if self.sort != SORTS[0] else "")]
        told = [(name, value) for name, value in told if name not in changes]
        return [(name, value) for name, value in (*told, *changes.items()) if value]

    def with_choice(self, name: str, value: str) -> Wish:
        """Return this wish with one value of a facet chosen, or no longer chosen when it was; from the first page."""
        held = self.chosen.get(name, [])
        values = [v for v in held if v != value] if value in held else [*held, value]
        chosen = {key: kept for key, kept in {**self.chosen, name: values}.items() if kept}
        return Wish(self.text, chosen, self.sort)


def told_words(text: str) -> str:
    """Return the words as addresses tell them: a pasted text by its beginning, unless operators stand past that."""
    if len(text) <= MOST_TOLD:
        return text
    short = text[: boundary_before(text, MOST_TOLD)].rstrip() or text[:MOST_TOLD]
    whole, begun = read_asked(text), read_asked(short)
    return short if replace(whole, text="", words="") == replace(begun, text="", words="") else text


def read_wish(given: Mapping[str, Sequence[str]]) -> Wish:
    """Return what the values that were given by name ask for. Never raises."""
    words = given.get("q") or [""]
    sort = (given.get("sort") or [""])[-1]
    return Wish(
        text=" ".join(words[-1][:MOST_LETTERS].replace("\x00", " ").split()),
        chosen={name: values for name in FACETS if (values := _values(name, given.get(name) or []))},
        sort=sort if sort in SORTS else SORTS[0],
        page=min(max(1, read_number((given.get("page") or [""])[-1]) or 1), LAST_PAGE),
    )


def _values(name: str, given: Sequence[str]) -> list[str]:
    read = {"kind": _kind, "province": _province, "year": _year}.get(name, _row)
    return list(
        dict.fromkeys(value for one in given[:MOST_CHOSEN] if (value := read(one[:_LONGEST].strip())))
    )


def read_number(text: str) -> int | None:
    """Return the whole number that ``text`` is, in digits of either kind, or ``None``."""
    written = to_arabic(text[:_LONGEST].strip())
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None


def _kind(text: str) -> str:
    return text if text in KINDS else ""


def _row(text: str) -> str:
    return str(read_number(text) or "")


def _province(text: str) -> str:
    found = province(to_arabic(text)) or find_province(text)
    return found.code if found else ""


def _year(text: str) -> str:
    """Return a year of either era as one of the Buddhist era, empty when it is neither."""
    written = to_arabic(text)
    if not (written.isascii() and written.isdigit() and len(written) == 4):
        return ""
    year = christian_year(written, style="numeric")
    return str(year + BUDDHIST_AHEAD) if year else ""
