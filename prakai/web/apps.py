"""Registers the web door with Django (for its template tags and static files)."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web door."""

    name = "prakai.web"
    label = "web"
