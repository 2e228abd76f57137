"""Django, made ready once, for the commands that need it."""

from __future__ import annotations

import logging
import sys


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
    speak_plainly()
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)


def speak_plainly() -> None:
    """Let the log go to standard error, one plain line an event (with colours only where somebody looks)."""
    import structlog

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
