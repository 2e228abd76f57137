"""Registers the room talk with Django."""

from django.apps import AppConfig


class TalkConfig(AppConfig):
    """The room talk."""

    name = "prakai.talk"
    label = "talk"
