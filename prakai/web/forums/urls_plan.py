"""Addresses of forums themselves: the lists, the page of one, founding, changing and moving it on."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.forums.views import listing, reading

urlpatterns = [
    path("forums", listing.forums, name="forums"),
    re_path(r"^forums/(?P<pk>[0-9]{1,15})(?:-(?P<slug>[^/]*))?$", reading.forum, name="forum"),
]
