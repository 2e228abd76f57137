"""What walls hear: shown sparks as they stand, what went, and nothing of what waits or of who is not named."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from prakai.forums.actions import (
    close_wall,
    echo_spark,
    freeze_wall,
    group_sparks,
    hide_spark,
    open_wall,
    pin_spark,
    release_spark,
    show_spark,
    thaw_wall,
    withdraw_spark,
)
from prakai.forums.models import Forum
from prakai.journal.newest import newest_id
from prakai.live.wall_reading import news_since
from tests.factories.forums import make_forum
from tests.factories.people import make_person
from tests.factories.sparks import make_spark
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    return SimpleNamespace(hospital=hospital, malee=make_person("มาลี", unit=hospital))


@pytest.fixture
def forum(cast: SimpleNamespace) -> Forum:
    forum = make_forum(cast.malee, cast.hospital, audience="unit")
    open_wall(forum, by=cast.malee)
    return forum


def events(frame: bytes) -> list[tuple[str, int, dict[str, Any]]]:
    """The events of a frame: name, id (0 without), data."""
    found = []
    for block in frame.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if line)
        if lines:
            found.append((lines["event"], int(lines.get("id", 0)), json.loads(lines["data"])))
    return found


def told(forum: Forum, since: int) -> dict[str, Any]:
    """What a listener of ``forum`` hears of all that turned after ``since``; nothing is {}."""
    frame = news_since(since, heard=[forum.pk], asked=[]).frames.get(forum.pk, b"")
    return events(frame)[0][2] if frame else {}


def test_a_tick_is_one_frame_with_the_number_of_its_last_entry(forum: Forum, cast: SimpleNamespace) -> None:
    before = newest_id()
    one = make_spark(forum, "ยิ้มก่อนถาม")
    two = make_spark(forum, "ฟังให้จบ", name="ป้านวล", builds_on=one)
    last = newest_id()
    make_spark(other := opened(cast), "เวทีอื่น")
    news = news_since(before, heard=[forum.pk], asked=[])
    assert (news.reached, set(news.frames)) == (newest_id(), {forum.pk})
    [(event, number, data)] = events(news.frames[forum.pk])
    assert (event, number) == ("wall", last)
    assert [spark["id"] for spark in data["sparks"]] == [one.public_id, two.public_id]
    assert data["sparks"][1] == {
        "id": two.public_id, "words": "ฟังให้จบ", "name": "ป้านวล", "picture": False, "builds_on": one.public_id,
        "builds_on_words": "ยิ้มก่อนถาม", "group": "", "pinned": False, "echoes": 0,
        "at": two.at.isoformat(timespec="seconds"),
    }  # fmt: skip
    assert [spark["words"] for spark in told(other, before)["sparks"]] == ["เวทีอื่น"]


def opened(cast: SimpleNamespace) -> Forum:
    forum = make_forum(cast.malee, cast.hospital)
    open_wall(forum, by=cast.malee)
    return forum


def test_who_threw_an_unnamed_spark_never_leaves(forum: Forum, cast: SimpleNamespace) -> None:
    before = newest_id()
    make_spark(forum, by=cast.malee, token="t")
    frame = news_since(before, heard=[forum.pk], asked=[]).frames[forum.pk].decode()
    assert (cast.malee.display_name in frame, '"name":""' in frame, "token" in frame) == (False, True, False)


def test_turns_of_a_spark_are_told_as_it_stands(forum: Forum, cast: SimpleNamespace) -> None:
    spark = make_spark(forum)
    before = newest_id()
    echo_spark(spark, by=None, token="phone-1")
    pin_spark(spark, by=cast.malee)
    group_sparks(forum, [spark], by=cast.malee, title="ต้อนรับ")
    [now] = told(forum, before)["sparks"]
    assert (now["id"], now["echoes"], now["pinned"], now["group"]) == (spark.public_id, 1, True, "ต้อนรับ")


def test_what_is_taken_off_is_told_by_its_number_only(forum: Forum, cast: SimpleNamespace) -> None:
    hidden, back = make_spark(forum, "หนึ่ง"), make_spark(forum, "สอง", token="t")
    before = newest_id()
    hide_spark(hidden, by=cast.malee, because="ชื่อคนไข้")
    withdraw_spark(back, by=None, token="t")
    data = told(forum, before)
    assert (sorted(data["gone"]), set(data)) == (sorted([hidden.public_id, back.public_id]), {"gone"})
    before = newest_id()
    show_spark(hidden, by=cast.malee)
    assert [spark["id"] for spark in told(forum, before)["sparks"]] == [hidden.public_id]


def test_a_spark_that_waits_comes_and_goes_in_silence(forum: Forum, cast: SimpleNamespace) -> None:
    open_wall(forum, by=cast.malee, is_held=True)
    before = newest_id()
    waits, never = make_spark(forum, "รอ"), make_spark(forum, "ไม่ให้ขึ้น", token="t")
    hide_spark(never, by=cast.malee, because="หยาบ")
    assert (newest_id() > before, told(forum, before)) == (True, {})
    withdraw_spark(never, by=None, token="t")
    assert told(forum, before) == {}
    release_spark(waits, by=cast.malee)
    assert [spark["words"] for spark in told(forum, before)["sparks"]] == ["รอ"]


def test_a_frozen_wall_stands_still_until_it_is_thawed(forum: Forum, cast: SimpleNamespace) -> None:
    before = newest_id()
    freeze_wall(forum, by=cast.malee)
    assert told(forum, before) == {"state": "frozen"}
    before = newest_id()
    sparks = [make_spark(forum, words) for words in ("หนึ่ง", "สอง")]
    assert told(forum, before) == {}
    thaw_wall(forum, by=cast.malee)
    data = told(forum, before)
    assert data["state"] == "open"
    assert [spark["id"] for spark in data["sparks"]] == [spark.public_id for spark in sparks]


def test_who_comes_back_hears_what_was_missed_once(forum: Forum, cast: SimpleNamespace) -> None:
    begin = newest_id()
    one = make_spark(forum, "หนึ่ง")
    middle = newest_id()
    two = make_spark(forum, "สอง")
    end = newest_id()
    lasts = [begin, middle, end, None, end + 5]
    news = news_since(end, heard=[], asked=[(forum.code, last) for last in lasts])
    heard = {last: events(news.admitted[forum.code, last].frame) for last in lasts}
    assert [s["id"] for s in heard[begin][0][2]["sparks"]] == [one.public_id, two.public_id]
    assert [s["id"] for s in heard[middle][0][2]["sparks"]] == [two.public_id]
    here = ("here", end, {"state": "open"})
    assert (heard[end], heard[None]) == ([here], [here])
    assert heard[end + 5] == [("much", 0, {}), here]  # of a journal that was restored: look again
    assert [heard[begin][-1], heard[middle][-1]] == [here, here]


def test_who_comes_back_after_very_much_looks_again(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = newest_id()
    make_spark(forum)
    make_spark(forum)
    monkeypatch.setattr("prakai.live.wall_reading.LOOKED_BACK", 1)
    frame = news_since(None, heard=[], asked=[(forum.code, begin)]).admitted[forum.code, begin].frame
    assert [name for name, _, _ in events(frame)] == ["much", "here"]


def test_only_walls_that_the_code_opens_let_in(forum: Forum, cast: SimpleNamespace) -> None:
    never_opened = make_forum(cast.malee, cast.hospital)
    asked = [(forum.code, None), (never_opened.code, None), ("zzzzz", None)]
    assert set(news_since(None, heard=[], asked=asked).admitted) == {(forum.code, None)}
    before = newest_id()
    close_wall(forum, by=cast.malee)
    news = news_since(before, heard=[forum.pk], asked=[(forum.code, None)])
    assert (news.shut, news.admitted) == (frozenset({forum.pk}), {})  # its forum is for a smaller circle
    assert events(news.frames[forum.pk])[0][2] == {"state": "closed"}
    public = opened(cast)
    close_wall(public, by=cast.malee)
    news = news_since(before, heard=[public.pk], asked=[(public.code, None)])
    assert (news.shut, events(news.admitted[public.code, None].frame)[0][2]) == (
        frozenset(),
        {"state": "closed"},
    )


def test_however_many_listen_and_throw_it_costs_the_same(
    forum: Forum, cast: SimpleNamespace, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    others = [opened(cast) for _ in range(4)]
    begin = newest_id()
    for wall in (forum, *others):
        for number in range(6):
            make_spark(wall, f"ประกายที่ {number}")
    walls = [forum, *others]
    asked = [(wall.code, begin + number) for wall in walls for number in range(5)]
    with django_assert_max_num_queries(5):
        news = news_since(begin, heard=[wall.pk for wall in walls], asked=asked)
    assert (len(news.frames), len(news.admitted)) == (5, 25)
    with django_assert_max_num_queries(1):
        assert news_since(news.reached, heard=[forum.pk], asked=[]).frames == {}
