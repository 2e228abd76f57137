"""Who gets a letter when something happens."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from prakai.forums.models import Forum, Growth, Role
from prakai.forums.queries.hearing import is_ahead
from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.mail.gatherings import CHANGES, SETTLES, deliver_roles, deliver_seat, spread_change
from prakai.mail.growths import deliver_growth
from prakai.mail.memberships import deliver_membership
from prakai.mail.tasks import deliver
from prakai.networks.queries import TOLD, hearing_of
from prakai.people import queries
from prakai.people.models import Person

FRESH: Final = timedelta(days=2)
"""Older lines of forums are not told any more: who reads them then is a follower that is new at this place."""


@follow("mail.joining", "person.asked", "person.approved", "person.declined")
def tell_of_joining(entry: Entry) -> None:
    """Want letters: to the stewards that somebody asks to join, to who asked what was decided."""
    person = Person.objects.filter(pk=entry.thing_id, erased_at__isnull=True).first()
    if person is None:
        return
    key = f"entry-{entry.pk}"
    if entry.verb == "person.asked":
        for steward in queries.stewards():
            deliver.enqueue("asked", steward.pk, key, person.pk)
    elif entry.verb == "person.approved":
        deliver.enqueue("approved", person.pk, key)
    else:
        deliver.enqueue("declined", person.pk, key, because=str(entry.facts.get("because", "")))


@follow("mail.forums", "participant.seated", "forum_role.given", *CHANGES)
def tell_of_forums(entry: Entry) -> None:
    """Want letters about what happened at a forum; none about the demo's, whose people do not exist."""
    if entry.at < timezone.now() - FRESH:
        return
    forum = Forum.objects.filter(pk=entry.facts.get("forum", entry.thing_id), is_demo=False).first()
    if forum is None or not is_ahead(forum):
        return
    if entry.verb == "participant.seated":
        deliver_seat.enqueue(entry.thing_id, entry.pk)
    elif entry.verb == "forum_role.given":
        role = Role.objects.filter(pk=entry.thing_id).first()
        if role is not None and role.person_id != entry.by_id:
            later = deliver_roles.using(run_after=timezone.now() + SETTLES)
            later.enqueue(forum.pk, role.person_id, entry.pk)
    else:
        settled = spread_change.using(run_after=timezone.now() + SETTLES)
        settled.enqueue(forum.pk, entry.pk, entry.by_id or 0)


@follow("mail.growths", "growth.asked")
def tell_of_growths(entry: Entry) -> None:
    """Want a letter to the author who is asked whether her words may grow into a note; none about the demo's."""
    growth = Growth.objects.waiting().filter(pk=entry.thing_id, is_demo=False).first()
    if growth is None or entry.at < timezone.now() - FRESH or growth.thing.forum.is_demo:
        return
    if growth.author_id not in (None, entry.by_id):
        deliver_growth.enqueue(growth.pk, entry.pk)


@follow("mail.memberships", *TOLD)
def tell_of_memberships(entry: Entry) -> None:
    """Want letters: to who can answer an invitation or a request, and to who waited; none about the demo's networks."""
    hearing = hearing_of(entry)
    if hearing is None or hearing.membership.network.is_demo:
        return
    for person_id in hearing.by_letter:
        deliver_membership.enqueue(entry.pk, person_id)
