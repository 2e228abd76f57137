"""One block of the agenda: all that it says, and who does what in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from prakai.forums import actions
from prakai.forums.models import Block, BlockRole, Forum
from prakai.people.models import Person
from prakai.web.base.keeping import confirm, form_for, keeps_words, writer
from prakai.web.forums.agenda_forms import BlockForm, BlockRoleForm
from prakai.web.forums.loading import frame_of
from prakai.web.forums.views.agenda import block_at, forum_to_change
from prakai.web.notes.named import member_named
from prakai.web.requests import member


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """Change a block."""
    person = writer(request)
    forum = forum_to_change(pk, person)
    found = block_at(forum, block)
    form = form_for(request, BlockForm, BlockForm.values_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_block(found, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
            found.refresh_from_db()
        else:
            messages.success(request, pgettext("forum", "What you changed is kept."))
            return confirm(request, redirect(f"/forums/{forum.pk}/agenda#block-{found.pk}"), "")
    return render(request, "forums/block.html", _shown(forum, person, found, form=form))


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def give_role(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """Let somebody do something in a block: a member whose whole name is typed, else a guest of that name."""
    person = writer(request)
    forum = forum_to_change(pk, person)
    found = block_at(forum, block)
    form = form_for(request, BlockRoleForm, {})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        meant = member_named(name, person).people
        try:
            actions.give_block_role(
                found, form.cleaned_data["kind"], by=person, person=meant[0] if meant else None, name=name
            )
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return confirm(request, redirect(f"/forums/{forum.pk}/agenda/blocks/{found.pk}#people"), "")
    return render(request, "forums/block.html", _shown(forum, person, found, role_form=form))


@require_POST
def end_role(request: HttpRequest, pk: int, block: int, role: int) -> HttpResponse:
    """Take somebody out of a block."""
    person = member(request)
    forum = forum_to_change(pk, person)
    found = BlockRole.objects.filter(block=block_at(forum, block)).select_related("block__day__forum")
    held = found.filter(pk=role).first()
    if held is None:
        raise Http404
    actions.end_block_role(held, by=person)
    return redirect(f"/forums/{forum.pk}/agenda/blocks/{block}#people")


def _shown(
    forum: Forum,
    person: Person,
    found: Block,
    form: BlockForm | None = None,
    role_form: BlockRoleForm | None = None,
) -> dict[str, Any]:
    return frame_of(forum, person, "agenda") | {
        "planned": found,
        "form": form or BlockForm(initial=BlockForm.values_of(found)),
        "role_form": role_form or BlockRoleForm(),
        "roles": found.roles.select_related("person").order_by("pk"),
    }
