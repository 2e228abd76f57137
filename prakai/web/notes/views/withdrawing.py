"""Withdrawing a note, and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prakai.notes import rules
from prakai.notes.actions import return_note, withdraw_note
from prakai.notes.models import Note
from prakai.notes.queries.pages import find_note, tombstone
from prakai.people.models import Person
from prakai.web.notes.forms import WithdrawForm
from prakai.web.notes.rows import title_of
from prakai.web.requests import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why and whether she is sure, then withdraw; of a withdrawn note, offer to bring it back."""
    reader = reader_of(request)
    note = _note(number, reader)
    if reader is None:
        return redirect_to_login(request.get_full_path())
    rules.may_withdraw(reader, note).or_refuse()
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and note.withdrawn_at is not None:
        try:
            return_note(note, by=reader)
        except ValidationError as trouble:
            form.add_error(None, trouble.messages)
            return _page(request, note, form, status=400)
        messages.success(request, pgettext("withdrawing", "The note is back, with its conversation."))
        return redirect(note.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        withdraw_note(note, by=reader, because=form.cleaned_data["because"])
        messages.success(request, pgettext("withdrawing", "The note is withdrawn. You can bring it back."))
        return redirect("/desk")
    return _page(request, note, form)


def _note(number: int, reader: Person | None) -> Note:
    note = find_note(number, reader)
    if note is None and reader is not None and (stone := tombstone(number, reader)) is not None:
        note = stone.note
    if note is None:
        raise Http404
    return note


def _page(request: HttpRequest, note: Note, form: WithdrawForm, status: int = 200) -> HttpResponse:
    context = {"note": note, "title": title_of(note), "form": form}
    return render(request, "notes/withdraw.html", context, status=status)
