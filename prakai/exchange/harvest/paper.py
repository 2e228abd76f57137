"""Reports and certificates as PDF: A4, embedded Thai fonts, text that can be taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from prakai.exchange.harvest.report import Report
from prakai.kernel.typesetting import typeset

_TEMPLATES: Final = Path(__file__).parent / "typst"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Words of one certificate of attendance, in one language."""

    heading: str
    to: str
    name: str
    unit: str
    attended: str
    forum: str
    when: str
    by: str


def pdf_of(report: Report) -> bytes:
    """Return the report as a PDF. Raises ``TypesettingFailed``."""
    return typeset(_TEMPLATES / "report.typ", report.as_values(), form="pdf")


def certificates_of(certificates: Sequence[Certificate], *, language: str) -> bytes:
    """Return one PDF with a page for each certificate. Raises ``TypesettingFailed``, ``ValueError`` for none."""
    if not certificates:
        raise ValueError("there is nobody to certify")
    told = {"language": language, "certificates": [asdict(one) for one in certificates]}
    return typeset(_TEMPLATES / "certificates.typ", told, form="pdf")
