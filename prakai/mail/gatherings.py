"""Letters about forums: a seat became free, a forum moved or will not take place, somebody was given a role.

The follower writes tasks together with its cursor. What is true is looked up when the letter leaves: a seat that was
given back, a role that ended, a forum that was moved once more meanwhile is not told. Changes of a day often come
several in a row, so these letters wait for some minutes, and the last one tells.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.utils.translation import override
from django_tasks import task

from prakai.forums.models import Cancellation, Forum, Participant, Role
from prakai.forums.queries.hearing import guests_of, is_ahead, people_of
from prakai.forums.tokens import seat_token
from prakai.journal.models import Entry
from prakai.mail.letters import send_letter, site_address
from prakai.mail.tasks import send_or_again
from prakai.people.models import Person
from prakai.people.queries import takes_letters
from prakai.thai import dates

CHANGES: Final = ("forum.moved", "forum.cancelled", "forum.revived")
SETTLES: Final = timedelta(minutes=10)


@task()
def deliver_seat(seat_id: int, entry_id: int, tried: int = 0) -> bool:
    """Tell somebody who waited that she has a seat; return whether that is done."""
    seat = Participant.objects.seated().select_related("forum", "person").filter(pk=seat_id).first()
    if seat is None or not is_ahead(seat.forum) or seat.forum.cancelled_at is not None:
        return False
    person = seat.person or _guest(seat)
    return send_or_again(
        lambda: _send("forum_seat", person, seat.forum, f"entry-{entry_id}", link=_seat_link(seat)),
        deliver_seat,
        *(seat_id, entry_id),
        tried=tried,
    )


@task()
def deliver_roles(forum_id: int, person_id: int, entry_id: int, tried: int = 0) -> bool:
    """Tell a person which roles she has, and where her briefing is; several given in a row are one letter."""
    roles = Role.objects.filter(forum=forum_id, person=person_id, ended_at__isnull=True)
    held = list(roles.select_related("forum", "person").order_by("pk"))
    given = Entry.objects.filter(verb="forum_role.given", pk__gt=entry_id, thing_id__in=[r.pk for r in held])
    if not held or given.exists():
        return False
    forum, person = held[0].forum, held[0].person
    if not is_ahead(forum) or forum.cancelled_at is not None:
        return False
    with override(person.language):
        words = ", ".join(str(role.get_kind_display()) for role in held)
    link = f"{site_address()}/forums/{forum.pk}/briefing"
    return send_or_again(
        lambda: _send("forum_role", person, forum, f"entry-{entry_id}", roles=words, link=link),
        deliver_roles,
        *(forum_id, person_id, entry_id),
        tried=tried,
    )


@task()
def spread_change(forum_id: int, entry_id: int, by_id: int) -> int:
    """Want a letter for each who planned for this day, unless it changed again meanwhile; return how many."""
    later = Entry.objects.filter(
        verb__in=CHANGES, thing_kind=Forum._meta.label_lower, thing_id=forum_id, pk__gt=entry_id
    )
    forum = Forum.objects.filter(pk=forum_id).first()
    if forum is None or later.exists():
        return 0
    people = sorted(people_of(forum) - {by_id})
    # A team is often entered by one who leaves her own address with each name: one letter is enough there.
    guests = {guest.email.casefold(): guest.pk for guest in reversed(guests_of(forum))}
    for person_id in people:
        deliver_change.enqueue(forum_id, entry_id, person_id, 0)
    for seat_id in sorted(guests.values()):
        deliver_change.enqueue(forum_id, entry_id, 0, seat_id)
    return len(people) + len(guests)


@task()
def deliver_change(forum_id: int, entry_id: int, person_id: int, seat_id: int, tried: int = 0) -> bool:
    """Tell one who planned for this day what is true now; return whether that is done."""
    forum = Forum.objects.filter(pk=forum_id).first()
    entry = Entry.objects.filter(pk=entry_id).first()
    if forum is None or entry is None or not is_ahead(forum):
        return False
    if seat_id:
        seat = Participant.objects.coming().select_related("forum").filter(pk=seat_id).first()
        person, link = (_guest(seat), _seat_link(seat)) if seat is not None else (None, "")
    else:
        person = Person.objects.filter(pk=person_id).first()
        link = f"{site_address()}/forums/{forum.pk}"
    if person is None:
        return False
    standing = Cancellation.objects.filter(forum=forum, undone_at__isnull=True).first()
    said = {
        "is_cancelled": standing is not None,
        "because": standing.because if standing is not None else "",
        "is_revived": entry.verb == "forum.revived",
        "link": link,
    }
    return send_or_again(
        lambda: _send("forum_changed", person, forum, f"entry-{entry_id}", **said),
        deliver_change,
        *(forum_id, entry_id, person_id, seat_id),
        tried=tried,
    )


def _send(letter: str, person: Person, forum: Forum, key: str, **words: Any) -> bool:
    """Send it, or see that nobody wants it; return true, as the task is done then."""
    if person.pk is not None and not takes_letters(person):
        return True
    assert forum.starts_at is not None
    when = dates.write_moment(
        forum.starts_at,
        language="en" if person.language == "en" else "th",
        era="ce" if person.era == "ce" else "be",
        digits="thai" if person.digits == "thai" else "arabic",
    )
    calendar = f"{site_address()}/forums/{forum.pk}.ics"
    send_letter(letter, person, key=key, forum=forum, when=when, calendar=calendar, **words)
    return True


def _guest(seat: Participant) -> Person:
    """Return to whom a letter goes when she has no account: her name and address as they were left."""
    return Person(
        email=seat.email, language=seat.forum.language, given_th=seat.name, public_id=seat.public_id
    )


def _seat_link(seat: Participant) -> str:
    place = f"{site_address()}/forums/{seat.forum_id}/seat"
    return place if seat.person_id is not None else f"{place}/{seat.public_id}/{seat_token(seat)}"
