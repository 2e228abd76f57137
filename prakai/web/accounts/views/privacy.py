"""Settings: consents, all that is kept about me, taking it along, and leaving."""

from __future__ import annotations

import tempfile
from typing import IO, Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.forms import ChoiceField
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prakai.exchange.personal import Section, everything_about, pack
from prakai.people import queries, rules
from prakai.people.actions import erase_person, give_consent, withdraw_consent
from prakai.people.models import ConsentKind
from prakai.thai.graphemes import cut
from prakai.web.accounts.forms import LeavingForm, PreferencesForm
from prakai.web.accounts.views.settings import herself
from prakai.web.accounts.wordings import label_of

# Letters that need a consent do not exist: those of today are about sign-in and joining, and are asked for.
ASKED = (ConsentKind.LISTED,)
MOST_ROWS = 30
IN_MEMORY = 2 * 1024 * 1024


@never_cache
@login_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What one agreed to, and the ways to see, take and delete what is kept."""
    person = herself(request)
    held = {kind.value: queries.consent_in_force(person, kind) for kind in ConsentKind}
    choices = [
        {"kind": kind.value, "label": kind.label, "held": held[kind.value], "is_on": is_on}
        for kind, is_on in (
            (ConsentKind.LISTED, person.is_listed),
            (ConsentKind.MAIL, held[ConsentKind.MAIL] is not None),
        )
        if kind in ASKED or is_on
    ]
    about = {
        "terms": held[ConsentKind.TERMS],
        "choices": choices,
        "consents": queries.consents_of(person),
        "may_leave": rules.may_erase(person, person),
    }
    return render(request, "accounts/privacy.html", about)


@login_required
@require_POST
def consent(request: HttpRequest, kind: str) -> HttpResponse:
    """Give a consent, or take it back (``withdraw``)."""
    is_taken_back = "withdraw" in request.POST
    if kind not in (ConsentKind.values if is_taken_back else ASKED):
        raise Http404
    person = herself(request)
    if is_taken_back:
        withdraw_consent(person, kind, by=person)
        messages.success(request, pgettext("settings", "You have taken it back."))
    else:
        give_consent(person, kind, by=person)
        messages.success(request, pgettext("settings", "Thank you. You can take it back here at any time."))
    return redirect("settings_privacy")


@never_cache
@login_required
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about me; long texts and lists are shortened here, the ZIP has them whole."""
    person = herself(request)
    sections = [_shown(section) for section in everything_about(person, by=person)]
    return render(request, "accounts/my_data.html", {"sections": sections, "most": MOST_ROWS})


def _shown(section: Section) -> dict[str, Any]:
    rows = [
        [
            (label_of(name), _words(_chosen(name, value)))
            for name, value in row.items()
            if value not in (None, "", [], {})
        ]
        for row in section.rows[:MOST_ROWS]
    ]
    return {
        "key": section.key,
        "title": section.title,
        "rows": rows,
        "count": len(section.rows),
        "has_more": len(section.rows) > MOST_ROWS,
    }


def _chosen(name: str, value: Any) -> Any:
    """A preference as its form calls it ("Thai digits"), anything else as it is."""
    field = PreferencesForm.base_fields.get(name)
    if not isinstance(field, ChoiceField):
        return value
    return next((label for choice, label in field.widget.choices if choice == value), value)


def _words(value: Any) -> Any:
    if isinstance(value, bool):
        return pgettext("personal data", "yes") if value else pgettext("personal data", "no")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return cut(value, 200) if isinstance(value, str) else value


@never_cache
@login_required
@require_GET
def take(request: HttpRequest) -> HttpResponseBase:
    """The ZIP with everything that is kept about me."""
    person = herself(request)
    # Closed by the response, which sends it.
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=str(settings.DATA_DIR))  # noqa: SIM115
    pack(person, out, by=person)
    out.seek(0)
    name = f"prakai-{person.public_id}-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/zip")


def asked_word() -> str:
    """The word that one types to show that leaving is meant."""
    return pgettext("leaving form", "delete")


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Delete my account: my words stay with my name, stay without it, or go, too; everything else goes."""
    person = herself(request)
    rules.may_erase(person, person).or_refuse()
    form = LeavingForm(request.POST or None, asked_word=asked_word())
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["content"]
        erase_person(person, by=person, keep_content=chosen == "keep", emptied=chosen == "empty")
        logout(request)
        gone = render(request, "accounts/left.html")
        # What was typed and not sent lies in the browser: it goes with her.
        gone.headers["Clear-Site-Data"] = '"storage"'
        return gone
    return render(request, "accounts/leave.html", {"form": form}, status=400 if form.errors else 200)
