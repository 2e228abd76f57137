"""May she? for search: saved searches are their person's own; the list of equivalents is the stewards'."""

from __future__ import annotations

from typing import Final

from django.utils.translation import pgettext_lazy

from prakai.kernel.verdicts import YES, Verdict, no
from prakai.people.models import Person
from prakai.search.models import Equivalents, SavedSearch

MOST_SAVED: Final = 100
"""So many searches one person keeps: as many as anybody reads about."""

SIGN_IN = pgettext_lazy("search refusal", "Please sign in first; then your searches are kept for you.")
ONLY_HERS = pgettext_lazy("search refusal", "What somebody looks for is her own matter alone.")


def may_look_after_own(person: Person | None) -> Verdict:
    """May ``person`` keep searches at all? Whoever takes part."""
    if person is None or not person.is_authenticated:
        return no(SIGN_IN)
    if not person.is_active or person.erased_at is not None:
        return no(pgettext_lazy("search refusal", "Your account does not take part now."))
    return YES


def may_save(person: Person | None, *, kept: int) -> Verdict:
    """May ``person``, who keeps ``kept`` searches, save one more?"""
    if not (verdict := may_look_after_own(person)):
        return verdict
    if kept >= MOST_SAVED:
        return no(
            pgettext_lazy(
                "search refusal", "You keep a hundred searches already, as many as there is room for."
            ),
            pgettext_lazy("search refusal", "Please drop one that you no longer need."),
        )
    return YES


def may_change(person: Person | None, search: SavedSearch) -> Verdict:
    """May ``person`` drop this search, or say whether letters tell of it? Only she who saved it."""
    if person is None or person.pk != search.person_id:
        return no(ONLY_HERS)
    return may_look_after_own(person)


def may_decide_for(by: Person | None, person: Person) -> Verdict:
    """May ``by`` decide about the searches of ``person``? She herself, also while she does not take part."""
    return YES if by is not None and by.pk == person.pk else no(ONLY_HERS)


def may_begin_letters(by: Person | None) -> Verdict:
    """May ``by`` set the day's letters going? The clock only: nobody decides when others get letters."""
    if by is None:
        return YES
    return no(pgettext_lazy("search refusal", "Letters about new things go out by themselves, once a day."))


def may_look_after_words(person: Person | None) -> Verdict:
    """May ``person`` read and change the list of words that mean the same? Stewards."""
    if person is not None and person.is_steward:
        return YES
    return no(
        pgettext_lazy("search refusal", "Only stewards look after the words that mean the same."),
        pgettext_lazy(
            "search refusal", "Tell a steward which words people also say; the list of people shows them."
        ),
    )


def may_strike(person: Person | None, line: Equivalents) -> Verdict:
    """May ``person`` strike out this line? Stewards, once."""
    if not (verdict := may_look_after_words(person)):
        return verdict
    if line.struck_at is not None:
        return no(pgettext_lazy("search refusal", "This line has been struck out already."))
    return YES
