"""A report as DOCX, for letters and reports that go on being written."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from prakai.exchange.harvest.report import Quote, Report, Table, Words

FONT = "TH Sarabun New"
A4 = (Cm(21), Cm(29.7))
MARGINS = {"left_margin": Cm(3), "right_margin": Cm(2), "top_margin": Cm(2.5), "bottom_margin": Cm(2)}


def docx_of(report: Report) -> bytes:
    """Return the report as a DOCX file: headings, paragraphs, quotes and tables of Word's own kinds."""
    document = Document()
    _lay_out(document)
    _speak(document)
    about = document.core_properties
    about.title, about.language, about.author, about.comments = report.title, report.language, "", ""
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
        _set(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", "w:val", "true")
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


def _lay_out(document: Any) -> None:
    """Paper is A4 here, with the margins of official letters."""
    for section in document.sections:
        section.page_width, section.page_height = A4
        for name, width in MARGINS.items():
            setattr(section, name, width)


def _speak(document: Any) -> None:
    """Word takes font, size and language of Thai from settings of their own ("complex script").

    What people said stays Thai in an English report, too, and lines of it end between words only where Word knows that
    it is Thai. A font of the theme would win over the one that is named.
    """
    for name in ("Normal", "Title", "Heading 1", "Quote", "Table Grid"):
        style = document.styles[name]
        size = {"Title": 28, "Heading 1": 20}.get(name, 16)
        style.font.name = FONT
        style.font.size = Pt(size)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.attrib.pop(qn(f"w:{kind}Theme"), None)
            fonts.set(qn(f"w:{kind}"), FONT)
        fonts.attrib.pop(qn("w:cstheme"), None)
        _set(properties, "w:szCs", "w:val", str(size * 2))
        spoken = _set(properties, "w:lang", "w:val", "en-US")
        spoken.set(qn("w:bidi"), "th-TH")


def _set(properties: Any, name: str, attribute: str, value: str) -> Any:
    element = properties.find(qn(name))
    if element is None:
        element = properties.makeelement(qn(name), {})
        properties.append(element)
    element.set(qn(attribute), value)
    return element
