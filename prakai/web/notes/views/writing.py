"""Writing: choosing a kind, the one form for a new note and for one that stands."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from prakai.kernel.markup import body_from
from prakai.notes import rules
from prakai.notes.actions import Changed, save_draft, send_note
from prakai.notes.models import Draft, Note, Notebook
from prakai.notes.queries.drafts import drafts_beside, find_draft, note_sent_from
from prakai.notes.queries.pages import desk, find_note, notebooks_to_write_in
from prakai.notes.queries.tags import series_at_hand, tags_at_hand
from prakai.people.models import Person
from prakai.web.notes import conflicts, typed
from prakai.web.notes.forms import KINDS, WritingForm
from prakai.web.notes.rows import rows_of
from prakai.web.notes.views.unsent import unsent
from prakai.web.notes.words import PROMPTS, script_words
from prakai.web.requests import moment_for, reader_of

WINDOW = re.compile(r"[\w-]{1,40}", re.ASCII)


@require_safe
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Ask gently what she would like to tell, and show what she had begun."""
    reader = reader_of(request)
    if reader is None:
        return redirect_to_login(request.get_full_path())
    lying = desk(reader)
    context = {"drafts": lying["drafts"][:5], "unpublished": rows_of(lying["unpublished"][:5])}  # type: ignore[arg-type]
    return render(request, "notes/write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def write(request: HttpRequest, kind: str) -> HttpResponse:
    """Write a new note of a kind."""
    if kind not in [k.value for k in KINDS]:
        raise Http404
    reader = reader_of(request)
    if reader is None:
        return _signed_out(request)
    if request.method == "POST":
        return _sent(request, reader, None, kind)
    notebooks = notebooks_to_write_in(reader)
    draft = find_draft(reader, request.GET.get("draft", ""))
    if draft is not None and draft.note is not None:
        return redirect(f"/notes/{draft.note.number}/edit?draft={draft.window}")
    start = typed.from_notebook(_notebook_asked(request, reader, notebooks), kind, "th")
    if draft is not None:
        start |= typed.from_draft(draft)
    elif (base := _built_on(request, reader)) is not None:
        start["body"] = typed.building_on(base)
        start["tags"] = ", ".join(t.tag.label for t in base.taggings.select_related("tag"))
    return form_page(request, reader, None, _fresh(reader, notebooks, start, draft), kind=kind, draft=draft)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a note that stands."""
    reader = reader_of(request)
    if reader is None:
        return _signed_out(request)
    note = find_note(number, reader)
    if note is None:
        raise Http404
    rules.may_edit(reader, note).or_refuse()
    if request.method == "POST":
        return _sent(request, reader, note, note.kind)
    draft = find_draft(reader, request.GET.get("draft", ""))
    start = typed.from_note(note, reader)
    if draft is not None and draft.note_id == note.pk:
        start |= typed.from_draft(draft)
    else:
        draft = None
    form = _fresh(reader, _choices(reader, note), start, draft)
    return form_page(request, reader, note, form, kind=note.kind, draft=draft)


def form_page(
    request: HttpRequest,
    reader: Person,
    note: Note | None,
    form: WritingForm,
    *,
    kind: str,
    draft: Draft | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Show the form, as it is, with whatever stands beside it."""
    window = str(form["window"].value() or "")
    context = {
        "form": form,
        "note": note,
        "kind": kind,
        "prompts": PROMPTS if kind == "how" else (),
        "known_tags": tags_at_hand(reader),
        "known_series": series_at_hand(reader),
        "beside": drafts_beside(reader, note, window=window),
        "draft": draft,
        "pictures": typed.pictures_of(note, request.POST),
        "window": window,
        "words": script_words(),
        "is_published": note is not None and note.published_at is not None,
        "state": _state(request, note, draft),
        "conflict": None,
        "preview": None,
        **more,
    }
    return render(request, "notes/writing.html", context, status=status)


def _state(request: HttpRequest, note: Note | None, draft: Draft | None) -> str:
    """Return what stands under the text when the page opens; empty for a note that nobody has saved yet."""
    if note is None and draft is None:
        return ""
    moment = draft.saved_at if draft is not None else (note.edited_at or note.written_at) if note else None
    return pgettext("writing", "Saved %(when)s") % {"when": moment_for(request, moment)} if moment else ""


def _sent(request: HttpRequest, reader: Person, note: Note | None, kind: str) -> HttpResponse:
    """Do what the pressed button asks; whatever goes wrong, the page comes back with every word."""
    move = request.POST.get("move") or "save"
    keep = request.POST.get("keep", "")
    if keep and keep != "mine":
        return _took_other(request, reader, note, keep)
    notebooks = _choices(reader, note)
    form = WritingForm(
        _posted(request, kind),
        request.FILES,
        by=reader,
        notebooks=notebooks,
        picked=request.POST.getlist("picked"),
    )
    if request.POST.get("compare"):
        return _compared(request, reader, note, form, kind)
    if not form.is_valid():
        return form_page(request, reader, note, form, kind=kind, status=400)
    if move == "preview":
        preview = body_from(form.cleaned_data["body"])
        return form_page(request, reader, note, form, kind=kind, preview=preview)
    try:
        sent = send_note(
            by=reader,
            writing=form.writing(),
            note=note,
            base_version=form.cleaned_data["base_version"] or 0,
            window=form.cleaned_data["window"],
            files=form.cleaned_data["uploads"],
            alts=typed.alts_of(request.POST),
            publish=move == "publish",
            because=pgettext("revision", "Kept, of two windows") if keep else "",
        )
    except Changed as changed:
        return _changed(request, reader, changed.note, notebooks, kind)
    except ValidationError as trouble:
        for field, problems in conflicts.problems_of(trouble).items():
            form.add_error(field if field in form.fields else None, problems)
        return form_page(request, reader, note, form, kind=kind, status=400)
    response = _kept(request, sent.note, sent.publishing, move)
    return _copy_not_needed(request, response, form.cleaned_data["window"])


def _copy_not_needed(request: HttpRequest, response: HttpResponse, window: str) -> HttpResponse:
    """Tell drafts.js that the words of this window are safe, so that its copy in the browser can go."""
    if WINDOW.fullmatch(window):
        before = [w for w in request.COOKIES.get("prakai_sent", "").split(".") if WINDOW.fullmatch(w)]
        windows = ".".join([*before, window][-6:])
        response.set_cookie(
            "prakai_sent", windows, max_age=30 * 86400, secure=request.is_secure(), samesite="Lax"
        )
    return response


def _kept(request: HttpRequest, note: Note, publishing: Any, move: str) -> HttpResponse:
    if not publishing:
        messages.warning(request, f"{publishing.reason} {publishing.next_step}".strip())
        return redirect(f"/notes/{note.number}/edit")
    if note.published_at is None and move != "publish":
        messages.success(
            request, pgettext("writing", "The draft is saved. Nobody but its writers sees it yet.")
        )
        return redirect(f"/notes/{note.number}/edit")
    note.refresh_from_db()
    messages.success(
        request,
        pgettext("writing", "Published. Thank you for telling it.")
        if move == "publish"
        else pgettext("writing", "Saved. Readers see the new version."),
    )
    return HttpResponseRedirect(note.get_absolute_url())


def _changed(
    request: HttpRequest, reader: Person, newer: Note, notebooks: list[Notebook], kind: str
) -> HttpResponse:
    """Two versions of one note: show both, and keep every typed word in the form."""
    data = _posted(request, kind)
    data["base_version"] = str(newer.version)
    form = WritingForm(data, by=reader, notebooks=notebooks)
    both = conflicts.with_version(newer, request.POST)
    return form_page(request, reader, newer, form, kind=kind, conflict=both, status=409)


def _compared(
    request: HttpRequest, reader: Person, note: Note | None, form: WritingForm, kind: str
) -> HttpResponse:
    """Show the typed text beside what another window holds, or beside the note as it is saved now."""
    other = find_draft(reader, request.POST["compare"])
    if other is not None:
        return form_page(
            request, reader, note, form, kind=kind, conflict=conflicts.with_draft(other, request.POST)
        )
    if note is None:
        return form_page(request, reader, note, form, kind=kind)
    return _changed(request, reader, note, _choices(reader, note), kind)


def _took_other(request: HttpRequest, reader: Person, note: Note | None, keep: str) -> HttpResponse:
    """Go on with the other version; what was typed here stays among the drafts."""
    window = request.POST.get("window", "")
    if window and window != keep:
        save_draft(
            by=reader,
            window=typed.new_window() if note_sent_from(reader, window) else window,
            fields=typed.fields_of(request.POST),
            note=note,
            base_version=note.version if note else 0,
        )
        messages.info(
            request, pgettext("writing", "What you typed here is kept on your desk, among the drafts.")
        )
    other = find_draft(reader, keep)
    place = f"/notes/{note.number}/edit" if note is not None else f"/write/{request.POST.get('kind', 'how')}"
    return redirect(f"{place}?draft={other.window}" if other is not None else place)


def _signed_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return unsent(request, reason="signed_out")
    return redirect_to_login(request.get_full_path())


def _posted(request: HttpRequest, kind: str) -> Any:
    data = request.POST.copy()
    data["kind"] = kind
    data["window"] = data.get("window") or typed.new_window()
    return data


def _fresh(
    reader: Person, notebooks: list[Notebook], start: dict[str, Any], draft: Draft | None
) -> WritingForm:
    start["window"] = draft.window if draft is not None else typed.new_window()
    return WritingForm(initial=start, by=reader, notebooks=notebooks)


def _choices(reader: Person, note: Note | None) -> list[Notebook]:
    notebooks = notebooks_to_write_in(reader)
    if note is not None and note.notebook not in notebooks:
        notebooks.append(note.notebook)
    return notebooks


def _notebook_asked(request: HttpRequest, reader: Person, notebooks: list[Notebook]) -> Notebook | None:
    """The notebook that the address names, else the one in which she wrote last, else her oldest."""
    asked = request.GET.get("notebook", "")
    for notebook in notebooks:
        if str(notebook.pk) == asked:
            return notebook
    last = Note.objects.filter(author=reader, notebook__in=notebooks).order_by("-written_at").first()
    if last is not None:
        return last.notebook
    own = [notebook for notebook in notebooks if notebook.owner_id == reader.pk]
    return next(iter(own or notebooks), None)


def _built_on(request: HttpRequest, reader: Person) -> Note | None:
    number = request.GET.get("builds_on", "")
    return (
        find_note(int(number), reader) if number.isascii() and number.isdigit() and len(number) < 16 else None
    )
