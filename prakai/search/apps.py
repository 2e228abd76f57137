"""Registers the room search with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The room search."""

    name = "prakai.search"
    label = "search"
