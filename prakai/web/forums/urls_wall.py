"""Addresses of the sparks wall: for the hall (``/w``, by code), and for those who prepare (by the forum's number)."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.forums.views import echoing, growing, keeping, screen, taking, throwing, walls

WALL = r"^forums/(?P<pk>[0-9]{1,15})/wall"
SPARK = rf"{WALL}/sparks/(?P<public_id>[0-9a-z]{{12}})"

urlpatterns = [
    path("w", walls.join, name="wall-join"),
    path("w/<str:typed>", walls.wall, name="wall-phone"),
    path("w/<str:typed>/sparks", throwing.throw, name="spark-throw"),
    path("w/<str:typed>/sparks/<slug:public_id>/picture", walls.picture, name="spark-picture"),
    path("w/<str:typed>/sparks/<slug:public_id>/echo", echoing.echo, name="spark-echo"),
    path("w/<str:typed>/sparks/<slug:public_id>/withdraw", echoing.withdraw, name="spark-withdraw"),
    path("w/<str:typed>/sparks/<slug:public_id>/claim", echoing.claim, name="spark-claim"),
    path("w/<str:typed>/sparks/<slug:public_id>/grow", growing.answer_spark, name="spark-grow-answer"),
    re_path(rf"{WALL}$", screen.screen, name="wall-screen"),
    re_path(rf"{WALL}/list$", screen.listing, name="wall-list"),
    re_path(rf"{WALL}/words$", screen.words, name="wall-words"),
    re_path(rf"{WALL}/qr\.svg$", taking.qr, name="wall-qr"),
    re_path(rf"{WALL}/sparks\.csv$", taking.table, name="wall-table"),
    re_path(rf"{WALL}/wall\.png$", taking.wall_picture, name="wall-picture"),
    re_path(rf"{WALL}/cards\.pdf$", taking.cards, name="wall-cards"),
    re_path(rf"{WALL}/keep$", keeping.keep, name="wall-keep"),
    re_path(rf"{WALL}/settings$", keeping.change, name="wall-change"),
    re_path(rf"{WALL}/group$", keeping.group, name="wall-group"),
    re_path(rf"{WALL}/(?P<name>open|close|freeze|thaw)$", keeping.move, name="wall-move"),
    re_path(rf"{SPARK}$", growing.spark, name="spark"),
    re_path(rf"{SPARK}/grow$", growing.grow_spark, name="spark-grow"),
    re_path(rf"{SPARK}/hide$", keeping.hide, name="spark-hide"),
    re_path(rf"{SPARK}/(?P<name>release|show|pin|unpin)$", keeping.move_spark, name="spark-move"),
]
