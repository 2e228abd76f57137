"""Registers the room forums with Django."""

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """The room forums."""

    name = "prakai.forums"
    label = "forums"
