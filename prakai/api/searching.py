"""``GET /api/v1/search``: what the page of search finds, for programs, in the order of its rank."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.encoding import iri_to_uri

from prakai.api.problems import only_reads
from prakai.people.models import Person
from prakai.search.asking import Asked
from prakai.search.queries.answers import PAGE_SIZE, Found, Hit, as_html
from prakai.search.queries.finding import find
from prakai.search.wishes import Wish, read_number, read_wish

PLACE = "/api/v1/search"
MOST_AT_ONCE = 100


@only_reads
def search(request: HttpRequest) -> HttpResponse:
    """Answer what the reader of this session may see and what answers ``q``. Odd values are left out, never refused."""
    wish = read_wish(dict(request.GET.lists()))
    size = min(max(1, read_number(request.GET.get("size", "")) or PAGE_SIZE), MOST_AT_ONCE)
    reader = request.user if isinstance(request.user, Person) else None
    found = find(wish.text, reader, chosen=wish.chosen, sort=wish.sort, page=wish.page, size=size)
    site = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    answer = JsonResponse(_told(found, wish, size, site), json_dumps_params={"ensure_ascii": False})
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _told(found: Found, wish: Wish, size: int, site: str) -> dict[str, Any]:
    return {
        "query": _asked(found.asked) | {"chosen": wish.chosen, "sort": found.sort, "size": size},
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "previous": _way(wish, found.page - 1, size, site) if found.page > 1 else None,
        "next": _way(wish, found.page + 1, size, site) if found.page < found.pages else None,
        "only_near": found.only_near,
        "read_as": found.read_as,
        "rebuilding": found.rebuilding,
        "hits": [_hit(hit, site) for hit in found.hits],
        "facets": {
            name: [
                {"value": one.value, "label": one.label, "count": one.count, "chosen": one.is_chosen}
                for one in choices
            ]
            for name, choices in found.facets.items()
        },
    }


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "text": asked.text,
        "words": asked.words,
        "phrases": asked.phrases,
        "without": asked.without,
        "tags": asked.tags,
        "units": asked.units,
        "by": asked.by,
        "after": _day(asked.after),
        "before": _day(asked.before),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _way(wish: Wish, page: int, size: int, site: str) -> str:
    """Return the address of another page of the same wish."""
    asked = wish.query(page=str(page), size=str(size) if size != PAGE_SIZE else "")
    return f"{site}{PLACE}?{urlencode(asked)}"


def _hit(hit: Hit, site: str) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "id": public_id(hit),
        "url": f"{site}{iri_to_uri(hit.address)}",
        "title": "".join(piece.text for piece in hit.title),
        "score": hit.score,
        "near": hit.is_near,
        "highlights": {"title": as_html(hit.title), "passage": as_html(hit.passage)},
        "at": _moment(hit.at),
    }


def public_id(hit: Hit) -> int | str:
    """Return what names the thing in its address: the number of a note, the sign of a person, else its row."""
    if hit.kind == "note":
        return int(hit.thing.number)
    return str(hit.thing.public_id) if hit.kind == "person" else hit.pk


def _moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat() if at else None
