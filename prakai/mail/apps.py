"""Registers the mail door with Django (for its followers and texts)."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The mail door."""

    name = "prakai.mail"
    label = "mail"
