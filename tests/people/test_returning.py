"""Coming back: what a new password behind a link shows, and which ways in end by it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.people import actions, queries, rules
from prakai.people.models import EmailDomain, Person
from prakai.people.way_back import HOLDS, ways_back
from tests.factories.people import make_appointment, make_person
from tests.people.conftest import Cast


def _with_ways_in(person: Person, *, verified: bool) -> None:
    EmailAddress.objects.create(user=person, email=person.email or "", primary=True, verified=verified)
    EmailAddress.objects.create(user=person, email="wished@test.example")
    SocialAccount.objects.create(user=person, provider="dga", uid="1")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})


def _ways_in(person: Person) -> tuple[int, int]:
    return (
        SocialAccount.objects.filter(user=person).count(),
        Authenticator.objects.filter(user=person).count(),
    )


def test_coming_back_by_letter_when_nobody_had_proved_the_address(cast: Cast) -> None:
    EmailDomain.objects.create(domain="doikham.example", unit=cast.hospital)
    person = make_person("กานดา", email="kanda@doikham.example")
    stated = make_appointment(person, cast.ward)
    stated.confirmed_at = None
    stated.save()
    _with_ways_in(person, verified=False)
    assert actions.come_back(person, by=person, is_by_letter=True) is True
    stated.refresh_from_db()
    address = EmailAddress.objects.get(user=person)
    assert (_ways_in(person), stated.confirmed_at is not None) == ((0, 0), True)
    assert (address.email, address.verified, address.primary) == ("kanda@doikham.example", True, True)
    said = Entry.objects.get(verb="person.returned").facts
    assert said == {"way": "letter", "is_first_proof": True}


def test_coming_back_by_letter_when_the_address_was_proved(cast: Cast) -> None:
    _with_ways_in(cast.malee, verified=True)
    assert actions.come_back(cast.malee, by=cast.malee, is_by_letter=True) is False
    # Only the address that she never confirmed goes: its letter would still change the account.
    assert (_ways_in(cast.malee), EmailAddress.objects.get(user=cast.malee).verified) == ((1, 1), True)


def test_coming_back_by_hand_when_nobody_had_proved_the_address(cast: Cast) -> None:
    _with_ways_in(cast.malee, verified=False)
    assert actions.come_back(cast.malee, by=cast.malee, is_by_letter=False) is False
    assert (_ways_in(cast.malee), EmailAddress.objects.get(user=cast.malee).verified) == ((1, 1), False)


def test_coming_back_when_somebody_else(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.come_back(cast.malee, by=cast.fa, is_by_letter=True)


def test_way_back_when_given_by_whom(cast: Cast) -> None:
    assert queries.last_way_back(cast.malee) is None
    assert "/accounts/password/reset/key/" in actions.give_way_back(
        cast.malee, by=cast.fa, letters_leave=False
    )
    line = queries.last_way_back(cast.malee)
    assert line is not None
    assert (line.by_id, line.facts) == (cast.fa.pk, {})
    other = make_person("ศรี", steward=True)
    refused = [
        (cast.fa, cast.malee, True),  # a letter would do
        (cast.fa, cast.fa, False),
        (cast.fa, other, False),
        (cast.fa, make_person(is_superuser=True), False),
        (cast.fa, make_person(is_active=False), False),
        (None, make_person(is_active=False), False),
        (None, make_person(email=None), False),
        (cast.dao, cast.malee, False),
        (cast.malee, cast.malee, False),
    ]
    for by, person, letters_leave in refused:
        with pytest.raises(Refused):
            actions.give_way_back(person, by=by, letters_leave=letters_leave)
    for person in (other, cast.fa, cast.malee):
        assert rules.may_give_way_back(None, person, letters_leave=True)


def test_way_back_when_used_or_old(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    token = ways_back.make_token(cast.malee)
    assert (ways_back.check_token(cast.malee, token), ways_back.check_token(cast.fa, token)) == (True, False)
    assert (ways_back.check_token(cast.malee, ""), ways_back.check_token(cast.malee, "made-up")) == (
        False,
        False,
    )
    soon, late = (datetime.now() + HOLDS + step for step in (-timedelta(minutes=1), timedelta(minutes=1)))
    monkeypatch.setattr(ways_back, "_now", lambda: soon)
    assert ways_back.check_token(cast.malee, token) is True
    monkeypatch.setattr(ways_back, "_now", lambda: late)
    assert ways_back.check_token(cast.malee, token) is False
    monkeypatch.undo()
    cast.malee.set_password("อีกคำหนึ่ง-2550")
    cast.malee.save()
    assert ways_back.check_token(cast.malee, token) is False


def test_address_when_changed_without_letters(cast: Cast) -> None:
    _with_ways_in(cast.malee, verified=True)
    actions.change_address(cast.malee, by=cast.malee, email="New@Test.example")
    cast.malee.refresh_from_db()
    address = EmailAddress.objects.get(user=cast.malee)
    assert (cast.malee.email, address.email) == ("new@test.example", "new@test.example")
    assert (address.primary, address.verified) == (True, False)
    with pytest.raises(ValidationError):
        actions.change_address(cast.malee, by=cast.malee, email=str(cast.fa.email))
    with pytest.raises(Refused):
        actions.change_address(cast.malee, by=cast.fa, email="other@test.example")
    assert EmailAddress.objects.get(user=cast.malee).email == "new@test.example"
