"""Writing notices about things of other rooms: part of what followers do. No actions."""

from __future__ import annotations

from collections.abc import Iterable

from prakai.journal.models import Entry
from prakai.networks.models import Membership
from prakai.people.models import Person
from prakai.talk.models import Notice, NoticeKind


def tell(
    entry: Entry,
    kind: NoticeKind,
    people: Iterable[int],
    *,
    title: str,
    address: str,
    membership: Membership | None = None,
) -> None:
    """Write a notice for each of ``people`` who takes part, once an entry, about the thing at ``address``.

    It stands instead of an older one of the same kind about the same thing that she has not read: what is true now
    is enough.
    """
    wanted = list(dict.fromkeys(people))
    same = Notice.objects.filter(kind=kind, address=address, membership=membership, person__in=wanted)
    same.filter(entry_id__lt=entry.pk, read_at__isnull=True).delete()
    present = Person.objects.get_queryset().present().filter(pk__in=wanted).order_by("pk")
    notices = [
        Notice(
            person=person,
            entry_id=entry.pk,
            kind=kind,
            title=title[:300],
            address=address,
            membership=membership,
            at=entry.at,
        )
        for person in present
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)  # told before: once is enough


def take_notices_away(addresses: Iterable[str]) -> None:
    """Remove the notices about things that are gone for good."""
    Notice.objects.filter(address__in=list(addresses)).exclude(address="").delete()
