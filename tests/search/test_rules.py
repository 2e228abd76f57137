"""Who may do what in search."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import timezone

from prakai.people.models import Person
from prakai.search import rules
from prakai.search.models import Equivalents, SavedSearch

READERS = ("visitor", "malee", "somchai", "steward", "waiting")
# What each rule says to each reader in turn; the search is malee's.
TABLE = {
    "may_look_after_own": (False, True, True, True, False),
    "may_save": (False, True, True, True, False),
    "may_save one too many": (False, False, False, False, False),
    "may_change": (False, True, False, False, False),
    "may_decide_for": (False, True, False, False, False),
    "may_begin_letters": (True, False, False, False, False),
    "may_look_after_words": (False, False, False, True, False),
    "may_strike": (False, False, False, True, False),
    "may_strike twice": (False, False, False, False, False),
}


@pytest.mark.parametrize("rule", TABLE)
def test_rules_answer_reader_by_reader(cast: SimpleNamespace, rule: str) -> None:
    search = SavedSearch.objects.create(person=cast.malee, text="คิว")
    line, struck = Equivalents(words="ก\nข"), Equivalents(words="ก\nข", struck_at=timezone.now())
    ask = {
        "may_look_after_own": rules.may_look_after_own,
        "may_save": lambda reader: rules.may_save(reader, kept=99),
        "may_save one too many": lambda reader: rules.may_save(reader, kept=100),
        "may_change": lambda reader: rules.may_change(reader, search),
        "may_decide_for": lambda reader: rules.may_decide_for(reader, cast.malee),
        "may_begin_letters": rules.may_begin_letters,
        "may_look_after_words": rules.may_look_after_words,
        "may_strike": lambda reader: rules.may_strike(reader, line),
        "may_strike twice": lambda reader: rules.may_strike(reader, struck),
    }[rule]
    readers: list[Person | None] = [None, cast.malee, cast.somchai, cast.steward, cast.waiting]
    verdicts = [ask(reader) for reader in readers]
    assert dict(zip(READERS, (v.allowed for v in verdicts), strict=True)) == dict(
        zip(READERS, TABLE[rule], strict=True)
    )
    assert all(verdict.allowed or str(verdict.reason) for verdict in verdicts)


@pytest.mark.django_db
def test_only_she_sees_what_she_saved(cast: SimpleNamespace) -> None:
    SavedSearch.objects.create(person=cast.malee, text="คิว")
    seen = [SavedSearch.objects.visible_to(reader).count() for reader in (None, cast.malee, cast.steward)]
    assert seen == [0, 1, 0]
