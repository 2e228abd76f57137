"""One report in three kinds of document; certificates; all of it readable by those who get it."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from prakai.exchange.harvest.paper import Certificate, certificates_of, pdf_of
from prakai.exchange.harvest.report import Quote, Report, Section, Table, Words
from prakai.exchange.harvest.sheets import xlsx_of
from prakai.exchange.harvest.word import docx_of

REPORT = Report(
    "เวทีคนหน้างานห้องยา ครั้งที่ ๓",
    "th",
    "สรุปผลการเก็บเกี่ยว",
    (("วันที่", "25 มกราคม 2550"), ("สถานที่", "ห้องประชุมดอกปีบ")),
    (
        Section(
            "ผู้ร่วมเวที",
            (
                Words("มาจาก 2 หน่วยงาน\nรวม 15 คน"),
                Table(("หน่วยงาน", "คน"), (("โรงพยาบาลดอยคำ", "12"), ("=1+1", "3")), "ใครมาบ้าง"),
            ),
        ),
        Section("ประกาย", (Quote("คนไข้ยิ้มได้เพราะป้ายสีเดียว", "มาลี ใจงาม"), Quote("ไม่ออกชื่อก็เล่าได้"))),
        Section("ใครมาบ้าง", (Table(("ก", "ข"), ()),)),
    ),
)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def test_the_pdf_says_all_of_it_and_embeds_its_type() -> None:
    pdf = pdf_of(REPORT)
    text = " ".join(" ".join(pages_of(pdf)).split())
    for words in (
        *(REPORT.title, REPORT.kind, "ห้องประชุมดอกปีบ", "มาจาก 2 หน่วยงาน", "รวม 15 คน", "=1+1"),
        *("คนไข้ยิ้มได้เพราะป้ายสีเดียว", "มาลี ใจงาม", "ไม่ออกชื่อก็เล่าได้"),
    ):
        assert words in text
    assert b"FontFile" in pdf
    assert b"Sarabun" in pdf


def test_a_long_report_goes_on_over_pages() -> None:
    long = Report("ยาว", sections=(Section("ประกาย", tuple(Quote(f"ประกายที่ {n} " * 12) for n in range(80))),))
    pages = pages_of(pdf_of(long))
    assert len(pages) > 3
    assert "ประกายที่ 79" in pages[-1]


def test_the_docx_has_headings_quotes_and_tables() -> None:
    document = Document(BytesIO(docx_of(REPORT)))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "ผู้ร่วมเวที",
        "ประกาย",
        "ใครมาบ้าง",
    ]
    assert [p.text for p in document.paragraphs if p.style.name == "Quote"] == [
        "คนไข้ยิ้มได้เพราะป้ายสีเดียว\nมาลี ใจงาม",
        "ไม่ออกชื่อก็เล่าได้",
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[1].rows] == [
        ["หน่วยงาน", "คน"],
        ["โรงพยาบาลดอยคำ", "12"],
        ["=1+1", "3"],
    ]


def test_the_docx_is_of_a4_and_its_headings_are_set_in_a_thai_font() -> None:
    document = Document(BytesIO(docx_of(REPORT)))
    page = document.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert (document.core_properties.author, document.core_properties.language) == ("", REPORT.language)
    for name in ("Normal", "Title", "Heading 1", "Quote"):
        told = document.styles[name].element.xml
        assert ('w:cs="TH Sarabun New"' in told, "Theme=" in told.split("w:rFonts")[1].split("/>")[0]) == (
            True,
            False,
        )
        assert 'w:bidi="th-TH"' in told
    assert "w:tblHeader" in document.tables[1].rows[0]._tr.xml


def test_the_xlsx_has_a_sheet_for_each_table_and_no_formula() -> None:
    book = load_workbook(BytesIO(xlsx_of(REPORT, first="ภาพรวม")))
    assert book.sheetnames == ["ภาพรวม", "ใครมาบ้าง", "ใครมาบ้าง 2"]
    sheet = book["ใครมาบ้าง"]
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["หน่วยงาน", "คน"],
        ["โรงพยาบาลดอยคำ", "12"],
        ["=1+1", "3"],
    ]
    assert sheet["A3"].data_type == "s"
    assert sheet.freeze_panes == "A2"
    said = [row[1].value for row in book["ภาพรวม"].rows]
    assert "คนไข้ยิ้มได้เพราะป้ายสีเดียว (มาลี ใจงาม)" in said


@pytest.mark.parametrize(("title", "name"), [("[ก]:*?/\\'", "ก"), ("ย" * 40, "ย" * 31), ("''", "–")])
def test_names_of_sheets_are_such_that_spreadsheets_open_them(title: str, name: str) -> None:
    report = Report("ก", sections=(Section("ข", (Table(("ค",), (("\x00ง\x0b",),), title),)),))
    book = load_workbook(BytesIO(xlsx_of(report, first="ภาพรวม")))
    assert book.sheetnames == ["ภาพรวม", name]
    assert book[name]["A2"].value == "ง"


def test_a_certificate_for_each_who_was_there() -> None:
    certificates = [
        Certificate(
            "เกียรติบัตร", "ให้ไว้แก่", name, "โรงพยาบาลดอยคำ", "ได้ร่วม", REPORT.title, "25 มกราคม 2550", "คุณเอื้อ"
        )
        for name in ("มาลี ใจงาม", "ปิ่น #bold[ก] \\ “ข”")
    ]
    pages = pages_of(certificates_of(certificates, language="th"))
    assert len(pages) == 2
    assert "มาลี ใจงาม" in pages[0]
    assert "ปิ่น #bold[ก] \\ “ข”" in pages[1]
    with pytest.raises(ValueError, match="nobody"):
        certificates_of([], language="th")
