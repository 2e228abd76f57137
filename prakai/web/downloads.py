"""Files that are made for a reader and taken along: their kinds, and a name that every system can keep."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from prakai.thai.graphemes import cut
from prakai.web.requests import preferences_of

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
PNG: Final = "image/png"
KINDS: Final = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "csv": CSV, "png": PNG}
LANGUAGES: Final = ("th", "en")
NAME_LENGTH: Final = 80
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', " "))


def taken_along(content: bytes, title: str, ending: str) -> HttpResponse:
    """Return ``content`` as a file called after ``title``; ``ending`` is one of ``KINDS``. Pictures are shown."""
    name = cut(" ".join(title.translate(_NOT_IN_NAMES).split()), NAME_LENGTH)
    response = HttpResponse(content, content_type=KINDS[ending])
    disposition = content_disposition_header(as_attachment=ending != "png", filename=f"{name}.{ending}")
    response.headers["Content-Disposition"] = str(disposition)
    return response


def paper_language(request: HttpRequest) -> str:
    """Return the language of a paper: the one that the address asks for (``?lang=``), else that of the page."""
    asked = request.GET.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return "en" if preferences_of(request).language == "en" else "th"
