"""Which unit typed words mean: a unit of the tree when there is no doubt, else the words stay words."""

from __future__ import annotations

import re
from typing import Final

from prakai.units.models import Unit
from prakai.units.queries import resolve_unit

_NUMBER: Final = re.compile(r"#([0-9]{1,15})\s*$")


def unit_meant(words: str) -> Unit | None:
    """Return the unit that ``words`` mean (a name, an abbreviation, what ends with #number); ``None`` in doubt."""
    if not words.strip():
        return None
    if numbered := _NUMBER.search(words):
        return Unit.objects.filter(pk=int(numbered[1])).first()
    return resolve_unit(words, guess=False)[0]
