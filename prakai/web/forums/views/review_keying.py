"""Bringing in what was written on paper: printing forms with codes, and keying them back by keyboard alone."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from prakai.forums import actions
from prakai.forums import review_rules as rules
from prakai.forums.models import Review, Slip
from prakai.forums.queries.reviews import questions_of
from prakai.forums.said import Sheet
from prakai.people.models import Person
from prakai.thai.digits import to_arabic
from prakai.web.base.keeping import keeps_words, token_failed
from prakai.web.forums.review_forms import KeyingForm, SlipsForm, new_key
from prakai.web.forums.review_loading import review_at, review_frame
from prakai.web.requests import member


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def keying(request: HttpRequest, pk: int) -> HttpResponse:
    """One form a screen: code, name, answers; sent, the next empty one comes."""
    person = member(request)
    review = review_at(pk, person)
    rules.may_key(person, review).or_refuse()
    asked = [(one.question.pk, one.words) for one in questions_of(review)]
    sent = request.POST if request.method == "POST" or token_failed(request) else None
    form = KeyingForm(sent, questions=asked, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        try:
            said = _key(review, form, person)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(request, said)
            return redirect("review-keying", pk=pk)
    slips = review.slips.all()
    context = review_frame(
        review, form=form, all=slips.count(), keyed=slips.filter(keyed_at__isnull=False).count()
    )
    return render(request, "forums/review_keying.html", context)


def _key(review: Review, form: KeyingForm, person: Person) -> str:
    """Bring in one form; return what is said of it."""
    given, words = form.cleaned_data, form.words()
    typed = "".join(to_arabic(given["code"]).casefold().split())
    if not typed:
        if not actions.enter_answers(review, [Sheet(given["key"], given["name"], words)], by=person):
            raise ValidationError(pgettext("review keying", "This form is empty, or in already."))
        return pgettext("review keying", "Kept. The next one, please.")
    slip = Slip.objects.filter(review=review, code=typed).select_related("review__forum", "voice").first()
    if slip is None:
        raise ValidationError(
            {"code": pgettext("review keying", "No form has this code. It stands at the top of the paper.")}
        )
    actions.key_slip(slip, by=person, name=given["name"], words=words)
    return pgettext("review keying", "Form %(code)s is kept. The next one, please.") % {"code": slip.code}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """Make paper forms, and see which of them are in."""
    person = member(request)
    review = review_at(pk, person)
    rules.may_key(person, review).or_refuse()
    form = SlipsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.print_slips(review, form.cleaned_data["count"], by=person)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return redirect("review-slips-print", pk=pk)
    rows = list(review.slips.all())
    context = review_frame(review, form=form, slips=rows, open=[row for row in rows if not row.keyed_at])
    return render(request, "forums/review_slips.html", context)


@require_safe
@never_cache
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper forms that are not in yet, one a page of A5."""
    person = member(request)
    review = review_at(pk, person)
    rules.may_key(person, review).or_refuse()
    open_slips = review.slips.filter(keyed_at__isnull=True)
    context = review_frame(review, slips=open_slips, questions=questions_of(review))
    return render(request, "forums/review_slips_print.html", context)
