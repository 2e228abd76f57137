"""Where those who speak stand: the unit that is named beside a person; and who has a part in a conversation at all."""

from __future__ import annotations

from django.db.models import Prefetch
from django.utils import timezone

from prakai.people.models import Appointment, Person
from prakai.talk.models import Appreciation, Comment, Conversation
from prakai.units.models import Unit


def standing_of(person: str) -> Prefetch[str]:
    """Return the prefetch of today's confirmed appointments of the persons at the path ``person``; one query."""
    held = Appointment.objects.holding(timezone.localdate()).confirmed().select_related("unit").newest_first()
    return Prefetch(f"{person}__appointments", queryset=held, to_attr="standing_now")


def unit_of(person: Person) -> Unit | None:
    """Return the unit of a person who was read with ``standing_of``; nothing when she holds no appointment."""
    standing: list[Appointment] = getattr(person, "standing_now", [])
    return standing[0].unit if standing else None


def people_in(conversation: Conversation) -> set[int]:
    """Return the ids of its hosts and of all who have said, given or received something in it, shown or not."""
    hosts = conversation.hosts.through.objects.filter(conversation=conversation).values_list("person")
    said = Comment.objects.filter(conversation=conversation).order_by().values_list("by")
    given = Appreciation.objects.filter(conversation=conversation).order_by()
    units = given.filter(unit__isnull=False).values("unit")
    heads = Appointment.objects.holding(timezone.localdate()).confirmed().filter(is_head=True, unit__in=units)
    parts = (given.values_list("by"), given.values_list("person"), heads.order_by().values_list("person"))
    rows = hosts.union(said, *parts)
    return {pk for (pk,) in rows if pk is not None}
