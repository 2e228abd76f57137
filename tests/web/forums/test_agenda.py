"""Setting up the agenda by its page: whole pages, parts, and what was not right."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prakai.forums.actions import found_forum
from prakai.forums.models import Block, BlockRole, Day, Forum
from tests.web.forums.conftest import SignIn, shown

PARTS: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def forum(cast: SimpleNamespace) -> Forum:
    return found_forum(
        cast.hospital,
        by=cast.malee,
        title="เวที",
        purpose="ดีขึ้น",
        agenda="whole-day",
        first_on=date(2027, 1, 20),
    )


def titles(forum: Forum) -> list[str]:
    return list(Block.objects.filter(day__forum=forum).values_list("title", flat=True))


def test_it_costs_the_same_for_a_few_blocks_and_for_many(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    client = signed_in(cast.malee)
    small = found_forum(
        cast.hospital, by=cast.malee, title="เล็ก", agenda="half-day", first_on=date(2027, 1, 20)
    )
    for page in ("", "/agenda"):
        costs = []
        for one in (small, small, forum):
            address = f"/forums/{one.pk}{page}" if page else one.get_absolute_url()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            costs.append(len(queries))
        assert costs[1] == costs[2]


def test_a_block_goes_up_and_down_without_scripts(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    client = signed_in(cast.malee)
    before = titles(forum)
    second = Block.objects.filter(day__forum=forum)[1]
    address = f"/forums/{forum.pk}/agenda/blocks/{second.pk}/move"
    answer = client.post(address, {"step": "up"})
    assert answer["Location"] == f"/forums/{forum.pk}/agenda#block-{second.pk}"
    assert titles(forum) == [before[1], before[0], *before[2:]]
    client.post(address, {"step": "up"})
    client.post(address, {"step": "down"})
    assert titles(forum) == before


def test_a_block_is_dropped_on_another_day(cast: SimpleNamespace, signed_in: SignIn, forum: Forum) -> None:
    client = signed_in(cast.malee)
    client.post(f"/forums/{forum.pk}/agenda/days", {"on": "21 ม.ค. 2570", "begins_at": "9 โมงเช้า"})
    other = Day.objects.get(on=date(2027, 1, 21))
    last = Block.objects.filter(day__forum=forum).last()
    assert last is not None
    text = shown(
        client.post(f"/forums/{forum.pk}/agenda/blocks/{last.pk}/move", {"day": other.pk, "to": 0}, **PARTS)
    )
    assert ("<html" in text, "09.00 น." in text, other.blocks.get()) == (False, True, last)


def test_times_move_along_in_parts(cast: SimpleNamespace, signed_in: SignIn, forum: Forum) -> None:
    client = signed_in(cast.malee)
    opening = Block.objects.get(kind="opening")
    text = shown(
        client.post(f"/forums/{forum.pk}/agenda/blocks/{opening.pk}/minutes", {"minutes": "๓๕"}, **PARTS)
    )
    assert ("09.05 น." in text, "16.00 น." in text, "<html" in text) == (True, True, False)


@pytest.mark.parametrize("extra", [{}, PARTS], ids=["whole", "parts"])
def test_what_was_not_right_comes_back_as_typed(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum, extra: dict[str, Any]
) -> None:
    client = signed_in(cast.malee)
    day = forum.days.get()
    opening = Block.objects.get(kind="opening")
    new = {f"new{day.pk}-kind": "story", f"new{day.pk}-title": "เล่าเรื่อง", f"new{day.pk}-minutes": "สิบ"}
    text = shown(client.post(f"/forums/{forum.pk}/agenda/days/{day.pk}/blocks", new, **extra))
    assert ("เล่าเรื่อง" in text, 'value="สิบ"' in text) == (True, True)
    text = shown(
        client.post(f"/forums/{forum.pk}/agenda/blocks/{opening.pk}/minutes", {"minutes": "600"}, **extra)
    )
    assert ("เลยเที่ยงคืน" in text, 'value="600"' in text) == (True, True)
    text = shown(
        client.post(f"/forums/{forum.pk}/agenda/days", {"on": "20 ม.ค. 2570", "begins_at": "สาย ๆ"}, **extra)
    )
    assert ("อ่านเวลาไม่ออก" in text, "สาย ๆ" in text) == (True, True)
    text = shown(
        client.post(f"/forums/{forum.pk}/agenda/days", {"on": "20 ม.ค. 2570", "begins_at": "9.00"}, **extra)
    )
    assert "เวทีมีวันนี้อยู่แล้ว" in text
    assert (forum.days.count(), Block.objects.get(kind="opening").minutes) == (1, 20)


def test_a_block_is_added_changed_and_taken_out(
    cast: SimpleNamespace, signed_in: SignIn, forum: Forum
) -> None:
    client = signed_in(cast.malee)
    day = forum.days.get()
    new = {f"new{day.pk}-kind": "ceremony", f"new{day.pk}-title": "มอบของ", f"new{day.pk}-minutes": "10"}
    client.post(f"/forums/{forum.pk}/agenda/days/{day.pk}/blocks", new)
    block = Block.objects.get(title="มอบของ")
    address = f"/forums/{forum.pk}/agenda/blocks/{block.pk}"
    assert "มอบของ" in shown(client.get(address))
    client.post(
        address, {"kind": "dialogue", "title": "คุยกัน", "minutes": "15", "room": "ลานโพธิ์", "about": ""}
    )
    text = shown(client.get(f"/forums/{forum.pk}/agenda"))
    assert ("คุยกัน" in text, "ลานโพธิ์" in text, "มอบของ" in text) == (True, True, False)
    client.post(f"{address}/remove")
    assert client.get(address).status_code == 404


def test_who_does_what_is_a_member_or_a_guest(cast: SimpleNamespace, signed_in: SignIn, forum: Forum) -> None:
    client = signed_in(cast.malee)
    block = Block.objects.get(kind="story")
    address = f"/forums/{forum.pk}/agenda/blocks/{block.pk}"
    client.post(f"{address}/roles", {"kind": "teller", "name": "ลุงมี บ้านผาห่ม"})
    client.post(f"{address}/roles", {"kind": "recorder", "name": cast.nurse.email})
    assert [(role.name, role.person) for role in block.roles.order_by("pk")] == [
        ("ลุงมี บ้านผาห่ม", None), ("", cast.nurse)
    ]  # fmt: skip
    text = shown(client.get(address))
    assert ("ลุงมี บ้านผาห่ม" in text, str(cast.nurse) in text) == (True, True)
    assert "กรุณา" in shown(client.post(f"{address}/roles", {"kind": "teller", "name": ""}))
    client.post(f"{address}/roles/{BlockRole.objects.first().pk}/end")  # type: ignore[union-attr]
    assert block.roles.count() == 1


def test_only_who_prepares_sets_up_the_agenda(cast: SimpleNamespace, signed_in: SignIn, forum: Forum) -> None:
    opening = Block.objects.get(kind="opening")
    move = f"/forums/{forum.pk}/agenda/blocks/{opening.pk}/move"
    assert signed_in(cast.malee).get(f"/forums/{forum.pk}/agenda").status_code == 200
    for person in (cast.somchai, cast.nurse):
        assert signed_in(person).get(f"/forums/{forum.pk}/agenda").status_code == 404
        assert signed_in(person).post(move, {"step": "down"}).status_code == 404
    other = found_forum(cast.town, by=cast.somchai, title="อื่น")
    assert (
        signed_in(cast.somchai)
        .post(f"/forums/{other.pk}/agenda/blocks/{opening.pk}/move", {"step": "down"})
        .status_code
        == 404
    )
