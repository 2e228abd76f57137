"""Forums and their stories are found by those who are asked to come or were there, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import timezone

from prakai.forums.actions import (
    change_forum,
    give_role,
    hide_spark,
    open_wall,
    withdraw_spark,
    withdraw_story,
)
from prakai.forums.models import Forum, Role
from prakai.people.models import Person
from prakai.search.keeping import carry_over
from prakai.search.queries.finding import find
from prakai.search.queries.suggesting import suggest
from prakai.units.actions import rename_unit
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.sparks import make_spark
from tests.factories.stories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(cast: SimpleNamespace, searched: Callable[[], int]) -> SimpleNamespace:
    cast.colleague = make_person("สุดา", "เพื่อนงาน", unit=cast.hospital)
    cast.forums = {
        audience: make_forum(
            cast.malee,
            cast.hospital,
            f"เวทีห้องยา {audience}",
            audience=audience,
            purpose="ให้ผู้ป่วยรอรับยาไม่นาน",
            place="ห้องประชุมดอกปีบ",
        )
        for audience in ("public", "members", "unit")
    }
    cast.draft = make_forum(cast.malee, cast.hospital, "เวทีห้องยา ร่าง", announced=False)
    searched()
    return cast


def found_by(reader: Person | None, words: str) -> set[str]:
    hits = find(words, reader, chosen={"kind": ["forum"]}, size=100).hits
    return {hit.thing.audience for hit in hits if not hit.is_near}


@pytest.mark.parametrize(
    "words", ["เวทีห้องยา", "รอรับยาไม่นาน", "ดอกปีบ", "เวทีห้องย", "โรงพยาบาลดอยคำ", '"ผู้ป่วยรอรับยา"']
)
def test_each_reader_finds_what_she_may_come_to(place: SimpleNamespace, words: str) -> None:
    assert found_by(None, words) == {"public"}
    assert found_by(place.somchai, words) == {"public", "members"}
    assert found_by(place.colleague, words) == {"public", "members", "unit"}


def test_a_seat_or_a_role_lets_one_find_it_and_its_end_not(place: SimpleNamespace) -> None:
    unit_only = place.forums["unit"]
    role = give_role(unit_only, place.somchai, "observer", by=place.malee)
    carry_over()
    assert found_by(place.somchai, "เวทีห้องยา") == {"public", "members", "unit"}
    # From the next request on, though the index has heard nothing of it.
    Role.objects.filter(pk=role.pk).update(ended_at=role.at)
    assert found_by(place.somchai, "เวทีห้องยา") == {"public", "members"}
    make_participant(unit_only, place.somchai)
    assert found_by(place.somchai, "เวทีห้องยา") == {"public", "members", "unit"}


def test_what_is_narrowed_is_gone_at_once(place: SimpleNamespace) -> None:
    Forum.objects.filter(pk=place.forums["public"].pk).update(audience="unit")
    assert found_by(None, "เวทีห้องยา") == set()
    assert suggest("เวทีห้องยา", None) == []


def test_it_is_known_while_somebody_types(place: SimpleNamespace) -> None:
    assert [(one.kind, one.text) for one in suggest("เวทีห", None)] == [("forum", "เวทีห้องยา public")]


def test_it_follows_its_words_and_its_unit(place: SimpleNamespace) -> None:
    change_forum(place.forums["public"], by=place.malee, title="เวทีตู้เย็นวัคซีน")
    carry_over()
    assert found_by(None, "ตู้เย็นวัคซีน") == {"public"}
    assert found_by(None, '"เวทีห้องยา"') == set()
    rename_unit(place.hospital, by=place.steward, name_th="โรงพยาบาลลำน้ำใส", on=timezone.localdate())
    carry_over()
    assert found_by(None, "ลำน้ำใส") == {"public"}


def stories_of(reader: Person | None, words: str) -> set[str]:
    hits = find(words, reader, chosen={"kind": ["story"]}, size=100).hits
    return {hit.thing.title for hit in hits if not hit.is_near}


def test_stories_are_found_where_they_may_be_quoted_and_else_by_who_was_there(place: SimpleNamespace) -> None:
    forum = place.forums["public"]
    teller = make_person("คำ", "ใจดี")
    make_story(forum, place.malee, title="ถุงยาเล่าได้")
    make_story(forum, place.malee, teller, title="ถุงยาในวง", allows_quotes=False)
    make_story(place.forums["unit"], place.malee, title="ถุงยาของหน่วยงาน")
    carry_over()
    assert stories_of(None, "จัดยาไว้เป็นถุง") == {"ถุงยาเล่าได้"}
    assert stories_of(place.somchai, "จัดยาไว้เป็นถุง") == {"ถุงยาเล่าได้"}
    assert stories_of(teller, "จัดยาไว้เป็นถุง") == {"ถุงยาเล่าได้", "ถุงยาในวง"}
    assert stories_of(place.colleague, "จัดยาไว้เป็นถุง") == {"ถุงยาเล่าได้", "ถุงยาของหน่วยงาน"}
    assert stories_of(place.malee, "จัดยาไว้เป็นถุง") == {"ถุงยาเล่าได้", "ถุงยาในวง", "ถุงยาของหน่วยงาน"}


def test_a_story_that_was_withdrawn_or_narrowed_is_gone_at_once(place: SimpleNamespace) -> None:
    story = make_story(place.forums["public"], place.malee, title="ถุงยาเล่าได้")
    carry_over()
    assert stories_of(None, "ถุงยาเล่าได้") == {"ถุงยาเล่าได้"}
    Forum.objects.filter(pk=place.forums["public"].pk).update(audience="unit")
    assert stories_of(None, "ถุงยาเล่าได้") == set()
    Forum.objects.filter(pk=place.forums["public"].pk).update(audience="public")
    withdraw_story(story, by=place.malee)
    assert stories_of(None, "ถุงยาเล่าได้") == set()
    carry_over()
    assert stories_of(None, "ถุงยาเล่าได้") == set()


def test_stories_follow_their_forum(place: SimpleNamespace) -> None:
    forum = place.forums["members"]
    make_story(forum, place.malee, title="ถุงยาเล่าได้")
    carry_over()
    assert stories_of(None, "ถุงยาเล่าได้") == set()
    change_forum(forum, by=place.malee, audience="public")
    carry_over()
    assert stories_of(None, "ถุงยาเล่าได้") == {"ถุงยาเล่าได้"}


def sparks_of(reader: Person | None, words: str) -> set[str]:
    hits = find(words, reader, chosen={"kind": ["spark"]}, size=100).hits
    return {hit.thing.words for hit in hits if not hit.is_near}


def test_sparks_are_found_by_who_may_see_their_wall(place: SimpleNamespace) -> None:
    sparks = {}
    for audience in ("public", "unit"):
        open_wall(place.forums[audience], by=place.malee)
        words = f"กระติกน้ำแข็งใบเดียว {audience}"
        sparks[audience] = make_spark(place.forums[audience], words, token="phone")
    carry_over()
    assert sparks_of(None, "กระติกน้ำแข็ง") == {"กระติกน้ำแข็งใบเดียว public"}
    assert sparks_of(place.colleague, "กระติกน้ำแข็ง") == {
        "กระติกน้ำแข็งใบเดียว public", "กระติกน้ำแข็งใบเดียว unit"
    }  # fmt: skip
    hide_spark(sparks["public"], by=place.malee, because="ขอคุยก่อน")
    assert sparks_of(None, "กระติกน้ำแข็ง") == set()
    withdraw_spark(sparks["unit"], by=None, token="phone")
    assert sparks_of(place.colleague, "กระติกน้ำแข็ง") == set()


def test_a_spark_leads_to_its_place_on_the_wall(place: SimpleNamespace) -> None:
    open_wall(place.forums["public"], by=place.malee)
    spark = make_spark(place.forums["public"], "กระติกน้ำแข็งใบเดียว", by=place.malee, name="x")
    carry_over()
    [hit] = find("กระติกน้ำแข็ง", None, chosen={"kind": ["spark"]}).hits
    assert hit.address == f"/forums/{spark.forum_id}/wall/list#s-{spark.public_id}"
    assert "".join(piece.text for piece in hit.title) == "เวทีห้องยา public"
