"""Addresses of stories, nuggets, cores and of what grows into notes."""

from __future__ import annotations

from django.urls import path

from prakai.web.forums.views import cores, growing, nuggets, stories, telling

urlpatterns = [
    path("forums/<int:pk>/stories", stories.stories, name="forum-stories"),
    path("forums/<int:pk>/stories/new", telling.tell, name="forum-story-new"),
    path("forums/<int:pk>/stories/<int:number>", stories.story, name="forum-story"),
    path("forums/<int:pk>/stories/<int:number>/correct", telling.correct, name="forum-story-correct"),
    path("forums/<int:pk>/stories/<int:number>/withdraw", stories.withdraw, name="forum-story-withdraw"),
    path("forums/<int:pk>/stories/<int:number>/return", stories.bring_back, name="forum-story-return"),
    path("forums/<int:pk>/stories/<int:number>/grow", growing.grow, name="forum-story-grow"),
    path("forums/<int:pk>/stories/<int:number>/answer", growing.answer, name="forum-story-answer"),
    path("forums/<int:pk>/stories/<int:number>/nuggets", nuggets.mark, name="forum-nuggets-mark"),
    path("forums/<int:pk>/nuggets/<int:number>/word", nuggets.word, name="forum-nugget-word"),
    path("forums/<int:pk>/nuggets/<int:number>/drop", nuggets.drop, name="forum-nugget-drop"),
    path("forums/<int:pk>/cores", cores.cores, name="forum-cores"),
    path("forums/<int:pk>/cores/put", cores.put, name="forum-cores-put"),
    path("forums/<int:pk>/cores/<int:number>/rename", cores.rename, name="forum-core-rename"),
    path("forums/<int:pk>/cores/<int:number>/move", cores.move, name="forum-core-move"),
    path("forums/<int:pk>/cores/<int:number>/drop", cores.drop, name="forum-core-drop"),
    path("forums/<int:pk>/cores/cards", cores.cards, name="forum-core-cards"),
]
