"""The usual shape of a review: its six phases and its five questions, in words that one can say aloud in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import pgettext_lazy

from prakai.forums.models import PhaseKind, Question, QuestionKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Minutes of 150, and whether what is written in it is without names.
PHASES: Final = (
    (PhaseKind.WRITING, 20, True),
    (PhaseKind.CIRCLE, 60, False),
    (PhaseKind.PATTERNS, 30, False),
    (PhaseKind.PROMISES, 20, False),
    (PhaseKind.IMPROVING, 15, False),
    (PhaseKind.CLOSE, 5, False),
)
WHOLE: Final = sum(minutes for _, minutes, _ in PHASES)
LEAST, MOST = 30, 360

# The five questions as Thai reviews ask them; the last one is answered with a promise.
USUAL: Final = (
    QuestionKind.EXPECTED,
    QuestionKind.EXCEEDED,
    QuestionKind.FELL_SHORT,
    QuestionKind.CHANGE,
    QuestionKind.PROMISE,
)
WORDS: Final[dict[str, _StrPromise]] = {
    QuestionKind.EXPECTED: pgettext_lazy("review question", "What did you hope for before you came?"),
    QuestionKind.EXCEEDED: pgettext_lazy(
        "review question", "What came as you had hoped, or more so? What made it so?"
    ),
    QuestionKind.FELL_SHORT: pgettext_lazy(
        "review question", "What came less than you had hoped, or not yet? What made it so?"
    ),
    QuestionKind.CHANGE: pgettext_lazy("review question", "If we did this again, what should we change?"),
    QuestionKind.PROMISE: pgettext_lazy("review question", "What will you go back and do?"),
    QuestionKind.OWN: pgettext_lazy("review question", "And what else?"),
}


def asked(question: Question) -> str:
    """Return the words in which ``question`` is asked: its own, or the usual ones in the reader's language."""
    return question.words or str(WORDS[question.kind])


def shares(minutes: int) -> list[int]:
    """Return how many minutes each phase gets of ``minutes``, in fives, 5 at least; the circle takes the rest."""
    parts = [max(5, round(usual * minutes / WHOLE / 5) * 5) for _, usual, _ in PHASES]
    parts[1] = max(5, parts[1] + minutes - sum(parts))
    return parts
