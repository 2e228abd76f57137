"""What journal, people and sign-in keep about a person."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from prakai.journal.models import Entry
from prakai.people.models import Approval, Person

Row = dict[str, Any]

_PROFILE = (
    "public_id", "email", "title_th", "given_th", "family_th", "nickname_th", "given_en", "family_en", "about",
    "knows", "language", "era", "digits", "theme", "single_keys", "is_listed", "joined_at", "last_login",
)  # fmt: skip


def profile(person: Person) -> list[Row]:
    """Names, words, preferences."""
    return [
        {
            **{name: getattr(person, name) for name in _PROFILE},
            "portrait": person.portrait.name if person.portrait else "",
            "has_password": person.has_usable_password(),
        }
    ]


def appointments(person: Person) -> list[Row]:
    """Positions, of today and of old."""
    return [
        {
            "unit": row.unit.name_th,
            "position_th": row.position_th,
            "position_en": row.position_en,
            "is_head": row.is_head,
            "from_on": row.from_on,
            "until_on": row.until_on,
            "confirmed_at": row.confirmed_at,
        }
        for row in person.appointments.select_related("unit").newest_first()
    ]


def duties(person: Person) -> list[Row]:
    """Duties for the whole place."""
    return [
        {"kind": row.kind, "at": row.at, "ended_at": row.ended_at} for row in person.duties.order_by("at")
    ]


def consents(person: Person) -> list[Row]:
    """What was agreed to and taken back."""
    rows = person.consents.order_by("given_at").values("kind", "wording", "given_at", "withdrawn_at")
    return [dict(row) for row in rows]


def joining(person: Person) -> list[Row]:
    """The request to join, and invitations made."""
    asked: list[Row] = [
        {"kind": "approval", **row}
        for row in Approval.objects.filter(person=person).values(
            "asked_at", "because", "approved", "answer", "decided_at"
        )
    ]
    made: list[Row] = [
        {"kind": "invitation", **row}
        for row in person.invitations.order_by("created_at").values(
            "note", "most_uses", "uses", "created_at", "expires_at", "revoked_at"
        )
    ]
    return asked + made


def addresses(person: Person) -> list[Row]:
    """E-mail addresses that are or were being confirmed."""
    return list(
        EmailAddress.objects.filter(user=person).order_by("pk").values("email", "verified", "primary")
    )


def proofs(person: Person) -> list[Row]:
    """That a passkey, an app or another account exists; never what is secret in it."""
    own = [
        {
            "kind": row.type,
            "name": str(row) if row.type == "webauthn" else "",
            "created_at": row.created_at,
            "last_used_at": row.last_used_at,
        }
        for row in Authenticator.objects.filter(user=person).order_by("pk")
    ]
    others = [
        {"kind": "account", "name": row.provider, "uid": row.uid, "created_at": row.date_joined,
         "told": row.extra_data}
        for row in SocialAccount.objects.filter(user=person).order_by("pk")
    ]  # fmt: skip
    return own + others


def sessions(person: Person) -> list[Row]:
    """Devices that are signed in."""
    rows = UserSession.objects.filter(user=person).order_by("created_at")
    return list(rows.values("created_at", "last_seen_at", "ip", "user_agent"))


def journal(person: Person) -> list[Row]:
    """The lines of the journal of which she is the actor."""
    rows = Entry.objects.filter(by_id=person.pk).order_by("pk")
    return [dict(row) for row in rows.values("at", "verb", "thing_kind", "thing_id", "facts")]
