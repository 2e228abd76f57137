"""Files that are signed with the right key and hold what must not come in; and who may bring a file in."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from prakai.exchange.forum_days import bring_day, is_forum_day, pack_day, signing
from prakai.exchange.importing.hostile import Refusal
from prakai.forums.actions import add_block, add_day
from prakai.forums.models import Block, Participant, Passage, Role, Spark
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from tests.exchange.forum_days.files import plain, sealed
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
Row = dict[str, Any]
ELSEWHERE = "0" * 12


@pytest.fixture
def cast(tmp_path: Path) -> SimpleNamespace:
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee, somchai = make_person("มาลี", unit=hospital), make_person("สมชาย")
    forum = make_forum(malee, hospital)
    seat = make_participant(forum, name="ป้าคำ", phone="081")
    pack_day(forum, tmp_path / "plan.zip", by=malee)
    return SimpleNamespace(
        malee=malee, somchai=somchai, forum=forum, seat=seat, plan=tmp_path / "plan.zip", folder=tmp_path
    )


def signed(cast: SimpleNamespace, change: Callable[[list[Row]], None], **pictures: bytes) -> Path:
    """Return the plan as another place would send it back, with its rows changed, signed with the forum's key."""
    key = Passage.objects.get(forum=cast.forum).key
    parts = plain(cast.plan, key)
    rows = [json.loads(line) for line in parts[signing.ROWS].splitlines()]
    change(rows)
    parts[signing.ROWS] = b"\n".join(signing.as_json(row) for row in rows)
    parts |= {f"{signing.PICTURES}{name}.png": content for name, content in pictures.items()}
    return sealed(cast.folder / "back.zip", parts, key, place=ELSEWHERE)


def of(rows: list[Row], kind: str) -> Row:
    return next(row for row in rows if row["kind"] == kind)


def set_column(kind: str, column: str, value: Any) -> Callable[[list[Row]], None]:
    return lambda rows: of(rows, kind)["columns"].update({column: value})


def spark(**columns: Any) -> Row:
    empty = dict.fromkeys(
        (
            "person",
            "participant",
            "builds_on",
            "group",
            "held_at",
            "hidden_at",
            "withdrawn_at",
            "pinned_at",
            "claimed_at",
        )
    )
    said = {
        "public_id": "1" * 12,
        "client_id": "phone-0001",
        "words": "ยิ้มก่อนถาม",
        "name": "",
        "token_hash": "",
    }
    said |= {"at": "2026-11-27T03:00:00+00:00", "picture": "", **empty, **columns}
    return {"kind": "sparks", "id": "1" * 12, "columns": said}


def test_what_differs_is_shown_until_somebody_chooses(cast: SimpleNamespace) -> None:
    path = signed(cast, set_column("participants", "phone", "089"))
    assert is_forum_day(path) is True
    found = bring_day(path, by=cast.malee)
    # Nothing was agreed on with that place before, so even one changed number is shown.
    assert [(row.kind, row.column, row.here, row.there) for row in found.conflicts] == [
        ("participants", "phone", "081", "089")
    ]
    assert bring_day(path, by=cast.malee, theirs=["participants"]).changed == {"participants": 1}
    assert Participant.objects.get(pk=cast.seat.pk).phone == "089"
    assert bring_day(path, by=cast.malee).is_unchanged is True
    line = Entry.objects.get(verb="forum.brought")
    assert (line.by_id, line.facts) == (
        cast.malee.pk, {"added": 0, "changed": 1, "removed": 0, "conflicts": 0},
    )  # fmt: skip


def test_who_prepares_the_forum_may_bring_it_and_others_may_not(cast: SimpleNamespace) -> None:
    path = signed(cast, lambda rows: rows.append(spark(forum=cast.forum.public_id)))
    with pytest.raises(Refused):
        bring_day(path, by=cast.somchai)
    with pytest.raises(Refused):
        pack_day(cast.forum, cast.folder / "stolen.zip", by=cast.somchai)
    assert (cast.folder / "stolen.zip").exists() is False
    assert bring_day(path, by=cast.malee).added == {"sparks": 1}
    assert bring_day(path, by=None).added == {}
    assert [(s.words, s.forum) for s in Spark.objects.all()] == [("ยิ้มก่อนถาม", cast.forum)]


BAD: list[tuple[str, Callable[[list[Row]], None]]] = [
    ("a list", set_column("participants", "name", ["ป้าคำ"])),
    ("nothing", set_column("participants", "name", None)),
    ("too long", set_column("participants", "name", "ก" * 201)),
    ("no moment", set_column("participants", "registered_at", "yesterday")),
    ("no choice", set_column("forum", "audience", "everybody")),
    ("a number too large", set_column("forum", "seats", 10**30)),
    ("a script as an address", set_column("forum", "online_url", "javascript:alert(1)")),
    ("a reference that is none", set_column("participants", "person", 7)),
    ("two names", set_column("participants", "public_id", "2" * 12)),
    ("no known kind", lambda rows: rows.append({"kind": "persons", "id": "1", "columns": {}})),
    ("a row twice", lambda rows: rows.append(of(rows, "participants"))),
    ("no columns", lambda rows: rows.append({"kind": "sparks", "id": "1"})),
    ("no forum", lambda rows: rows.clear()),
]


@pytest.mark.parametrize("change", [change for _, change in BAD], ids=[name for name, _ in BAD])
def test_rows_that_cannot_stand_are_refused_and_nothing_is_half_done(
    cast: SimpleNamespace, change: Callable[[list[Row]], None]
) -> None:
    def with_a_good_one(rows: list[Row]) -> None:
        of(rows, "participants")["columns"]["phone"] = "089"
        change(rows)

    path = signed(cast, with_a_good_one)
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        bring_day(path, by=cast.malee, theirs=["all"])
    assert refused.value.code == "bad-rows"
    assert (Participant.objects.get(pk=cast.seat.pk).phone, Entry.objects.count()) == ("081", before)


def test_a_picture_that_is_none_is_refused(cast: SimpleNamespace) -> None:
    told = spark(picture="p.png", forum=cast.forum.public_id)
    path = signed(cast, lambda rows: rows.append(told), p=b"<script>alert(1)</script>")
    with pytest.raises(Refusal):
        bring_day(path, by=cast.malee)
    assert Spark.objects.count() == 0


def test_nobody_is_made_at_home_and_rows_of_other_forums_stay(cast: SimpleNamespace) -> None:
    own = make_forum(cast.malee, cast.forum.unit, "เวทีอื่น", announced=False)
    block = add_block(
        add_day(own, timezone.localdate(), by=cast.malee, begins_at=time(9)),
        by=cast.malee,
        kind="meal",
        minutes=30,
    )
    place = Passage.objects.get(forum=cast.forum).place

    def change(rows: list[Row]) -> None:
        of(rows, "participants")["columns"]["person"] = "9" * 12
        role = of(rows, "roles")
        rows.append({**role, "id": f"{ELSEWHERE}-1", "columns": {**role["columns"], "person": "9" * 12}})
        rows.append({
            "kind": "block_roles", "id": f"{ELSEWHERE}-2",
            "columns": {"block": f"{place}-{block.pk}", "kind": "teller", "person": None, "name": "แทรก"},
        })  # fmt: skip

    found = bring_day(signed(cast, change), by=cast.malee, theirs=["all"])
    assert sorted(row.kind for row in found.left_out) == ["block_roles", "roles"]
    assert (Role.objects.filter(forum=cast.forum).count(), Block.objects.get(pk=block.pk).roles.count()) == (
        1,
        0,
    )
    assert Participant.objects.get(pk=cast.seat.pk).person is None
