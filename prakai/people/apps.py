"""Registers the room people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room people."""

    name = "prakai.people"
    label = "people"
