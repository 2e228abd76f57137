"""Reviews for tests, in one line."""

from __future__ import annotations

from itertools import count

from prakai.forums.actions import join_review, make_promise, open_review, write_answer
from prakai.forums.models import Answer, Forum, Promise, Question, QuestionKind, Review, Voice
from prakai.forums.said import Promised
from prakai.people.models import Person

_running = count(1)


def make_review(forum: Forum, by: Person) -> Review:
    """The review of ``forum`` with its usual phases and questions."""
    return open_review(forum, by=by)


def make_voice(review: Review, name: str = "", person: Person | None = None) -> Voice:
    """A voice: a member, or a phone that came in with the code."""
    token = "" if person else f"phone-{next(_running)}"
    return join_review(review, by=person, code=review.forum.code, token=token, name=name)


def question_of(review: Review, kind: str = QuestionKind.EXCEEDED) -> Question:
    """The review's question of this kind."""
    return review.questions.get(kind=kind)


def make_answer(
    voice: Voice, words: str, kind: str = QuestionKind.EXCEEDED, *, named: bool = False
) -> Answer:
    """A point that this voice wrote."""
    question = question_of(voice.review, kind)
    return write_answer(question, voice, words, by=None, client_id=f"form-{next(_running)}", named=named)


def promise_of(voice: Voice, words: str = "จะชวนพี่พยาบาลนั่งคุยสิบนาทีก่อนเวร", **said: object) -> Promise:
    """A promise of this voice."""
    return make_promise(
        voice,
        Promised(words, **said),  # type: ignore[arg-type]
        by=None,
        client_id=f"promise-{next(_running)}",
    )
