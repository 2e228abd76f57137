"""Letters about saved searches: one a day for each person, of what is new for all of hers, and none when nothing is.

Which stretch of time a letter tells of is counted as told in the same transaction that writes its task; so it is wanted
once. What is in it is looked up when it leaves: what she may no longer see by then is not told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import override, pgettext
from django_tasks import task

from prakai.mail.letters import send_letter, site_address
from prakai.mail.tasks import send_or_again
from prakai.people.models import Person
from prakai.search.actions import begin_letters
from prakai.search.models import SavedSearch
from prakai.search.queries.answers import Hit
from prakai.search.queries.saved import is_behind, news_of, with_names
from prakai.search.stopping import stop_word
from prakai.thai import dates

# What only decorates an address: Thai takes nine signs a letter there, and the number leads to the same page.
_SLUG = re.compile(r"^(/(?:notes|tags|units)/\d+)-[^/#?]*")
LOOK_AGAIN = timedelta(minutes=10)
# So long a letter waits for an index that is being made; then it tells what is found by name.
PATIENCE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Told:
    """One search in the letter: its words, and a line and an address for each new thing."""

    words: str
    lines: list[tuple[str, str]]
    more: str


def want_letters(*, now: datetime | None = None) -> int:
    """Write a task for each letter that is due; return how many. Called every minute, it does something once a day."""
    wanted = 0
    while turns := _want_some(now):
        wanted += turns
    return wanted


@transaction.atomic
def _want_some(now: datetime | None) -> int:
    turns = begin_letters(by=None, at=now)
    for turn in turns:
        since = {str(pk): moment.isoformat() for pk, moment in turn.since.items()}
        deliver_news.enqueue(turn.person_id, since, turn.until.isoformat())
    return len(turns)


@task()
def deliver_news(person_id: int, since: dict[str, str], until: str, tried: int = 0) -> bool:
    """Send the letter; return whether it left. ``since`` says from when on each search is told."""
    person = Person.objects.present().filter(pk=person_id).first()
    if person is None:
        return False
    end = datetime.fromisoformat(until)
    # Asked before looking up: what comes to the index in between is then in the letter, too.
    behind = is_behind(end)
    with override(person.language):
        told, by_name = _told(person, since, end)
    if behind or (by_name and timezone.now() < end + PATIENCE):
        deliver_news.using(run_after=timezone.now() + LOOK_AGAIN).enqueue(person_id, since, until, tried)
        return False
    if not told:
        return False
    stop = f"{site_address()}/searches/stop/{stop_word(person)}"
    return send_or_again(
        lambda: send_letter("news", person, key=f"news-{end:%Y%m%d%H%M}", stop=stop, told=told),
        deliver_news,
        *(person_id, since, until),
        tried=tried,
    )


def _told(person: Person, since: dict[str, str], until: datetime) -> tuple[list[Told], bool]:
    """Look up what is new for those of her searches that still want letters; nothing stands in a letter twice.

    Also tell whether some of it was looked up by name alone.
    """
    wanted = SavedSearch.objects.filter(person=person, by_letter=True, pk__in=since)
    told: list[Told] = []
    seen: set[str] = set()
    by_name = False
    for saved in with_names(list(wanted.order_by("-saved_at", "-pk")), person):
        search = saved.search
        news = news_of(search, person, since=datetime.fromisoformat(since[str(search.pk)]), until=until)
        by_name = by_name or news.by_name
        fresh = [hit for hit in news.hits if hit.address not in seen]
        seen.update(hit.address for hit in fresh)
        if fresh:
            more = f"{site_address()}{search.get_absolute_url()}" if news.more else ""
            told.append(Told(saved.words, [_line(hit, person) for hit in fresh], more))
    return told, by_name


def _line(hit: Hit, person: Person) -> tuple[str, str]:
    """Return what a new thing is called, with its day, and its address: short, as letters break long ones."""
    title = _title(hit)
    day = dates.write_moment(
        hit.at or timezone.now(),
        language="en" if person.language == "en" else "th",
        era="ce" if person.era == "ce" else "be",
        digits="thai" if person.digits == "thai" else "arabic",
        form="short",
    )
    address = iri_to_uri(_SLUG.sub(r"\1", hit.address))
    return f"{title} ({day})", f"{site_address()}{address}"


def _title(hit: Hit) -> str:
    """Return what a new thing is called: of a comment who said it, and where."""
    title = "".join(piece.text for piece in hit.title)
    if hit.kind != "comment":
        return title
    if name := str(hit.thing.by or hit.thing.by_name):
        return pgettext("letter", "A comment by %(name)s on “%(title)s”") % {"name": name, "title": title}
    return pgettext("letter", "A comment on “%(title)s”") % {"title": title}
