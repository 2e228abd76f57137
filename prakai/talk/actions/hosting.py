"""What the owner of a conversation does: open it, and tell it what has changed. Called by higher rooms' actions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from prakai.people.models import Audience, Person
from prakai.talk.models import Conversation
from prakai.units.models import Unit


@transaction.atomic
def open_conversation(
    *,
    by: Person | None,
    allows_anonymous: bool = False,
    title: str = "",
    address: str = "",
    audience: str = Audience.PUBLIC,
    hosts: Iterable[Person] = (),
    is_shown: bool = False,
) -> Conversation:
    """Make the conversation of a thing that is being made; it shows nothing until ``is_shown``, or ``retell``, says so.

    No journal line of its own: it is part of the owner's action, which writes one.
    """
    conversation = Conversation.objects.create(
        allows_anonymous=allows_anonymous,
        title=title[:300],
        address=address,
        audience=audience,
        is_shown=is_shown,
    )
    through = conversation.hosts.through
    through.objects.bulk_create(
        [through(conversation=conversation, person=host) for host in dict.fromkeys(hosts)]
    )
    return conversation


@transaction.atomic
def retell(
    conversation: Conversation,
    *,
    title: str,
    address: str,
    audience: str,
    unit: Unit | None,
    hosts: Iterable[Person],
    is_shown: bool,
    by: Person | None,
) -> None:
    """Tell the conversation its owner's title, address, audience, hosts, and whether it is open to readers now."""
    conversation.title = title[:300]
    conversation.address = address
    conversation.audience = audience
    conversation.unit = unit
    conversation.is_shown = is_shown
    conversation.save()
    conversation.hosts.set(hosts)
