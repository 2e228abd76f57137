"""The after-action review: prepared for each forum that has a wall, held where the content files tell what was said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import timedelta
from typing import Any, Final

from prakai.exchange.demo.forum_days.day import ForumDay
from prakai.forums import actions
from prakai.forums.models import (
    Answer,
    Pattern,
    Phase,
    PhaseKind,
    Promise,
    Question,
    QuestionKind,
    Review,
    Voice,
)
from prakai.forums.said import Promised

# When each phase begins, in minutes after the forum began: a quarter of an hour's break lies in the round.
BEGINS: Final = {
    PhaseKind.WRITING: 255,
    PhaseKind.CIRCLE: 275,
    PhaseKind.PATTERNS: 355,
    PhaseKind.PROMISES: 385,
    PhaseKind.IMPROVING: 405,
    PhaseKind.CLOSE: 420,
}
ENDS: Final = 425
ASKED_AFTER: Final = 30
SILENT: Final = (QuestionKind.EXPECTED, QuestionKind.EXCEEDED, QuestionKind.FELL_SHORT)
SAID: Final = {one.name for one in fields(Promised)}
Answers = dict[str, list[Answer]]


def hold_review(day: ForumDay) -> None:
    """Prepare the review and, if the content files tell what was said in it, hold it from beginning to end."""
    if not day.told("wall"):
        return
    review = actions.open_review(day.forum, by=day.by, minutes=150, at=day.at(-700), is_demo=True)
    facts = day.told("review")
    if not facts:
        return
    phases = {phase.kind: phase for phase in Phase.objects.filter(review=review)}
    asked = {question.kind: question for question in Question.objects.filter(review=review)}
    found: Answers = defaultdict(list)
    _begin(day, phases, PhaseKind.WRITING)
    voices = [_come_in(day, review, told, place) for place, told in enumerate(facts["voices"])]
    for place, (voice, told) in enumerate(zip(voices, facts["voices"], strict=True)):
        for kind in SILENT:
            _answer(day, voice, asked[kind], told[kind], found, 260 + place)
    _begin(day, phases, PhaseKind.CIRCLE)
    for place, (voice, told) in enumerate(zip(voices, facts["voices"], strict=True)):
        _answer(day, voice, asked[QuestionKind.CHANGE], told[QuestionKind.CHANGE], found, 278 + 4 * place)
        actions.mark_spoken(voice, by=day.by, at=day.at(279 + 4 * place))
    for kind in (*SILENT, QuestionKind.CHANGE):
        actions.reveal_question(asked[kind], by=day.by, at=day.at(350))
    _begin(day, phases, PhaseKind.PATTERNS)
    for key, said in facts["patterns"].items():
        actions.make_pattern(review, said["title"], found[key], by=day.by, kind=said["kind"], at=day.at(370))
    _begin(day, phases, PhaseKind.PROMISES)
    promises = [
        _promise(day, voice, told["promise"], place)
        for place, (voice, told) in enumerate(zip(voices, facts["voices"], strict=True))
    ]
    day.fix_ids(promises)
    _begin(day, phases, PhaseKind.IMPROVING)
    _begin(day, phases, PhaseKind.CLOSE)
    actions.end_phase(phases[PhaseKind.CLOSE], by=day.by, at=day.at(ENDS))
    for table, rows in (
        (Voice, {"review": review}),
        (Answer, {"voice__review": review}),
        (Pattern, {"review": review}),
        (Promise, {"review": review}),
    ):
        table._default_manager.filter(**rows).update(is_demo=True)


def _begin(day: ForumDay, phases: dict[str, Phase], kind: PhaseKind) -> None:
    actions.begin_phase(phases[kind], by=day.by, at=day.at(BEGINS[kind]))


def _come_in(day: ForumDay, review: Review, told: dict[str, Any], place: int) -> Voice:
    """Let a member come in by her seat, or a phone by the code on the wall of the hall."""
    at = day.at(256 + place / 4)
    if "who" in told:
        person = day.people[told["who"]]
        return actions.join_review(review, by=person, name=person.display_name, at=at)
    token = f"demo phone {told['phone']}"
    return actions.join_review(review, by=None, code=day.forum.code, token=token, at=at)


def _answer(
    day: ForumDay, voice: Voice, question: Question, points: list[Any], found: Answers, minutes: float
) -> None:
    """Write points in answer to a question; ``{pattern: words}`` is kept for its pattern."""
    for place, point in enumerate(points):
        pattern, words = next(iter(point.items())) if isinstance(point, dict) else ("", point)
        answer = actions.write_answer(
            question,
            voice,
            words,
            by=voice.person,
            client_id=f"demo-{question.kind}-{place}",
            named=True,
            at=day.at(minutes),
        )
        if pattern:
            found[pattern].append(answer)


def _promise(day: ForumDay, voice: Voice, told: dict[str, Any], place: int) -> Promise:
    """Make a promise; where the content file tells it, say after thirty days what became of it."""
    at = day.at(390 + place / 2)
    said = Promised(
        due_on=(at + timedelta(days=told["days"])).date(),
        **{name: told[name] for name in SAID if name in told},
    )
    promise = actions.make_promise(voice, said, by=voice.person, client_id="demo-promise", at=at)
    if "news" in told:
        later = at + timedelta(days=ASKED_AFTER, hours=place)
        actions.tell_news(promise, ASKED_AFTER, told["news"], by=voice.person, at=later)
    return promise
