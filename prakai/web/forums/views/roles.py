"""Roles at a forum: giving and ending them; and what facilitators and recorders read the evening before."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.forums import actions, rules
from prakai.forums.models import Forum, Role, RoleKind
from prakai.forums.queries.reviews import earlier_promises
from prakai.forums.queries.roles import briefing_page, roles_now
from prakai.people.models import Person
from prakai.web.base.keeping import keeps_words, token_failed
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.forums.people_forms import RoleForm
from prakai.web.notes.named import Candidate, member_named
from prakai.web.requests import member
from prakai.web.talk.views.commenting import stale_token


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Who does what at this forum; those who prepare it give roles here."""
    person = member(request)
    forum = forum_at(pk, person)
    rules.may_see_briefing(person, forum).or_refuse()
    may_give = bool(rules.may_change(person, forum))
    form = RoleForm(request.POST or None)
    candidates: list[Candidate] = []
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid():
        rules.may_change(person, forum).or_refuse()
        candidates = _give(request, forum, person, form)
        if form.is_valid() and not candidates:
            return redirect(f"/forums/{forum.pk}/roles")
    context = frame_of(forum, person, "roles") | {
        "held": roles_now(forum),
        "form": form,
        "candidates": candidates,
        "may_give": may_give,
        "reader": person,
    }
    return render(request, "forums/roles.html", context)


def _give(request: HttpRequest, forum: Forum, by: Person, form: RoleForm) -> list[Candidate]:
    """Give the role if it is clear who is meant; otherwise say so in the form, or return whom the name may mean."""
    name = form.cleaned_data["name"]
    named = member_named(name, by, picked=request.POST.getlist("picked"))
    if named.unsure:
        return next(iter(named.unsure.values()))
    if not named.people:
        words = pgettext(
            "role form",
            "Nobody of this name is a member here. The whole name helps; roles are given to members, for they sign in.",
        )
        form.add_error("name", ValidationError(words))
        return []
    [person] = named.people
    kind = form.cleaned_data["kind"]
    actions.give_role(forum, person, kind, by=by)
    words = pgettext("role form", "%(name)s: %(role)s, from now on.")
    messages.success(request, words % {"name": person, "role": RoleKind(kind).label})
    return []


@require_POST
def end(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """End a role: one's own, or as somebody who prepares the forum."""
    person = member(request)
    forum = forum_at(pk, person)
    rules.may_see_briefing(person, forum).or_refuse()
    found = Role.objects.filter(forum=forum, pk=role).select_related("forum", "person").first()
    if found is None:
        raise Http404
    actions.end_role(found, by=person)
    words = pgettext("role form", "%(name)s is not %(role)s any more.")
    messages.success(request, words % {"name": found.person, "role": found.get_kind_display()})
    return redirect(f"/forums/{forum.pk}/roles" if rules.may_see_briefing(person, forum) else "/forums")


@never_cache
@require_safe
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """What who runs the day reads the evening before: the purpose, who comes, who does what, and the checklists."""
    person = member(request)
    forum = forum_at(pk, person)
    rules.may_see_briefing(person, forum).or_refuse()
    page = briefing_page(forum, person)
    context = frame_of(forum, person, "briefing") | {"page": page, "earlier": earlier_promises(forum)}
    return render(request, "forums/briefing.html", context)
