"""Erasing: a person leaves for good. An empty shell stays, so that what others answered to her does not fall apart."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.journal.recording import record
from prakai.people import rules
from prakai.people.actions.profile import remove_portrait_file
from prakai.people.actions.returning import close_ways_in
from prakai.people.models import Approval, Person

SHELL_TH: Final = "อดีตสมาชิก"
SHELL_EN: Final = "Former member"


@transaction.atomic
def erase_person(
    person: Person, *, by: Person, keep_content: bool, emptied: bool = False, at: datetime | None = None
) -> Person:
    """Remove all that is kept about ``person`` and return the empty shell.

    With ``keep_content`` what she wrote stays under her name as words; the higher rooms read the name from the
    journal's entry ``person.erased``. Without it they make it anonymous, or with ``emptied`` take her words away;
    her name leaves the journal, too.
    """
    rules.may_erase(by, person).or_refuse()
    now = at or timezone.now()
    name_th = f"{person.given_th} {person.family_th}".strip()
    name_en = f"{person.given_en} {person.family_en}".strip()
    close_ways_in(person)
    EmailAddress.objects.filter(user=person).delete()
    _remove_rows(person, now)
    _empty(person, now)
    names: dict[str, str | bool] = {"name_th": name_th, "name_en": name_en} if keep_content else {}
    if emptied and not keep_content:
        names = {"emptied": True}
    actor = person if by.pk == person.pk else by
    record("person.erased", person, by=actor, at=at, keep_content=keep_content, **names)
    if not keep_content:
        # The one change that the journal knows: a name that its owner asked to be forgotten.
        Entry.objects.filter(by_id=person.pk).exclude(by_name="").update(by_name=SHELL_TH)
    return person


def _remove_rows(person: Person, now: datetime) -> None:
    person.appointments.all().delete()
    person.duties.all().delete()
    person.consents.all().delete()
    Approval.objects.filter(person=person).delete()
    # Why she was once not let in was told to her alone.
    Entry.objects.filter(verb="person.declined", thing_id=person.pk).update(facts={})
    person.invitations.filter(revoked_at__isnull=True).update(revoked_at=now)
    person.invitations.update(note="")


def _empty(person: Person, now: datetime) -> None:
    remove_portrait_file(person)
    for field in ("title_th", "family_th", "nickname_th", "family_en", "about", "portrait"):
        setattr(person, field, "")
    person.given_th, person.given_en = SHELL_TH, SHELL_EN
    person.email = None
    person.knows = []
    person.is_active = person.is_listed = person.is_staff = person.is_superuser = False
    person.erased_at = now
    person.last_login = None
    person.set_unusable_password()
    person.save()
    for cached in ("duties_held", "unit_circle"):
        person.__dict__.pop(cached, None)
