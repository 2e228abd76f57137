"""The harvest of a forum: one page, the same as PDF, Word and Excel in Thai and English, and certificates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prakai.exchange.harvest import telling
from prakai.exchange.harvest.files import docx_of, xlsx_of
from prakai.exchange.harvest.paper import certificates_of, pdf_of
from prakai.exchange.harvest.report import Report
from prakai.forums import rules, story_rules
from prakai.forums.models import Forum, Participant
from prakai.forums.queries.harvest import arrived_people, harvest_of
from prakai.kernel.typesetting import TypesettingFailed
from prakai.kernel.verdicts import Refused, no
from prakai.people.models import Person
from prakai.web.downloads import paper_language, taken_along
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.requests import member, reader_of
from prakai.web.talk.visitors import Pace, address_of

log = structlog.get_logger(__name__)
# A paper costs a second of work: a whole hall may fetch it from one line, a program may not fetch it all day.
PAPERS: Final = Pace(60, 15 * 60)
ON_PAGE: Final = 12
NOBODY_ARRIVED = no(
    pgettext_lazy("harvest refusal", "Nobody was seen at the door of this forum."),
    pgettext_lazy(
        "harvest refusal", "Certificates are for those who arrived: open the forum again and mark them."
    ),
)


@require_safe
@never_cache
def harvest(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what came of the day, as far as this reader may see it."""
    reader = reader_of(request)
    forum = _forum(pk, reader)
    context = frame_of(forum, reader, "harvest") | {
        "harvest": harvest_of(forum, reader),
        "languages": [("th", "ภาษาไทย"), ("en", "English")],
        "own": _own_seat(forum, reader),
        "most": ON_PAGE,
        "may_ask": bool(story_rules.may_record_story(reader, forum)),
    }
    return render(request, "forums/harvest.html", context)


@require_safe
@never_cache
def as_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The harvest on A4."""
    return _paper(request, pk, "pdf", lambda report, _: pdf_of(report))


@require_safe
@never_cache
def as_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The harvest for Word, to go on writing in."""
    return _paper(request, pk, "docx", lambda report, _: docx_of(report))


@require_safe
@never_cache
def as_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The harvest as a table."""
    return _paper(
        request,
        pk,
        "xlsx",
        lambda report, language: xlsx_of(report, first=telling.overview_name(language)),
    )


@require_safe
@never_cache
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """Certificates for all who arrived, for those who prepare the forum."""
    person = member(request)
    forum = _forum(pk, person)
    rules.may_prepare(person, forum).or_refuse()
    people = arrived_people(forum)
    if not people:
        raise Refused(NOBODY_ARRIVED)
    return _certificates(request, forum, people)


@require_safe
@never_cache
def own_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of who asks, if she was there."""
    person = member(request)
    forum = _forum(pk, person)
    seat = _own_seat(forum, person)
    if seat is None:
        raise Http404
    return _certificates(request, forum, [seat])


def _forum(pk: int, reader: Person | None) -> Forum:
    forum = forum_at(pk, reader)
    rules.may_see_harvest(reader, forum).or_refuse()
    return forum


def _own_seat(forum: Forum, reader: Person | None) -> Participant | None:
    """Return the seat in which ``reader`` was there."""
    if reader is None:
        return None
    rows = Participant.objects.coming().filter(forum=forum, person=reader, arrived_at__isnull=False)
    return rows.select_related("unit").first()


def _paper(
    request: HttpRequest, pk: int, ending: str, made_of: Callable[[Report, str], bytes]
) -> HttpResponse:
    reader = reader_of(request)
    forum = _forum(pk, reader)
    if reader is None and not PAPERS.allows(address_of(request)):
        problem = pgettext(
            "harvest", "Many papers were made for your line just now. Please wait a quarter of an hour."
        )
        return render(request, "400.html", {"problems": [problem]}, status=429)
    language = paper_language(request)
    report = telling.report_of(harvest_of(forum, reader), language=language, as_tables=ending == "xlsx")
    title = telling.file_title(forum, language)
    return _made(request, lambda: made_of(report, language), title, ending)


def _certificates(request: HttpRequest, forum: Forum, people: Sequence[Participant]) -> HttpResponse:
    language = paper_language(request)
    told = telling.certificates_told(forum, people, language)
    title = telling.certificate_title(forum, language)
    return _made(request, lambda: certificates_of(told, language=language), title, "pdf")


def _made(request: HttpRequest, make: Callable[[], bytes], title: str, ending: str) -> HttpResponse:
    try:
        content = make()
    except TypesettingFailed as trouble:
        log.exception("harvest.not_set", trouble=str(trouble))
        problem = pgettext(
            "harvest", "The paper could not be made just now. Please try again; nothing is lost."
        )
        return render(request, "400.html", {"problems": [problem]}, status=503)
    return taken_along(content, title, ending)
