"""Addresses of units. The number decides; the words behind it are for people."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.units import changes, imports, knowledge, views

_NUMBER = r"(?P<number>[0-9]{1,15})"

urlpatterns = [
    path("units", views.units, name="units"),
    path("units.csv", views.table, name="units-table"),
    path("units/new", changes.found, name="unit-found"),
    path("units/import", imports.bring_in, name="units-import"),
    path("units/import/template.csv", imports.template, name="units-template"),
    re_path(rf"^units/{_NUMBER}(?:-(?P<slug>[^/]*))?$", views.unit, name="unit"),
    re_path(rf"^units/{_NUMBER}/knowledge$", knowledge.page, name="unit-knowledge"),
    re_path(rf"^units/{_NUMBER}/knowledge\.docx$", knowledge.as_docx, name="unit-knowledge-docx"),
    re_path(rf"^units/{_NUMBER}/knowledge\.xlsx$", knowledge.as_xlsx, name="unit-knowledge-xlsx"),
    re_path(rf"^units/{_NUMBER}/correct$", changes.correct, name="unit-correct"),
    re_path(rf"^units/{_NUMBER}/rename$", changes.rename, name="unit-rename"),
    re_path(rf"^units/{_NUMBER}/move$", changes.move, name="unit-move"),
    re_path(rf"^units/{_NUMBER}/merge$", changes.merge, name="unit-merge"),
    re_path(rf"^units/{_NUMBER}/split$", changes.split, name="unit-split"),
    re_path(rf"^units/{_NUMBER}/close$", changes.close, name="unit-close"),
    re_path(rf"^units/{_NUMBER}/reopen$", changes.reopen, name="unit-reopen"),
]
