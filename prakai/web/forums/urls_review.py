"""Addresses of the after-action review."""

from __future__ import annotations

from django.urls import path

from prakai.web.forums.views import (
    learning,
    promises,
    review,
    review_keying,
    review_leading,
    review_patterns,
    review_table,
    review_writing,
)

_AT = "forums/<int:pk>/review"

urlpatterns = [
    path("forums/learning", learning.learning, name="learning"),
    path("forums/learning.xlsx", learning.table, name="learning-table"),
    path("forums/learning.docx", learning.paper, name="learning-paper"),
    path("forums/learning/<int:number>/settle", learning.settle, name="learning-settle"),
    path("forums/learning/settlings/<int:number>/undo", learning.unsettle, name="learning-unsettle"),
    path(_AT, review.review, name="review"),
    path(f"{_AT}/state", review.state, name="review-state"),
    path(f"{_AT}/open", review_leading.open_it, name="review-open"),
    path(f"{_AT}/setup", review_leading.setup, name="review-setup"),
    path(f"{_AT}/phases/<int:number>", review_leading.phase, name="review-phase"),
    path(f"{_AT}/questions/<int:number>", review_leading.question, name="review-question"),
    path(f"{_AT}/turns/<int:number>", review_leading.turn, name="review-turn"),
    path(f"{_AT}/write", review_writing.write, name="review-write"),
    path(f"{_AT}/ready", review_writing.ready, name="review-ready"),
    path(f"{_AT}/answers/<int:number>", review_writing.answer, name="review-answer"),
    path(f"{_AT}/promises/<int:number>", review_writing.promise, name="review-promise"),
    path(f"{_AT}/patterns", review_patterns.patterns, name="review-patterns"),
    path(f"{_AT}/patterns/<int:number>", review_patterns.pattern, name="review-pattern"),
    path(f"{_AT}/keying", review_keying.keying, name="review-keying"),
    path(f"{_AT}/forms", review_keying.slips, name="review-slips"),
    path(f"{_AT}/forms/print", review_keying.printed, name="review-slips-print"),
    path(f"{_AT}/table", review_table.bring_in, name="review-table"),
    path(f"{_AT}/table.xlsx", review_table.download, name="review-table-file"),
    path("promises", promises.own, name="promises"),
    path("promises/told", promises.told, name="promise-told"),
    path("promises/asked/<str:word>", promises.asked, name="promise-asked"),
    path("promises/<int:number>/news", promises.news, name="promise-news"),
]
