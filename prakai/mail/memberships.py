"""Letters about belonging to a network: it invites, somebody asks to join, and what was answered.

The follower writes a task for each who shall hear, together with its cursor. What is true is looked up when the letter
leaves: what was answered or taken back meanwhile is not told any more.
"""

from __future__ import annotations

from django_tasks import task

from prakai.journal.models import Entry
from prakai.mail.letters import send_letter, site_address
from prakai.mail.tasks import send_or_again
from prakai.networks.models import Membership
from prakai.networks.queries import hearing_of
from prakai.people.models import Person
from prakai.people.queries import takes_letters


@task()
def deliver_membership(entry_id: int, person_id: int, tried: int = 0) -> bool:
    """Tell one person what a line of the journal says; return whether the letter left."""
    entry = Entry.objects.filter(pk=entry_id).first()
    hearing = hearing_of(entry) if entry is not None else None
    if entry is None or hearing is None or person_id not in hearing.by_letter:
        return False
    person = Person.objects.get(pk=person_id)
    if not takes_letters(person):
        return False
    one = hearing.membership
    place = one.network if one.began_at is not None else one
    return send_or_again(
        lambda: send_letter(
            "membership",
            person,
            key=f"entry-{entry_id}",
            membership=one,
            network=one.network,
            unit=one.unit,
            kind=entry.verb.removeprefix("membership."),
            who=_who(one),
            link=f"{site_address()}{_short(place.get_absolute_url())}",
        ),
        deliver_membership,
        *(entry_id, person_id),
        tried=tried,
    )


def _who(one: Membership) -> str:
    """Return who invited, asked, or declined; empty for who has left."""
    person = one.ended_by or (one.invited_by if one.agreed_at is None else one.agreed_by)
    return person.display_name if person is not None and person.erased_at is None else ""


def _short(address: str) -> str:
    """Return the address without the words that only decorate it: letters break long ones."""
    head, _, _ = address.partition("-")
    return head
