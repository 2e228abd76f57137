"""Registers the room notes with Django."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """The room notes."""

    name = "prakai.notes"
    label = "notes"
