"""Which unit do these words mean? Names compared as people write them, and no guess between two that could be meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from prakai.units.models import FormerName, UnitQuerySet
from prakai.units.provinces import exact_province
from prakai.units.wordings import (
    is_short,
    name_key,
    office_of,
    short_key,
    without_district,
    without_place,
)

CLOSE: Final = 0.8
SURE: Final = 0.9
MARGIN: Final = 0.05
SHORTEST_GUESS: Final = 8
MOST_CANDIDATES: Final = 6
_NUMBERS: Final = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as its names: ``lines`` it has now, ``former`` it had. ``key`` is its id, or a number of the caller's."""

    key: int
    lines: frozenset[str]
    former: frozenset[str] = frozenset()
    province: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words mean: the one unit meant (``None`` if unsure) and all that could be meant, the likeliest first.

    ``guessed`` says that the words are close to the name, not equal to it.
    """

    key: int | None = None
    candidates: tuple[int, ...] = ()
    guessed: bool = False


@dataclass(slots=True)
class NameIndex:
    """Names of many units, looked up without asking the database again."""

    named: dict[int, Named] = field(default_factory=dict)
    _now: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _former: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, units: UnitQuerySet) -> NameIndex:
        """Return the index of ``units`` with their former names: two queries."""
        former: dict[int, set[str]] = defaultdict(set)
        for unit_id, folded in FormerName.objects.filter(unit__in=units).values_list("unit_id", "folded"):
            former[unit_id].update(folded.split("\n"))
        index = cls()
        # Candidates keep this order, so it is ours and not the engine's: PostgreSQL moves a row that is changed.
        rows = units.order_by("pk").values_list("pk", "folded", "province", "valid_to")
        for pk, folded, province, valid_to in rows.iterator():
            lines = frozenset(line for line in folded.split("\n") if line)
            index.add(Named(pk, lines, frozenset(former[pk]) - {""}, province, valid_to is not None))
        return index

    def add(self, unit: Named) -> None:
        """Take one more unit in."""
        self.named[unit.key] = unit
        for line in unit.lines:
            self._now[line].append(unit.key)
        for line in unit.former - unit.lines:
            self._former[line].append(unit.key)

    def exact(self, text: str, *, former: bool = True) -> list[int]:
        """Return the keys of units that are called so now; if none is, of those that were once called so."""
        keys = [key for key in dict.fromkeys((name_key(text), short_key(text))) if key]
        for names in (self._now, self._former) if former else (self._now,):
            found = list(dict.fromkeys(key for line in keys for key in names.get(line, ())))
            if found:
                return found
        return []

    def near(self, text: str) -> list[tuple[float, int]]:
        """Return (likeness 0 to 1, key) of units with a name like ``text``, the likeliest first; numbers must agree."""
        wanted = name_key(text)
        if len(wanted) < 3:
            return []
        pairs, numbers = _pairs(wanted), _NUMBERS.findall(wanted)
        best: dict[int, float] = {}
        for key, line in self._spelled(len(wanted)):
            if (
                2 * len(pairs & _pairs(line)) < 0.5 * (len(wanted) + len(line))
                or _NUMBERS.findall(line) != numbers
            ):
                continue
            likeness = SequenceMatcher(None, wanted, line, autojunk=False).ratio()
            if likeness >= CLOSE and likeness > best.get(key, 0):
                best[key] = likeness
        return sorted(
            ((likeness, key) for key, likeness in best.items()), key=lambda pair: (-pair[0], pair[1])
        )

    def meaning(self, text: str, *, province: str = "", guess: bool = True) -> Meaning:
        """Return what ``text`` means among these units.

        Tried in turn: names and abbreviations of now, former names, the same without a province at the end
        ("รพ.สต.บ้านนา จ.น่าน"), the office of an abbreviation ("สำนักงาน ก.พ.ร."). Guessed: the same without a district
        at the end or สำนักงาน in front, close spellings if ``guess``. ``province`` (a code) only decides between equals.
        """
        name, place = without_place(text)
        said = exact_province(place)
        found = self.exact(text)
        if not found and said is not None:
            found = [key for key in self.exact(name) if self.named[key].province in ("", said.code)]
        if not found and is_short(office_of(name)):
            found = self.exact(office_of(name))
        code = said.code if said is not None else province
        if found:
            return self._one_of(found, code)
        for shorter in (without_district(name), office_of(without_district(name))):
            alike = self.exact(shorter) if shorter else []
            if alike := [key for key in alike if self.named[key].province in ("", code)] if code else alike:
                return self._one_of(alike, code, guessed=True)
        close = self.near(text) if guess else []
        likely = tuple(key for _, key in close[:MOST_CANDIDATES])
        long_enough = len(name_key(text)) >= SHORTEST_GUESS
        ahead = len(close) == 1 or (len(close) > 1 and close[1][0] < close[0][0] - MARGIN)
        clear = long_enough and ahead and close[0][0] >= SURE
        return Meaning(likely[0] if clear else None, likely, guessed=True)

    def _one_of(self, keys: list[int], code: str, *, guessed: bool = False) -> Meaning:
        narrowed = self._narrowed(keys, code)
        one = narrowed[0] if len(narrowed) == 1 else None
        return Meaning(one, tuple(narrowed[:MOST_CANDIDATES]), guessed=guessed)

    def _narrowed(self, keys: list[int], province: str) -> list[int]:
        """Of equals keep those in the province, then those that still exist; never down to nothing."""
        for keep in (
            lambda unit: unit.province == province,
            lambda unit: not unit.ended,
        ):
            kept = [key for key in keys if keep(self.named[key])]
            keys = kept or keys
        return keys

    def _spelled(self, length: int) -> Iterator[tuple[int, str]]:
        """Names of about this length, with their keys."""
        for names in (self._now, self._former):
            for line, keys in names.items():
                if " " not in line and 0.6 * length <= len(line) <= 1.7 * length:
                    for key in keys:
                        yield key, line


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def narrowed_to_words(words: str) -> Iterable[str]:
    """Return the keys under which rows that could be called ``words`` are found in the database, not empty."""
    name, _ = without_place(words)
    keys = (name_key(words), short_key(words), name_key(name), short_key(office_of(name)))
    return [key for key in dict.fromkeys(keys) if key]
