"""Coming back: a new password behind a link, what the link has shown, and which ways in end by it."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people import rules
from prakai.people.actions.joining import vouch_by_address
from prakai.people.models import Person
from prakai.people.way_back import way_back_for


@transaction.atomic
def give_way_back(
    person: Person, *, by: Person | None, letters_leave: bool, at: datetime | None = None
) -> str:
    """Return the path of a link by which ``person`` chooses a new password. It is kept nowhere.

    ``by`` is ``None`` on the command line of the machine; ``letters_leave`` says whether she could get a letter.
    """
    rules.may_give_way_back(by, person, letters_leave=letters_leave).or_refuse()
    record("way_back.given", person, by=by, at=at)
    return way_back_for(person)


@transaction.atomic
def come_back(person: Person, *, by: Person, is_by_letter: bool, at: datetime | None = None) -> bool:
    """Keep that she chose a new password behind a link; return whether by it her address was proved for the first time.

    An address that she wished for and never confirmed is forgotten. Whoever made an account with an address that
    nobody had proved may have been somebody else: with the first proof every other way in ends.
    """
    rules.may_decide_for(by, person).or_refuse()
    addresses = EmailAddress.objects.filter(user=person)
    is_first = is_by_letter and not addresses.filter(verified=True).exists()
    addresses.filter(verified=False).exclude(email__iexact=person.email or "").delete()
    if is_first:
        close_ways_in(person)
        _prove(person)
    record(
        "person.returned",
        person,
        by=by,
        at=at,
        way="letter" if is_by_letter else "hand",
        is_first_proof=is_first,
    )
    if is_first:
        vouch_by_address(person, by=by, email=person.email or "", at=at)
    return is_first


def _prove(person: Person) -> None:
    email = (person.email or "").lower()
    address, _ = EmailAddress.objects.get_or_create(user=person, email=email, defaults={"primary": True})
    address.set_verified()
    address.set_as_primary()


@transaction.atomic
def end_sessions(person: Person, *, by: Person, but: str = "", at: datetime | None = None) -> int:
    """Sign ``person`` out everywhere but in the session with the key ``but``; return on how many devices."""
    rules.may_decide_for(by, person).or_refuse()
    others = list(UserSession.objects.filter(user=person).exclude(session_key=but))
    for session in others:
        session.end()
    if others:
        record("person.signed_out", person, by=by, at=at, devices=len(others))
    return len(others)


@transaction.atomic
def change_address(person: Person, *, by: Person, email: str, at: datetime | None = None) -> Person:
    """Let ``person`` sign in with ``email`` from now on, unproved: where no letters are sent, no address is proved."""
    rules.may_decide_for(by, person).or_refuse()
    taken = ValidationError({"email": pgettext("people error", "Somebody else here has this address.")})
    if Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise taken
    try:
        with transaction.atomic():
            person.email = email.strip().lower()
            person.save(update_fields=["email"])
            EmailAddress.objects.filter(user=person).delete()
            EmailAddress.objects.create(user=person, email=person.email, primary=True)
    except IntegrityError:  # Another request was quicker.
        raise taken from None
    record("address.changed", person, by=by, at=at)
    return person


def close_ways_in(person: Person) -> None:
    """End sessions, passkeys, codes and accounts of other providers; for actions of this room."""
    for session in UserSession.objects.filter(user=person):
        session.end()
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
