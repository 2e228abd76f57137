"""Text out of real files of all kinds, and out of those of people who mean no good: an answer, never an exception."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from prakai.search.extracting import reading
from prakai.search.extracting.limits import MOST_BYTES, MOST_LETTERS, Read
from prakai.search.extracting.pdf import mended
from prakai.search.extracting.reading import READER, read_text, understood
from tests.factories.files import (
    DOCX,
    PDF,
    PPTX,
    XLSX,
    docx_of,
    locked,
    pdf_of,
    plain_pdf,
    pptx_of,
    with_parts,
    xlsx_of,
)
from tests.serving import processes_with

SAID = "น้ำใจของคนทำงานที่โรงพยาบาลดอยคำ ผู้ป่วยไม่ต้องรอนาน กำลังใจ ก.พ.ร. พ.ศ. ๒๕๕๐"
BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
RUN = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1000000000000"><c r="XFD1000000000000" t="inlineStr">'
    b"<is><t>x</t></is></c></row></sheetData></worksheet>"
)
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
ONE = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
ITSELF = (
    b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 11>>stream\n"
    b"/X Do /X Do\nendstream"
)


def words_of(text: str) -> str:
    return "".join(text.split())


# ── what people attach ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pdf_says_its_thai_as_it_was_written(tmp_path: Path) -> None:
    """Marks, ำ and tones stand in their order, and a line that was broken by the page is one again."""
    read = read_text(pdf_of(tmp_path, SAID), PDF)
    assert (read.state, words_of(read.text)) == ("read", words_of(SAID))
    assert "โรงพยาบาลดอยคำ" in read.text


def test_a_pdf_keeps_its_paragraphs_apart(tmp_path: Path) -> None:
    assert read_text(pdf_of(tmp_path, "น้ำใจ", "กำลังใจ"), PDF).text == "น้ำใจ\nกำลังใจ"


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("ท าไมจึงต้องค านึงถึงส านักงาน", "ทำไมจึงต้องคำนึงถึงสำนักงาน"),
        ("น ้าใจ จ านวน", "น้ำใจ จำนวน"),
        ("รอบ ๆ ก า ร ท ด ส อ บ", "รอบ ๆ ก า ร ท ด ส อ บ"),
        ("ส่วนที ่ได้ร ับ", "ส่วนที่ได้รับ"),
        ("ก ่อน", "ก่อน"),
        ("develop\ufffement", "development"),
        ("มา ตา", "มา ตา"),
    ],
)
def test_what_typesetting_tore_is_whole_again(torn: str, whole: str) -> None:
    assert mended(torn) == whole


def test_a_line_goes_on_only_where_it_was_full() -> None:
    full = "ก" * 40
    assert mended(f"{full}\r\nขข\r\n{full}\r\nครบ") == f"{full}ขข\n{full}ครบ"
    assert mended(f"{full} A\nขข") == f"{full} A\nขข"
    assert mended("สั้น\nสั้น") == "สั้น\nสั้น"
    assert mended("") == ""


def test_a_word_document_says_body_tables_and_headers() -> None:
    content = docx_of("ย่อหน้าแรก", "น\u0e4d\u0e49าใจ\u200b", cells=["ก.พ.ร.", "สป.สธ."], header="หัวกระดาษ")
    assert read_text(content, DOCX).text == "ย่อหน้าแรก\nน้ำใจ\nก.พ.ร.\nสป.สธ.\nหัวกระดาษ"


def test_a_word_document_when_words_were_struck_and_boxes_repeat() -> None:
    body = (
        b'<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>A</w:t></w:r>'
        b"<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:tab/></w:r>"
        b"<mc:AlternateContent><mc:Choice Requires='x'><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice>"
        b"<mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
        b"<w:r><w:t>B</w:t><w:br/><w:t>C</w:t></w:r></w:p>"
    )
    content = with_parts(docx_of(), {"word/document.xml": BODY % body})
    assert read_text(content, DOCX).text == "box\nA B\nC"


def test_a_workbook_says_what_its_visible_sheets_hold() -> None:
    content = xlsx_of([["ค่าน้ำ", None, 2550, 3.5, 7.0], [], ["รวม", "=1+1"]], title="งบ", hidden="เงินเดือน")
    assert read_text(content, XLSX).text == "งบ\nค่าน้ำ 2550 3.5 7\nรวม"


def test_a_presentation_says_slides_tables_and_what_was_noted() -> None:
    content = pptx_of("ป้ายสีหน้าห้องยา", "สรุป", cell="รอ ๑๐ นาที", noted="พูดช้า ๆ")
    said = "รอ ๑๐ นาที\nพูดช้า ๆ"
    assert read_text(content, PPTX).text == f"ป้ายสีหน้าห้องยา\n{said}\nสรุป\n{said}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_text_file_is_read_in_either_encoding(encoding: str) -> None:
    assert read_text("ภาษาไทย,ค่าน้ำ".encode(encoding), "text/csv") == Read("read", "ภาษาไทย,ค่าน้ำ")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(docx_of(""), DOCX), (b" \n\t", "text/plain"), (plain_pdf(CATALOGUE, ONE, PAGE), PDF)],
    ids=["docx", "text", "scan"],
)
def test_a_file_without_words_is_empty(content: bytes, media_type: str) -> None:
    assert read_text(content, media_type) == Read("empty")


def test_a_pdf_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    assert read_text(locked(pdf_of(tmp_path, SAID), password=""), PDF).state == "read"


# ── what means no good ──────────────────────────────────────────────────────────────────────────────────────────────


def packed(content: bytes) -> bytes:
    thin = zlib.compress(content, 9)
    return b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(thin), thin)


def one_page(content: bytes) -> bytes:
    return plain_pdf(CATALOGUE, ONE, PAGE, content, FONT, ITSELF)


def laughing() -> bytes:
    names = [bytes([97 + number]) for number in range(10)]
    more = b"".join(b'<!ENTITY %s "%s">' % (name, b"&%s;" % before * 10) for before, name in pairwise(names))
    return b'<!DOCTYPE z [<!ENTITY a "%s">%s]>' % (b"x" * 1000, more) + BODY % (RUN % b"&j;")


HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "encrypted Office": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900, DOCX, "encrypted"),
    "bomb": (lambda: with_parts(docx_of("x"), {"word/document.xml": BODY % (b"<w:p/>" * 10_000_000)}), DOCX, "size"),
    "bomb beside": (lambda: with_parts(pptx_of("x"), {"ppt/media/a.png": b"0" * 210_000_000}), PPTX, "size"),
    "many parts": (lambda: with_parts(xlsx_of([]), {f"xl/a{n}.xml": b"" for n in range(10_000)}), XLSX, "size"),
    "deep": (
        lambda: with_parts(docx_of("x"), {"word/document.xml": BODY % (b"<w:p>" * 90_000 + b"</w:p>" * 90_000)}),
        DOCX, "damaged (XMLSyntaxError)",
    ),
    "laughs": (lambda: with_parts(docx_of("x"), {"word/document.xml": laughing()}), DOCX, "damaged (XMLSyntaxError)"),
    "cut Office": (lambda: docx_of("x")[:-200], DOCX, "damaged (BadZipFile)"),
    "PDF as Word": (lambda: one_page(packed(b"")), DOCX, "damaged (BadZipFile)"),
    "Word as PDF": (lambda: docx_of("x"), PDF, "damaged"),
    "Excel as Word": (lambda: xlsx_of([["x"]]), DOCX, "damaged (ValueError)"),
    "PowerPoint as Excel": (lambda: pptx_of("x"), XLSX, "damaged (OSError)"),
    "garbage": (lambda: b"%PDF-" + b"x" * 5000, PDF, "damaged"),
    "a tree of pages in itself": (
        lambda: plain_pdf(CATALOGUE, b"<</Type/Pages/Count 1000000000/Kids[2 0 R 2 0 R]>>"), PDF, "damaged",
    ),
    "a page that unpacks to 2 GB": (lambda: one_page(packed(b" " * 2_000_000_000)), PDF, "crashed"),
    "a form that draws itself twice": (lambda: one_page(packed(b"/X Do /X Do")), PDF, "crashed"),
    "nothing at all": (lambda: b"", PDF, "damaged"),
    "a picture": (lambda: b"\x89PNG", "image/png", "kind"),
    "too large": (lambda: b" " * (MOST_BYTES + 1), "text/plain", "size"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_means_no_good_is_refused_with_a_reason(name: str) -> None:
    made, media_type, because = HOSTILE[name]
    assert read_text(made(), media_type, seconds=120) == Read("refused", because=because)


def test_a_pdf_that_was_cut_is_refused(tmp_path: Path) -> None:
    whole = pdf_of(tmp_path, SAID)
    assert read_text(whole[: len(whole) // 2], PDF) == Read("refused", because="damaged")


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    assert read_text(locked(pdf_of(tmp_path, SAID), password="x"), PDF) == Read(
        "refused", because="encrypted"
    )


def test_nothing_outside_of_the_file_is_read() -> None:
    secret = b'<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + BODY % (RUN % b"&a;" + RUN % b"kept")
    assert read_text(with_parts(docx_of("x"), {"word/document.xml": secret}), DOCX) == Read("read", "kept")


def test_a_workbook_with_ten_thousand_sheets_or_endless_rows_ends() -> None:
    sheets = with_parts(xlsx_of([]), {f"xl/worksheets/a{n}.xml": SHEET for n in range(10_000)})
    assert read_text(sheets, XLSX) == Read("refused", because="size")
    rows = with_parts(xlsx_of([["x"]]), {"xl/worksheets/sheet1.xml": SHEET})
    assert read_text(rows, XLSX, seconds=120) == Read("read", "แผ่นแรก")


def test_a_pdf_that_claims_two_thousand_million_pages_ends() -> None:
    pages = b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>"
    assert read_text(plain_pdf(CATALOGUE, pages, PAGE), PDF, seconds=120) == Read("empty")


def test_of_an_endless_text_the_beginning_is_kept() -> None:
    long = read_text("กำลังใจ ".encode() * 1_000_000, "text/plain")
    assert (long.state, long.text.startswith("กำลังใจ กำลังใจ")) == ("read", True)
    assert MOST_LETTERS - 20 <= len(long.text) <= MOST_LETTERS
    assert len(read_text(docx_of("ก" * 300_000), DOCX).text) == MOST_LETTERS


def never_ending() -> bytes:
    """A hundred pages whose drawing doubles with each of seventeen forms: more work than anybody has time for."""
    forms = [ITSELF.replace(b"6 0 R", b"%d 0 R" % number) for number in range(7, 24)]
    pages = ONE.replace(b"Count 1", b"Count 100").replace(b"3 0 R", b"3 0 R " * 100)
    return plain_pdf(CATALOGUE, pages, PAGE, packed(b"/X Do"), FONT, *forms)


def test_what_takes_too_long_is_ended_and_leaves_no_process() -> None:
    began = time.monotonic()
    assert read_text(never_ending(), PDF, seconds=2) == Read("refused", because="slow")
    assert 2 <= time.monotonic() - began < 30
    assert processes_with(READER, child_of=os.getpid()) == []


def test_who_reads_has_bounds_and_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading process tells what it may do, by a reader that looks around instead of into the file."""
    code = (
        "import os, resource as r\n"
        "from prakai.search.extracting.reader import limit_oneself\n"
        "limit_oneself()\n"
        "bounds = [r.getrlimit(x)[0] for x in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)]\n"
        "print([bound > 0 for bound in bounds])\n"
        "try:\n    bytearray(1 << 30)\nexcept MemoryError:\n    print('bounded')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[True, True, True, False]", "bounded"]
    assert {"SECRET_KEY", "DATABASE_URL"} & set(reading.KEPT_FROM_ENVIRONMENT) == set()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"", Read("refused", because="crashed")),
        (b"[]", Read("refused", because="crashed")),
        (b'{"state": "published", "text": "x"}', Read("refused", because="crashed")),
        (b'{"state": ["read"]}', Read("refused", because="crashed")),
        (b'{"state": "read", "text": "a\\u0000b\\ud800c"}', Read("read", "abc")),
        (b'{"state": "read", "text": "x", "because": "', Read("refused", because="crashed")),
    ],
)
def test_an_answer_without_the_shape_of_one_is_a_crash(answer: bytes, expected: Read) -> None:
    assert understood(answer) == expected
