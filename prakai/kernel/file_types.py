"""What a file really is, by its first bytes and its inside, never by its name alone."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
MACROS = ("vbaProject.bin",)
MOST_RATIO = 200


def checked_type(content: bytes, name: str) -> str:
    """Return the media type of an allowed file; raise ``ValidationError`` for everything else.

    Allowed: JPEG, PNG, WebP and GIF pictures, PDF, DOCX, XLSX, PPTX and OpenDocument without macros, CSV and text.
    """
    if not content:
        raise ValidationError(pgettext("file error", "The file is empty."), code="empty")
    head = content[:16]
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheif"):
        raise ValidationError(
            pgettext(
                "file error",
                "This phone saves pictures as HEIC. Choose “most compatible” or send it as JPEG.",
            ),
            code="heic",
        )
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return _inside_of(content)
    suffix = PurePath(name).suffix.lower()
    if suffix in (".txt", ".csv", ".md") and _is_text(content):
        return "text/csv" if suffix == ".csv" else "text/plain"
    raise ValidationError(
        pgettext(
            "file error",
            "This kind of file cannot be taken in. Pictures, PDF, Word, Excel, PowerPoint and text can.",
        ),
        code="type",
    )


def _inside_of(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            size = sum(entry.file_size for entry in entries)
            if size > MOST_RATIO * max(len(content), 1) or len(entries) > 5000:
                raise ValidationError(
                    pgettext("file error", "The file unpacks to far too much."), code="bomb"
                )
            if any(name.endswith(MACROS) for name in names):
                raise ValidationError(
                    pgettext("file error", "The file holds macros. Please save it without them."),
                    code="macros",
                )
            for part, media_type in OFFICE.items():
                if part in names:
                    return media_type
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                told = archive.read("mimetype").decode("ascii", "replace").strip()
                if told.startswith(OPEN_DOCUMENT):
                    return told
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as trouble:
        raise ValidationError(pgettext("file error", "The file is damaged."), code="damaged") from trouble
    raise ValidationError(
        pgettext(
            "file error",
            "This kind of file cannot be taken in. Pictures, PDF, Word, Excel, PowerPoint and text can.",
        ),
        code="type",
    )


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    for encoding in ("utf-8", "cp874"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
