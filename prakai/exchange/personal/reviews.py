"""What reviews of forums keep of a person: her answers, named or not, and her promises."""

from __future__ import annotations

from typing import Any

from prakai.forums.asking import asked
from prakai.forums.models import Answer, Promise
from prakai.people.models import Person

Row = dict[str, Any]


def answers(person: Person) -> list[Row]:
    """What she wrote in reviews, in any state."""
    rows = Answer.objects.standing().filter(voice__person=person)
    return [
        {
            "forum": row.question.review.forum.title,
            "question": asked(row.question),
            "words": row.words,
            "named": row.name,
            "at": row.at,
            "revealed_at": row.question.revealed_at,
        }
        for row in rows.select_related("question__review__forum").order_by("pk")
    ]


def promises(person: Person) -> list[Row]:
    """Her promises, what she agreed to, and what she told of them."""
    rows = Promise.objects.standing().filter(voice__person=person)
    return [
        {
            "forum": row.review.forum.title,
            "words": row.words,
            "first_step": row.first_step,
            "due_on": row.due_on,
            "helper": row.helper,
            "email": row.email,
            "reminds": row.reminds,
            "tells_next": row.tells_next,
            "at": row.at,
            "news": "; ".join(f"{news.after}: {news.get_answer_display()}" for news in row.news.all()),
        }
        for row in rows.select_related("review__forum").prefetch_related("news").order_by("pk")
    ]
