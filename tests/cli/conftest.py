"""Places to work on: prepared once, copied for each test that writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.serving import make_place, prakai

PASSWORD = "ฝนตกที่ดอยคำ-2550"


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with tables and nobody in it. Not to be written."""
    return make_place(tmp_path_factory.mktemp("bare") / "place")


@pytest.fixture(scope="session")
def lively(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with the demo network, a steward and two files. Not to be written."""
    place = tmp_path_factory.mktemp("lively") / "place"
    shutil.copytree(bare, place)
    done = prakai(place, "demo", "add")
    assert (done.returncode, done.stderr) == (0, "")
    made = ["createadmin", "--email", "dao@test.example", "--name", "ดาว ใจดี", "--password-stdin"]
    assert prakai(place, *made, stdin=PASSWORD).returncode == 0
    (place / "files" / "media" / "abc").mkdir(parents=True, exist_ok=True)
    (place / "files" / "media" / "abc" / "ป้ายสี.jpg").write_bytes(bytes(range(256)) * 500)
    (place / "files" / "portraits").mkdir(exist_ok=True)
    (place / "files" / "portraits" / "dao.webp").write_bytes(b"picture")
    return place


@pytest.fixture
def empty_place(bare: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(bare, tmp_path / "empty"))


@pytest.fixture
def lively_place(lively: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(lively, tmp_path / "lively"))
