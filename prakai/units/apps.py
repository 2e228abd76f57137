"""Registers the room units with Django."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """The room units."""

    name = "prakai.units"
    label = "units"
