"""What can happen in people, by verb."""

from prakai.people.actions.appointing import (
    appoint,
    change_appointment,
    confirm_appointment,
    drop_appointment,
    end_appointment,
    end_duty,
    give_duty,
)
from prakai.people.actions.consenting import give_consent, withdraw_consent
from prakai.people.actions.entrusting import entrust_place
from prakai.people.actions.erasing import erase_person
from prakai.people.actions.inviting import allow_domain, forbid_domain, invite, revoke_invitation
from prakai.people.actions.joining import approve_person, decline_person, join, vouch_by_address
from prakai.people.actions.profile import change_portrait, change_preferences, change_profile
from prakai.people.actions.returning import change_address, come_back, end_sessions, give_way_back

__all__ = [
    "allow_domain",
    "appoint",
    "approve_person",
    "change_address",
    "change_appointment",
    "change_portrait",
    "change_preferences",
    "change_profile",
    "come_back",
    "confirm_appointment",
    "decline_person",
    "drop_appointment",
    "end_appointment",
    "end_duty",
    "end_sessions",
    "entrust_place",
    "erase_person",
    "forbid_domain",
    "give_consent",
    "give_duty",
    "give_way_back",
    "invite",
    "join",
    "revoke_invitation",
    "vouch_by_address",
    "withdraw_consent",
]
