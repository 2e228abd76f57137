"""Earlier versions of a note: what changed by Thai words, and going back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prakai.kernel.markup import plain_of
from prakai.notes import rules
from prakai.notes.actions import restore_revision
from prakai.notes.models import Revision
from prakai.notes.queries.pages import find_note, find_revision, revisions_of
from prakai.web.notes.diffs import Run, word_diff
from prakai.web.requests import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def history(request: HttpRequest, number: int) -> HttpResponse:
    """Show all versions and what one changed (``?version=``, ``?against=``); POST restores one."""
    reader = reader_of(request)
    note = find_note(number, reader)
    if note is None or reader is None:
        raise Http404
    rules.may_edit(reader, note).or_refuse()
    revisions = revisions_of(note)
    if request.method == "POST":
        chosen = find_revision(note, _number(request.POST.get("version", "")))
        if chosen is None:
            raise Http404
        restore_revision(note, chosen, by=reader)
        words = pgettext("history", "Version %(number)d is the newest again. Nothing was lost.")
        messages.success(request, words % {"number": chosen.number})
        return redirect(f"/notes/{note.number}/history")
    shown = find_revision(note, _number(request.GET.get("version", "")))
    against = None
    if shown is not None:
        asked = _number(request.GET.get("against", ""))
        before = asked or next((r.number for r in revisions if r.number < shown.number), 0)
        against = find_revision(note, before)
    context = {
        "note": note,
        "revisions": revisions,
        "shown": shown,
        "against": against,
        "runs": _runs(against, shown, "body"),
        "title_runs": _runs(against, shown, "title"),
        "highlight_runs": _runs(against, shown, "highlight"),
    }
    return render(request, "notes/history.html", context)


def _runs(old: Revision | None, new: Revision | None, field: str) -> list[Run]:
    if new is None:
        return []
    before, after = (getattr(r, field) if r is not None else "" for r in (old, new))
    if field == "body":
        before, after = plain_of(before), plain_of(after)
    return word_diff(before, after)


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0
