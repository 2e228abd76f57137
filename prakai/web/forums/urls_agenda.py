"""Addresses of the agenda of a forum."""

from __future__ import annotations

from django.urls import path

from prakai.web.forums.views import agenda, blocks

_PLACE = "forums/<int:pk>/agenda"

urlpatterns = [
    path(_PLACE, agenda.agenda, name="forum-agenda"),
    path(f"{_PLACE}/days", agenda.add_day, name="forum-add-day"),
    path(f"{_PLACE}/days/<int:day>", agenda.change_day, name="forum-change-day"),
    path(f"{_PLACE}/days/<int:day>/blocks", agenda.add_block, name="forum-add-block"),
    path(f"{_PLACE}/blocks/<int:block>", blocks.block, name="forum-block"),
    path(f"{_PLACE}/blocks/<int:block>/minutes", agenda.set_minutes, name="forum-block-minutes"),
    path(f"{_PLACE}/blocks/<int:block>/move", agenda.move, name="forum-block-move"),
    path(f"{_PLACE}/blocks/<int:block>/remove", agenda.remove_block, name="forum-block-remove"),
    path(f"{_PLACE}/blocks/<int:block>/roles", blocks.give_role, name="forum-block-role"),
    path(f"{_PLACE}/blocks/<int:block>/roles/<int:role>/end", blocks.end_role, name="forum-block-role-end"),
]
