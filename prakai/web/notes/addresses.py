"""Shapes of addresses that this area answers, and absolute addresses for those who read elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import register_converter
from django.utils.encoding import iri_to_uri


class Number:
    """A running number that fits every database."""

    regex = "[0-9]{1,15}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return its digits."""
        return str(value)


register_converter(Number, "number")


def site_url_of(request: HttpRequest) -> str:
    """Return the site's address without a final slash: as set, else as the request came."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def absolute(request: HttpRequest, path: str) -> str:
    """Return ``path`` with scheme and host, Thai letters encoded as machines want them."""
    return site_url_of(request) + str(iri_to_uri(path))
