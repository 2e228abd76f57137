"""What keeps coming back in a review: putting answers together by hand, with buttons and the keyboard."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import npgettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from prakai.forums import actions
from prakai.forums import review_rules as rules
from prakai.forums.models import Answer, Pattern, QuestionKind, Review
from prakai.forums.queries.patterns import patterns_page
from prakai.people.models import Person
from prakai.web.forums.review_forms import PatternForm
from prakai.web.forums.review_loading import review_at, review_frame, voice_in
from prakai.web.requests import member, reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def patterns(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what fell short beside what exceeded; who may, puts answers together."""
    reader = reader_of(request)
    review = review_at(pk, reader)
    form = PatternForm()
    if request.method == "POST":
        person = member(request)
        rules.may_group(person, review).or_refuse()
        form = PatternForm(request.POST)
        if form.is_valid():
            try:
                moved = _group(review, person, request.POST, form.cleaned_data["title"])
            except ValidationError as trouble:
                form.take(trouble)
            else:
                _tell(request, moved)
                return redirect("review-patterns", pk=pk)
    elif voice_in(request, review) is None:
        rules.may_follow(reader, review).or_refuse()
    context = review_frame(
        review,
        page=patterns_page(review),
        form=form,
        wrong_kind=request.POST.get("kind", ""),
        chosen=set(request.POST.getlist("answer")),
        may_group=bool(rules.may_group(reader, review)),
    )
    return render(request, "forums/review_patterns.html", context)


def _group(review: Review, person: Person, sent: QueryDict, title: str) -> int:
    """Put the chosen answers where the pressed button says; return how many there were."""
    numbers = [int(one) for one in sent.getlist("answer") if one.isascii() and one.isdecimal()][:500]
    chosen = (
        Answer.objects.revealed().filter(question__review=review, pk__in=numbers).select_related("question")
    )
    answers = list(chosen)
    if not answers:
        raise ValidationError(pgettext("review patterns", "Choose at least one answer first."))
    target = sent.get("to", "new")
    if target == "new":
        kind = sent.get("kind", QuestionKind.OWN)
        actions.make_pattern(review, title, answers, by=person, kind=kind)
    else:
        number = int(target) if target.isascii() and target.isdecimal() else 0
        pattern = get_object_or_404(Pattern, review=review, pk=number) if number else None
        actions.put_answers(answers, pattern, by=person, review=review)
    return len(answers)


def _tell(request: HttpRequest, moved: int) -> None:
    words = npgettext("review patterns", "%(n)d answer is put there.", "%(n)d answers are put there.", moved)
    messages.success(request, words % {"n": moved})


@require_POST
def pattern(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give a pattern other words, or take it apart."""
    person = member(request)
    review = review_at(pk, person)
    row = get_object_or_404(Pattern.objects.select_related("review__forum"), review=review, pk=number)
    if "drop" in request.POST:
        actions.drop_pattern(row, by=person)
        messages.success(request, pgettext("review patterns", "It is taken apart; its answers stay."))
    else:
        actions.rename_pattern(row, request.POST.get("title", ""), by=person)
        messages.success(request, pgettext("review setup", "It is changed."))
    return redirect("review-patterns", pk=pk)
