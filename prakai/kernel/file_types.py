"""What a file really is, by its first bytes and its inside, never by its name alone."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
TYPES_OF_PARTS = "[Content_Types].xml"
MOST_OF_TYPES = 1024 * 1024
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif")
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
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
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
    if suffix == ".svg" or b"<svg" in content[:512].lower():
        raise ValidationError(
            pgettext("file error", "SVG drawings cannot be taken. Please save it as PNG and try again."),
            code="svg",
        )
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
            if _holds_macros(archive, names):
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
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as trouble:
        raise ValidationError(pgettext("file error", "The file is damaged."), code="damaged") from trouble
    raise ValidationError(
        pgettext(
            "file error",
            "This kind of file cannot be taken in. Pictures, PDF, Word, Excel, PowerPoint and text can.",
        ),
        code="type",
    )


def _holds_macros(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether programs come along: under their usual names, or under another one that the list of parts gives away."""
    small = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in small):
        return True
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in small):
        return True
    if TYPES_OF_PARTS not in names:
        return False
    with archive.open(TYPES_OF_PARTS) as part:
        told = part.read(MOST_OF_TYPES).lower()
    return b"vbaproject" in told or b"macroenabled" in told


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
