"""Stories, nuggets and cores for tests, in one line, made by the actions themselves."""

from __future__ import annotations

from itertools import count
from typing import Any

from prakai.forums.actions import mark_nugget, record_story
from prakai.forums.models import PARTS, Forum, Nugget, Story
from prakai.people.models import Person

_running = count(1)
DID = "เราโทรหาคนไข้ก่อนวันนัดหนึ่งวัน แล้วจัดยาไว้เป็นถุงตามลำดับบ้าน"


def make_story(
    forum: Forum, by: Person, person: Person | None = None, title: str = "ถุงยาตามลำดับบ้าน", **words: Any
) -> Story:
    """A story that ``by`` wrote down; of a member, or of ป้าคำ, who has no account."""
    told = {"what_we_did": DID, "allows_quotes": True, "person": person}
    if person is None:
        told["teller_name"] = "ป้าคำ"
    return record_story(forum, by=by, client_id=f"story-{next(_running)}", title=title, **{**told, **words})


def make_nugget(story: Story, by: Person, words: str = "") -> Nugget:
    """A nugget of ``words``, or of the whole first part of the story."""
    part = next(name for name in PARTS if getattr(story, name) and words in getattr(story, name))
    text: str = getattr(story, part)
    start = text.index(words)
    end = start + len(words or text)
    return mark_nugget(story, part=part, start=start, end=end, version=story.version, by=by)
