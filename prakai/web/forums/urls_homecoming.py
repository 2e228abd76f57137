"""Addresses of a day that comes home from where there was no Internet."""

from __future__ import annotations

from django.urls import path

from prakai.web.forums.views import homecoming

urlpatterns = [
    path("forums/<int:pk>/homecoming", homecoming.homecoming, name="forum-homecoming"),
    path("forums/<int:pk>/homecoming/<int:difference>", homecoming.decide, name="forum-decide"),
]
