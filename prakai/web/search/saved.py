"""Saved searches: her own list, keeping and dropping one, letters of what is new, and a feed of each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.people.models import Person
from prakai.search import actions, rules
from prakai.search.models import SavedSearch
from prakai.search.queries.saved import saved_searches
from prakai.search.stopping import who_stops
from prakai.search.wishes import read_wish
from prakai.web.feeds.entries import base_of
from prakai.web.feeds.views import answer_channel
from prakai.web.pagecache.marking import cached_page
from prakai.web.requests import member, reader_of
from prakai.web.search.channels import channel_of
from prakai.web.talk.tabs import desk_tabs, sign_in_first


def _mine(reader: Person, public_id: str) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(reader), public_id=public_id)


@require_safe
@never_cache
def searches(request: HttpRequest) -> HttpResponse:
    """Show the reader's own saved searches."""
    reader = reader_of(request)
    if reader is None:
        return sign_in_first(request)
    rules.may_look_after_own(reader).or_refuse()
    context = {"tabs": desk_tabs(request.path, reader), "searches": saved_searches(reader)}
    return render(request, "search/saved.html", context)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a search: its words and the chosen values of facets, as the page of results sends them."""
    person = member(request)
    wish = read_wish(dict(request.POST.lists()))
    actions.save_search(person, wish.text, wish.chosen, by=person)
    messages.success(request, pgettext("saved search", "Your search is kept here."))
    return redirect("searches")


@require_POST
def letters(request: HttpRequest, public_id: str) -> HttpResponse:
    """Switch letters about this search on (``on``) or off."""
    person = member(request)
    wanted = request.POST.get("on") == "1"
    actions.tell_by_letter(_mine(person, public_id), wanted, by=person)
    told = (
        pgettext("saved search", "A letter tells you of what is new from now on, once a day at most.")
        if wanted
        else pgettext("saved search", "No more letters about this search. It is still kept here.")
    )
    messages.success(request, told)
    return redirect("searches")


@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep this search no longer."""
    person = member(request)
    actions.drop_search(_mine(person, public_id), by=person)
    messages.success(request, pgettext("saved search", "The search is gone from your list."))
    return redirect("searches")


# The word in the address is the proof: mail programs press this for her (RFC 8058) and hold no token of a form.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, word: str) -> HttpResponse:
    """End all letters about saved searches of the one whose letter brought here, without signing in."""
    person = who_stops(word)
    if person is None:
        raise Http404
    if request.method == "POST":
        actions.stop_letters(person, by=person)
    return render(request, "search/saved_stop.html", {"is_done": request.method == "POST"})


@require_safe
@cached_page
def feed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer a feed of what visitors find by this search, newest first: feed readers do not sign in."""
    search = get_object_or_404(SavedSearch, public_id=public_id)
    answer = answer_channel(request, channel_of(search, base_of(request.build_absolute_uri("/"))), "atom")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
