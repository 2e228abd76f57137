"""Several places in one database: what happens elsewhere is packed there, and then undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction

from prakai.exchange.forum_days import bring_day, pack_day
from prakai.exchange.forum_days.kinds import KINDS
from prakai.forums.models import Forum
from prakai.people.models import Person


@contextmanager
def place_of_its_own() -> Iterator[None]:
    """Whatever happens within is undone; numbers of rows run on, as they differ between places."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def laptop_with(plan: Path, *, out: Path | None = None) -> Iterator[Forum]:
    """A laptop that knows nobody and nothing but ``plan``; what was held there goes into the file ``out``."""
    with place_of_its_own():
        forget_all()
        bring_day(plan, by=None)
        forum = Forum.objects.get()
        yield forum
        if out is not None:
            pack_day(Forum.objects.get(), out, by=None)


def forget_all() -> None:
    """A place without forums and people; its units stay."""
    Forum.objects.all().delete()
    EmailAddress.objects.all().delete()
    Person.objects.all().delete()


def counts_of(forum: Forum) -> Counter[str]:
    """Return how many rows of each kind the forum has."""
    return Counter({kind.key: kind.rows(forum).count() for kind in KINDS})
