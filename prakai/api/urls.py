"""Addresses for programs. The number of the version is part of them: what a program was written for stays."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.api import problems, searching

urlpatterns = [
    path("v1/search", searching.search, name="api-search"),
    re_path("", problems.nothing_here),
]
