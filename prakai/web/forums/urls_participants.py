"""Addresses of who comes: registering and the own seat, the list, the door, paper, roles and the briefing."""

from __future__ import annotations

from django.urls import re_path

from prakai.web.forums.views import door, paper, people, roles, seats

_FORUM = r"^forums/(?P<pk>[0-9]{1,15})"
_SEAT = r"(?P<public_id>[0-9a-z]{12})"
_OWN = rf"/seat(?:/{_SEAT}/(?P<token>[0-9A-Za-z_-]{{10,80}}))?"

urlpatterns = [
    re_path(rf"{_FORUM}/register$", seats.register, name="forum-register"),
    re_path(rf"{_FORUM}{_OWN}$", seats.seat, name="forum-seat"),
    re_path(rf"{_FORUM}{_OWN}/change$", seats.change, name="forum-seat-change"),
    re_path(rf"{_FORUM}{_OWN}/leave$", seats.leave, name="forum-seat-leave"),
    re_path(rf"{_FORUM}/people$", people.people, name="forum-people"),
    re_path(rf"{_FORUM}/people/new$", people.enter, name="forum-people-new"),
    re_path(rf"{_FORUM}/people/many$", people.enter_many, name="forum-people-many"),
    re_path(rf"{_FORUM}/people/{_SEAT}$", people.change, name="forum-person"),
    re_path(rf"{_FORUM}/people/{_SEAT}/leave$", people.leave, name="forum-person-leave"),
    re_path(rf"{_FORUM}/people/{_SEAT}/back$", people.take_back, name="forum-person-back"),
    re_path(rf"{_FORUM}/door$", door.door, name="forum-door"),
    re_path(rf"{_FORUM}/door/new$", door.walk_in, name="forum-door-new"),
    re_path(rf"{_FORUM}/door/{_SEAT}$", door.arrive, name="forum-door-person"),
    re_path(rf"{_FORUM}/door/{_SEAT}/undo$", door.undo, name="forum-door-undo"),
    re_path(rf"{_FORUM}/cards$", paper.cards, name="forum-cards"),
    re_path(rf"{_FORUM}/signatures$", paper.signatures, name="forum-signatures"),
    re_path(rf"{_FORUM}/roles$", roles.roles, name="forum-roles"),
    re_path(rf"{_FORUM}/roles/(?P<role>[0-9]{{1,15}})/end$", roles.end, name="forum-role-end"),
    re_path(rf"{_FORUM}/briefing$", roles.briefing, name="forum-briefing"),
]
