"""Writing in a review with a phone: one question at a time, private first, without an account if need be."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from prakai.forums import actions
from prakai.forums import review_rules as rules
from prakai.forums.models import Promise, Review, Voice
from prakai.forums.queries.reviews import WritingPage, writing_page
from prakai.forums.said import Promised
from prakai.kernel.verdicts import Refused, Verdict, no
from prakai.web.base.keeping import confirm, keeps_words, token_failed
from prakai.web.forums.review_forms import AnswerForm, JoinForm, PromiseForm, ReviewForm, new_key
from prakai.web.forums.review_loading import (
    keep_token,
    new_token,
    review_frame,
    review_to_write_in,
    token_in,
    voice_in,
)
from prakai.web.requests import reader_of
from prakai.web.talk.visitors import Pace, address_of

# A hall shares one address: only codes that were wrong are counted.
WRONG_CODES = Pace(60, 15 * 60)
PROMISE = ("words", "first_step", "due_on", "helper", "reminds", "email", "tells_next", "is_named")


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Come in, then answer one question after the other."""
    review = review_to_write_in(request, pk, request.POST.get("code") or request.GET.get("code", ""))
    voice = voice_in(request, review)
    if voice is None or "join" in request.POST:
        return _join(request, review, voice)
    wanted = request.POST.get("question") or request.GET.get("q", "")
    page = writing_page(voice, int(wanted) if wanted.isascii() and wanted.isdecimal() else 0)
    if page is None:
        raise Http404
    verdict = rules.may_write(voice)
    if request.method == "POST" and not verdict:
        form = _form(page, None)
    elif request.method == "POST":
        form = _form(page, request)
        if form.is_valid():
            try:
                _write(page, form, request)
            except ValidationError as trouble:
                form.take(trouble)
            else:
                messages.success(request, pgettext("review writing", "It is kept."))
                back = redirect(f"/forums/{pk}/review/write?q={page.current.question.pk}#mine")
                return confirm(request, back, form.cleaned_data["client_id"])
    elif token_failed(request):
        form = _form(page, request)
        form.add_error(
            None, pgettext("review writing", "This page was open for long. Please send it once more.")
        )
    else:
        form = _form(page, None)
    kept = f"{review.writing_address}:{page.current.question.pk}"
    context = review_frame(review, page=page, form=form, typed=_typed(request), kept=kept, verdict=verdict)
    return render(request, "forums/review_write.html", context)


def _typed(request: HttpRequest) -> str:
    """Return what was typed into a form, to be given back where it comes too late."""
    texts = (request.POST.get(name, "").strip() for name in ("words", "first_step", "helper"))
    return "\n".join(text for text in texts if text)


def _over(request: HttpRequest, review: Review, verdict: Verdict) -> HttpResponse:
    """Say that no more is taken in, and give back what was typed."""
    may_follow = rules.may_follow(reader_of(request), review)
    context = review_frame(review, verdict=verdict, typed=_typed(request), may_follow=may_follow)
    return render(request, "forums/review_over.html", context, status=403 if request.POST else 200)


def _form(page: WritingPage, request: HttpRequest | None) -> ReviewForm:
    """Return the form for the question that is asked: a promise, or a point."""
    sent = request.POST if request is not None else None
    if page.current.is_promise:
        return PromiseForm(sent, initial={"client_id": new_key()})
    unnamed = page.running is not None and page.running.is_anonymous
    return AnswerForm(sent, initial={"client_id": new_key()}, may_name=bool(page.voice.name) and not unnamed)


def _write(page: WritingPage, form: ReviewForm, request: HttpRequest) -> None:
    given = form.cleaned_data
    if page.current.is_promise:
        key = given["client_id"] or new_key()
        actions.make_promise(page.voice, _promised(given), by=reader_of(request), client_id=key)
        return
    actions.write_answer(
        page.current.question,
        page.voice,
        given["words"],
        by=reader_of(request),
        client_id=given["client_id"],
        named=given.get("named", False),
    )


def _promised(given: dict[str, Any]) -> Promised:
    language = "en" if (get_language() or "th").startswith("en") else "th"
    return Promised(**{name: given[name] for name in PROMISE}, language=language)


def _join(request: HttpRequest, review: Review, voice: Voice | None) -> HttpResponse:
    """Show the way in, or let somebody in; her phone keeps a token when she has no account here."""
    reader, pk = reader_of(request), review.forum_id
    if not (open_now := rules.is_collecting(review)):
        return _over(request, review, open_now)
    known = voice is not None or bool(rules.may_join(reader, review, with_code=False))
    if request.method != "POST":
        sent = request.POST or None
        start = {"code": request.GET.get("code", ""), "name": voice.name if voice else ""}
        start["name"] = start["name"] or (reader.display_name if reader else "")
        form = JoinForm(sent, initial=start, needs_code=not known)
        return render(request, "forums/review_join.html", review_frame(review, form=form, voice=voice))
    form = JoinForm(request.POST, needs_code=not known)
    if form.is_valid():
        token = token_in(request, pk) or new_token()
        try:
            actions.join_review(
                review, by=reader, code=form.cleaned_data.get("code", ""), token=token,
                name=form.cleaned_data["name"],
            )  # fmt: skip
        except ValidationError as trouble:
            _count_wrong(request, trouble)
            form.take(trouble)
        else:
            response = redirect("review-write", pk=pk)
            return response if reader is not None else keep_token(response, request, pk, token)
    return render(request, "forums/review_join.html", review_frame(review, form=form, voice=voice))


def _count_wrong(request: HttpRequest, trouble: ValidationError) -> None:
    """Refuse somebody who tries one code after the other."""
    if "code" in getattr(trouble, "error_dict", {}) and not WRONG_CODES.allows(address_of(request)):
        raise Refused(
            no(
                pgettext("review refusal", "Too many codes were tried from here."),
                pgettext("review refusal", "Wait a quarter of an hour, or ask the facilitator for the code."),
            )
        )


def _voice(request: HttpRequest, pk: int) -> Voice:
    """Return the voice of who asks; who has not come in finds nothing here."""
    voice = voice_in(request, review_to_write_in(request, pk))
    if voice is None:
        raise Http404
    return voice


@require_POST
def ready(request: HttpRequest, pk: int) -> HttpResponse:
    """Say "I am ready", or that more time is needed."""
    voice = _voice(request, pk)
    running = voice.review.phases.filter(begun_at__isnull=False, ended_at__isnull=True).first()
    if running is not None:
        is_ready = request.POST.get("ready") == "yes"
        actions.be_ready(running, voice, by=reader_of(request), is_ready=is_ready)
    asked = request.POST.get("question", "")
    return redirect(f"/forums/{pk}/review/write?q={asked if asked.isascii() and asked.isdecimal() else ''}")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change one's own answer while it is private, or take it back."""
    voice = _voice(request, pk)
    row = voice.answers.filter(pk=number, withdrawn_at__isnull=True).select_related("question").first()
    if row is None:
        raise Http404
    back = f"/forums/{pk}/review/write?q={row.question_id}"
    if "withdraw" in request.POST:
        actions.withdraw_answer(row, voice, by=reader_of(request))
        messages.success(request, pgettext("review writing", "It is taken back; its words are gone."))
        return redirect(back)
    if not (open_now := rules.is_collecting(voice.review)):
        return _over(request, voice.review, open_now)
    rules.may_reword(voice, row).or_refuse()
    start = {"words": row.words, "client_id": row.client_id}
    form = AnswerForm(request.POST or None, initial=start, may_name=False)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_answer(row, voice, form.cleaned_data["words"], by=reader_of(request))
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return redirect(f"{back}#mine")
    context = review_frame(voice.review, form=form, back=back, kind="answer")
    return render(request, "forums/review_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def promise(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change one's own promise, or take it back."""
    voice = _voice(request, pk)
    row = Promise.objects.standing().filter(voice=voice, pk=number).select_related("voice", "review").first()
    if row is None:
        raise Http404
    back = f"/forums/{pk}/review/write?q={_promise_question(voice.review)}"
    if "withdraw" in request.POST:
        actions.withdraw_promise(row, voice, by=reader_of(request))
        messages.success(request, pgettext("review writing", "It is taken back; its words are gone."))
        return redirect(back)
    start = {name: getattr(row, name) for name in (*PROMISE, "client_id")}
    form = PromiseForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_promise(row, voice, _promised(form.cleaned_data), by=reader_of(request))
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(request, pgettext("review writing", "It is kept."))
            return redirect(back)
    context = review_frame(voice.review, form=form, back=back, kind="promise")
    return render(request, "forums/review_change.html", context)


def _promise_question(review: Review) -> int | str:
    found = review.questions.filter(kind="promise").values_list("pk", flat=True).first()
    return found or ""
