"""Tags under the letter they begin with, as in a dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from prakai.notes.models import Tag
from prakai.thai.names import first_letter


def by_letter(tags: Iterable[Tag]) -> list[tuple[str, list[Tag]]]:
    """Return tags in their order, grouped by the first consonant or letter; เก่า stands under ก."""
    return [(letter, list(group)) for letter, group in groupby(tags, key=_letter)]


def _letter(tag: Tag) -> str:
    return first_letter(tag.label)
