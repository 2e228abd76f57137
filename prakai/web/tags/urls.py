"""Addresses of tags."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.notes import addresses as addresses  # registers the converter <number:…>
from prakai.web.tags import views

urlpatterns = [
    path("tags", views.tags, name="tags"),
    path("tags/<number:number>/merge", views.merge, name="merge_tag"),
    re_path(r"^tags/(?P<number>[0-9]{1,15})(?:-(?P<slug>[^/]*))?$", views.tag, name="tag"),
]
