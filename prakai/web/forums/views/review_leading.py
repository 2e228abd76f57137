"""Leading a review: opening it, its phases, its questions, whose turn it is, until when it collects."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from prakai.forums import actions
from prakai.forums import review_rules as rules
from prakai.forums.asking import asked
from prakai.forums.models import Review
from prakai.web.forums.review_forms import OpenForm, PhaseForm, QuestionForm, ReviewForm, UntilForm
from prakai.web.forums.review_loading import forum_of_review, review_at, review_frame
from prakai.web.requests import member, reader_of


@require_POST
def open_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare the review of a forum."""
    person = member(request)
    forum = forum_of_review(pk, person)
    rules.may_open(person, forum).or_refuse()
    form = OpenForm(request.POST)
    if form.is_valid():
        try:
            return redirect(actions.open_review(forum, by=person, minutes=form.cleaned_data["minutes"]))
        except ValidationError as trouble:
            form.take(trouble)
    context = review_frame(Review(forum=forum), form=form, deeper=False)
    return render(request, "forums/review_open.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, pk: int) -> HttpResponse:
    """Change minutes and questions, add a question, set the closing time."""
    person = member(request)
    review = review_at(pk, person)
    rules.may_lead(person, review).or_refuse()
    what = request.POST.get("what", "") if request.method == "POST" else ""
    wrong: dict[str, ReviewForm] = {}
    if what:
        form = _sent(request, review, what)
        if form is None:
            messages.success(request, pgettext("review setup", "It is changed."))
            return redirect("review-setup", pk=pk)
        wrong[what] = form
    context = review_frame(review, **_setup(review, wrong))
    return render(request, "forums/review_setup.html", context)


def _setup(review: Review, wrong: dict[str, ReviewForm]) -> dict[str, Any]:
    """Return the rows of the page: each with its form, or with the one that was not right."""
    phases = [
        (row, wrong.get(f"phase-{row.pk}") or PhaseForm(
            initial={"minutes": row.minutes, "is_anonymous": row.is_anonymous}, auto_id=f"phase_{row.pk}_%s"
        ))
        for row in review.phases.all()
    ]  # fmt: skip
    answered = set(review.questions.filter(answers__isnull=False).values_list("pk", flat=True))
    questions = [
        (row, asked(row), row.pk in answered, wrong.get(f"question-{row.pk}") or QuestionForm(
            initial={"words": asked(row)}, auto_id=f"question_{row.pk}_%s"
        ))
        for row in review.questions.all()
    ]  # fmt: skip
    until = timezone.localtime(review.collects_until) if review.collects_until else None
    initial = {"on": until.date(), "time": f"{until:%H:%M}"} if until else {}
    return {
        "phases": phases,
        "questions": questions,
        "new": wrong.get("new") or QuestionForm(auto_id="new_%s"),
        "until": wrong.get("until") or UntilForm(initial=initial, auto_id="until_%s"),
        "wrong": next(iter(wrong.values()), None),
    }


def _sent(request: HttpRequest, review: Review, what: str) -> ReviewForm | None:
    """Do what a form of the page asks; return the form when it is not right."""
    person = member(request)
    kind, _, number = what.partition("-")
    row_id = int(number) if number.isdecimal() else 0
    form: ReviewForm
    try:
        if kind == "phase":
            phase = get_object_or_404(review.phases, pk=row_id)
            form = PhaseForm(request.POST, auto_id=f"phase_{row_id}_%s")
            if form.is_valid():
                actions.change_phase(phase, by=person, **form.cleaned_data)
        elif kind == "question":
            question = get_object_or_404(review.questions, pk=row_id)
            form = QuestionForm(request.POST, auto_id=f"question_{row_id}_%s")
            if "drop" in request.POST:
                actions.drop_question(question, by=person)
                return None
            if form.is_valid():
                actions.change_question(question, by=person, words=form.cleaned_data["words"])
        elif kind == "until":
            until = UntilForm(request.POST, auto_id="until_%s")
            form = until
            if until.is_valid():
                actions.collect_until(review, until.moment(), by=person)
        else:
            form = QuestionForm(request.POST, auto_id="new_%s")
            if form.is_valid():
                actions.add_question(review, by=person, words=form.cleaned_data["words"])
    except ValidationError as trouble:
        form.take(trouble)
    return None if form.is_valid() else form


@require_POST
def phase(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Begin a phase, or end it."""
    person = member(request)
    review = review_at(pk, person)
    row = get_object_or_404(review.phases, pk=number)
    if request.POST.get("move") == "end":
        actions.end_phase(row, by=person)
    else:
        actions.begin_phase(row, by=person)
    return redirect("review", pk=pk)


@require_POST
def question(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Reveal the answers to a question."""
    person = member(request)
    review = review_at(pk, person)
    row = get_object_or_404(review.questions, pk=number)
    actions.reveal_question(row, by=person)
    return redirect(f"{review.get_absolute_url()}#question-{row.pk}")


@require_POST
def turn(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Mark that somebody has spoken, or not after all."""
    review = review_at(pk, reader_of(request))
    row = get_object_or_404(review.voices.select_related("review"), pk=number)
    actions.mark_spoken(row, by=member(request), has_spoken=request.POST.get("spoken") == "yes")
    return redirect(f"{review.get_absolute_url()}#turns")
