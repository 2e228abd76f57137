"""Who gets a letter when something happens."""

from __future__ import annotations

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.mail.letters import send_letter
from prakai.people import queries
from prakai.people.models import Person


@follow("mail.joining", "person.asked", "person.approved", "person.declined")
def tell_of_joining(entry: Entry) -> None:
    """Tell stewards that somebody asks to join, and who asked what was decided."""
    person = Person.objects.filter(pk=entry.thing_id, erased_at__isnull=True).first()
    if person is None:
        return
    key = f"entry-{entry.pk}"
    if entry.verb == "person.asked":
        for steward in queries.stewards():
            send_letter("asked", steward, key=key, asking=person)
    elif entry.verb == "person.approved":
        send_letter("approved", person, key=key)
    else:
        send_letter("declined", person, key=key, because=entry.facts.get("because", ""))
