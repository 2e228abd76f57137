"""Searching: one page that works with one request, suggestions while somebody types, and what browsers want to know."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prakai.search.asking import MOST_LETTERS
from prakai.search.queries.answers import Suggestion
from prakai.search.queries.finding import find
from prakai.search.queries.suggesting import suggest
from prakai.search.wishes import read_wish
from prakai.thai.graphemes import cut
from prakai.web.notes.addresses import absolute, site_url_of
from prakai.web.requests import reader_of
from prakai.web.search import results, wordings

LONGEST_BEGINNING = 100
"""Letters of what is being typed that are looked at for suggestions."""
SPEC = "http://a9.com/-/spec/opensearch/1.1/"
LONGEST_NAME = 16
"""Letters that the specification allows for the name of a search."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find what the reader may see. Whatever is asked is answered; an address that is not understood is left out."""
    wish = read_wish(dict(request.GET.lists()))
    context: dict[str, Any] = {
        "wish": wish,
        "words": wish.text,
        "most_letters": MOST_LETTERS,
        "operators": wordings.OPERATORS,
        "kept": wish.query(q=""),
    }
    if wish.text or wish.chosen:
        found = find(wish.text, reader_of(request), chosen=wish.chosen, sort=wish.sort, page=wish.page)
        context |= results.page_of(found, wish)
    answer = render(request, "search/search.html", context)
    patch_cache_control(answer, private=True)
    return answer


def _begun(request: HttpRequest) -> tuple[str, list[Suggestion]]:
    """Return what is being typed, and what it may become."""
    words = request.GET.get("q", "")[:LONGEST_BEGINNING].replace("\x00", " ")
    return words, suggest(words, reader_of(request)) if words.strip() else []


@require_safe
@never_cache
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer ``?q=`` with a list to choose from, as a piece of a page; empty when nothing is called so."""
    _, found = _begun(request)
    rows = [(one, wordings.kind_word(one.kind)) for one in found]
    return render(request, "search/suggestions.html", {"rows": rows})


@require_safe
@never_cache
def suggestions_json(request: HttpRequest) -> HttpResponse:
    """Answer ``?q=`` in the form that the search fields of browsers read (OpenSearch Suggestions)."""
    words, found = _begun(request)
    told = [
        words,
        [one.text for one in found],
        [wordings.kind_word(one.kind) for one in found],
        [absolute(request, one.address) for one in found],
    ]
    return JsonResponse(
        told,
        safe=False,
        content_type="application/x-suggestions+json",
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """Tell a browser how to search here from its own field (OpenSearch 1.1)."""
    site = site_url_of(request)
    told = ElementTree.Element("OpenSearchDescription", xmlns=SPEC)
    about = pgettext("opensearch", "Find good work, told by those who did it: %(site)s")
    for name, words in (
        ("ShortName", cut(settings.SITE_NAME, LONGEST_NAME)),
        ("Description", about % {"site": settings.SITE_NAME}),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
        ("Language", "th"),
        ("Language", "en"),
    ):
        ElementTree.SubElement(told, name).text = words
    icon = ElementTree.SubElement(told, "Image", width="180", height="180", type="image/png")
    icon.text = absolute(request, static("icons/touch-180.png"))
    for kind, rel, way in (
        ("text/html", "results", "/search?q={searchTerms}"),
        ("application/x-suggestions+json", "suggestions", "/search/suggest.json?q={searchTerms}"),
        ("application/opensearchdescription+xml", "self", "/opensearch.xml"),
    ):
        ElementTree.SubElement(told, "Url", type=kind, rel=rel, template=site + way)
    answer = HttpResponse(
        ElementTree.tostring(told, encoding="utf-8", xml_declaration=True),
        content_type="application/opensearchdescription+xml",
    )
    patch_cache_control(answer, max_age=3600)
    return answer
