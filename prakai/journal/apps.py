"""Registers the journal with Django, and lets every room's followers register themselves."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    """The room journal."""

    name = "prakai.journal"
    label = "journal"

    def ready(self) -> None:
        """Load ``followers`` of every room."""
        autodiscover_modules("followers")
