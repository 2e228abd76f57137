"""What keeps coming back in a review: patterns with their quotes, what stands for itself, and what looks alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from prakai.forums.models import Answer, Pattern, Question, QuestionKind, Review
from prakai.thai.folding import fold
from prakai.thai.words import words

ALIKE: Final = 0.3
NEAR: Final = 0.25
MOST_HINTS: Final = 6
# What fell short always stands beside what exceeded, and first.
SIDES: Final = (QuestionKind.FELL_SHORT, QuestionKind.EXCEEDED)
# Words that stand in every second sentence and say nothing of what it is about.
_PLAIN = """
ที่ และ ของ ใน ได้ ให้ มี เป็น ว่า การ ความ ไม่ จะ ก็ กับ มา ไป อยู่ จาก หรือ แต่ นี้ นั้น เรา ผม ฉัน คน ครับ ค่ะ คะ แล้ว ยัง เลย มาก
ทำ อะไร เพราะ ทุก กัน ด้วย ต้อง อยาก ควร ขึ้น the an of to and in is was it we for with that
"""
PLAIN: Final = frozenset(_PLAIN.split())


@dataclass(frozen=True, slots=True)
class Group:
    """A pattern with its answers: the count and the quotes are of the same rows."""

    pattern: Pattern
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Loose:
    """An answer in no pattern, and the pattern of its side that its words are nearest to, if any is near."""

    answer: Answer
    near: Pattern | None


@dataclass(frozen=True, slots=True)
class Hint:
    """Answers in no pattern whose words are alike, with the words that they share."""

    shared: str
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Side:
    """What belongs to one kind of question."""

    kind: str
    label: str
    groups: list[Group]
    loose: list[Loose]
    hints: list[Hint]


@dataclass(frozen=True, slots=True)
class PatternsPage:
    """The sides of a review that have something revealed; the first two stand beside each other."""

    beside: list[Side]
    others: list[Side]


def content_words(text: str) -> frozenset[str]:
    """Return the folded words of ``text`` that say what it is about."""
    found = (fold(word) for word in words(text))
    return frozenset(word for word in found if word not in PLAIN and len(word) > 1)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two sets of words are, 0 to 1 (Jaccard)."""
    return len(one & other) / len(one | other) if one and other else 0.0


def patterns_page(review: Review) -> PatternsPage:
    """Return all patterns and the revealed answers of the review: three queries, however many there are."""
    patterns = list(Pattern.objects.filter(review=review))
    answers = list(
        Answer.objects.revealed()
        .filter(question__review=review)
        .select_related("question")
        .order_by("client_id")
    )
    kinds = [kind for kind in QuestionKind if kind != QuestionKind.PROMISE]
    asked = set(Question.objects.filter(review=review).values_list("kind", flat=True))
    sides = {
        str(kind): _side(kind, patterns, answers)
        for kind in kinds
        if kind in SIDES or kind in asked or any(pattern.kind == kind for pattern in patterns)
    }
    return PatternsPage(
        beside=[sides[kind] for kind in SIDES],
        others=[side for kind, side in sides.items() if kind not in SIDES],
    )


def _side(kind: QuestionKind, patterns: list[Pattern], answers: list[Answer]) -> Side:
    of_kind = [pattern for pattern in patterns if pattern.kind == kind]
    groups = [Group(one, [row for row in answers if row.pattern_id == one.pk]) for one in of_kind]
    rest = [row for row in answers if row.pattern_id is None and row.question.kind == kind]
    known = {row.pk: content_words(row.words) for row in answers}
    loose = [Loose(row, _nearest(known[row.pk], groups, known)) for row in rest]
    return Side(kind, str(kind.label), groups, loose, hints_of(rest, known))


def _nearest(said: frozenset[str], groups: list[Group], known: dict[int, frozenset[str]]) -> Pattern | None:
    best, best_likeness = None, NEAR
    for group in groups:
        near = [likeness(said, content_words(group.pattern.title))]
        near += [likeness(said, known[row.pk]) for row in group.answers]
        if max(near) >= best_likeness:
            best, best_likeness = group.pattern, max(near)
    return best


def hints_of(answers: list[Answer], known: dict[int, frozenset[str]]) -> list[Hint]:
    """Return groups of answers that look alike, the largest first; each answer stands in one of them at most."""
    free = dict.fromkeys(row.pk for row in answers)
    by_id = {row.pk: row for row in answers}
    hints: list[Hint] = []
    near = {
        pk: [other for other in free if other != pk and likeness(known[pk], known[other]) >= ALIKE]
        for pk in free
    }
    for pk in sorted(near, key=lambda one: -len(near[one])):
        members = [one for one in (pk, *near[pk]) if one in free]
        if pk not in free or len(members) < 2:
            continue
        for one in members:
            del free[one]
        common = frozenset.intersection(*(known[one] for one in members)) or known[pk] & known[members[1]]
        shared = " ".join(sorted(common, key=lambda word: (-len(word), word))[:3])
        hints.append(Hint(shared, [by_id[one] for one in members]))
    return hints[:MOST_HINTS]
