"""A report as DOCX, for letters and reports that go on being written."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from prakai.exchange.harvest.report import Quote, Report, Table, Words

FONT = "TH Sarabun New"


def docx_of(report: Report) -> bytes:
    """Return the report as a DOCX file: headings, paragraphs, quotes and tables of Word's own kinds."""
    document = Document()
    _speak(document, report.language)
    document.core_properties.title = report.title
    document.add_heading(report.title, level=0)
    if report.facts:
        _facts(document, report)
    for section in report.sections:
        document.add_heading(section.heading, level=1)
        for part in section.parts:
            _add(document, part)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: Any, part: Words | Quote | Table) -> None:
    if isinstance(part, Words):
        for line in part.text.split("\n"):
            document.add_paragraph().add_run(line).bold = part.strong or None
    elif isinstance(part, Quote):
        paragraph = document.add_paragraph(part.text, style="Quote")
        if part.said_by:
            paragraph.add_run(f"\n{part.said_by}").italic = False
    else:
        if part.title:
            document.add_paragraph().add_run(part.title).bold = True
        table = document.add_table(rows=1, cols=len(part.headings), style="Table Grid")
        for cell, words in zip(table.rows[0].cells, part.headings, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(words).bold = True
        for row in part.rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words


def _facts(document: Any, report: Report) -> None:
    table = document.add_table(rows=0, cols=2)
    for name, value in report.facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value


def _speak(document: Any, language: str) -> None:
    """Word takes font, size and language of Thai from settings of their own ("complex script")."""
    for name in ("Normal", "Title", "Heading 1", "Quote", "Table Grid"):
        style = document.styles[name]
        size = {"Title": 28, "Heading 1": 20}.get(name, 16)
        style.font.name = FONT
        style.font.size = Pt(size)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FONT)
        _set(properties, "w:szCs", "w:val", str(size * 2))
        spoken = _set(properties, "w:lang", "w:val", "en-US")
        spoken.set(qn("w:bidi"), "th-TH" if language == "th" else "en-US")


def _set(properties: Any, name: str, attribute: str, value: str) -> Any:
    element = properties.find(qn(name))
    if element is None:
        element = properties.makeelement(qn(name), {})
        properties.append(element)
    element.set(qn(attribute), value)
    return element
