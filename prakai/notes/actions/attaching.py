"""Pictures and files: take them in clean, describe them."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.file_types import OFFICE, OPEN_DOCUMENT, checked_type
from prakai.kernel.pictures import clean_picture
from prakai.notes import rules
from prakai.notes.models import Attachment, Note
from prakai.notes.models.media import AttachmentKind
from prakai.notes.wording import fitted
from prakai.people.models import Person
from prakai.thai.folding import clean
from prakai.thai.slugs import slug

_IMG, _ALT = re.compile(r"<img\b[^>]*>"), re.compile(r'\salt="[^"]*"')
_MEDIA = re.compile(r'\ssrc="/media/([0-9a-z]{12})[/"]')

# The ending follows from what a file is, never from its name: a server or browser that trusts names is not misled.
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/csv": ".csv",
    OFFICE["word/document.xml"]: ".docx",
    OFFICE["xl/workbook.xml"]: ".xlsx",
    OFFICE["ppt/presentation.xml"]: ".pptx",
    f"{OPEN_DOCUMENT}text": ".odt",
    f"{OPEN_DOCUMENT}spreadsheet": ".ods",
    f"{OPEN_DOCUMENT}presentation": ".odp",
    f"{OPEN_DOCUMENT}graphics": ".odg",
}


@transaction.atomic
def attach(
    upload: File[bytes] | IO[bytes],
    *,
    name: str,
    by: Person,
    note: Note | None = None,
    alt: str = "",
    at: datetime | None = None,
) -> Attachment:
    """Take in a picture (re-encoded, turned upright, without place data) or a file of a checked type.

    Raises ``ValidationError`` saying what is wrong with it; nothing is kept then.
    """
    rules.may_attach(by, note).or_refuse()
    content = upload.read(settings.UPLOAD_MOST_BYTES + 1)
    if len(content) > settings.UPLOAD_MOST_BYTES:
        most = settings.UPLOAD_MOST_BYTES // (1024 * 1024)
        raise ValidationError(
            pgettext("note error", "The file is larger than %(most)d MB; a smaller copy is kinder to phones.")
            % {"most": most}
        )
    shown = fitted(clean(PurePath(name.replace("\\", "/")).name).strip(), 150)
    media_type = checked_type(content, shown)
    kind, width, height = AttachmentKind.FILE, None, None
    if media_type.startswith("image/"):
        picture = clean_picture(ContentFile(content))
        kind, content, media_type = AttachmentKind.PICTURE, picture.bytes, picture.media_type
        width, height = picture.width, picture.height
    suffix = ENDINGS.get(media_type, ".bin")
    stem = slug(PurePath(shown).stem, empty="picture" if kind == AttachmentKind.PICTURE else "file")
    row = Attachment(
        note=note,
        by=by,
        kind=kind,
        name=f"{stem}{suffix}",
        alt=_alt(alt),
        media_type=media_type,
        size=len(content),
        width=width,
        height=height,
        digest=hashlib.sha256(content).hexdigest(),
        added_at=at or timezone.now(),
    )
    row.file.save(f"{row.public_id}{suffix}", ContentFile(content), save=False)
    row.save()
    record("attachment.added", row, by=by, at=at, note=note.pk if note else None)
    return row


@transaction.atomic
def describe_attachment(row: Attachment, *, alt: str, by: Person, at: datetime | None = None) -> Attachment:
    """Say in words what a picture shows."""
    rules.may_describe(by, row).or_refuse()
    row.alt = _alt(alt)
    row.save(update_fields=["alt"])
    record("attachment.described", row, by=by, at=at)
    return row


def described(body: str, alts: Mapping[str, str]) -> str:
    """Return a clean text in which its pictures say what ``alts`` tells of them, by public id."""

    def said(found: re.Match[str]) -> str:
        public_id = _MEDIA.search(found[0])
        if public_id is None or public_id[1] not in alts:
            return found[0]
        bare = _ALT.sub("", found[0])
        return bare.replace("<img", f'<img alt="{html.escape(_alt(alts[public_id[1]]))}"', 1)

    return _IMG.sub(said, body) if alts else body


def alts_in(body: str) -> dict[str, str]:
    """Return what a clean text says that its pictures show, by public id."""
    said = {}
    for found in _IMG.finditer(body):
        public_id, alt = _MEDIA.search(found[0]), _ALT.search(found[0])
        if public_id is not None and alt is not None:
            said[public_id[1]] = html.unescape(alt[0][6:-1])
    return said


def _alt(text: str) -> str:
    return fitted(" ".join(clean(text).split()), 300)
