"""Django, made ready once, for the commands that need it."""

from __future__ import annotations

import logging


def ready() -> None:
    """Set Django up. A setting that nobody understands is told in one line."""
    import django
    from django.apps import apps

    from prakai.cli.troubles import wrong_usage

    if apps.ready:
        return
    try:
        django.setup()
    except ValueError as wrong:
        raise wrong_usage("มีค่าตั้งที่อ่านไม่เข้าใจ", str(wrong)) from wrong
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
