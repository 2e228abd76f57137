"""Files for tests, made here: documents of people, and such as somebody makes who means no good."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
from pypdf import PdfWriter

from prakai.kernel.file_types import OFFICE
from prakai.kernel.typesetting import typeset

PDF = "application/pdf"
DOCX, XLSX, PPTX = (OFFICE[part] for part in ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"))
TEMPLATE = """#set page(width: 300pt, height: 400pt)
#set text(font: "Sarabun", size: 16pt, lang: "th")
#for said in json(bytes(sys.inputs.told)).paragraphs [#said #parbreak()]
"""


def pdf_of(folder: Path, *paragraphs: str) -> bytes:
    """A PDF as typst sets it, with shaped Thai."""
    template = folder / "page.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    return typeset(template, {"paragraphs": paragraphs}, form="pdf")


def docx_of(*paragraphs: str, cells: Iterable[str] = (), header: str = "") -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for said in paragraphs:
        document.add_paragraph(said)
    table = document.add_table(0, 1)
    for said in cells:
        table.add_row().cells[0].text = said
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(file)
    return file.getvalue()


def xlsx_of(rows: Iterable[Iterable[Any]], *, title: str = "แผ่นแรก", hidden: str = "") -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if hidden:
        other = book.create_sheet("ซ่อน")
        other.append([hidden])
        other.sheet_state = "hidden"
    book.save(file)
    return file.getvalue()


def pptx_of(*titles: str, cell: str = "", noted: str = "") -> bytes:
    show, file = pptx.Presentation(), io.BytesIO()
    for said in titles:
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = said
        if cell:
            slide.shapes.add_table(1, 1, 0, 0, 100, 100).table.cell(0, 0).text = cell
        if noted:
            slide.notes_slide.notes_text_frame.text = noted
    show.save(file)
    return file.getvalue()


def locked(pdf: bytes, *, password: str) -> bytes:
    """The same PDF, to be opened with a password (an empty one opens by itself)."""
    writer, file = PdfWriter(clone_from=io.BytesIO(pdf)), io.BytesIO()
    writer.encrypt(user_password=password, owner_password="ของเจ้าของ", algorithm="RC4-128")
    writer.write(file)
    return file.getvalue()


def plain_pdf(*objects: bytes) -> bytes:
    """A PDF of the given objects; the first is its catalogue. Without a table of where they are: readers look."""
    body = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, said) for number, said in enumerate(objects, start=1)
    )
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R /Size %d>>\n%%%%EOF\n" % (len(objects) + 1)


def with_parts(office: bytes, parts: dict[str, bytes]) -> bytes:
    """The same Office file with some parts in place of its own, or more than it had."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return file.getvalue()
