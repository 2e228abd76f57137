"""The pages as a WSGI application: static files, then the page cache, then Django."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from prakai.web.pagecache.serving import KeptPages, is_wanted, unmarked
from prakai.web.static_files import WSGI, ServedFiles, with_static_files

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prakai.settings")


def behind_proxy(application: WSGI) -> WSGI:
    """Return ``application`` believing the nearest proxy about the address of the client (``BEHIND_PROXY=1``)."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        if forwarded:
            # The last address is the one that our own proxy saw; earlier ones are what clients claim.
            environ["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip()
        return application(environ, start_response)

    return answer


def pages() -> WSGI:
    """Return Django's pages alone, for those who put their own cache and static files before them."""
    application: WSGI = get_wsgi_application()
    return behind_proxy(application) if settings.SECURE_PROXY_SSL_HEADER else application


def complete(*, workers: int = 2) -> WSGI:
    """Return everything that one of ``workers`` WSGI processes serves (unknown: take it that there are several)."""
    kept: WSGI
    if is_wanted(workers):
        cache = KeptPages()
        cache.start()
        kept = cache.before(pages())
    else:
        kept = unmarked(pages())
    return with_static_files(kept, ServedFiles(settings.STATIC_ROOT, prefix=settings.STATIC_URL))


def __getattr__(name: str) -> Any:
    if name == "application":  # made when asked for, so that importing this module starts nothing
        globals()["application"] = complete()
        return globals()["application"]
    raise AttributeError(name)
