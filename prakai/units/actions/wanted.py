"""What a unit's fields must be: cleaned and returned, or a ``ValidationError`` by field that says what to write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.thai.folding import clean
from prakai.thai.slugs import slug
from prakai.units.models import Unit, UnitKind
from prakai.units.provinces import province
from prakai.units.wordings import short_key

LONGEST_NAME: Final = 250
LONGEST_SHORT: Final = 60
MOST_SHORTS: Final = 12
LONGEST_ABOUT: Final = 4000


def names(name_th: str, name_en: str = "") -> tuple[str, str]:
    """Return both names, cleaned, on one line; the Thai one must not be empty."""
    thai, english = _line(name_th), _line(name_en)
    if not thai:
        raise ValidationError({"name_th": pgettext("unit field", "Please write the unit's Thai name.")})
    for field, text in (("name_th", thai), ("name_en", english)):
        if len(text) > LONGEST_NAME:
            words = pgettext("unit field", "This name is too long: at most %(most)d letters.")
            raise ValidationError({field: words % {"most": LONGEST_NAME}})
    return thai, english


def abbreviations(given: Iterable[str]) -> list[str]:
    """Return abbreviations cleaned, each once however it is dotted, in the order given."""
    kept: dict[str, str] = {}
    for text in given:
        short = _line(text)
        if short and short_key(short):
            kept.setdefault(short_key(short), short)
    if len(kept) > MOST_SHORTS or any(len(short) > LONGEST_SHORT for short in kept.values()):
        words = pgettext("unit field", "At most %(most)d abbreviations of at most %(long)d letters each.")
        raise ValidationError({"abbreviations": words % {"most": MOST_SHORTS, "long": LONGEST_SHORT}})
    return list(kept.values())


def kind(given: str) -> UnitKind:
    """Return the kind; one that is not known is refused."""
    try:
        return UnitKind(given)
    except ValueError:
        raise ValidationError(
            {"kind": pgettext("unit field", "Please choose one of the kinds of units.")}
        ) from None


def province_code(given: str) -> str:
    """Return the code of a province, or nothing."""
    if given and province(given) is None:
        raise ValidationError({"province": pgettext("unit field", "Please choose one of the 77 provinces.")})
    return given


def about(given: str) -> str:
    """Return the words about the unit, cleaned."""
    text = clean(given).strip()
    if len(text) > LONGEST_ABOUT:
        words = pgettext("unit field", "This is too long: at most %(most)d letters.")
        raise ValidationError({"about": words % {"most": LONGEST_ABOUT}})
    return text


def span(valid_from: date | None, valid_to: date | None) -> None:
    """Refuse a last day before the first."""
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise ValidationError({"valid_to": pgettext("unit field", "The last day lies before the first day.")})


def past_day(on: date, unit: Unit, *, field: str = "on", today: date | None = None) -> None:
    """Refuse a day that is still to come, or one before the unit began: what is written here has happened."""
    if on > (today or timezone.localdate()):
        words = pgettext(
            "unit field", "This day is still to come. Please write it down once it has happened."
        )
        raise ValidationError({field: words})
    if unit.valid_from is not None and on <= unit.valid_from:
        raise ValidationError({field: pgettext("unit field", "On this day the unit had not begun yet.")})


def address_words(name_th: str) -> str:
    """Return the readable end of a unit's address."""
    return slug(name_th, empty="")[:LONGEST_NAME]


def _line(text: str) -> str:
    return " ".join(clean(text).split())
