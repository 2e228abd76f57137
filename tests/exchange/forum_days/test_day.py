"""A day without a line: the plan goes out, the day is held, and comes home; equal on both sides, and again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from prakai.exchange.forum_days import signing
from tests.exchange.forum_days.day import CODE, TITLE
from tests.exchange.forum_days.files import manifest_of, plain, raw, zipped
from tests.serving import environment, make_place, prakai


def play(place: Path, part: str) -> dict[str, Any]:
    """Play a part of the day at ``place``, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.exchange.forum_days.day", part],
        env=environment(place), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def ran(place: Path, *arguments: str) -> str:
    """Run a command that has to go well, and return what it said."""
    done = prakai(place, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The plan went from home to the laptop, the line is cut, the day was held; its file is not home yet."""
    folder = tmp_path_factory.mktemp("day")
    bare = make_place(folder / "bare")
    home, laptop = (Path(shutil.copytree(bare, folder / name)) for name in ("home", "laptop"))
    play(home, "plan")
    ran(home, "export", "forum", CODE, str(folder / "plan.zip"))
    founded = ran(laptop, "import", str(folder / "plan.zip"))
    assert (TITLE in founded, "เวทีใหม่ new forum" in founded) == (True, True)
    planned = play(home, "rows"), play(laptop, "rows")
    play(laptop, "hold")
    play(home, "meanwhile")
    ran(laptop, "export", "forum", CODE, str(folder / "day.zip"))
    return SimpleNamespace(folder=folder, home=home, laptop=laptop, bare=bare, planned=planned)


@pytest.fixture
def places(held: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    """The same, to be written on."""
    copies = {
        name: Path(shutil.copytree(getattr(held, name), tmp_path / name)) for name in ("home", "laptop")
    }
    return SimpleNamespace(
        **copies, day=held.folder / "day.zip", plan=held.folder / "plan.zip", folder=tmp_path
    )


SAYS_THE_SAME = (
    "arrived",
    "blocks",
    "circles",
    "tellers",
    "nuggets",
    "slips",
    "builds_on",
    "hidden",
    "pictures",
)


def test_the_plan_is_the_same_at_both_places(held: SimpleNamespace) -> None:
    home, laptop = held.planned
    assert home["counts"] == laptop["counts"]
    assert (home["counts"]["participants"], home["counts"]["blocks"], home["counts"]["slips"]) == (8, 3, 3)
    assert [home[key] for key in SAYS_THE_SAME] == [laptop[key] for key in SAYS_THE_SAME]
    # Who is not named by the forum does not go along.
    assert (home["people"], laptop["people"]) == (3, 2)
    key = manifest_of(held.folder / "plan.zip")["key"]
    around = plain(held.folder / "plan.zip", key)[signing.AROUND]
    assert b"dao@doikham.example" in around
    assert b"other@doikham.example" not in around
    assert b"napa@doikham.example" not in around
    assert "key" not in manifest_of(held.folder / "day.zip")
    assert (held.folder / "plan.zip").stat().st_mode & 0o077 == 0


def test_a_day_without_a_line_comes_home_once_and_only_once(places: SimpleNamespace) -> None:
    first = prakai(places.home, "import", str(places.day))
    # One phone number was written on both sides: shown, and left as it is here.
    assert first.returncode == 1
    assert ("ที่นี่ here: 02 ที่บ้าน" in first.stdout, "ในไฟล์ there: 089 ที่เวที" in first.stdout) == (True, True)
    assert first.stderr.startswith("prakai: 1 เรื่องไม่ตรงกัน")
    home, laptop = play(places.home, "rows"), play(places.laptop, "rows")
    assert home["counts"] == laptop["counts"]
    assert [home[key] for key in SAYS_THE_SAME] == [laptop[key] for key in SAYS_THE_SAME]
    assert (home["counts"]["sparks"], home["counts"]["stories"], home["pictures"]) == (22, 3, 1)
    assert (home["phones"], laptop["phones"]) == (["02 ที่บ้าน", "053"], ["089 ที่เวที", "081"])
    assert home["people"] == 3
    verb, facts = home["journal"][-1]
    assert (verb, facts["conflicts"], facts["removed"]) == ("forum.brought", 1, 1)
    assert home["brought"] == 25

    again = prakai(places.home, "import", str(places.day))
    assert (again.returncode, "เพิ่ม added" in again.stdout, "ปรับ changed" in again.stdout) == (1, False, False)
    assert "ที่นี่ here: 02 ที่บ้าน" in again.stdout
    assert play(places.home, "rows") == home


def test_what_differs_is_taken_from_the_file_when_somebody_chooses(places: SimpleNamespace) -> None:
    prakai(places.home, "import", str(places.day))
    ran(places.home, "import", str(places.day), "--theirs", "participants")
    assert play(places.home, "rows")["phones"] == ["089 ที่เวที", "053"]
    said = ran(places.home, "import", str(places.day))
    assert ("ไม่ตรงกัน conflicts 0" in said, "changed" in said) == (True, False)


def test_a_second_file_of_the_same_evening_brings_only_what_is_new(places: SimpleNamespace) -> None:
    prakai(places.home, "import", str(places.day))
    play(places.laptop, "later")
    evening = places.folder / "evening.zip"
    ran(places.laptop, "export", "forum", CODE, str(evening))
    said = prakai(places.home, "import", str(evening)).stdout
    assert ("เพิ่ม added 1" in said, "ปรับ changed 1" in said, "conflicts 1" in said) == (True, True, True)
    home, laptop = play(places.home, "rows"), play(places.laptop, "rows")
    assert home["counts"] == laptop["counts"]
    older = prakai(places.home, "import", str(places.day))
    assert (older.returncode, "มีไฟล์ที่ใหม่กว่าจากเครื่องนั้นเข้ามาแล้ว" in older.stderr) == (1, True)
    assert play(places.home, "rows") == home


def test_the_merged_day_goes_out_again_and_changes_nothing_there(places: SimpleNamespace) -> None:
    """What home decided reaches the laptop; what the laptop said itself comes back to it as its own."""
    ran(places.home, "import", str(places.day), "--theirs", "all")
    merged = places.folder / "merged.zip"
    ran(places.home, "export", "forum", CODE, str(merged))
    before = play(places.laptop, "rows")
    said = ran(places.laptop, "import", str(merged))
    assert ("เพิ่ม added" in said, "conflicts 0" in said) == (False, True)
    after = play(places.laptop, "rows")
    assert after["counts"] == before["counts"]
    assert after["phones"] == play(places.home, "rows")["phones"] == ["089 ที่เวที", "053"]


def test_a_file_that_was_tampered_with_changes_nothing(places: SimpleNamespace) -> None:
    before = play(places.home, "rows")
    more = zipped(places.folder / "more.zip", {**raw(places.day), "more": b"not signed"})
    done = prakai(places.home, "import", str(more))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "ลายเซ็นไม่ตรง" in done.stderr
    cut = places.folder / "cut.zip"
    cut.write_bytes(places.day.read_bytes()[:-200])
    done = prakai(places.home, "import", str(cut))
    assert (done.returncode, "ไฟล์เสีย" in done.stderr, done.stderr.count("\n")) == (1, True, 1)
    assert play(places.home, "rows") == before


def test_files_that_do_not_belong_here_are_refused_in_one_line(
    held: SimpleNamespace, places: SimpleNamespace
) -> None:
    own = prakai(places.home, "import", str(places.plan))
    assert (own.returncode, "ไฟล์นี้ส่งออกจากเครื่องนี้เอง" in own.stderr) == (1, True)
    stranger = Path(shutil.copytree(held.bare, places.folder / "stranger"))
    foreign = prakai(stranger, "import", str(places.day))
    assert (foreign.returncode, "ที่นี่ไม่รู้จักเวทีนี้" in foreign.stderr) == (1, True)
    assert play(stranger, "rows") == {}
    nobody = prakai(places.home, "import", str(places.day), "--as", "other@doikham.example")
    assert (nobody.returncode, nobody.stderr.count("\n")) == (1, 1)
    assert prakai(places.home, "export", "forum", "wwwww", str(places.folder / "none.zip")).returncode == 2
    assert not (places.folder / "none.zip").exists()


def test_looking_first_writes_nothing(places: SimpleNamespace) -> None:
    before = play(places.home, "rows")
    looked = prakai(places.home, "import", str(places.day), "--dry-run")
    assert ("ลองดูเท่านั้น dry run" in looked.stdout, "เพิ่ม added" in looked.stdout) == (True, True)
    assert play(places.home, "rows") == before
    assert sorted((places.home / "files").rglob("*.png")) == []
