"""Loading the demo network through the same actions that people use, and taking all of it away again."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from markdown_it import MarkdownIt

from prakai.exchange.demo import reading
from prakai.exchange.demo.forums import add_forums
from prakai.exchange.demo.networks import add_networks
from prakai.kernel.ids import ALPHABET, LENGTH
from prakai.networks.models import Network
from prakai.notes.actions import open_notebook, publish_note, write_note
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note, Notebook, Tag
from prakai.people.actions import appoint, give_duty
from prakai.people.models import Duty, DutyKind, Person
from prakai.talk.actions import appreciate, make_comment
from prakai.talk.models import Comment, Conversation
from prakai.units.actions import found_unit
from prakai.units.models import Unit
from prakai.units.provinces import exact_province

MAIL = "demo.prakai.example"
# So long ago everybody of the demo network joined: before the oldest note that anybody of them wrote here.
JOINED_DAYS_AGO = 800
ROLES = ("reader", "writer", "facilitator", "steward")
Told = Callable[[str, int, int], None]
Facts = dict[str, Any]


@dataclass(slots=True)
class Cast:
    """What has been made so far, by the keys of the content files."""

    now: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    networks: dict[str, Network] = field(default_factory=dict)
    notebooks: dict[tuple[str, str], Notebook] = field(default_factory=dict)


def is_present() -> bool:
    """Return whether the demo network is loaded."""
    return Unit.objects.filter(is_demo=True).exists()


def add_demo(told: Told | None = None, *, now: datetime | None = None) -> bool:
    """Load the demo network, dated back from ``now``; return whether anything was added. One transaction.

    ``told(what, done, of)`` hears of the progress. The same ``now`` gives the same rows, ids of rows
    and who sits in which circle of a forum apart.
    """
    if is_present():
        return False
    tell = told or (lambda what, done, of: None)
    cast = Cast(now or timezone.now())
    with transaction.atomic():
        known_tags = list(Tag.objects.values_list("pk", flat=True))
        steward = _first_steward(cast)
        _add_units(cast, steward)
        _add_people(cast, steward)
        all_notes = list(reading.notes())
        for done, note in enumerate(all_notes, start=1):
            _add_note(cast, note)
            tell("notes", done, len(all_notes))
        cast.networks = add_networks(cast, _fixed_id)
        add_forums(cast, _fixed_id)
        Tag.objects.exclude(pk__in=known_tags).update(created_at=cast.now)
    return True


def _fixed_id(kind: str, key: str) -> str:
    """Return the public id of a demo thing: the same each time, so that a link into the demo network lasts."""
    digest = sha256(f"demo {kind} {key}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def demo_links() -> list[tuple[str, str]]:
    """Return (role, e-mail) of the four demo persons through whom a visitor may look around."""
    known = set(
        Person.objects.filter(is_demo=True, email__endswith=f"@{MAIL}").values_list("email", flat=True)
    )
    return [(role, f"{role}@{MAIL}") for role in ROLES if f"{role}@{MAIL}" in known]


def _made(cast: Cast, facts: Facts) -> Person:
    role = facts.get("role")
    names = {
        key: facts[key]
        for key in ("title_th", "given_th", "family_th", "nickname_th", "given_en", "family_en")
    }
    person = Person(
        **names,
        email=f"{role or facts['key']}@{MAIL}",
        about=facts["about_th"],
        knows=facts["knows"],
        public_id=_fixed_id("person", facts["key"]),
        joined_at=cast.now - timedelta(days=JOINED_DAYS_AGO),
        # Nobody signs in to it by a password: "!" is how Django marks one that never fits.
        password=f"!{facts['key']}",
        is_demo=True,
    )
    person.save()
    return person


def _first_steward(cast: Cast) -> Person:
    facts = next(f for f in reading.people() if f.get("role") == "steward")
    person = cast.people[facts["key"]] = _made(cast, facts)
    # The first steward of a place is nobody's gift; everything after her goes through actions.
    Duty.objects.create(person=person, kind=DutyKind.STEWARD, at=cast.now)
    return person


def _add_units(cast: Cast, steward: Person) -> None:
    for facts in reading.units():
        province = exact_province(facts["province"]) if facts.get("province") else None
        cast.units[facts["key"]] = found_unit(
            name_th=facts["name_th"],
            name_en=facts["name_en"],
            abbreviations=facts["abbreviations"],
            kind=facts["kind"],
            parent=cast.units[facts["parent"]] if facts["parent"] else None,
            province=province.code if province else "",
            by=steward,
            is_demo=True,
            at=cast.now,
        )
        cast.units[facts["key"]].public_id = _fixed_id("unit", facts["key"])
        cast.units[facts["key"]].save(update_fields=["public_id"])


def _add_people(cast: Cast, steward: Person) -> None:
    today = timezone.localdate(cast.now)
    for facts in reading.people():
        person = cast.people.get(facts["key"]) or _made(cast, facts)
        cast.people[facts["key"]] = person
        if facts.get("role") == "facilitator":
            give_duty(person, kind=DutyKind.FACILITATOR, by=steward, at=cast.now)
        for post in [*facts.get("earlier", []), facts]:
            until = post.get("to_months")
            months = post.get("from_months", post.get("since_months", 12))
            appoint(
                person,
                unit=cast.units[post["unit"]],
                position_th=post["position_th"],
                position_en=post.get("position_en", ""),
                from_on=today - timedelta(days=30 * months),
                until_on=today - timedelta(days=30 * until) if until else None,
                by=steward,
                at=cast.now,
            )


def _moment(cast: Cast, note: reading.DemoNote) -> datetime:
    """The moment of writing: so many days ago, at a time of day that the file's name decides, never in the future."""
    minutes = zlib.crc32(note.name.encode()) % (11 * 60)
    day = timezone.localdate(cast.now) - timedelta(days=int(note.facts["days_ago"]))
    zone = timezone.get_default_timezone()
    moment = datetime.combine(day, time(7), tzinfo=zone) + timedelta(minutes=minutes)
    return min(moment, cast.now - timedelta(hours=3))


def _add_note(cast: Cast, told: reading.DemoNote) -> Note:
    facts, at = told.facts, _moment(cast, told)
    author = cast.people[facts["author"]]
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    note = write_note(
        notebook=_notebook(cast, facts, author, at),
        by=author,
        at=at,
        is_demo=True,
        writing=Writing(
            title=facts["title"],
            body=markdown.render(told.body),
            highlight=facts["highlight"],
            kind=facts["kind"],
            language=facts.get("language", "th"),
            licence=facts["licence"],
            audience=facts["audience"],
            series=facts.get("series", ""),
            tags=facts["tags"],
            coauthors=[cast.people[key] for key in facts.get("coauthors", [])],
            teller=cast.people[facts["teller"]] if facts.get("teller") else None,
        ),
    )
    publish_note(note, by=author, at=at)
    Conversation.objects.filter(pk=note.conversation_id).update(created_at=at)
    note.conversation.refresh_from_db()
    said: list[tuple[datetime, Facts, Facts | None]] = []
    for comment in facts.get("comments") or []:
        said.append((_later(cast, at, comment), comment, None))
        said += [(_later(cast, at, reply), reply, comment) for reply in comment.get("replies") or []]
    made: dict[int, Comment] = {}
    for moment, words, above in sorted(said, key=lambda row: (row[0], row[2] is not None)):
        made[id(words)] = make_comment(
            note.conversation,
            body=words["text"],
            by=cast.people[words["by"]],
            builds_on=bool(words.get("builds_on")),
            answers=made[id(above)] if above is not None else None,
            at=moment,
        )
    for praise in facts.get("appreciations") or []:
        appreciate(
            by=cast.people[praise["by"]],
            saw=praise["saw"],
            effect=praise["effect"],
            wants_to_learn=bool(praise.get("want_to_learn")),
            at=_later(cast, at, praise),
            conversation=note.conversation if praise["to"] == "note" else None,
            person=author if praise["to"] == "author" else None,
            unit=note.unit if praise["to"] == "unit" else None,
        )
    return note


def _later(cast: Cast, at: datetime, words: Facts) -> datetime:
    return min(at + timedelta(hours=float(words["hours_after"])), cast.now)


def _notebook(cast: Cast, facts: Facts, author: Person, at: datetime) -> Notebook:
    unit = cast.units[facts["notebook_of_unit"]] if facts.get("notebook_of_unit") else None
    key = (facts["notebook_of_unit"] if unit else facts["author"], facts["notebook"])
    if key not in cast.notebooks:
        cast.notebooks[key] = open_notebook(
            title=facts["notebook"], by=author, unit=unit, is_demo=True, at=at
        )
        Notebook.objects.filter(pk=cast.notebooks[key].pk).update(
            public_id=_fixed_id("notebook", "/".join(key))
        )
    return cast.notebooks[key]
