"""Writing a story down, and correcting it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import story_rules as rules
from prakai.forums.actions.keeping_places import keep_places
from prakai.forums.models import PARTS, Forum, Nugget, Participant, Story
from prakai.journal.recording import record
from prakai.kernel.typed import line, paragraphs
from prakai.people.models import Person

LONGEST_PART: Final = 6000
LINES: Final = {"title": 200, "teller_name": 120, "unit_words": 160}
KEPT: Final = ("circle", "participant", "person", "unit", "allows_quotes")


@transaction.atomic
def record_story(
    forum: Forum,
    *,
    by: Person,
    client_id: str,
    is_demo: bool = False,
    at: datetime | None = None,
    **words: Any,
) -> Story:
    """Write down what somebody told at ``forum`` and return it.

    ``client_id`` is made where it was typed: what comes again under it, in however many tries, is the same story, with
    the words that came last. ``words`` are the story's columns. Raises ``ValidationError`` with the field.
    """
    Forum.objects.select_for_update().get(pk=forum.pk)
    rules.may_record_story(by, forum).or_refuse()
    if not client_id or len(client_id) > 40:
        raise ValidationError(
            pgettext("story error", "The page did not say which story it is; please send it once more.")
        )
    known = Story.objects.filter(forum=forum, client_id=client_id).first()
    if known is not None:
        return _again(known, words, by=by, at=at)
    moment = at or timezone.now()
    story = Story(
        forum=forum, client_id=client_id, recorder=by, at=moment, changed_at=moment, is_demo=is_demo
    )
    _say(story, words)
    story.save()
    record("story.told", story, by=by, at=at, forum=forum.pk)
    return story


@transaction.atomic
def correct_story(
    story: Story, *, by: Person, base_version: int, at: datetime | None = None, **words: Any
) -> Story:
    """Change the words of a story that is still at ``base_version``; its nuggets keep their places, or go with them.

    Once its teller has corrected it, only she does. What is not named stays. Raises ``ValidationError`` with the field.
    """
    story.refresh_from_db(from_queryset=Story.objects.select_for_update())
    rules.may_correct_story(by, story).or_refuse()
    if story.version != base_version:
        raise ValidationError(
            pgettext(
                "story error",
                "This story was changed meanwhile. Your words are here; please look at both before you send.",
            ),
            code="changed",
        )
    before = {name: getattr(story, name) for name in PARTS}
    _say(story, words)
    story.changed_at = at or timezone.now()
    story.version += 1
    if by.pk == story.person_id and by.pk != story.recorder_id:
        story.taken_over_at = story.changed_at
    story.save()
    marked = list(Nugget.objects.filter(story=story, gone_at__isnull=True))
    for name in PARTS:
        here = [nugget for nugget in marked if nugget.part == name]
        if here and before[name] != getattr(story, name):
            keep_places(here, getattr(story, name), at=story.changed_at)
    record("story.corrected", story, by=by, at=at, forum=story.forum_id, version=story.version)
    return story


def _again(known: Story, words: Mapping[str, Any], *, by: Person, at: datetime | None) -> Story:
    if known.recorder_id != by.pk:
        raise ValidationError(
            pgettext("story error", "The page did not say which story it is; please send it once more.")
        )
    then = Story.objects.get(pk=known.pk)
    _say(then, words)
    same = all(getattr(then, name) == getattr(known, name) for name in (*PARTS, *LINES, "allows_quotes"))
    if same or not rules.may_correct_story(by, known):
        return known
    return correct_story(known, by=by, base_version=known.version, at=at, **words)


def _say(story: Story, words: Mapping[str, Any]) -> None:
    unknown = set(words) - {*LINES, *PARTS, *KEPT}
    if unknown:
        raise TypeError(f"a story does not say {sorted(unknown)}")
    for name, given in words.items():
        if name in LINES:
            setattr(story, name, line(given, most=LINES[name], field=name))
        elif name in PARTS:
            setattr(story, name, paragraphs(given, most=LONGEST_PART, field=name))
        else:
            setattr(story, name, given)
    _name_teller(story)
    if not story.title:
        raise ValidationError(
            {"title": pgettext("story error", "Please give it a title; a few words of hers are best.")}
        )
    if not any(getattr(story, name) for name in PARTS):
        raise ValidationError(
            {"what_we_did": pgettext("story error", "Please write at least what they did.")}
        )
    if story.circle is not None and story.circle.round.forum_id != story.forum_id:
        raise ValidationError({"circle": pgettext("story error", "That circle is of another forum.")})


def _name_teller(story: Story) -> None:
    """Take from a participant what is known of her; what was typed goes before it."""
    teller: Participant | None = story.participant
    if teller is not None:
        if teller.forum_id != story.forum_id:
            raise ValidationError(
                {"participant": pgettext("story error", "That teller is of another forum.")}
            )
        story.person = teller.person
        story.teller_name = story.teller_name or teller.name
        if story.unit is None and not story.unit_words:
            story.unit, story.unit_words = teller.unit, teller.unit_words
    if story.person is not None:
        story.teller_name = story.teller_name or story.person.display_name
    if not story.teller_name:
        raise ValidationError({"teller_name": pgettext("story error", "Please write whose story it is.")})
