"""Addresses of notes, notebooks, drafts, media and the desk; and old ones that lead on."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.notes import addresses as addresses  # registers the converter <number:…>
from prakai.web.notes.views import old, reading

urlpatterns = [
    re_path(r"^notes/(?P<number>[0-9]{1,15})(?:-(?P<slug>[^/]*))?$", reading.note, name="note"),
    path("posts/<number:number>", old.old_address),
    path("posts/<number:number>/", old.old_address),
    path("blog/<str:notebook>/<number:number>", old.old_address),
    path("blog/<str:notebook>/<number:number>/", old.old_address),
    re_path(r"^archive/(?:[0-9]+/){6}e(?P<number>[0-9]{1,15})/?$", old.old_address),
]
