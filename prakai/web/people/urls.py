"""Addresses of people."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.people.views import joining, reading, returning

urlpatterns = [
    path("people", reading.people, name="people"),
    path("people/invitations", joining.invitations, name="invitations"),
    path("people/invitations/<int:pk>/revoke", joining.revoke, name="invitation_revoke"),
    path("people/domains", joining.allow, name="domain_allow"),
    path("people/domains/<int:pk>/forbid", joining.forbid, name="domain_forbid"),
    path("people/approvals", joining.approvals, name="approvals"),
    path("people/approvals/<int:pk>/approve", joining.approve, name="approve"),
    path("people/approvals/<int:pk>/decline", joining.decline, name="decline"),
    path("people/appointments/<int:pk>/confirm", joining.confirm, name="appointment_confirm"),
    re_path(r"^people/(?P<public_id>[0-9a-z]{12})$", reading.person, name="person"),
    path("people/<slug:public_id>/duties/<slug:kind>", joining.duty, name="duty"),
    path("people/<slug:public_id>/way-back", returning.way_back, name="way_back"),
    re_path(r"^portraits/(?P<name>[0-9a-zA-Z_]{4,60}\.(?:jpg|png|webp))$", reading.portrait, name="portrait"),
]
