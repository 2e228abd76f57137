"""Share cards: 1200 × 630 pictures with shaped Thai text, made once for each state of a note and kept as files."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from prakai.kernel.typesetting import TypesettingFailed, typeset
from prakai.notes.models import Note
from prakai.thai.graphemes import count, cut
from prakai.web.followers import CARDS
from prakai.web.notes.rows import people_of, title_of

log = structlog.get_logger(__name__)
TEMPLATE = Path(__file__).parent / "typst" / "card.typ"
# Titles shrink as they grow, so that three lines always stand above the line of names.
SIZES = ((45, "66pt"), (80, "54pt"), (130, "44pt"), (10_000, "38pt"))
# A title longer than this leaves no room for the note's spark beneath it.
LONG = 60


def _picture(told: dict[str, str]) -> bytes:
    """Return the card for these words, from the store if it was made before."""
    mark = sha256(repr((sorted(told.items()), TEMPLATE.stat().st_mtime_ns)).encode()).hexdigest()[:24]
    name = f"{CARDS}/{mark}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return bytes(kept.read())
    made = typeset(TEMPLATE, told, form="png")
    default_storage.save(name, ContentFile(made))
    return made


def _answer(told: dict[str, str]) -> HttpResponse:
    try:
        picture = _picture(told)
    except TypesettingFailed as trouble:
        log.exception("card.failed", trouble=str(trouble))
        return HttpResponseRedirect(f"{settings.STATIC_URL}icons/spark.svg")
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "public, max-age=3600"})


@require_safe
def of_note(request: HttpRequest, number: int) -> HttpResponse:
    """The card of a note that everyone may read; for all others there is none, so that nothing leaks."""
    rows = Note.objects.readable_by(None).select_related("author", "teller", "unit")
    note = rows.filter(number=number).first()
    if note is None:
        raise Http404
    title = cut(title_of(note), 150)
    who = str(people_of(note)[0])
    with translation.override(note.language):
        kind = str(note.get_kind_display())
    return _answer(
        {
            "kind": kind,
            "title": title,
            "size": next(size for most, size in SIZES if count(title) <= most),
            "spark": cut(note.highlight, 100) if count(title) <= LONG else "",
            "who": cut(f"{who} · {note.unit.name}" if note.unit is not None else who, 60),
            "site": settings.SITE_NAME,
            "language": note.language,
        }
    )


@require_safe
def of_site(request: HttpRequest) -> HttpResponse:
    """The card of the site itself."""
    return _answer(
        {
            "kind": settings.SITE_NAME,
            "title": pgettext("card", "Good work, told by those who did it"),
            "size": "66pt",
            "spark": "",
            "who": pgettext("card", "Units learn from one another"),
            "site": settings.SITE_NAME,
            "language": "th",
        }
    )
