"""Addresses of searching."""

from __future__ import annotations

from django.urls import path

from prakai.web.search import views

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/suggest", views.suggestions, name="search-suggest"),
    path("search/suggest.json", views.suggestions_json, name="search-suggest-json"),
    path("opensearch.xml", views.description, name="opensearch"),
]
