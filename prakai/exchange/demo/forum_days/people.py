"""Registering, arriving, and sitting in circles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from prakai.exchange.demo.forum_days.day import ForumDay
from prakai.forums import actions
from prakai.forums.models import Participant

Seats = dict[str, Participant]


def seat_people(day: ForumDay) -> Seats:
    """Register everybody, let in who came, lay the circles; return the seats by the keys or names of the people."""
    facts = day.told("people")
    seats: Seats = {}
    if not facts:
        return seats
    members = facts.get("members", [])
    for place, said in enumerate(members):
        seats[said["who"]] = _register(day, said, day.between(place, len(members)))
    listed = actions.enter_participants(
        day.forum, facts["names"], by=day.by, at=day.between(len(members) - 1, len(members))
    )
    seats |= {one.name: one for one in listed.new}
    for wish in facts.get("wishes", []):
        actions.note_seat_wish(seats[wish["who"]], wish["kind"], by=day.by, at=day.at(-900))
    if "rounds" in facts:
        seats |= _arrive(day, facts, seats)
        for told in facts["rounds"]:
            _lay(day, told)
    day.fix_ids(seats.values())
    return seats


def _register(day: ForumDay, said: dict[str, Any], at: Any) -> Participant:
    person = day.people[said["who"]]
    post = person.appointments.select_related("unit").filter(until_on=None).first()
    return actions.register(
        day.forum,
        by=person,
        at=at,
        name=person.display_name,
        nickname=person.nickname_th,
        unit=post.unit if post else None,
        position=post.position_th if post else "",
        is_listed=True,
        **{name: said[name] for name in ("needs", "experience", "team") if name in said},
    )


def _arrive(day: ForumDay, facts: dict[str, Any], seats: Seats) -> Seats:
    """Let in who came, one after the other in the last forty minutes before the beginning; return who walked in."""
    absent = {said["who"] for said in facts["members"] if said.get("absent")} | set(facts["absent_names"])
    came = [one for key, one in seats.items() if key not in absent]
    for place, one in enumerate(came):
        actions.check_in(one, by=day.by, at=day.at(-40 + 40 * place / len(came)))
    walked = [
        actions.walk_in(day.forum, by=day.by, at=day.at(2) + timedelta(seconds=place), **said)
        for place, said in enumerate(facts.get("walk_ins", []))
    ]
    return {one.name: one for one in walked}


def _lay(day: ForumDay, told: dict[str, Any]) -> None:
    keepers = told["keepers"]
    there = Participant.objects.filter(forum=day.forum, arrived_at__isnull=False).count()
    laid = actions.lay_circles(
        day.forum,
        by=day.by,
        wished=round(there / len(keepers)),
        easy=[number for number, kept in enumerate(keepers, 1) if kept.get("easy")],
        question=told["question"],
        only_arrived=True,
        at=day.at(10),
    )
    for circle, kept in zip(laid.circles.order_by("number"), keepers, strict=True):
        actions.name_circle_keepers(
            circle,
            by=day.by,
            facilitator=day.people[kept["facilitator"]],
            recorder=day.people[kept["recorder"]],
            room=kept["room"],
            is_easy=bool(kept.get("easy")),
            at=day.at(12),
        )
    actions.show_round(laid, by=day.by, at=day.at(18))
