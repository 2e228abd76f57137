"""May she? for forums: pure, with reasons."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.forums.models import (
    PREPARES,
    Forum,
    ForumAudience,
    Participant,
    Role,
    RoleKind,
    WalkIns,
)
from prakai.forums.tokens import opens_seat
from prakai.kernel.verdicts import YES, Verdict, no
from prakai.networks.models import Network
from prakai.networks.rules import RESTS, belongs
from prakai.people.models import DutyKind, Person
from prakai.people.models.audiences import includes
from prakai.people.rules import SIGN_IN_FIRST
from prakai.units.models import Unit

WAITS = no(pgettext_lazy("forum refusal", "Your membership waits for a steward."))


def has_role(person: Person | None, forum: Forum, *kinds: str) -> bool:
    """Return whether ``person`` has one of these roles at ``forum`` now (any if none is named)."""
    if person is None or not person.is_authenticated:
        return False
    held = Role.objects.filter(forum=forum, person=person, ended_at__isnull=True)
    return (held.filter(kind__in=kinds) if kinds else held).exists()


def may_read(reader: Person | None, forum: Forum) -> Verdict:
    """May ``reader`` open this forum's page? The rule of ``Forum.objects.visible_to``, for one row."""
    if reader is not None and (reader.is_steward or has_role(reader, forum)):
        return YES
    if forum.announced_at is None:
        return no(pgettext_lazy("forum refusal", "This forum is not announced yet."))
    if _is_for(reader, forum):
        return YES
    if reader is not None and Participant.objects.coming().filter(forum=forum, person=reader).exists():
        return YES
    return no(
        pgettext_lazy("forum refusal", "This forum is for a smaller circle."),
        pgettext_lazy("forum refusal", "Sign in, or ask those who prepare it."),
    )


def _is_for(reader: Person | None, forum: Forum) -> bool:
    """Return whether the forum's audience includes ``reader``: ``read_by`` of the models, for one."""
    if forum.audience == ForumAudience.NETWORK:
        return forum.network is not None and belongs(reader, forum.network)
    return includes(reader, forum.audience, forum.unit_id)


def may_found(person: Person | None, owner: Unit | Network) -> Verdict:
    """May ``person`` prepare a forum of this unit or network? Who belongs to it, facilitators, and stewards."""
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    if not person.is_active:
        return WAITS
    if isinstance(owner, Network):
        return _may_found_in(person, owner)
    if person.is_steward or DutyKind.FACILITATOR in person.duties_held or owner.pk in person.unit_circle:
        return YES
    return no(
        pgettext_lazy("forum refusal", "A forum is prepared by somebody of the unit, or a facilitator."),
        pgettext_lazy("forum refusal", "Choose a unit of yours, or ask a steward."),
    )


def _may_found_in(person: Person, network: Network) -> Verdict:
    if network.rested_at is not None:
        return RESTS
    if person.is_steward or DutyKind.FACILITATOR in person.duties_held or belongs(person, network):
        return YES
    return no(
        pgettext_lazy("forum refusal", "A forum of a network is prepared by somebody who belongs to it."),
        pgettext_lazy("forum refusal", "Join the network first, or ask who looks after it."),
    )


def may_report(person: Person | None, unit: Unit) -> Verdict:
    """May ``person`` fill the knowledge report of ``unit``? Who may prepare a forum of it.

    What stands in it she may read elsewhere, too; but numbers of a unit, laid side by side by strangers, become a
    league: so the report is for those who answer for the unit's knowledge.
    """
    if verdict := may_found(person, unit):
        return verdict
    if person is None or not person.is_active:
        return verdict
    return no(
        pgettext_lazy("forum refusal", "The knowledge report is for those who belong to the unit."),
        pgettext_lazy("forum refusal", "What this unit tells everybody stands on its own page."),
    )


def may_prepare(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` change this forum, its agenda, its people? Sponsor, facilitators, coordinators; and stewards."""
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    if not person.is_active:
        return WAITS
    if person.is_steward or has_role(person, forum, *PREPARES):
        return YES
    return no(
        pgettext_lazy("forum refusal", "Only those who prepare this forum can do that."),
        pgettext_lazy("forum refusal", "Ask its coordinator to give you a role."),
    )


def may_record(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` write down what others say here? Its recorders, and who prepares it."""
    if has_role(person, forum, RoleKind.RECORDER) and person is not None and person.is_active:
        return YES
    return may_prepare(person, forum)


def may_change(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` change the plan now? Who prepares it, until it is closed."""
    if not (verdict := may_prepare(person, forum)):
        return verdict
    if forum.closed_at is not None:
        return no(
            pgettext_lazy("forum refusal", "The harvest of this forum is in; its plan stays as it was."),
            pgettext_lazy("forum refusal", "Open the forum again first, or make the next one from it."),
        )
    return YES


def may_announce(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` announce this forum? It needs a title, a purpose, and a day."""
    if not (verdict := may_change(person, forum)):
        return verdict
    if not forum.purpose.strip():
        return no(
            pgettext_lazy("forum refusal", "A forum needs a purpose first: which work shall become better?"),
            pgettext_lazy("forum refusal", "One sentence of those who do the work is enough."),
        )
    if forum.starts_at is None:
        return no(
            pgettext_lazy(
                "forum refusal", "A forum needs a day with an agenda before people can plan to come."
            )
        )
    return YES


def may_cancel(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` cancel this forum? Who prepares it, while it was announced and is not closed."""
    if not (verdict := may_change(person, forum)):
        return verdict
    if forum.announced_at is None:
        return no(pgettext_lazy("forum refusal", "This forum is not announced yet."))
    return YES


def may_register(person: Person | None, forum: Forum, now: datetime | None = None) -> Verdict:
    """May somebody register for this forum now (``person``, or a visitor who may read it)?"""
    moment = now or timezone.now()
    if not (verdict := may_read(person, forum)):
        return verdict
    if forum.announced_at is None:
        return no(pgettext_lazy("forum refusal", "This forum is not announced yet."))
    if forum.cancelled_at is not None:
        return no(pgettext_lazy("forum refusal", "This forum is cancelled."))
    if forum.closed_at is not None or (forum.ends_at is not None and forum.ends_at < moment):
        return no(pgettext_lazy("forum refusal", "This forum is over."))
    if forum.registration_until is not None and forum.registration_until < moment:
        return no(
            pgettext_lazy("forum refusal", "Registration has ended."),
            pgettext_lazy("forum refusal", "Ask those who prepare the forum whether there is still room."),
        )
    return YES


def may_close(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` bring in the harvest of this forum, or open it again? Who prepares it, once it has begun."""
    if not (verdict := may_prepare(person, forum)):
        return verdict
    if not forum.has_begun:
        return no(pgettext_lazy("forum refusal", "This forum has not begun yet."))
    return YES


def may_see_harvest(reader: Person | None, forum: Forum) -> Verdict:
    """May ``reader`` see what came of this forum? Who may read it, once it has begun; each sees what is hers to see."""
    if not (verdict := may_read(reader, forum)):
        return verdict
    if forum.cancelled_at is not None:
        return no(pgettext_lazy("forum refusal", "This forum is cancelled."))
    if not forum.has_begun and forum.closed_at is None:
        return no(pgettext_lazy("forum refusal", "This forum has not begun yet."))
    return YES


def may_give_role(by: Person | None, forum: Forum, person: Person) -> Verdict:
    """May ``by`` give ``person`` a role here? Who prepares it, to somebody who takes part in the place."""
    if not (verdict := may_change(by, forum)):
        return verdict
    if not person.is_active or person.erased_at is not None:
        return no(pgettext_lazy("forum refusal", "That person does not take part here now."))
    return YES


def may_end_role(by: Person | None, role: Role) -> Verdict:
    """May ``by`` end this role? Who holds it, and who prepares the forum; but somebody must go on preparing it."""
    is_own = by is not None and role.person_id == by.pk
    if not is_own and not (verdict := may_change(by, role.forum)):
        return verdict
    others = Role.objects.filter(forum=role.forum_id, kind__in=PREPARES, ended_at__isnull=True)
    if role.kind in PREPARES and not others.exclude(pk=role.pk).exists():
        return no(
            pgettext_lazy("forum refusal", "Somebody has to prepare this forum."),
            pgettext_lazy("forum refusal", "Give another person the role of coordinator first."),
        )
    return YES


def may_see_participant(reader: Person | None, participant: Participant) -> Verdict:
    """May ``reader`` see that this participant comes? The rule of ``Participant.objects.visible_to``, for one row."""
    if reader is not None and participant.person_id == reader.pk:
        return YES
    forum = participant.forum
    if participant.is_listed and participant.left_at is None and participant.seated_at is not None:
        return may_read(reader, forum)
    return may_prepare(reader, forum)


def may_enter(by: Person | None, forum: Forum) -> Verdict:
    """May ``by`` enter others, look after the list and the door? Who prepares, until it is closed or cancelled."""
    if not (verdict := may_change(by, forum)):
        return verdict
    if forum.cancelled_at is not None:
        return no(
            pgettext_lazy("forum refusal", "This forum is cancelled."),
            pgettext_lazy("forum refusal", "Bring it back first; all registrations are still there."),
        )
    return YES


def may_change_seat(by: Person | None, participant: Participant, *, token: str = "") -> Verdict:
    """May ``by`` change or give back this seat? She whose seat it is (or who holds its token), and who prepares."""
    own = (by is not None and participant.person_id == by.pk) or opens_seat(participant, token)
    if not own:
        return may_enter(by, participant.forum)
    if participant.forum.closed_at is not None:
        return no(pgettext_lazy("forum refusal", "This forum is over."))
    return YES


def may_leave(by: Person | None, participant: Participant, *, token: str = "") -> Verdict:
    """May ``by`` say that this participant will not come? As ``may_change_seat``, while she is not there."""
    if not (verdict := may_change_seat(by, participant, token=token)):
        return verdict
    if participant.arrived_at is not None and participant.left_at is None:
        return no(
            pgettext_lazy("forum refusal", "She is there already."),
            pgettext_lazy("forum refusal", "If that is a mistake, take the arrival back at the door first."),
        )
    return YES


def may_be_seated(forum: Forum, *, taken: int, is_known: bool) -> Verdict:
    """May somebody without a seat come in on the day, with ``taken`` seats held? As the forum's policy says.

    ``is_known``: she had registered. A free seat is hers then, whatever the policy says of strangers.
    """
    is_free = forum.seats is None or taken < forum.seats
    if forum.walk_ins == WalkIns.ALL or (is_free and (is_known or forum.walk_ins == WalkIns.SEATS)):
        return YES
    if forum.walk_ins == WalkIns.NONE and not is_known:
        return no(
            pgettext_lazy("forum refusal", "This forum lets in only who registered."),
            pgettext_lazy(
                "forum refusal", "Who prepares it can change that in what the forum says of itself."
            ),
        )
    return no(
        pgettext_lazy("forum refusal", "All seats are taken."),
        pgettext_lazy(
            "forum refusal", "Take somebody off the list who does not come, or add seats to the forum."
        ),
    )


def may_see_briefing(reader: Person | None, forum: Forum) -> Verdict:
    """May ``reader`` open what facilitators and recorders read the evening before? Who has a role, and stewards."""
    if reader is not None and reader.is_active and has_role(reader, forum):
        return YES
    return may_prepare(reader, forum)
