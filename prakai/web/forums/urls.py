"""Addresses of forums: each noun brings its own list. The number decides; the words behind it are for people."""

from __future__ import annotations

from prakai.web.forums import urls_agenda, urls_plan

urlpatterns = [
    *urls_agenda.urlpatterns,
    *urls_plan.urlpatterns,
]
