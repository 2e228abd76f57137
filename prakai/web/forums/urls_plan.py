"""Addresses of forums themselves: the lists, the page of one, founding, changing and moving it on."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.forums.views import before, listing, moving, planning, reading

urlpatterns = [
    path("forums", listing.forums, name="forums"),
    path("forums/new", planning.found, name="forum-found"),
    path("forums/<int:pk>/change", planning.change, name="forum-change"),
    path("forums/<int:pk>/clone", planning.clone, name="forum-clone"),
    path("forums/<int:pk>/announce", moving.announce, name="forum-announce"),
    path("forums/<int:pk>/cancel", moving.cancel, name="forum-cancel"),
    path("forums/<int:pk>/revive", moving.revive, name="forum-revive"),
    path("forums/<int:pk>/close", moving.close, name="forum-close"),
    path("forums/<int:pk>/reopen", moving.reopen, name="forum-reopen"),
    path("forums/<int:pk>/bar", before.before, name="forum-bar"),
    path("forums/<int:pk>/sheet", reading.sheet, name="forum-sheet"),
    path("forums/<int:pk>.ics", reading.calendar, name="forum-calendar"),
    re_path(r"^forums/(?P<pk>[0-9]{1,15})(?:-(?P<slug>[^/]*))?$", reading.forum, name="forum"),
]
