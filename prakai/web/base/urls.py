"""Addresses of the look."""

from __future__ import annotations

from django.urls import path

from prakai.web.base import health, manifest, views

urlpatterns = [
    path("styleguide", views.styleguide, name="styleguide"),
    path("healthz", health.health, name="health"),
    path("site.webmanifest", manifest.manifest, name="manifest"),
]
