"""Addresses of searching."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.search import saved, views, words

_ONE = r"^searches/(?P<public_id>[0-9a-z]{12})"

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/suggest", views.suggestions, name="search-suggest"),
    path("search/suggest.json", views.suggestions_json, name="search-suggest-json"),
    path("opensearch.xml", views.description, name="opensearch"),
    path("searches", saved.searches, name="searches"),
    path("searches/save", saved.save, name="search-save"),
    path("searches/stop/<str:word>", saved.stop, name="search-stop"),
    re_path(rf"{_ONE}\.xml$", saved.feed, name="search-feed"),
    re_path(rf"{_ONE}/letters$", saved.letters, name="search-letters"),
    re_path(rf"{_ONE}/drop$", saved.drop, name="search-drop"),
    path("moderation/words", words.words, name="equivalents"),
    path("moderation/words/<int:pk>/strike", words.strike, name="equivalents-strike"),
]
