"""What the pages of a review read: the facilitator's, the writer's, the one with what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from prakai.forums import review_rules as rules
from prakai.forums.asking import asked
from prakai.forums.models import (
    Answer,
    Forum,
    Phase,
    Promise,
    Question,
    QuestionKind,
    Ready,
    Review,
    Slip,
    Voice,
)
from prakai.people.models import Person

STANDING = Q(answers__withdrawn_at__isnull=True, answers__isnull=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a page shows it; ``answers`` only when it is revealed."""

    question: Question
    words: str
    points: int
    voices: int
    answers: list[Answer]

    @property
    def is_promise(self) -> bool:
        """Whether it is answered with a promise."""
        return self.question.kind == QuestionKind.PROMISE


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The review as the facilitator runs it, and as all follow it."""

    review: Review
    phases: list[Phase]
    questions: list[Asked]
    turns: Sequence[Voice]
    spoken: int
    ready: int
    may_lead: bool
    may_key: bool
    may_group: bool
    slips: int
    keyed: int

    @property
    def running(self) -> Phase | None:
        """The phase that goes on now."""
        return next((phase for phase in self.phases if phase.is_running), None)

    @property
    def running_id(self) -> int:
        """The number of the phase that goes on now, or 0."""
        return self.running.pk if self.running else 0

    @property
    def following(self) -> Phase | None:
        """The phase that comes next: after the one that runs, else the first that has not begun."""
        now = self.running
        rest = [phase for phase in self.phases if phase.begun_at is None]
        return next((phase for phase in rest if now is None or phase.position > now.position), None)


def review_page(review: Review, reader: Person | None) -> ReviewPage:
    """Return the page; answers only of questions that are revealed."""
    phases = list(review.phases.all())
    running = next((phase for phase in phases if phase.is_running), None)
    said = Ready.objects.filter(voice=OuterRef("pk"), phase=running.pk if running else 0)
    turns = list(review.voices.filter(entered_by__isnull=True).annotate(is_ready=Exists(said)))
    slips = Slip.objects.filter(review=review).aggregate(all=Count("pk"), keyed=Count("keyed_at"))
    return ReviewPage(
        review=review,
        phases=phases,
        questions=questions_of(review, with_answers=True),
        turns=turns,
        spoken=sum(voice.spoken_at is not None for voice in turns),
        ready=sum(voice.is_ready for voice in turns),
        may_lead=bool(rules.may_lead(reader, review)),
        may_key=bool(rules.may_key(reader, review)),
        may_group=bool(rules.may_group(reader, review)),
        slips=slips["all"],
        keyed=slips["keyed"],
    )


def questions_of(review: Review, *, with_answers: bool = False) -> list[Asked]:
    """Return the questions in their order, with how many points of how many people there are.

    Answers come in an order that tells nothing of who wrote them, or when.
    """
    rows = review.questions.annotate(
        point_count=Count("answers", filter=STANDING),
        voice_count=Count("answers__voice", filter=STANDING, distinct=True),
    )
    said: dict[int, list[Answer]] = {}
    if with_answers:
        for answer in Answer.objects.revealed().filter(question__review=review).order_by("client_id"):
            said.setdefault(answer.question_id, []).append(answer)
    return [Asked(row, asked(row), row.point_count, row.voice_count, said.get(row.pk, [])) for row in rows]


@dataclass(frozen=True, slots=True)
class WritingPage:
    """One question for one voice, with what this voice has written to it: nobody else's, unless it is revealed."""

    voice: Voice
    questions: list[Asked]
    current: Asked
    place: int
    mine: list[Answer]
    promises: list[Promise]
    running: Phase | None
    is_ready: bool
    done: frozenset[int]

    @property
    def running_id(self) -> int:
        """The number of the phase that goes on now, or 0."""
        return self.running.pk if self.running else 0

    @property
    def before(self) -> Asked | None:
        """The question before this one."""
        return self.questions[self.place - 1] if self.place else None

    @property
    def after(self) -> Asked | None:
        """The question after this one."""
        return self.questions[self.place + 1] if self.place + 1 < len(self.questions) else None


def writing_page(voice: Voice, wanted: int) -> WritingPage | None:
    """Return the page for the question with this id, else for the first one; ``None`` without any question."""
    review = voice.review
    questions = questions_of(review, with_answers=True)
    if not questions:
        return None
    place = next((place for place, one in enumerate(questions) if one.question.pk == wanted), 0)
    mine = list(Answer.objects.standing().filter(voice=voice))
    promises = list(Promise.objects.standing().filter(voice=voice))
    running = review.phases.filter(begun_at__isnull=False, ended_at__isnull=True).first()
    done = {answer.question_id for answer in mine}
    if promises:
        done |= {one.question.pk for one in questions if one.is_promise}
    current = questions[place]
    return WritingPage(
        voice=voice,
        questions=questions,
        current=current,
        place=place,
        mine=[answer for answer in mine if answer.question_id == current.question.pk],
        promises=promises,
        running=running,
        is_ready=running is not None and Ready.objects.filter(phase=running, voice=voice).exists(),
        done=frozenset(done),
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """A promise of an earlier forum of the series that its owner lets the next one open with."""

    words: str
    name: str
    forum: Forum


def earlier_promises(forum: Forum, most: int = 40) -> list[Earlier]:
    """Return the promises with which ``forum`` opens: of earlier forums of its series, of those who agreed."""
    if forum.series_id is None or forum.starts_at is None:
        return []
    rows = Promise.objects.told_next().filter(
        review__forum__series=forum.series_id, review__forum__starts_at__lt=forum.starts_at
    )
    rows = rows.exclude(review__forum=forum.pk).select_related("voice", "review__forum")
    rows = rows.order_by("-review__forum__starts_at", "client_id")[:most]
    return [Earlier(row.words, row.voice.name if row.is_named else "", row.review.forum) for row in rows]


def last_taught(forum: Forum) -> Review | None:
    """Return the review of the forum before this one in its series, if it had one: what the next BAR reads."""
    if forum.series_id is None or forum.starts_at is None:
        return None
    rows = Review.objects.filter(forum__series=forum.series_id, forum__starts_at__lt=forum.starts_at)
    return rows.exclude(forum=forum.pk).select_related("forum").order_by("-forum__starts_at").first()
