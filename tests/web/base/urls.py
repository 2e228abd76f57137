"""The look by itself: what is tested here must not wait for, or be hidden by, any other area."""

from __future__ import annotations

from prakai.web.base.urls import urlpatterns

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

handler403 = "prakai.web.base.views.forbidden"
handler404 = "prakai.web.base.views.not_found"
handler500 = "prakai.web.base.views.broken"
