"""Addresses of the sparks wall: for the hall (``/w``, by code), and for those who prepare (by the forum's number)."""

from __future__ import annotations

from django.urls import path

from prakai.web.forums.views import throwing, walls

urlpatterns = [
    path("w", walls.join, name="wall-join"),
    path("w/<str:typed>", walls.wall, name="wall-phone"),
    path("w/<str:typed>/sparks", throwing.throw, name="spark-throw"),
    path("w/<str:typed>/sparks/<slug:public_id>/picture", walls.picture, name="spark-picture"),
]
