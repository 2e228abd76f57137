"""Keeping a search, dropping it, and saying whether letters tell of what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.search import rules
from prakai.search.asking import read_asked
from prakai.search.models import SavedSearch
from prakai.search.queries.answers import FACETS
from prakai.thai.folding import clean

LONGEST: Final = 400
MOST_VALUES: Final = 20
LONGEST_VALUE: Final = 60


@transaction.atomic
def save_search(
    person: Person,
    text: str,
    chosen: Mapping[str, Sequence[str]] | None = None,
    *,
    by: Person,
    at: datetime | None = None,
) -> SavedSearch:
    """Keep ``text`` with the ``chosen`` facets for ``person``; what she keeps already is the same row."""
    rules.may_decide_for(by, person).or_refuse()
    words, narrowed = kept_text(text), kept_chosen(chosen or {})
    if not words and not narrowed:
        raise ValidationError({"text": pgettext("search error", "There is nothing to look for yet.")})
    # Her own row is the lock: two taps at the same moment neither keep one search twice nor go past the limit.
    Person.objects.select_for_update().get(pk=person.pk)
    mine = SavedSearch.objects.filter(person=person)
    known = mine.filter(text=words, chosen=narrowed).first()
    rules.may_save(by, kept=0 if known is not None else mine.count()).or_refuse()
    if known is not None:
        return known
    now = at or timezone.now()
    search = SavedSearch.objects.create(
        person=person, text=words, chosen=narrowed, saved_at=now, told_until=now
    )
    record("search.saved", search, by=by, at=at)
    return search


@transaction.atomic
def drop_search(search: SavedSearch, *, by: Person, at: datetime | None = None) -> None:
    """Keep this search no longer; its feed ends."""
    rules.may_change(by, search).or_refuse()
    record("search.dropped", search, by=by, at=at)
    search.delete()


@transaction.atomic
def tell_by_letter(
    search: SavedSearch, wanted: bool, *, by: Person, at: datetime | None = None
) -> SavedSearch:
    """Say whether letters tell of what is new; switched on again, they begin with what comes from now on."""
    rules.may_change(by, search).or_refuse()
    if search.by_letter != wanted:
        search.by_letter = wanted
        search.told_until = (at or timezone.now()) if wanted else search.told_until
        search.save(update_fields=["by_letter", "told_until"])
        record("search.letters_wanted" if wanted else "search.letters_declined", search, by=by, at=at)
    return search


@transaction.atomic
def stop_letters(person: Person, *, by: Person, at: datetime | None = None) -> int:
    """Send no more letters about any of her searches; return for how many that is new. The searches stay."""
    rules.may_decide_for(by, person).or_refuse()
    stopped = SavedSearch.objects.filter(person=person, by_letter=True).update(by_letter=False)
    if stopped:
        record("searches.letters_stopped", person, by=by, at=at)
    return stopped


def kept_text(text: str) -> str:
    """Return the words of a query as they are kept; ``ValidationError`` when they are too long for that."""
    words = clean(read_asked(text).text)
    if len(words) > LONGEST:
        raise ValidationError(
            {"text": pgettext("search error", "This is too long to be kept; a few words find more.")}
        )
    return words


def kept_chosen(chosen: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the chosen facets as they are kept: known ones in one order, each value once, nothing overlong.

    The same choice is so the same row, in whatever order its values were pressed.
    """
    kept = {}
    for facet in FACETS:
        values = {str(value).strip() for value in chosen.get(facet, ())}
        fitting = sorted(value for value in values if value and len(value) <= LONGEST_VALUE)[:MOST_VALUES]
        if fitting:
            kept[facet] = fitting
    return kept
