"""Stories as the recorders wrote them down, their nuggets and cores, and the note that one of them became."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from typing import Any, Final

from prakai.exchange.demo.forum_days.day import ForumDay
from prakai.exchange.demo.forum_days.people import Seats
from prakai.forums import actions
from prakai.forums.models import PARTS, Circle, Growth, Nugget, Story
from prakai.notes.actions import publish_note
from prakai.talk.models import Conversation

# ⟦core|sentence⟧ or ⟦core|sentence|in other words⟧
MARKED: Final = re.compile(r"⟦(\w+)\|([^|⟧]+)(?:\|([^⟧]+))?⟧")


def tell_stories(day: ForumDay, seats: Seats) -> None:
    """Write the stories down, mark what says how, group it under cores, and let one of them grow."""
    facts = day.told("stories")
    circles = {
        participant: circle
        for circle in Circle.objects.filter(round__forum=day.forum)
        for participant in circle.placements.values_list("participant", flat=True)
    }
    nuggets: dict[str, list[Nugget]] = defaultdict(list)
    stories = []
    for place, told in enumerate(facts.get("stories", [])):
        seat = seats[told.get("who") or told["name"]]
        at = 35 + 6.0 * place
        story = actions.record_story(
            day.forum,
            by=day.people[told["recorder"]],
            client_id=f"demo-{told['key']}",
            is_demo=True,
            at=day.at(at),
            participant=seat,
            circle=circles.get(seat.pk),
            title=told["title"],
            allows_quotes=told["quotes"],
            **{part: MARKED.sub(r"\2", told[part]) for part in PARTS},
        )
        stories.append(story)
        _mark(day, story, told, nuggets, 115 + at)
    day.fix_ids(stories)
    for key, title in facts.get("cores", {}).items():
        actions.name_core(day.forum, title, by=day.by, nuggets=nuggets[key], is_demo=True, at=day.at(240))
    for story, told in zip(stories, facts.get("stories", []), strict=True):
        if told.get("grows"):
            _grow(day, story, day.people[told["who"]])


def _mark(
    day: ForumDay, story: Story, told: dict[str, Any], nuggets: dict[str, list[Nugget]], minutes: float
) -> None:
    """Mark the sentences that the content file marks, where they stand in the cleaned text."""
    by = day.people[told["recorder"]]
    for part in PARTS:
        for core, words, paraphrase in MARKED.findall(told[part]):
            start = getattr(story, part).index(words)
            nugget = actions.mark_nugget(
                story,
                part=part,
                start=start,
                end=start + len(words),
                version=story.version,
                by=by,
                is_demo=True,
                at=day.at(minutes),
            )
            if paraphrase:
                nugget = actions.word_nugget(nugget, paraphrase, by=by, at=day.at(minutes + 1))
            nuggets[core].append(nugget)


def _grow(day: ForumDay, story: Story, author: Any) -> None:
    """Ask whose story it is; days later she begins the note, and shows it to all on the day after."""
    asked = day.at(0) + timedelta(days=2)
    growth = actions.grow_into_note(story, by=day.by, at=asked)
    growth = actions.accept_growth(growth, by=author, at=asked + timedelta(days=3))
    Growth.objects.filter(pk=growth.pk).update(is_demo=True)
    assert growth.note is not None
    shown = asked + timedelta(days=4)
    publish_note(growth.note, by=author, at=shown)
    Conversation.objects.filter(pk=growth.note.conversation_id).update(created_at=shown)
