"""Founding a forum, changing what it says, and making the next one from it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from prakai.forums import actions, rules
from prakai.forums.models import Forum
from prakai.forums.queries.forums import series_names
from prakai.forums.saying import words_mark
from prakai.people.models import Person
from prakai.units.models import Unit
from prakai.web.base.keeping import confirm, form_for, keeps_words, writer
from prakai.web.forums.forms import ChangeForm, CloneForm, FoundForm
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.forums.owning import networks_for, owner_in
from prakai.web.units.views import number_in

METHODS = ["GET", "HEAD", "POST"]


@keeps_words
@require_http_methods(METHODS)
def found(request: HttpRequest) -> HttpResponse:
    """Begin to prepare a forum: what it is for, when, and an agenda to begin with."""
    person = writer(request)
    networks = networks_for(person)
    asked = {
        "unit": _own_unit(person, request.GET.get("unit", "")),
        "network": number_in(request.GET.get("network", "")) or "",
    }
    form = form_for(request, FoundForm, asked, networks=networks)
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        owner, host = owner_in(words, networks)
        try:
            forum = actions.found_forum(owner, by=person, host=host, **words)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(
                request,
                pgettext(
                    "forum", "The forum is yours to prepare. Nobody else sees it until you announce it."
                ),
            )
            return confirm(request, redirect(forum), "")
    return render(request, "forums/found.html", {"form": form})


def _own_unit(person: Person, asked: str) -> Unit | None:
    """The unit that the address names, else one of hers."""
    number = number_in(asked)
    if number is not None:
        return Unit.objects.visible_to(person).filter(pk=number).first()
    return Unit.objects.filter(pk__in=person.unit_circle).order_by("-path").first()


@keeps_words
@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a forum says of itself; what somebody else wrote meanwhile is shown, and never overwritten unseen."""
    person = writer(request)
    forum = forum_at(pk, person)
    rules.may_change(person, forum).or_refuse()
    standing = ChangeForm.values_of(forum) | {"seen": words_mark(forum)}
    form = form_for(request, ChangeForm, standing, is_networks=forum.network is not None)
    theirs: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_forum(
                forum, by=person, **form.cleaned_data | {"seen": form.cleaned_data["seen"] or None}
            )
        except ValidationError as trouble:
            form.take(trouble)
            if getattr(trouble, "code", "") == "conflict":
                theirs = _meanwhile(form, forum)
        else:
            messages.success(request, pgettext("forum", "What you changed is kept."))
            return confirm(request, redirect(forum), "")
    context = frame_of(forum, person, "forum") | {
        "form": form,
        "theirs": theirs,
        "known_series": series_names(forum.owner),
    }
    return render(request, "forums/change.html", context)


def _meanwhile(form: ChangeForm, forum: Forum) -> list[tuple[str, str]]:
    """Show the typed words over what stands now, and return what stands where it differs: (label, words)."""
    standing = ChangeForm.values_of(forum)
    fresh = ChangeForm(initial=standing, is_networks=forum.network is not None)
    form.data = {**form.data, "seen": words_mark(forum)}
    return [
        (str(field.label), str(fresh[name].value() or "–"))
        for name, field in form.fields.items()
        if name in standing and _bare(form.cleaned_data.get(name)) != _bare(standing[name])
    ]


def _bare(value: object) -> str:
    """A value as it is compared: ends of lines and spaces make no difference."""
    return " ".join(str(value).split())


@keeps_words
@require_http_methods(METHODS)
def clone(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the next forum from this one."""
    person = writer(request)
    forum = forum_at(pk, person)
    networks = networks_for(person)
    asked = {"title": forum.title, "unit": _clone_unit(person, forum), "network": forum.network_id or ""}
    form = form_for(request, CloneForm, asked, networks=networks)
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        owner, host = owner_in(words, networks)
        try:
            copy = actions.clone_forum(forum, by=person, owner=owner, host=host, **words)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(
                request, pgettext("forum", "The agenda and the words have come along; the people have not.")
            )
            return confirm(request, redirect(copy), "")
    return render(request, "forums/clone.html", frame_of(forum, person, "forum") | {"form": form})


def _clone_unit(person: Person, forum: Forum) -> Unit | None:
    """The unit that held this one: that prepared it, or received the guests for its network."""
    if forum.unit is None:
        return forum.host
    return forum.unit if rules.may_found(person, forum.unit) else _own_unit(person, "")
