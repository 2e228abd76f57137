"""A report as a file, by its kind. What writes it is fetched only then: who writes none carries none of it."""

from __future__ import annotations

from prakai.exchange.harvest.report import Report


def docx_of(report: Report) -> bytes:
    """Return the report as a DOCX file: headings, paragraphs, quotes and tables of Word's own kinds."""
    from prakai.exchange.harvest import word

    return word.docx_of(report)


def xlsx_of(report: Report, *, first: str) -> bytes:
    """Return the report's facts and words on a sheet called ``first``, and each of its tables on one of its own."""
    from prakai.exchange.harvest import sheets

    return sheets.xlsx_of(report, first=first)
