"""Addresses of notes, notebooks, drafts, media and the desk; and old ones that lead on."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.notes import addresses as addresses  # registers the converter <number:…>
from prakai.web.notes.views import (
    desk,
    drafts,
    history,
    listing,
    media,
    notebooks,
    old,
    reading,
    withdrawing,
    writing,
)

urlpatterns = [
    path("notes", listing.notes, name="notes"),
    re_path(r"^notes/(?P<number>[0-9]{1,15})(?:-(?P<slug>[^/]*))?$", reading.note, name="note"),
    path("notes/<number:number>/edit", writing.edit, name="edit"),
    path("write", writing.choose, name="choose"),
    path("write/<str:kind>", writing.write, name="write"),
    path("notes/<number:number>/history", history.history, name="history"),
    path("notes/<number:number>/withdraw", withdrawing.withdraw, name="withdraw"),
    path("drafts/<str:window>", drafts.keep, name="draft"),
    path("drafts/<str:window>/drop", drafts.drop),
    path("media/new", media.new),
    path("media/<str:public_id>/describe", media.describe),
    path("media/<str:public_id>", media.show),
    path("media/<str:public_id>/<str:name>", media.show),
    path("notebooks/new", notebooks.new),
    path("notebooks/<number:number>/change", notebooks.change),
    re_path(r"^notebooks/(?P<number>[0-9]{1,15})(?:-(?P<slug>[^/]*))?$", notebooks.notebook, name="notebook"),
    path("desk", desk.desk, name="desk"),
    path("posts/<number:number>", old.old_address),
    path("posts/<number:number>/", old.old_address),
    path("blog/<str:notebook>/<number:number>", old.old_address),
    path("blog/<str:notebook>/<number:number>/", old.old_address),
    re_path(r"^archive/(?:[0-9]+/){6}e(?P<number>[0-9]{1,15})/?$", old.old_address),
]
