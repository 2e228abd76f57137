"""Whatever is done to a file on its way: it is refused with a clear word, and not one row is another afterwards."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from prakai.exchange.forum_days import bring_day, is_forum_day, pack_day, signing
from prakai.exchange.importing.hostile import Refusal
from prakai.forums.models import Forum, Passage
from tests.exchange.forum_days.files import manifest_of, plain, raw, sealed, zipped
from tests.exchange.forum_days.places import laptop_with
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.sparks import make_spark
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


def rows_of_everything() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture
def way(tmp_path: Path) -> SimpleNamespace:
    """A plan, and two files that the laptop sent home one after the other; none is in yet."""
    hospital = make_unit("โรงพยาบาลดอยคำ")
    malee = make_person("มาลี", unit=hospital)
    forum = make_forum(malee, hospital)
    make_participant(forum, name="ป้าคำ")
    pack_day(forum, tmp_path / "plan.zip", by=malee)
    with laptop_with(tmp_path / "plan.zip", out=tmp_path / "second.zip") as there:
        pack_day(there, tmp_path / "first.zip", by=None)
        make_participant(there, name="ลุงดำ")
    key = Passage.objects.get(forum=forum).key
    return SimpleNamespace(
        forum=forum, malee=malee, key=key, folder=tmp_path, plan=tmp_path / "plan.zip",
        first=tmp_path / "first.zip", second=tmp_path / "second.zip",
    )  # fmt: skip


def refused(path: Path) -> str:
    """Return why ``path`` is refused, having seen that nothing at all was written."""
    before = rows_of_everything()
    with pytest.raises(Refusal) as found:
        bring_day(path, by=None, theirs=["all"])
    assert rows_of_everything() == before
    assert found.value.reason.endswith(".")
    return found.value.code


def test_no_byte_of_a_file_can_be_another(way: SimpleNamespace) -> None:
    whole = way.second.read_bytes()
    path = way.folder / "flipped.zip"
    with zipfile.ZipFile(way.second) as packed:
        starts = [member.header_offset + 30 + len(member.filename) for member in packed.infolist()]
        ends = [start + member.file_size for start, member in zip(starts, packed.infolist(), strict=True)]
    places = {*range(0, len(whole), max(1, len(whole) // 40)), *starts, *(end - 1 for end in ends)}
    wrong = []
    before = rows_of_everything()
    for place in sorted(places):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x01]) + whole[place + 1 :])
        if not is_forum_day(path):
            continue
        try:
            found = bring_day(path, by=None, dry_run=True)
        except Refusal:
            continue
        # The ZIP's own times and flags say nothing: whatever comes in is what was signed.
        if found.added != {"participants": 1}:
            wrong.append(place)
    assert (wrong, rows_of_everything()) == ([], before)


@pytest.mark.parametrize(
    "name", [signing.ROWS, signing.AROUND, signing.BASES, signing.MANIFEST, signing.SIGNATURE]
)
def test_no_part_can_be_left_out_or_be_that_of_another_file(way: SimpleNamespace, name: str) -> None:
    parts, others = raw(way.second), raw(way.first)
    out = way.folder / "changed.zip"
    assert refused(zipped(out, {key: value for key, value in parts.items() if key != name})) in (
        "wrong-signature", "bad-file",
    )  # fmt: skip
    assert refused(zipped(out, {**parts, name: others[name]})) == "wrong-signature"
    assert refused(zipped(out, {**parts, name: b""})) in ("wrong-signature", "bad-file")
    assert refused(zipped(out, {**parts, name: b"[" * 100_000})) in ("wrong-signature", "bad-file")


@pytest.mark.parametrize(
    "name", ["more", "pictures/1.png", "../../etc/cron.d/x", "/etc/passwd", "C:\\x", "a/../../b", ".hidden"]
)
def test_no_part_can_be_added(way: SimpleNamespace, name: str) -> None:
    out = zipped(way.folder / "more.zip", {**raw(way.second), name: b"#!"})
    assert refused(out) in ("wrong-signature", "bad-file")
    assert not (way.folder.parent / "etc").exists()


def test_a_link_in_a_file_is_only_bytes(way: SimpleNamespace) -> None:
    out = way.folder / "link.zip"
    with zipfile.ZipFile(zipped(out, raw(way.second)), "a") as packed:
        link = zipfile.ZipInfo("pictures/link.png")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    assert refused(out) == "wrong-signature"
    other = way.folder / "other.zip"
    os.symlink(way.second, other)
    assert bring_day(other, by=None, dry_run=True).added == {"participants": 1}


def test_an_older_file_after_a_newer_one_is_refused_and_the_same_again_is_not(way: SimpleNamespace) -> None:
    assert bring_day(way.second, by=None).added == {"participants": 1}
    assert bring_day(way.second, by=None).is_unchanged is True
    assert refused(way.first) == "older-file"
    assert manifest_of(way.first)["number"] < manifest_of(way.second)["number"]


def test_the_clock_of_a_laptop_decides_nothing(way: SimpleNamespace) -> None:
    """A laptop that thought it was 2037 can still send a later file."""
    early = sealed(
        way.folder / "2037.zip", plain(way.first, way.key), way.key, made_at="2037-01-01T00:00:00+00:00"
    )
    bring_day(early, by=None)
    assert bring_day(way.second, by=None).added == {"participants": 1}


def test_a_file_by_another_key_is_refused(way: SimpleNamespace) -> None:
    parts, stranger = plain(way.second, way.key), "0" * 64
    out = way.folder / "stranger.zip"
    assert refused(sealed(out, parts, stranger)) == "wrong-signature"
    # Bringing its own key along helps nobody: this place asks its own.
    assert refused(sealed(out, parts, stranger, key=stranger)) == "wrong-signature"
    with pytest.raises(Refusal):
        bring_day(sealed(out, parts, stranger, key=stranger), by=None, takes_new_key=True)
    assert refused(sealed(out, parts, way.key, forum="2" * 12)) == "unknown-forum"


def test_a_key_that_is_revoked_signs_nothing_more(way: SimpleNamespace) -> None:
    """A laptop was stolen: home makes a new key, and only who gets the new plan can send a day home."""
    assert pack_day(way.forum, way.folder / "new.zip", by=way.malee, new_key=True).has_key is True
    assert refused(way.second) == "wrong-signature"
    with laptop_with(way.plan):
        assert refused(way.folder / "new.zip") == "wrong-signature"
        bring_day(way.folder / "new.zip", by=None, takes_new_key=True)
        there = Forum.objects.get()
        make_participant(there, name="มาแทน")
        with pytest.raises(Refusal):
            pack_day(there, way.folder / "own.zip", by=None, new_key=True)
        assert not (way.folder / "own.zip").exists()
        pack_day(there, way.folder / "third.zip", by=None)
    assert bring_day(way.folder / "third.zip", by=None).added == {"participants": 1}


def claims_too_much(path: Path) -> None:
    """Let the index say that a part unpacks to 4 GB."""
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<L", 0xFFFFFFF0)
    path.write_bytes(bytes(content))


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("pictures/big.png", b"\0" * 80_000_000)


def many(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as packed:
        for number in range(10_001):
            packed.writestr(f"pictures/{number}.png", b"")


@pytest.mark.parametrize("make", [claims_too_much, bomb, many])
def test_bombs_are_refused(way: SimpleNamespace, make: Callable[[Path], None]) -> None:
    out = zipped(way.folder / "bomb.zip", raw(way.second))
    make(out)
    assert refused(out) in ("zip-bomb", "too-large", "too-many-files", "bad-file", "bad-archive")


def test_a_bomb_within_the_seal_is_refused_too() -> None:
    key = "1" * 64
    closed = signing.sealed(key, "rows.jsonl", b"\0" * 10_000_000)
    assert len(closed) < 20_000
    assert signing.unsealed(key, "rows.jsonl", closed, most=1_000_000) is None
    assert signing.unsealed(key, "around.json", closed, most=20_000_000) is None


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (signing.ROWS, b"[" * 200_000),
        (signing.ROWS, b'{"kind": "sparks", "id": "1", "columns": ' + b"[" * 5000 + b"]" * 5000 + b"}"),
        (signing.ROWS, b'{"kind": {}, "id": [], "columns": []}'),
        (signing.ROWS, b"\xff\xfe"),
        (signing.ROWS, b"NaN"),
        (signing.AROUND, b"[]"),
        (signing.AROUND, b'{"people": {"x": 1}, "units": {}}'),
        (signing.AROUND, b'{"people": {}, "units": {"x": {"kind": "office"}}}'),
        (signing.BASES, b'{"x": 1}'),
        (signing.BASES, b'{"x": {"made_at": "2026-11-27T00:00:00+00:00", "state": {"sparks": []}}}'),
    ],
)
def test_parts_of_another_shape_are_refused_though_they_are_signed(
    way: SimpleNamespace, part: str, content: bytes
) -> None:
    parts = {**plain(way.second, way.key), part: content}
    assert refused(sealed(way.folder / "shape.zip", parts, way.key)) in ("bad-file", "bad-rows")


@pytest.mark.parametrize(
    "told",
    [
        {"number": 0}, {"number": "1"}, {"number": True}, {"number": 2**40}, {"made_at": "yesterday"},
        {"made_at": 7}, {"format": "prakai-forum-day-9"}, {"place": "../x"}, {"forum": None},
    ],
)  # fmt: skip
def test_a_manifest_of_another_shape_is_refused(way: SimpleNamespace, told: dict[str, Any]) -> None:
    path = sealed(way.folder / "told.zip", plain(way.second, way.key), way.key, **told)
    assert refused(path) in ("bad-file", "other-version", "unknown-forum")


def test_html_stays_words(way: SimpleNamespace) -> None:
    from prakai.forums import actions

    with laptop_with(way.plan, out=way.folder / "html.zip") as there:
        actions.open_wall(there, by=there.roles.get().person)
        there.refresh_from_db()
        make_spark(there, "<script>alert(1)</script> & ยิ้ม")
    bring_day(way.folder / "html.zip", by=None)
    assert way.forum.sparks.get().words == "<script>alert(1)</script> & ยิ้ม"
