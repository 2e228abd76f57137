"""Inviting: links that let people join, and e-mail domains that may."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people import rules
from prakai.people.actions.wording import in_words
from prakai.people.models import EmailDomain, Invitation, Person
from prakai.units.models import Unit

MOST_USES: Final = 500
_DOMAIN: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


@transaction.atomic
def invite(
    *,
    by: Person,
    unit: Unit | None = None,
    note: str = "",
    most_uses: int = 1,
    expires_at: datetime | None = None,
    at: datetime | None = None,
) -> Invitation:
    """Make a link by which ``most_uses`` people may join until ``expires_at``; who does belongs to ``unit``."""
    rules.may_invite(by).or_refuse()
    if not 1 <= most_uses <= MOST_USES:
        raise ValidationError(
            {"most_uses": pgettext("people error", "An invitation is for one to five hundred people.")}
        )
    now = at or timezone.now()
    if expires_at is not None and expires_at <= now:
        raise ValidationError({"expires_at": pgettext("people error", "This moment has passed already.")})
    invitation = Invitation.objects.create(
        by=by,
        unit=unit,
        note=in_words(note, most=200),
        most_uses=most_uses,
        expires_at=expires_at,
        created_at=now,
    )
    record("invitation.made", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Person, at: datetime | None = None) -> Invitation:
    """Take the link back; who joined by it stays."""
    rules.may_revoke_invitation(by, invitation).or_refuse()
    invitation.revoked_at = at or timezone.now()
    invitation.save(update_fields=["revoked_at"])
    record("invitation.revoked", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def allow_domain(
    domain: str, *, by: Person, unit: Unit | None = None, at: datetime | None = None
) -> EmailDomain:
    """Let addresses of ``domain`` and of what is beneath it join by themselves; naming it again changes the unit."""
    rules.may_look_after_joining(by).or_refuse()
    name = domain.strip().lower().removeprefix("@").removeprefix("*.")
    if len(name) > 200 or not _DOMAIN.fullmatch(name):
        raise ValidationError(
            {"domain": pgettext("people error", "This is not a domain. Write it like moph.go.th.")}
        )
    row, _ = EmailDomain.objects.update_or_create(domain=name, defaults={"unit": unit, "by": by})
    record("domain.allowed", row, by=by, at=at, domain=name)
    return row


@transaction.atomic
def forbid_domain(row: EmailDomain, *, by: Person, at: datetime | None = None) -> None:
    """Take the domain off the list; who joined by it stays."""
    rules.may_look_after_joining(by).or_refuse()
    record("domain.forbidden", row, by=by, at=at, domain=row.domain)
    row.delete()
