"""Pictures and files: take them in clean, describe them."""

from __future__ import annotations

import hashlib
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
from prakai.notes.alts import alt_of
from prakai.notes.models import Attachment, Note
from prakai.notes.models.media import AttachmentKind
from prakai.notes.wording import fitted
from prakai.people.models import Person
from prakai.thai.folding import clean
from prakai.thai.slugs import slug

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
        alt=alt_of(alt),
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
    row.alt = alt_of(alt)
    row.save(update_fields=["alt"])
    record("attachment.described", row, by=by, at=at)
    return row
