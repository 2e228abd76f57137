"""``prakai import`` with a table of units: known by its content, row by row in the report, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import translation

from prakai.cli.commands.bring import bring
from prakai.cli.troubles import told
from prakai.exchange.units_csv.bringing import bring_tables, is_units_table
from prakai.kernel.verdicts import Refused
from prakai.notes.models import Note
from prakai.people.models import Person
from prakai.units.models import Unit
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

GOOD = "ชื่อหน่วยงาน,ชื่อย่อ,สังกัด\nกระทรวงสุขใจ,สขจ.,\nโรงพยาบาลดอยคำ,รพ.ดอยคำ,สขจ\n"
WRONG = "ชื่อหน่วยงาน,สังกัด\nกระทรวงสุขใจ,\nโรงพยาบาลดอยคำ,กระทรวงที่ไม่มีใครรู้จัก\n"
NOTE = "---\ntitle: ป้ายสีที่หน้าห้องยา\n---\n\nเราย้ายเก้าอี้\n"


@pytest.fixture
def steward() -> Person:
    return make_person(email="wanna@test.example", steward=True)


def run(*arguments: str | Path) -> tuple[int, str]:
    """Return the exit code of the command and all that it said."""
    done = CliRunner().invoke(
        bring, [*map(str, arguments), "--as", "wanna@test.example"], standalone_mode=False
    )
    if done.exception is None:
        return 0, done.output
    trouble = told(done.exception)
    assert trouble is not None, done.exception
    return trouble.code, done.output + trouble.message


def names() -> list[str]:
    return list(Unit.objects.order_by("pk").values_list("name_th", flat=True))


@pytest.mark.parametrize(
    ("name", "content", "is_table"),
    [
        ("u.csv", GOOD.encode(), True),
        ("u.txt", GOOD.encode(), True),
        ("u.csv", GOOD.encode("utf-8-sig"), True),
        ("u.csv", GOOD.encode("cp874"), True),
        ("u.csv", GOOD.encode("utf-16"), True),
        ("u.csv", GOOD.replace(",", ";").encode(), True),
        ("u.csv", "\n\nname_th\nกระทรวงสุขใจ\n".encode(), True),
        ("u.txt", "หน่วยงาน\nเรื่องเล่าจากหน่วยงานของเรา\n".encode(), False),
        ("u.csv", "title,body\nป้ายสี,เราย้ายเก้าอี้\n".encode(), False),
        ("u.json", b'{"name": 1, "type": 2}', False),
        ("u.md", NOTE.encode(), False),
        ("u.csv", b"", False),
        ("u.csv", bytes(range(256)) * 40, False),
    ],
)
def test_a_table_is_known_by_its_content(tmp_path: Path, name: str, content: bytes, is_table: bool) -> None:
    (tmp_path / name).write_bytes(content)
    assert is_units_table(tmp_path / name) is is_table
    assert is_units_table(tmp_path) is False


def test_units_come_in_and_a_second_run_changes_nothing(tmp_path: Path, steward: Person) -> None:
    table = tmp_path / "units.csv"
    table.write_text(GOOD)
    assert run(table) == (0, "ใหม่ added 2\n")
    assert run(table) == (0, "เหมือนเดิม unchanged 2\n")
    hospital = Unit.objects.get(name_th="โรงพยาบาลดอยคำ")
    assert hospital.parent is not None
    assert (names(), hospital.parent.name_th) == (["กระทรวงสุขใจ", "โรงพยาบาลดอยคำ"], "กระทรวงสุขใจ")


def test_a_dry_run_writes_nothing(tmp_path: Path, steward: Person) -> None:
    table = tmp_path / "units.csv"
    table.write_text(GOOD)
    assert run(table, "--dry-run") == (0, "ลองดูเท่านั้น dry run · ใหม่ added 2\n")
    assert names() == []


def test_a_wrong_row_is_told_with_its_line_and_nothing_comes_in(tmp_path: Path, steward: Person) -> None:
    table, report = tmp_path / "units.csv", tmp_path / "report.json"
    table.write_text(WRONG)
    with translation.override("en"):
        code, said = run(table, "--report", report)
    assert (code, names()) == (1, [])
    kept = json.loads(report.read_text())
    assert [(item["title"], item["status"]) for item in kept["items"]] == [
        ("กระทรวงสุขใจ", "waiting"),
        ("โรงพยาบาลดอยคำ", "broken"),
    ]
    assert [problem["line"] for problem in kept["items"][1]["problems"]] == [3]
    assert kept["counts"] == {"added": 0, "changed": 0, "unchanged": 0, "broken": 1, "waiting": 1}
    assert f"{table}:3" in said


def test_a_file_that_is_no_table_after_all_is_one_broken_line(tmp_path: Path, steward: Person) -> None:
    table = tmp_path / "units.csv"
    table.write_text("name_th,name_th\nกระทรวงสุขใจ,สองครั้ง\n")
    [line] = bring_tables([table], by=steward)
    assert (line.status, line.title, [p["code"] for p in line.problems]) == ("broken", None, ["unreadable"])


def test_units_and_notes_come_in_together(tmp_path: Path, steward: Person) -> None:
    (tmp_path / "units.csv").write_text(GOOD)
    (tmp_path / "note.md").write_text(NOTE)
    assert run(tmp_path / "note.md", tmp_path / "units.csv", "--rights", "held") == (0, "ใหม่ added 3\n")
    assert (Note.objects.count(), Unit.objects.count()) == (1, 2)


def test_who_is_no_steward_is_refused(tmp_path: Path) -> None:
    person = make_person(email="wanna@test.example")
    table = tmp_path / "units.csv"
    table.write_text(GOOD)
    assert run(table)[0] == 1
    with pytest.raises(Refused):
        bring_tables([table], by=person)
    assert names() == []


def test_nobody_by_that_name_is_wrong_usage(tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text(GOOD)
    assert run(table)[0] == 2
