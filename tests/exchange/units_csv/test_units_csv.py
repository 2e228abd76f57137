from __future__ import annotations

import time
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from prakai.exchange.units_csv.importing import import_units
from prakai.exchange.units_csv.planning import Outcome, UnitsReport, plan_units
from prakai.exchange.units_csv.reading import read_table
from prakai.exchange.units_csv.writing import empty_table, units_table
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.people.models import Person
from prakai.units.actions import rename_unit
from prakai.units.models import Unit
from tests.factories.people import make_person
from tests.factories.units import make_ministry, make_unit

pytestmark = pytest.mark.django_db

NETWORK = """name_th,name_en,abbreviations,kind,parent,province,valid_from,valid_to,about
กระทรวงสุขภาวะชุมชน,Ministry of Community Wellbeing,กสว.; ก.สุขภาวะ,กระทรวง,,,,,
กรมบริการสุขภาพใกล้บ้าน,,ก.บ.ก.,กรม,กสว,,1 ต.ค. 2545,,
สสจ.น่าน,,,province,กบก.,จ.น่าน,,,
รพ.สต.บ้านผาห่ม,,,รพ.สต.,สำนักงานสาธารณสุขจังหวัดน่าน,น่าน,๑ ตุลาคม ๒๕๔๖,30/9/2559,"อยู่ปลายถนน, ใกล้ลำธาร"
"""


@pytest.fixture
def steward() -> Person:
    return make_person(steward=True)


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def planned(text: str) -> UnitsReport:
    return plan_units(read_table(text.encode()))


def told(report: UnitsReport) -> list[tuple[int, str]]:
    return [(step.line, str(step.outcome)) for step in report.steps]


def test_a_table_comes_in(steward: Person) -> None:
    report = import_units(read_table(NETWORK.encode()), by=steward)
    assert (report.done, told(report)) == (True, [(2, "new"), (3, "new"), (4, "new"), (5, "new")])
    units = {unit.name_th: unit for unit in Unit.objects.select_related("parent")}
    centre = units["รพ.สต.บ้านผาห่ม"]
    assert (centre.kind, centre.province, centre.parent) == ("health_centre", "55", units["สสจ.น่าน"])
    assert (centre.valid_from, centre.valid_to) == (date(2003, 10, 1), date(2016, 9, 30))
    assert centre.about == "อยู่ปลายถนน, ใกล้ลำธาร"
    assert centre.ancestor_ids() == [
        units["กระทรวงสุขภาวะชุมชน"].pk,
        units["กรมบริการสุขภาพใกล้บ้าน"].pk,
        units["สสจ.น่าน"].pk,
        centre.pk,
    ]
    assert units["กระทรวงสุขภาวะชุมชน"].abbreviations == ["กสว.", "ก.สุขภาวะ"]
    assert Entry.objects.filter(verb="unit.founded", by_id=steward.pk).count() == 4


def test_a_dry_run_changes_nothing() -> None:
    report = planned(NETWORK)
    assert (len(report.new), report.done, Unit.objects.count(), Entry.objects.count()) == (4, False, 0, 0)


def test_running_twice_changes_nothing(steward: Person) -> None:
    import_units(read_table(NETWORK.encode()), by=steward)
    before = list(Unit.objects.order_by("pk").values())
    report = import_units(read_table(NETWORK.encode()), by=steward)
    assert told(report) == [(2, "known"), (3, "known"), (4, "known"), (5, "known")]
    assert list(Unit.objects.order_by("pk").values()) == before


def test_a_renamed_unit_is_still_recognised(steward: Person) -> None:
    import_units(read_table(NETWORK.encode()), by=steward)
    department = Unit.objects.get(name_th="กรมบริการสุขภาพใกล้บ้าน")
    rename_unit(department, name_th="กรมสุขภาพใกล้ใจ", abbreviations=[], by=steward, on=date(2020, 1, 1))
    assert {str(step.outcome) for step in planned(NETWORK).steps} == {"known"}


def test_nobody_but_a_steward_imports(steward: Person) -> None:
    for by in (None, make_person()):
        with pytest.raises(Refused):
            import_units(read_table(NETWORK.encode()), by=by)
    assert Unit.objects.count() == 0
    assert import_units(read_table(NETWORK.encode()), by=steward).done is True


def test_one_wrong_row_leaves_nothing_behind(steward: Person) -> None:
    report = import_units(read_table((NETWORK + "โรงเรียนบ้านนา,,,ขนม,,,,,\n").encode()), by=steward)
    assert (report.done, [step.line for step in report.wrong]) == (False, [6])
    assert (Unit.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (",,,,,,,,x", "Please write the unit's Thai name."),
        (f"{'ก' * 251}", "This name is too long: at most 250 letters."),
        ("ก,,,ขนม", "The kind “ขนม” is not known. Write one of: ministry, department,"),
        ("ก,,,,,แอตแลนติส", "The province “แอตแลนติส” is not known."),
        ("ก,,,,,,2545", "The date “2545” cannot be read. Write day, month and year"),
        ("ก,,,,,,31 ก.พ. 2545", "The date “31 ก.พ. 2545” cannot be read."),
        ("ก,,,,,,1 ต.ค. 2545,1 ต.ค. 2544", "The last day lies before the first day."),
        ("ก,,,,ก", "A unit cannot stand under itself."),
        ("ก,,,,สภากาแฟ", "There is no unit “สภากาแฟ”. Add it first, or give it a line in this table."),
        ("ก,,,,รพ.สต.บ้านนา", "“รพ.สต.บ้านนา” could be any of: โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา (Nan),"),
        ("ก,,,,สำนักงานเกษตรอำเภอดอยคี", "There is no unit “สำนักงานเกษตรอำเภอดอยคี”. Do you mean: สำนักงานเกษตร"),
        ("กองคลัง", "There are several units of this name: กองคลัง, กองคลัง. Write province and parent."),
        (
            f"ก,,{';'.join(f'ย{n}' for n in range(13))}",
            "At most 12 abbreviations of at most 60 letters each.",
        ),
        ("ก,,,,,,,,,เกิน", "There are more cells than headings."),
    ],
)
def test_each_wrong_row_says_what_to_do(cells: str, problem: str) -> None:
    for code in ("55", "40"):
        make_unit("โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา", province=code)
    for name in ("สำนักงานเกษตรอำเภอดอยคำ", "สำนักงานเกษตรอำเภอดอยคา", "กองคลัง", "กองคลัง"):
        make_unit(name)
    head = NETWORK.split("\n")[0]
    report = planned(f"{head}\n{cells}\n")
    assert [step.line for step in report.wrong] == [2]
    assert [text[: len(problem)] for text in report.wrong[0].problems] == [problem]


def test_a_parent_may_stand_in_a_line_below_by_name_or_abbreviation(steward: Person) -> None:
    text = (
        "name_th,abbreviations,parent\nกองหนึ่ง,,ก.ส.ก.\nกรมสุขใกล้บ้าน,กสก,กระทรวงสุข\nกระทรวงสุข,,\nกองสอง,,กสก.\n"
    )
    report = import_units(read_table(text.encode()), by=steward)
    assert told(report) == [(2, "new"), (3, "new"), (4, "new"), (5, "new")]
    units = {unit.name_th: unit for unit in Unit.objects.select_related("parent")}
    assert [units[name].parent for name in ("กองหนึ่ง", "กองสอง", "กรมสุขใกล้บ้าน", "กระทรวงสุข")] == [
        units["กรมสุขใกล้บ้าน"], units["กรมสุขใกล้บ้าน"], units["กระทรวงสุข"], None,
    ]  # fmt: skip
    assert units["กองหนึ่ง"].ancestor_ids() == [
        units[name].pk for name in ("กระทรวงสุข", "กรมสุขใกล้บ้าน", "กองหนึ่ง")
    ]
    assert {str(step.outcome) for step in planned(text).steps} == {"known"}


def test_two_parents_of_one_name_below_are_asked_about() -> None:
    text = "name_th,parent,province\nกองคลัง,เทศบาลดอย,\nเทศบาลดอย,,น่าน\nเทศบาลดอย,,ขอนแก่น\n"
    assert [step.line for step in planned(text).wrong] == [2]


def test_a_ring_of_parents_is_refused_and_leaves_nothing(steward: Person) -> None:
    text = "name_th,parent\nก้าว,ข้าว\nข้าว,ค้าว\nค้าว,ก้าว\nงาม,ก้าว\nจาม,\n"
    report = import_units(read_table(text.encode()), by=steward)
    assert [(step.line, step.problems) for step in report.wrong] == [
        (2, ["“ข้าว” is in line 3, which needs another look first."]),
        (3, ["“ค้าว” is in line 4, which needs another look first."]),
        (4, ["Lines 2, 3, 4 stand under one another in a ring. One of them stands elsewhere."]),
        (5, ["“ก้าว” is in line 2, which needs another look first."]),
    ]
    assert (report.done, Unit.objects.count(), Entry.objects.count()) == (False, 0, 0)


def test_a_wrong_parent_is_named_not_called_unknown() -> None:
    report = planned("name_th,parent,province\nกองหนึ่ง,กรมหนึ่ง,\nกรมหนึ่ง,,แอตแลนติส\n")
    assert [step.problems[0] for step in report.wrong] == [
        "“กรมหนึ่ง” is in line 3, which needs another look first.",
        "The province “แอตแลนติส” is not known. Write its full name, such as น่าน or Nan.",
    ]


def test_a_long_chain_upside_down_is_ordered_in_time() -> None:
    rows = "".join(f"กลุ่มงาน {n},กลุ่มงาน {n + 1}\n" for n in range(3000))
    started = time.process_time()
    report = planned(f"name_th,parent\n{rows}กลุ่มงาน 3000,\n")
    assert time.process_time() - started < 10
    assert (len(report.new), report.steps[0].parent) == (3001, -3)


def test_what_was_read_generously_is_told() -> None:
    make_unit("กรมบริการสุขภาพใกล้บ้าน")
    report = planned("ชื่อหน่วยงาน,สังกัด,จังหวัด\nศูนย์หนึ่ง,กรมบริการสุขภาพไกล้บ้าน,นครศรีฯ\n")
    assert report.steps[0].outcome == Outcome.NEW
    assert report.steps[0].remarks == [
        "“นครศรีฯ” is read as Nakhon Si Thammarat.",
        "“กรมบริการสุขภาพไกล้บ้าน” is read as กรมบริการสุขภาพใกล้บ้าน.",
    ]


def test_one_name_in_two_places_is_two_units(steward: Person) -> None:
    text = (
        "name_th,parent,province\nเทศบาลหนึ่ง,,น่าน\nเทศบาลสอง,,น่าน\nกองคลัง,เทศบาลหนึ่ง,น่าน\n"
        "กองคลัง,เทศบาลสอง,น่าน\nกองคลัง,เทศบาลสอง,น่าน\nรพ.สต.บ้านนา,,น่าน\nรพ.สต.บ้านนา,,ขอนแก่น\n"
    )
    report = import_units(read_table(text.encode()), by=steward)
    assert [str(step.outcome) for step in report.steps] == ["new", "new", "new", "new", "known", "new", "new"]
    assert report.steps[4].remarks == ["The same unit as in line 5."]
    assert {str(step.outcome) for step in planned(text).steps} == {"known"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_usual_encoding_is_read(encoding: str, mark: str) -> None:
    text = f"ชื่อหน่วยงาน{mark}จังหวัด{mark}ฝนฟ้า\r\nที่ว่าการอำเภอดอยคำ{mark}น่าน{mark}x\r\n"
    table = read_table(text.encode(encoding))
    assert [row.cells for row in table.rows] == [{"name_th": "ที่ว่าการอำเภอดอยคำ", "province": "น่าน"}]
    assert table.unknown == ["ฝนฟ้า"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x" * (1024 * 1024 + 1), "The file is too large: at most 1 MB. Please split it."),
        (b"", "The file is empty."),
        (b"\n\n", "The file is empty."),
        (b"name_th\n\x00\x00", "The letters cannot be read."),
        (b"PK\x03\x04rest", "This is a workbook, not a CSV file."),
        ("name_th\ncafé crème".encode("latin-1"), "The letters cannot be read."),
        ("name_th\nโรงเรียน".encode().decode("latin-1").encode(), "The letters cannot be read."),
        (b"name_th\n" + bytes(range(128, 256)), "The letters cannot be read."),
        (b"name_th" + b"," * 1_000_000 + b"\n", "Line 1 has 1000001 cells; a table of units has at most 60."),
        (b"name_th\nx\ny" + b"," * 1_000_000, "Line 3 has 1000001 cells; a table of units has at most 60."),
        (b"name_th\n" + b"x\n" * 5001, "The file has too many lines: at most 5000 at a time."),
        (b'name_th\n"' + b"x\n" * 5000, "A cell in line 2 is too long. Is a quotation mark missing?"),
        (b'name_th\n"' + b"x\n" * 100_000, "Line 2 cannot be read as a table. Is a quotation mark missing?"),
        (b"color,size\nred,1\n", "No column holds the names of the units."),
        ("ชื่อ,name_th\nก,ข".encode(), "Two columns say the same: name_th. Please keep one."),
    ],
)
def test_hostile_files_are_refused_in_one_sentence(content: bytes, sentence: str) -> None:
    started = time.process_time()
    with pytest.raises(ValidationError) as trouble:
        read_table(content)
    assert time.process_time() - started < 2
    assert [text[: len(sentence)] for text in trouble.value.messages] == [sentence]


def test_a_broken_byte_is_no_date_or_formula() -> None:
    assert read_table(b"name_th,about\n\xef\xbb\xbfx,'=1+1\n").rows[0].cells["about"] == "=1+1"


def test_planning_costs_the_same_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_ministry()
    for count in (1, 30):
        text = "name_th,parent\n" + "".join(f"โรงเรียน {n},กสว\n" for n in range(count))
        table = read_table(text.encode())
        with django_assert_num_queries(3):
            assert len(plan_units(table).new) == count


def test_a_long_table_of_strangers_is_planned_in_time() -> None:
    text = "name_th,parent\n" + "".join(f"สำนักงานเขตพื้นที่ {n},กรมที่ไม่มีอยู่จริง {n}\n" for n in range(3000))
    table = read_table(text.encode())
    started = time.process_time()
    report = plan_units(table)
    assert time.process_time() - started < 10
    assert len(report.wrong) == 3000


def test_what_goes_out_comes_in_again(steward: Person) -> None:
    import_units(read_table(NETWORK.encode()), by=steward)
    for code in ("55", "40"):
        parent = make_unit("โรงพยาบาลบ้านนา", province=code, name_en="=cmd()", abbreviations=["@x", "-y"])
        make_unit("กองคลัง", parent=parent, about="+สูตร\nสองบรรทัด, \"จริง\" 'x'")
    for language in ("th", "en"):
        text = units_table(None, language=language)
        assert {str(step.outcome) for step in planned(text).steps} == {"known"}
    kept = {
        (u.name_th, u.name_en, tuple(u.abbreviations), u.province, u.about, u.valid_to)
        for u in Unit.objects.all()
    }
    Unit.objects.all().update(parent=None)
    Unit.objects.all().delete()
    assert import_units(read_table(text.encode()), by=steward).done is True
    again = {
        (u.name_th, u.name_en, tuple(u.abbreviations), u.province, u.about, u.valid_to)
        for u in Unit.objects.all()
    }
    assert again == kept


def test_no_cell_goes_out_as_a_formula() -> None:
    for name in ("=1+1", "+1", "-1", "@sum", "'=1"):
        make_unit(name)
    lines = units_table(None).splitlines()[1:]
    assert sorted(line.split(",")[0] for line in lines) == ["''=1", "'+1", "'-1", "'=1+1", "'@sum"]


def test_the_empty_table_has_the_headings_of_both_languages() -> None:
    for language in ("th", "en"):
        table = read_table(empty_table(language).encode())
        assert (table.rows, table.unknown) == ([], [])
    assert empty_table("th").startswith("\ufeffชื่อหน่วยงาน,")
