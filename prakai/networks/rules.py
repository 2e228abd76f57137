"""May she? for networks: pure, with reasons."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.kernel.verdicts import YES, Verdict, no
from prakai.networks.models import Membership, Network, Stewardship
from prakai.people.models import DutyKind, Person
from prakai.people.rules import SIGN_IN_FIRST, may_confirm_in
from prakai.units.models import Unit

WAITS = no(pgettext_lazy("network refusal", "Your membership waits for a steward."))
RESTS = no(
    pgettext_lazy("network refusal", "This network rests; what it has stays, and nothing new begins."),
    pgettext_lazy("network refusal", "One of its stewards can wake it."),
)


def looks_after(person: Person | None, network: Network) -> bool:
    """Return whether ``person`` is one of the network's own stewards or coordinators now."""
    if person is None or not person.is_authenticated or not person.is_active:
        return False
    return Stewardship.objects.standing().filter(network=network, person=person).exists()


def belongs(person: Person | None, network: Network) -> bool:
    """Return whether ``person`` belongs to the network: ``Network.objects.belonging_to``, for one."""
    return Network.objects.belonging_to(person).filter(pk=network.pk).exists()


def may_read(reader: Person | None, network: Network) -> Verdict:
    """May ``reader`` open the network's page? Anybody, as ``visible_to`` says; who its people are, members see."""
    return YES


def may_found(person: Person | None) -> Verdict:
    """May ``person`` found a network? Stewards and facilitators of the place: an empty network helps nobody."""
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    if not person.is_active:
        return WAITS
    if person.is_steward or DutyKind.FACILITATOR in person.duties_held:
        return YES
    return no(
        pgettext_lazy("network refusal", "A network is founded by a steward or a facilitator of this place."),
        pgettext_lazy(
            "network refusal", "Tell one of them which work you would like to make better, with whom."
        ),
    )


def may_look_after(person: Person | None, network: Network) -> Verdict:
    """May ``person`` change the network, its charter, its members? Its own stewards, and stewards of the place."""
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    if not person.is_active:
        return WAITS
    if person.is_steward or looks_after(person, network):
        return YES
    return no(
        pgettext_lazy("network refusal", "Only those who look after this network can do that."),
        pgettext_lazy("network refusal", "Their names stand on its page: tell them what you have in mind."),
    )


def may_invite(person: Person | None, network: Network) -> Verdict:
    """May ``person`` say yes for the network to a new member? Who looks after it, while it does not rest."""
    if not (verdict := may_look_after(person, network)):
        return verdict
    return RESTS if network.rested_at is not None else YES


def works_in(person: Person, unit: Unit) -> bool:
    """Return whether ``person`` has a confirmed appointment in ``unit`` itself today."""
    held = person.appointments.holding(timezone.localdate()).confirmed()
    return person.is_active and held.filter(unit=unit).exists()


def speaks_for(person: Person, unit: Unit) -> bool:
    """Return whether ``person`` may say yes and no for ``unit``: who works in it itself, leads it, or is a steward."""
    return works_in(person, unit) or (person.is_active and bool(may_confirm_in(person, unit)))


def may_join(person: Person | None, network: Network, unit: Unit | None = None) -> Verdict:
    """May ``person`` say that she, or ``unit``, would like to belong? For a unit that exists, who speaks for it."""
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    if not person.is_active:
        return WAITS
    if network.rested_at is not None:
        return RESTS
    if unit is None:
        return YES
    if unit.valid_to is not None and unit.valid_to < timezone.localdate():
        return no(
            pgettext_lazy("network refusal", "This unit has ended."),
            pgettext_lazy("network refusal", "Choose the unit that came after it."),
        )
    if speaks_for(person, unit):
        return YES
    return no(
        pgettext_lazy("network refusal", "Somebody who works in the unit says yes for it."),
        pgettext_lazy("network refusal", "Ask a colleague there, or join for yourself."),
    )


def may_answer(person: Person | None, membership: Membership) -> Verdict:
    """May ``person`` say yes to what waits? The side that was asked: who looks after the network, or the member."""
    network = membership.network
    if membership.invited_at is None:
        return may_invite(person, network)
    if membership.unit is None and person is not None and person.pk != membership.person_id:
        return no(pgettext_lazy("network refusal", "Only who is invited says yes."))
    return may_join(person, network, membership.unit)


def may_end_membership(person: Person | None, membership: Membership) -> Verdict:
    """May ``person`` end this membership, or decline it? The member's side, and who looks after the network."""
    if may_look_after(person, membership.network):
        return YES
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    if membership.person_id == person.pk:
        return YES
    if membership.unit is not None and speaks_for(person, membership.unit):
        return YES
    return no(
        pgettext_lazy("network refusal", "Only the member itself and those who look after the network can.")
    )


def may_give_care(by: Person | None, network: Network, person: Person) -> Verdict:
    """May ``by`` let ``person`` look after the network? Who does so now; for somebody who takes part here."""
    if not (verdict := may_look_after(by, network)):
        return verdict
    if not person.is_active or person.erased_at is not None:
        return no(pgettext_lazy("network refusal", "This person does not take part now."))
    return YES


def may_end_care(by: Person | None, stewardship: Stewardship) -> Verdict:
    """May ``by`` end it? Who looks after the network, and she herself; not when nobody would be left."""
    if not (verdict := may_look_after(by, stewardship.network)):
        return verdict
    others = Stewardship.objects.standing().filter(network=stewardship.network_id, person__is_active=True)
    if others.exclude(pk=stewardship.pk).exists():
        return YES
    return no(
        pgettext_lazy("network refusal", "Somebody has to look after this network."),
        pgettext_lazy("network refusal", "Hand it to somebody else first."),
    )
