"""Backup and restore: the same rows and files again, on either engine; whole, or nothing is changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import limited, one_clear_line
from tests.serving import prakai


def manifest(archive: Path) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as opened:
        found: dict[str, Any] = json.loads(opened.read("prakai.json"))
        return found


def kept(place: Path, archive: Path, **more: str) -> dict[str, Any]:
    """Back ``place`` up into ``archive`` and return its manifest."""
    done = prakai(place, "backup", str(archive), **more)
    assert (done.returncode, done.stderr) == (0, "")
    return manifest(archive)


@pytest.fixture(scope="module")
def archive(lively: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "kept.zip"
    assert prakai(lively, "work", "--once").returncode == 0
    kept(lively, path)
    return path


def test_a_place_comes_back_as_it_was(archive: Path, empty_place: Path, tmp_path: Path) -> None:
    done = prakai(empty_place, "restore", str(archive))
    assert (done.returncode, done.stderr) == (0, "")
    before, after = manifest(archive), kept(empty_place, tmp_path / "again.zip")
    assert after["members"] == before["members"]
    assert (after["rows"]["notes.note"] > 0, after["rows"]["journal.entry"] > 0) == (True, True)
    assert sorted(name for name in after["members"] if name.startswith("files/")) == [
        "files/media/abc/ป้ายสี.jpg",
        "files/portraits/dao.webp",
    ]
    followed = prakai(empty_place, "work", "--once")
    assert "0 entries followed" in followed.stdout


def test_people_go_on_where_they_were(archive: Path, empty_place: Path) -> None:
    """Ids go on after the highest: the sequences were set."""
    prakai(empty_place, "restore", str(archive))
    made = prakai(
        empty_place,
        "createadmin",
        "--email",
        "n@t.example",
        "--name",
        "นภา",
        "--password-stdin",
        stdin="ฝนตกที่ดอยคำ-2550",
    )
    assert (made.returncode, made.stderr) == (0, "")


@pytest.mark.postgres
def test_a_place_moves_to_postgresql_and_back(
    archive: Path, empty_place: Path, tmp_path: Path, scratch_database: str
) -> None:
    there = tmp_path / "there"
    (there / "files").mkdir(parents=True)
    assert prakai(there, "migrate", DATABASE_URL=scratch_database).returncode == 0
    done = prakai(there, "restore", str(archive), DATABASE_URL=scratch_database)
    assert (done.returncode, done.stderr) == (0, "")
    moved = kept(there, tmp_path / "moved.zip", DATABASE_URL=scratch_database)
    assert (moved["engine"], moved["members"]) == ("postgresql", manifest(archive)["members"])
    assert "0 entries followed" in prakai(there, "work", "--once", DATABASE_URL=scratch_database).stdout
    made = ["createadmin", "--email", "n@t.example", "--name", "นภา", "--password-stdin"]
    said = prakai(there, *made, stdin="ฝนตกที่ดอยคำ-2550", DATABASE_URL=scratch_database)
    assert (said.returncode, said.stderr) == (0, "")
    assert prakai(empty_place, "restore", str(tmp_path / "moved.zip")).returncode == 0
    assert kept(empty_place, tmp_path / "back.zip")["members"] == manifest(archive)["members"]


def state_of(place: Path) -> list[str]:
    """Return everything that the place holds: its rows as SQL, and its files with their checksums."""
    rows = sqlite3.connect(place / "prakai.sqlite3")
    said = [line for line in rows.iterdump() if "django_session" not in line]
    rows.close()
    files = [path for path in sorted(place.glob("files*/**/*")) if path.is_file()]
    return [*said, *(f"{p.relative_to(place)} {hashlib.sha256(p.read_bytes()).hexdigest()}" for p in files)]


def unchanged(place: Path, act: Callable[[], None]) -> None:
    before = state_of(place)
    assert len(before) > 100
    act()
    assert state_of(place) == before


def test_a_place_with_people_is_not_overwritten_unless_told(
    archive: Path, lively_place: Path, tmp_path: Path
) -> None:
    def refused() -> None:
        done = prakai(lively_place, "restore", str(archive))
        assert (done.returncode, "--replace" in one_clear_line(done.stderr)) == (1, True)

    (lively_place / "files" / "new.txt").write_text("new")
    prakai(lively_place, "demo", "remove")
    unchanged(lively_place, refused)
    told = prakai(lively_place, "restore", str(archive), "--replace")
    assert (told.returncode, told.stderr) == (0, "")
    assert kept(lively_place, tmp_path / "told.zip")["members"] == manifest(archive)["members"]


def with_member(archive: Path, target: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """Write ``archive`` anew with one member changed (or left out); zip's own checksums are right."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content: bytes | None = old.read(info)
            if info.filename == name:
                content = change(content or b"")
            if content is not None:
                new.writestr(info.filename, content)
    return target


def said_otherwise(content: bytes, **other: Any) -> bytes:
    return json.dumps({**json.loads(content), **other}).encode()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("rows/notes.note.jsonl", lambda content: content.replace(b"true", b"null", 1)),
        ("rows/notes.note.jsonl", lambda content: None),
        ("files/portraits/dao.webp", lambda content: content + b"x"),
        ("prakai.json", lambda content: None),
        ("prakai.json", lambda content: b"{"),
        ("prakai.json", lambda content: b"[" * 200_000),
        ("prakai.json", lambda content: said_otherwise(content, members=[1, 2])),
        ("prakai.json", lambda content: said_otherwise(content, members={"rows/notes.note.jsonl": 5})),
        ("prakai.json", lambda content: said_otherwise(content, rows=7)),
        ("prakai.json", lambda content: said_otherwise(content, migrations=3)),
        ("prakai.json", lambda content: content.replace(b'"format": 1', b'"format": 99')),
        ("prakai.json", lambda content: content.replace(b'"0001_', b'"0000_', 1)),
    ],
)
def test_an_archive_that_is_not_whole_changes_nothing(
    archive: Path, lively_place: Path, tmp_path: Path, name: str, change: Callable[[bytes], bytes | None]
) -> None:
    wrong = with_member(archive, tmp_path / "wrong.zip", name, change)

    def refused() -> None:
        done = prakai(lively_place, "restore", str(wrong), "--replace")
        assert done.returncode == 1
        one_clear_line(done.stderr)

    unchanged(lively_place, refused)


def test_a_cut_archive_changes_nothing(archive: Path, lively_place: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(archive.read_bytes()[:-2000])

    def refused() -> None:
        done = prakai(lively_place, "restore", str(tmp_path / "cut.zip"), "--replace")
        assert done.returncode == 1
        one_clear_line(done.stderr)

    unchanged(lively_place, refused)


def test_an_archive_with_spoilt_bytes_changes_nothing(
    archive: Path, lively_place: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(archive) as opened:
        start = opened.getinfo("rows/notes.note.jsonl").header_offset + 60
    spoilt = bytearray(archive.read_bytes())
    spoilt[start : start + 40] = bytes(byte ^ 255 for byte in spoilt[start : start + 40])
    (tmp_path / "spoilt.zip").write_bytes(spoilt)

    def refused() -> None:
        done = prakai(lively_place, "restore", str(tmp_path / "spoilt.zip"), "--replace")
        assert done.returncode == 1
        one_clear_line(done.stderr)

    unchanged(lively_place, refused)


def test_a_full_disk_in_the_middle_changes_nothing(archive: Path, lively_place: Path, tmp_path: Path) -> None:
    prakai(lively_place, "demo", "remove")

    def cut_short() -> None:
        done = limited(lively_place, 100_000, "restore", str(archive), "--replace")
        assert done.returncode == 1
        assert "the disk is full" in one_clear_line(done.stderr)

    unchanged(lively_place, cut_short)


def test_rows_that_break_halfway_leave_rows_and_files_as_they_were(
    archive: Path, lively_place: Path, tmp_path: Path
) -> None:
    """An archive that is whole by its checksums, but one of whose rows no table takes."""
    broken: dict[str, bytes] = {}

    def spoil(content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        broken["rows"] = b"".join([*lines[:-1], lines[1]])  # one row twice, one lost
        return broken["rows"]

    half = with_member(archive, tmp_path / "half.zip", "rows/talk.comment.jsonl", spoil)

    def reseal(content: bytes) -> bytes:
        said = json.loads(content)
        said["members"]["rows/talk.comment.jsonl"] = [
            len(broken["rows"]),
            hashlib.sha256(broken["rows"]).hexdigest(),
        ]
        return json.dumps(said).encode()

    sealed = with_member(half, tmp_path / "sealed.zip", "prakai.json", reseal)

    def cut_short() -> None:
        assert prakai(lively_place, "restore", str(sealed), "--replace").returncode == 1

    (lively_place / "files" / "new.txt").write_text("new")
    unchanged(lively_place, cut_short)


def test_a_backup_never_overwrites_another(lively: Path, archive: Path) -> None:
    done = prakai(lively, "backup", str(archive))
    assert (done.returncode, "there already" in one_clear_line(done.stderr)) == (2, True)


def test_a_backup_is_for_its_owners_eyes(archive: Path) -> None:
    assert oct(archive.stat().st_mode & 0o777) == "0o600"
