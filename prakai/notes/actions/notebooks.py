"""Notebooks: open one, change it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.notes import rules
from prakai.notes.models import Licence, Notebook
from prakai.notes.wording import fitted
from prakai.people.models import Audience, Person
from prakai.talk.models import Conversation
from prakai.thai.folding import clean
from prakai.units.models import Unit


def _title(text: str) -> str:
    title = " ".join(clean(text).split())
    if not title:
        raise ValidationError({"title": pgettext("note error", "Please give the notebook a name.")})
    return fitted(title, 200)


@transaction.atomic
def open_notebook(
    *,
    title: str,
    by: Person,
    about: str = "",
    unit: Unit | None = None,
    allows_anonymous: bool = False,
    licence: str = Licence.CC_BY,
    audience: str = Audience.PUBLIC,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Notebook:
    """Open a notebook of ``by``, or of ``unit`` (then its members write in it), and return it."""
    rules.may_open_notebook(by, unit.pk if unit else None).or_refuse()
    notebook = Notebook.objects.create(
        title=_title(title),
        about=clean(about).strip(),
        owner=None if unit else by,
        unit=unit,
        allows_anonymous=allows_anonymous,
        licence=licence,
        audience=audience,
        is_demo=is_demo,
        created_at=at or timezone.now(),
    )
    record("notebook.opened", notebook, by=by, at=at)
    return notebook


@transaction.atomic
def change_notebook(
    notebook: Notebook,
    *,
    by: Person,
    title: str,
    about: str = "",
    allows_anonymous: bool = False,
    licence: str = Licence.CC_BY,
    audience: str = Audience.PUBLIC,
    at: datetime | None = None,
) -> Notebook:
    """Rename a notebook and change what new notes in it start from; notes that stand keep what they have."""
    rules.may_change_notebook(by, notebook).or_refuse()
    notebook.title, notebook.about = _title(title), clean(about).strip()
    notebook.licence, notebook.audience = licence, audience
    if notebook.allows_anonymous != allows_anonymous:
        notebook.allows_anonymous = allows_anonymous
        Conversation.objects.filter(note__notebook=notebook).update(allows_anonymous=allows_anonymous)
    notebook.save()
    record("notebook.changed", notebook, by=by, at=at)
    return notebook
