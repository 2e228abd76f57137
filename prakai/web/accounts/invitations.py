"""The invitation that a visitor came with: kept in the session between the link and the form."""

from __future__ import annotations

from django.http import HttpRequest

from prakai.people import queries
from prakai.people.models import Invitation

KEY = "invitation"


def keep_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Remember the invitation until the visitor has joined."""
    request.session[KEY] = invitation.token


def invitation_of(request: HttpRequest) -> Invitation | None:
    """Return the open invitation that this visitor came with."""
    token = request.session.get(KEY)
    invitation = queries.invitation_at(token) if token else None
    return invitation if invitation is not None and invitation.is_open() else None


def forget_invitation(request: HttpRequest) -> None:
    """Forget it, once it has served."""
    request.session.pop(KEY, None)
