"""All addresses: those for programs under ``/api/``, else pages. Above the doors, which do not know one another."""

from __future__ import annotations

from django.urls import include, path

from prakai.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("api/", include("prakai.api.urls")),
    path("", include("prakai.web.urls")),
]
