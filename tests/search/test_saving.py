"""Saving searches, dropping them, and saying whether letters tell of what is new."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prakai.journal.following import catch_up, followers
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.notes.models import Tag
from prakai.people.actions import erase_person
from prakai.people.models import Audience
from prakai.search.actions import drop_search, save_search, stop_letters, tell_by_letter
from prakai.search.models import SavedSearch
from prakai.search.queries.saved import saved_searches
from prakai.search.stopping import stop_word, who_stops
from prakai.thai.digits import to_thai
from tests.factories.notes import make_note


def verbs() -> list[str]:
    said = Entry.objects.filter(verb__startswith="search").order_by("pk")
    return list(said.values_list("verb", flat=True))


def test_the_same_search_saved_again_is_the_same_row(cast: SimpleNamespace) -> None:
    first = save_search(cast.malee, "คิว  ยา", {"year": ["2551", "2550"], "kind": ["note"]}, by=cast.malee)
    again = save_search(cast.malee, " คิว ยา ", {"kind": ["note"], "year": ["2550", "2551"]}, by=cast.malee)
    other = save_search(cast.malee, "คิว ยา", by=cast.malee)
    hers = save_search(cast.somchai, "คิว ยา", by=cast.somchai)
    assert again == first
    assert len({first.pk, other.pk, hers.pk}) == 3
    assert (first.text, first.chosen) == ("คิว ยา", {"kind": ["note"], "year": ["2550", "2551"]})
    assert verbs() == ["search.saved"] * 3


def test_what_is_no_facet_is_not_kept(cast: SimpleNamespace) -> None:
    chosen = {"colour": ["red"], "tag": ["", " 7 ", "7", "x" * 61], "unit": [str(n) for n in range(40)]}
    kept = save_search(cast.malee, "", chosen, by=cast.malee).chosen
    assert (kept["tag"], len(kept["unit"]), set(kept)) == (["7"], 20, {"tag", "unit"})


def test_too_long_is_said_and_nobody_saves_for_another(cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError):
        save_search(cast.malee, "ก" * 401, by=cast.malee)
    with pytest.raises(ValidationError):
        save_search(cast.malee, "  ", by=cast.malee)
    assert save_search(cast.malee, "ก" * 400, by=cast.malee).text == "ก" * 400
    with pytest.raises(Refused):
        save_search(cast.malee, "คิว", by=cast.steward)
    with pytest.raises(Refused):
        save_search(cast.waiting, "คิว", by=cast.waiting)


def test_a_hundred_are_kept_and_no_more(cast: SimpleNamespace) -> None:
    SavedSearch.objects.bulk_create(SavedSearch(person=cast.malee, text=f"คำ {n}") for n in range(99))
    kept = save_search(cast.malee, "คำที่ร้อย", by=cast.malee)
    with pytest.raises(Refused):
        save_search(cast.malee, "อีกคำ", by=cast.malee)
    assert save_search(cast.malee, "คำที่ร้อย", by=cast.malee) == kept
    assert save_search(cast.somchai, "อีกคำ", by=cast.somchai).person == cast.somchai
    drop_search(kept, by=cast.malee)
    assert save_search(cast.malee, "อีกคำ", by=cast.malee).text == "อีกคำ"


def test_only_she_drops_her_search(cast: SimpleNamespace) -> None:
    search = save_search(cast.malee, "คิว", by=cast.malee)
    with pytest.raises(Refused):
        drop_search(search, by=cast.steward)
    drop_search(search, by=cast.malee)
    assert (SavedSearch.objects.count(), verbs()) == (0, ["search.saved", "search.dropped"])


def test_letters_switched_on_again_begin_with_what_comes_from_now_on(cast: SimpleNamespace) -> None:
    then, now = timezone.now() - timedelta(days=30), timezone.now()
    search = save_search(cast.malee, "คิว", by=cast.malee, at=then)
    tell_by_letter(search, False, by=cast.malee)
    tell_by_letter(search, False, by=cast.malee)
    assert (search.by_letter, search.told_until) == (False, then)
    with pytest.raises(Refused):
        tell_by_letter(search, True, by=cast.somchai)
    tell_by_letter(search, True, by=cast.malee, at=now)
    search.refresh_from_db()
    assert (search.by_letter, search.told_until) == (True, now)
    assert verbs() == ["search.saved", "search.letters_declined", "search.letters_wanted"]


def test_all_letters_stop_and_the_searches_stay(cast: SimpleNamespace) -> None:
    for words in ("คิว", "ป้าย"):
        save_search(cast.malee, words, by=cast.malee)
    save_search(cast.somchai, "คิว", by=cast.somchai)
    with pytest.raises(Refused):
        stop_letters(cast.malee, by=cast.somchai)
    assert (stop_letters(cast.malee, by=cast.malee), stop_letters(cast.malee, by=cast.malee)) == (2, 0)
    assert SavedSearch.objects.filter(by_letter=True).count() == 1
    assert verbs()[-1] == "searches.letters_stopped"


def test_the_word_of_a_letter_names_her_and_nobody_makes_one_up(cast: SimpleNamespace) -> None:
    word = stop_word(cast.malee)
    assert (who_stops(word), who_stops(word[:-1]), who_stops("คำ"), who_stops("")) == (
        cast.malee,
        None,
        None,
        None,
    )
    erase_person(cast.malee, by=cast.malee, keep_content=True)
    assert who_stops(word) is None


def test_who_leaves_looks_for_nothing_any_more(cast: SimpleNamespace) -> None:
    for person in (cast.malee, cast.somchai):
        save_search(person, "คิว", by=person)
    erase_person(cast.malee, by=cast.malee, keep_content=True)
    catch_up(next(f for f in followers() if f.name == "search.erasure"))
    assert [row.person for row in SavedSearch.objects.all()] == [cast.somchai]


def test_what_a_search_is_narrowed_by_is_called_by_its_name(cast: SimpleNamespace) -> None:
    chosen = {
        "unit": [str(cast.hospital.pk), "999", "x"],
        "province": ["55"],
        "year": ["2550"],
        "kind": ["note"],
    }
    save_search(cast.malee, "คิว", chosen, by=cast.malee)
    save_search(cast.malee, to_thai("2550"), by=cast.malee)
    plain, narrowed = saved_searches(cast.malee)
    assert plain.narrowed == []
    assert narrowed.words == "คิว · บันทึก · โรงพยาบาลดอยคำ · น่าน · 2550"
    assert "&kind=note&province=55&unit=" in narrowed.search.get_absolute_url()


def test_the_name_of_a_tag_that_she_may_not_see_is_not_told(cast: SimpleNamespace) -> None:
    make_note(cast.malee, "วงใน", tags=["ลับมาก"], audience=Audience.UNIT, unit=cast.hospital)
    tag = Tag.objects.get(label="ลับมาก")
    told = []
    for person in (cast.malee, cast.somchai):
        save_search(person, "คิว", {"tag": [str(tag.pk)]}, by=person)
        told.append([saved.words for saved in saved_searches(person)])
    assert told == [["คิว · ลับมาก"], ["คิว"]]
