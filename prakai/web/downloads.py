"""Files that are made for a reader and taken along: their kinds, and a name that every system can keep."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from prakai.thai.graphemes import cut

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Final = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX}
NAME_LENGTH: Final = 80
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', " "))


def taken_along(content: bytes, title: str, ending: str) -> HttpResponse:
    """Return ``content`` as a file called after ``title``; ``ending`` is one of ``KINDS``."""
    name = cut(" ".join(title.translate(_NOT_IN_NAMES).split()), NAME_LENGTH)
    response = HttpResponse(content, content_type=KINDS[ending])
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{ending}")
    response.headers["Content-Disposition"] = str(disposition)
    return response
