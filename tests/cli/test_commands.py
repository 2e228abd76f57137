"""The command line: help everywhere, exit codes, and one clear line in Thai and English for what goes wrong."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

from prakai.cli.main import COMMANDS, answer
from tests.serving import PRAKAI, environment, prakai

THAI = re.compile("[ก-๙]")
ROOT = Path(__file__).resolve().parent.parent.parent


def one_clear_line(said: str) -> str:
    """Return the only line of ``said``; it speaks Thai, then English, and is no traceback."""
    lines = [line for line in said.splitlines() if line]
    assert len(lines) == 1, said
    thai, _, english = lines[0].partition(" · ")
    assert lines[0].startswith("prakai: ")
    assert (bool(THAI.search(thai)), bool(re.search("[a-z]{3}", english))) == (True, True)
    return lines[0]


@pytest.mark.parametrize("command", ["", *COMMANDS, "demo add", "demo remove", "demo reset"])
def test_help_everywhere(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    if command == "django":
        assert prakai(Path("/nonexistent/never-used"), "--help").returncode == 0
        return
    assert answer([*command.split(), "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Usage: prakai")
    assert THAI.search(said)


def test_the_list_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    answer(["--help"])
    said = capsys.readouterr().out
    assert [name for name in COMMANDS if not re.search(rf"^  {name}\s", said, re.M)] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["serve", "--port", "many"],
        ["serve", "--pages-only", "--live-only"],
        ["serve", "--workers", "2"],
        ["import"],
        ["import", "/nonexistent/file", "--as", "x@test.example"],
        ["import", "README.md", "--as", "x@test.example", "--rights", "mine"],
        ["restore", "/nonexistent/file.zip"],
        ["backup"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    assert answer(arguments) == 2


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "postgresql://"),
        ("DATABASE_URL", "postgresql://localhost:99999/x"),
        ("DATABASE_URL", "postgresql://[::1/x"),
        ("DATABASE_URL", "sqlite://"),
        ("SEARCH_URL", "http://localhost"),
        ("FILES_URL", "ftp://localhost"),
        ("FILES_URL", "s3://localhost:many/x"),
        ("BUS_URL", "kafka://localhost"),
        ("BUS_URL", "redis://localhost:many/0"),
        ("WORKERS", "many"),
        ("UPLOAD_MOST_BYTES", "much"),
        ("LIVE_MOST", "-1"),
        ("JOINING", "perhaps"),
    ],
)
def test_a_setting_that_nobody_understands(tmp_path: Path, name: str, wrong: str) -> None:
    done = prakai(tmp_path, "migrate", **{name: wrong})
    assert done.returncode == 2
    assert (name in one_clear_line(done.stderr), wrong in done.stderr) == (True, True)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("DATABASE_URL", "mysql://malee:open-sesame@localhost/x"),
        ("BUS_URL", "kafka://:open-sesame@localhost"),
        ("EMAIL_URL", "pigeon://malee:open-sesame@localhost"),
        ("OIDC_APPS", '[{"secret": "open-sesame"'),
    ],
)
def test_a_secret_in_a_wrong_setting_is_not_repeated(tmp_path: Path, name: str, wrong: str) -> None:
    done = prakai(tmp_path, "migrate", **{name: wrong})
    said = one_clear_line(done.stderr)
    assert (done.returncode, name in said, "open-sesame" in said) == (2, True, False)


def test_a_taken_port(empty_place: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = prakai(empty_place, "serve", "--port", str(port))
    assert done.returncode == 1
    assert f"port {port} is taken" in one_clear_line(done.stderr)


def test_a_place_that_is_not_prepared(tmp_path: Path) -> None:
    done = prakai(tmp_path, "serve")
    assert (done.returncode, "prakai setup" in one_clear_line(done.stderr)) == (1, True)
    done = prakai(tmp_path, "demo", "add")
    assert (done.returncode, "prakai setup" in one_clear_line(done.stderr)) == (1, True)


def test_a_place_is_made_for_its_owner_only(tmp_path: Path) -> None:
    prakai(tmp_path / "place", "migrate", "--check")
    assert (tmp_path / "place").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = prakai(tmp_path / "file" / "place", "setup")
    assert done.returncode == 1
    one_clear_line(done.stderr)


def limited(place: Path, most_bytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command that may write no file larger than ``most_bytes``: what a full disk looks like to it."""
    import resource

    return subprocess.run(
        [*PRAKAI, *arguments],
        env=environment(place),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
    )


def test_a_full_disk_while_preparing(tmp_path: Path) -> None:
    done = limited(tmp_path, 60_000, "migrate")
    assert done.returncode == 1
    assert "the disk is full" in one_clear_line(done.stderr)


def test_a_full_disk_while_backing_up_leaves_nothing_behind(lively: Path, tmp_path: Path) -> None:
    done = limited(lively, 20_000, "backup", str(tmp_path / "kept.zip"))
    assert done.returncode == 1
    assert "the disk is full" in one_clear_line(done.stderr)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["postgresql://x:y@127.0.0.1:1/prakai", "postgresql://x:y@nowhere.invalid/prakai"]
)
def test_a_database_that_does_not_answer(tmp_path: Path, url: str) -> None:
    done = prakai(tmp_path, "migrate", DATABASE_URL=url)
    assert (done.returncode, "DATABASE_URL" in one_clear_line(done.stderr)) == (1, True)


def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "prakai.sqlite3").write_bytes(b"not a database " * 1000)
    done = prakai(tmp_path, "migrate")
    assert (done.returncode, "prakai restore" in one_clear_line(done.stderr)) == (1, True)


def test_without_python_make_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run(
        ["make", "-s", "setup", "PYTHON=no-such-python", f"VENV={tmp_path}/venv"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
    )
    lines = [line for line in done.stdout.splitlines() if line]
    assert (len(lines), "Python 3.11" in lines[0], bool(THAI.search(lines[0]))) == (1, True, True)
    assert done.returncode != 0


def test_a_steward_is_made_once(empty_place: Path) -> None:
    made = ["createadmin", "--email", "Dao@Test.example", "--name", "ดาว ใจดี", "--password-stdin"]
    first = prakai(empty_place, *made, stdin="ฝนตกที่ดอยคำ-2550")
    assert (first.returncode, first.stderr) == (0, "")
    again = prakai(empty_place, "createadmin", "--email", "dao@test.example")
    assert (again.returncode, again.stderr) == (0, "")
    program = (
        "from prakai.people.models import Duty, Person; from allauth.account.models import EmailAddress\n"
        "p = Person.objects.get(); print(p.is_steward, p.check_password('ฝนตกที่ดอยคำ-2550'), Duty.objects.count(),"
        " EmailAddress.objects.get().verified, p.display_name)"
    )
    shown = prakai(empty_place, "django", "shell", "-v0", "-c", program)
    assert shown.stdout.strip() == "True True 1 True ดาว ใจดี"


def test_a_new_password_for_nobody_is_wrong_usage(empty_place: Path) -> None:
    done = prakai(empty_place, "newpassword", "--email", "nobody@test.example")
    assert done.returncode == 2
    one_clear_line(done.stderr)


@pytest.mark.parametrize("password", ["12345", "password1234"])
def test_a_weak_password_makes_no_steward(empty_place: Path, password: str) -> None:
    done = prakai(
        empty_place,
        "createadmin",
        "--email",
        "d@t.example",
        "--name",
        "ดาว",
        "--password-stdin",
        stdin=password,
    )
    assert done.returncode == 1
    one_clear_line(done.stderr)


def test_the_demo_comes_and_goes(lively_place: Path) -> None:
    again = prakai(lively_place, "demo", "add")
    assert (again.returncode, "already" in again.stdout) == (0, True)
    gone = prakai(lively_place, "demo", "remove")
    assert (gone.returncode, gone.stderr) == (0, "")
    count = (
        "from prakai.notes.models import Note; from prakai.people.models import Person\n"
        "print(Note.objects.count(), Person.objects.count())"
    )
    assert prakai(lively_place, "django", "shell", "-v0", "-c", count).stdout.strip() == "0 1"


MARKDOWN = """---
title: เก้าสิบวินาทีหน้าประตู
author: มาลี ใจงาม
date: 2026-01-25
tags: [ห้องฉุกเฉิน]
---
ทุกคนหยุดมือ แล้วฟัง
"""


def test_notes_are_brought_in_and_reported(lively_place: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "one.md").write_text(MARKDOWN, encoding="utf-8")
    command = [
        "import",
        str(notes),
        "--as",
        "dao@test.example",
        "--rights",
        "held",
        "--report",
        str(tmp_path / "r.json"),
    ]
    dry = prakai(lively_place, *command, "--dry-run")
    assert (dry.returncode, "dry run" in dry.stdout) == (0, True)
    first = prakai(lively_place, *command)
    assert (first.returncode, first.stderr) == (0, "")
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [(item["title"], item["status"]) for item in report["items"]] == [("เก้าสิบวินาทีหน้าประตู", "added")]
    again = prakai(lively_place, *command)
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["counts"] == {
        "added": 0,
        "changed": 0,
        "unchanged": 1,
        "broken": 0,
    }
    assert again.returncode == 0


def test_a_broken_item_is_reported_and_the_rest_goes_on(lively_place: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "good.md").write_text(MARKDOWN, encoding="utf-8")
    (notes / "broken.xml").write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><item>', encoding="utf-8"
    )
    done = prakai(
        lively_place,
        "import",
        str(notes),
        "--as",
        "dao@test.example",
        "--rights",
        "held",
        "--report",
        str(tmp_path / "r.json"),
    )
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (done.returncode, report["counts"]["added"], report["counts"]["broken"]) == (1, 1, 1)
    assert "broken.xml" in done.stderr


def test_nobody_imports_as_a_stranger(lively: Path) -> None:
    done = prakai(lively, "import", "README.md", "--as", "nobody@test.example")
    assert (done.returncode, "nobody@test.example" in one_clear_line(done.stderr)) == (2, True)


def test_the_doctor_finds_a_good_place_well(lively_place: Path) -> None:
    assert prakai(lively_place, "work", "--once").returncode == 0
    done = prakai(lively_place, "doctor")
    wrong = [line for line in done.stdout.splitlines() if line.startswith("✗") and "made" not in line]
    assert wrong == []
    assert len(done.stdout.splitlines()) >= 9


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"BUS_URL": "redis://127.0.0.1:1/0"}, "BUS_URL"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"SEARCH_URL": "file:///nonexistent/index"}, "prakai setup"),
    ],
)
def test_the_doctor_says_what_to_do(empty_place: Path, more: dict[str, str], words: str) -> None:
    done = prakai(empty_place, "doctor", **more)
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line.startswith("✗") and words in line] != []


def test_the_doctor_sees_tables_that_are_behind(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    done = prakai(tmp_path, "doctor")
    assert (done.returncode, "prakai migrate" in done.stdout) == (1, True)


def test_migrations_can_be_looked_at(tmp_path: Path, empty_place: Path) -> None:
    assert prakai(tmp_path, "migrate", "--check").returncode == 1
    assert prakai(empty_place, "migrate", "--check").returncode == 0
