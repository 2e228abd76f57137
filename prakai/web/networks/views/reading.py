"""Reading: all networks, one network, and what one agreed on over time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from prakai.forums import rules as forum_rules
from prakai.forums.queries.forums import forums_of
from prakai.networks.queries import charters_of, network_page, networks_page, waiting_for
from prakai.web.networks.linked_data import organization
from prakai.web.networks.loading import network_at, trail_of
from prakai.web.notes.linked_data import script_of
from prakai.web.pagecache.marking import cached_page
from prakai.web.requests import reader_of
from prakai.web.units.views import number_in


@require_safe
@cached_page
def networks(request: HttpRequest) -> HttpResponse:
    """All networks in Thai order, page by page; on the first page before them the reader's own, and what waits."""
    reader = reader_of(request)
    after = number_in(request.GET.get("after", ""))
    page = networks_page(reader, after=after)
    context = {
        "page": page,
        "is_first": after is None,
        "waiting": waiting_for(reader) if after is None else [],
        "next_url": f"?after={page.next}" if page.next else "",
        "start_url": "" if after is None else "/networks",
    }
    return render(request, "networks/networks.html", context)


@require_safe
@cached_page
def network(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """A network's page. The number decides; any other words behind it lead to the name of today, for good."""
    reader = reader_of(request)
    found = network_at(number, reader)
    if slug != found.slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(found.get_absolute_url() + (f"?{query}" if query else ""))
    page = network_page(found, reader)
    context = {
        "page": page,
        "network": found,
        "trail": trail_of(),
        "is_member": any(one.person_id is not None for one in page.own),
        "linked_data": script_of(organization(page, request)),
        "forums": forums_of(found, reader),
        "may_hold": bool(forum_rules.may_found(reader, found)),
    }
    return render(request, "networks/network.html", context)


@require_safe
@cached_page
def earlier(request: HttpRequest, number: int) -> HttpResponse:
    """What the network agreed on over time, the newest first."""
    found = network_at(number, reader_of(request))
    context = {"network": found, "trail": trail_of(found), "charters": charters_of(found)}
    return render(request, "networks/charters.html", context)
