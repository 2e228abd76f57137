"""Addresses of the web door: each area brings its own."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

AREAS = (
    "base", "home", "accounts", "notes", "talk", "people", "units", "tags", "feeds", "search", "networks", "forums",
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(import_module(f"prakai.web.{area}.urls")))
    for area in AREAS
    if find_spec(f"prakai.web.{area}.urls") is not None
]

handler400 = "prakai.web.base.views.unreadable"
handler403 = "prakai.web.base.views.forbidden"
handler404 = "prakai.web.notes.views.old.not_found"
handler500 = "prakai.web.base.views.broken"
