"""Addresses of forums: each noun brings its own list. The number decides; the words behind it are for people."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver

NOUNS = ("agenda", "circles", "participants", "review", "stories", "wall", "harvest", "homecoming", "plan")

urlpatterns: list[URLPattern | URLResolver] = [
    address
    for noun in NOUNS
    if find_spec(f"prakai.web.forums.urls_{noun}") is not None
    for address in import_module(f"prakai.web.forums.urls_{noun}").urlpatterns
]
