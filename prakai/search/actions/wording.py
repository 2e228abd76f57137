"""Adding to the list of words that mean the same, and striking out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.search import rules
from prakai.search.models import Equivalents
from prakai.search.queries.equivalents import GATE, built_in, key_of
from prakai.thai.folding import clean
from prakai.thai.graphemes import count

FEWEST: Final = 2
MOST: Final = 12
LONGEST: Final = 120


@transaction.atomic
def add_equivalents(forms: Sequence[str], *, by: Person, at: datetime | None = None) -> Equivalents:
    """Add a line: two or more ways to write one thing. ``~`` before a form says that it also means other things."""
    rules.may_look_after_words(by).or_refuse()
    kept = kept_forms(forms)
    keys = {key_of(form) for form in kept}
    standing = [line.forms for line in Equivalents.objects.standing()]
    if any(keys <= {key_of(form) for form in line} for line in [*standing, *built_in()]):
        raise ValidationError(
            {"forms": pgettext("equivalents error", "These words are in the list already.")}
        )
    line = Equivalents.objects.create(words="\n".join(kept), by=by, at=at or timezone.now())
    record("equivalents.added", line, by=by, at=at, forms=len(kept))
    return line


@transaction.atomic
def strike_equivalents(line: Equivalents, *, by: Person, at: datetime | None = None) -> Equivalents:
    """Strike a line out: the words are no longer taken as one. Who wrote it and who struck it stay readable."""
    fresh = Equivalents.objects.select_for_update(of=("self",)).get(pk=line.pk)
    rules.may_strike(by, fresh).or_refuse()
    fresh.struck_at, fresh.struck_by = at or timezone.now(), by
    fresh.save(update_fields=["struck_at", "struck_by"])
    record("equivalents.struck", fresh, by=by, at=at)
    return fresh


def kept_forms(forms: Sequence[str]) -> list[str]:
    """Return forms as they are kept: cleaned, each once; ``ValidationError`` says what is missing or too much."""
    kept: dict[str, str] = {}
    for form in forms:
        words = " ".join(clean(form).replace("|", " ").split())
        gate = GATE if words.startswith(GATE) else ""
        words = words.lstrip(f"{GATE} ")
        if count(words) > LONGEST:
            raise ValidationError(
                {"forms": pgettext("equivalents error", "One of these is too long for a word.")}
            )
        if key_of(words):
            kept.setdefault(key_of(words), gate + words)
    if len(kept) < FEWEST:
        raise ValidationError(
            {
                "forms": pgettext(
                    "equivalents error", "Please write two or more ways of saying it, one on each line."
                )
            }
        )
    if len(kept) > MOST:
        raise ValidationError(
            {"forms": pgettext("equivalents error", "Please keep to twelve ways of saying one thing.")}
        )
    return list(kept.values())
