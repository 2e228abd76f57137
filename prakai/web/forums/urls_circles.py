"""Addresses of circles: rounds for who prepares the day, the sheet for the wall, one circle on a phone."""

from __future__ import annotations

from django.urls import re_path

from prakai.web.forums.views import circle, circles, laying

_FORUM = r"^forums/(?P<pk>[0-9]{1,15})/circles"
_ROUND = rf"{_FORUM}/(?P<round_number>[0-9]{{1,4}})"
_CIRCLE = rf"{_ROUND}/(?P<number>[0-9]{{1,4}})"

urlpatterns = [
    re_path(rf"{_FORUM}$", circles.circles, name="circles"),
    re_path(rf"{_FORUM}/new$", laying.lay, name="circles-lay"),
    re_path(rf"{_FORUM}/needs$", laying.needs, name="circles-needs"),
    re_path(rf"{_FORUM}/needs/(?P<wish_pk>[0-9]{{1,15}})/end$", laying.end_need, name="circles-need-end"),
    re_path(rf"{_ROUND}/again$", laying.again, name="circles-again"),
    re_path(rf"{_ROUND}/move$", circles.move, name="circles-move"),
    re_path(rf"{_ROUND}/free$", circles.free, name="circles-free"),
    re_path(rf"{_ROUND}/show$", circles.show, name="circles-show"),
    re_path(rf"{_ROUND}/hide$", circles.hide, name="circles-hide"),
    re_path(rf"{_ROUND}/remove$", circles.remove, name="circles-remove"),
    re_path(rf"{_ROUND}/sheet$", circles.sheet, name="circles-sheet"),
    re_path(rf"{_CIRCLE}$", circle.circle, name="circle"),
    re_path(rf"{_CIRCLE}/turn$", circle.turn, name="circle-turn"),
    re_path(rf"{_CIRCLE}/keepers$", laying.keepers, name="circle-keepers"),
]
