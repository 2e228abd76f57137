"""Who gets a letter when something happens."""

from __future__ import annotations

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.mail.tasks import deliver
from prakai.people import queries
from prakai.people.models import Person


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
