from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from prakai.exchange.units_csv.reading import read_table
from prakai.people.models import Person
from prakai.units.models import Unit
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

TABLE = 'ชื่อหน่วยงาน,สังกัด,จังหวัด,สี\r\nสสจ.น่าน,,น่าน,ฟ้า\r\n"รพ.สต. ""บ้านนา""",สำนักงานสาธารณสุขจังหวัดน่าน,จ.น่าน,\r\n'


@pytest.fixture
def by_steward(steward: Person, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(steward)


def uploaded(client: Client, content: bytes) -> str:
    response = client.post("/units/import", {"table": SimpleUploadedFile("units.csv", content)})
    assert (response.status_code, "!!unknown" in response.text) == (200, False)
    return response.text


def kept(page: str) -> str:
    found = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874"])
def test_a_table_is_looked_at_and_then_comes_in(encoding: str, by_steward: Client) -> None:
    page = uploaded(by_steward, TABLE.encode(encoding))
    assert "The table is fine: 2 units would come in." in page
    assert "Not read, because the heading is not known: สี." in page
    assert Unit.objects.count() == 0
    response = by_steward.post("/units/import", {"text": kept(page)})
    assert (response.status_code, response.headers["Location"]) == (302, "/units")
    assert list(Unit.objects.order_by("pk").values_list("name_th", "parent__name_th")) == [
        ("สสจ.น่าน", None),
        ('รพ.สต. "บ้านนา"', "สสจ.น่าน"),
    ]
    assert "2 units came in." in by_steward.get("/units").text
    page = uploaded(by_steward, TABLE.encode(encoding))
    assert "There is nothing new in this table." in page
    assert '<textarea name="text"' not in page


def test_wrong_lines_are_shown_and_cannot_be_confirmed(by_steward: Client) -> None:
    page = uploaded(by_steward, (TABLE + "โรงเรียน,กรมที่ไม่มี,แอตแลนติส,\r\n").encode())
    assert "1 line needs another look. Nothing has come in." in page
    assert "The province “แอตแลนติส” is not known." in page
    assert "There is no unit “กรมที่ไม่มี”." in page
    assert '<textarea name="text"' not in page
    assert Unit.objects.count() == 0


def test_what_changed_between_looking_and_confirming_is_seen(by_steward: Client) -> None:
    page = uploaded(by_steward, TABLE.encode())
    make_unit("กองคลัง")
    make_unit("กองคลัง")
    response = by_steward.post("/units/import", {"text": kept(page) + "\nกองคลัง\n"})
    assert "1 line needs another look." in response.text
    assert Unit.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\x00\x01", "The letters cannot be read."),
        (b"PK\x03\x04", "This is a workbook, not a CSV file."),
        (b"x" * (1024 * 1024 + 10), "The file is too large: at most 1 MB."),
        (b"name_th" + b"," * 900_000, "Line 1 has 900001 cells"),
    ],
)
def test_hostile_files_are_told_in_one_sentence(content: bytes, sentence: str, by_steward: Client) -> None:
    assert sentence in uploaded(by_steward, content)


def test_no_file_and_a_broken_text_are_told(by_steward: Client) -> None:
    assert "Please fill this in." in by_steward.post("/units/import", {}).text
    assert "The file cannot be read." in by_steward.post("/units/import", {"text": "a\x00"}).text


def test_only_stewards_bring_in_tables(
    client: Client, by_steward: Client, signed_in: Callable[[Person], Client]
) -> None:
    for reader in (client, signed_in(make_person(language="en"))):
        for response in (
            reader.get("/units/import?lang=en"),
            reader.post("/units/import?lang=en", {"text": TABLE}),
            reader.get("/units/import/template.csv?lang=en"),
        ):
            assert response.status_code == 403
    assert Unit.objects.count() == 0
    page = by_steward.get("/units/import")
    assert (page.status_code, "!!unknown" in page.text) == (200, False)


def test_the_template_is_read_again(by_steward: Client) -> None:
    table = read_table(by_steward.get("/units/import/template.csv").content)
    assert (table.rows, table.unknown) == ([], [])
