"""Addresses of talk."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.talk.views import (
    appreciating,
    changing,
    commenting,
    desk,
    guarding,
    moderating,
    reporting,
    suggesting,
)

urlpatterns = [
    path("talk/suggest", suggesting.suggest, name="talk-suggest"),
    path("talk/<int:pk>", commenting.find, name="talk"),
    path("talk/<int:pk>/comment", commenting.comment, name="talk-comment"),
    path("talk/<int:pk>/appreciate", appreciating.appreciate_talk, name="talk-appreciate"),
    path("talk/<int:pk>/report", reporting.report_thing, name="talk-report"),
    path("talk/<int:pk>/close", guarding.close, name="talk-close"),
    path("talk/<int:pk>/reopen", guarding.reopen, name="talk-reopen"),
    path("talk/<int:pk>/guard", guarding.guard, name="talk-guard"),
    path("talk/comments/<int:pk>", commenting.find_comment, name="talk-find-comment"),
    path("talk/comments/<int:pk>/reply", commenting.reply, name="talk-reply"),
    path("talk/comments/<int:pk>/reword", changing.reword, name="talk-reword"),
    path("talk/comments/<int:pk>/withdraw", changing.withdraw, name="talk-withdraw"),
    path("talk/comments/<int:pk>/return", changing.bring_back, name="talk-return"),
    path("talk/comments/<int:pk>/report", reporting.report_comment, name="talk-report-comment"),
    path("talk/comments/<int:pk>/appeal", reporting.appeal, name="talk-appeal"),
    path("talk/comments/<int:pk>/release", guarding.release, name="talk-release"),
    path("talk/comments/<int:pk>/hide", guarding.hide, name="talk-hide"),
    path("talk/comments/<int:pk>/show", guarding.show, name="talk-show"),
    path("talk/appreciations/<int:pk>/<str:move>", appreciating.change, name="talk-appreciation"),
    re_path(r"^units/(?P<pk>[0-9]{1,15})/appreciate$", appreciating.appreciate_unit, name="unit-appreciate"),
    path("people/<str:public_id>/appreciate", appreciating.appreciate_person, name="person-appreciate"),
    path("desk/replies", desk.replies, name="desk-replies"),
    path("desk/replies/read", desk.read, name="desk-replies-read"),
    path("desk/held", desk.held, name="desk-held"),
    path("moderation", moderating.queue, name="moderation"),
    path("moderation/decided", moderating.decided, name="moderation-decided"),
    path("moderation/log", moderating.log, name="moderation-log"),
    path("moderation/reports/<int:pk>", moderating.decide, name="moderation-decide"),
]
