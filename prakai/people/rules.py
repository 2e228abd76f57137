"""May she? for people: pure, with reasons."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from prakai.kernel.verdicts import YES, Verdict, no
from prakai.people.models import Appointment, Approval, DutyKind, Invitation, Joining, Person
from prakai.units.models import Unit

STEWARDS_DO = pgettext_lazy("people refusal", "Only stewards of the network do this.")
ASK_A_STEWARD = pgettext_lazy("people refusal", "Please ask a steward; the list of people shows them.")
ONLY_HERSELF = pgettext_lazy("people refusal", "Only the person herself decides this.")
SIGN_IN = pgettext_lazy("people refusal", "Please sign in first.")
SIGN_IN_FIRST = no(pgettext_lazy("people refusal", "Please sign in first; what you have written is kept."))


def may_read(reader: Person | None, person: Person) -> Verdict:
    """May ``reader`` open the page of ``person``? The rule of ``Person.objects.visible_to``, for one row."""
    if person.erased_at is not None:
        return no(pgettext_lazy("people refusal", "This person has left."))
    if reader is not None and reader.is_authenticated:
        if person.is_active or reader.is_steward:
            return YES
        return no(pgettext_lazy("people refusal", "This person does not take part now."))
    if person.is_active and person.is_listed:
        return YES
    return no(pgettext_lazy("people refusal", "This page is for members."), SIGN_IN)


def may_join(
    mode: str, *, invitation: Invitation | None = None, is_known_domain: bool = False, is_named: bool = True
) -> Verdict:
    """May somebody join in this ``mode``, with this invitation, with an address of a known domain?

    ``is_named`` false asks before the address is known, to show or to hide the form.
    """
    if invitation is not None:
        if invitation.is_open():
            return YES
        return no(
            pgettext_lazy("people refusal", "This invitation is used up or no longer holds."),
            pgettext_lazy("people refusal", "Please ask the person who gave it to you for a new one."),
        )
    if mode in (Joining.OPEN, Joining.APPROVAL):
        return YES
    if mode == Joining.DOMAIN:
        if is_known_domain or not is_named:
            return YES
        return no(
            pgettext_lazy("people refusal", "Addresses of this domain cannot join by themselves."),
            pgettext_lazy(
                "people refusal", "Please use the e-mail of your work, or ask a member for an invitation."
            ),
        )
    return no(
        pgettext_lazy("people refusal", "One joins here by invitation."),
        pgettext_lazy("people refusal", "Please ask somebody who is already here for a link."),
    )


def may_look_after_joining(person: Person | None) -> Verdict:
    """May ``person`` invite, let in, and name domains?"""
    return YES if person is not None and person.is_steward else no(STEWARDS_DO, ASK_A_STEWARD)


def may_invite(person: Person | None) -> Verdict:
    """May ``person`` make invitation links?"""
    return may_look_after_joining(person)


def may_revoke_invitation(person: Person | None, invitation: Invitation) -> Verdict:
    """May ``person`` take this invitation back? Who made it, and stewards."""
    if invitation.revoked_at is not None:
        return no(pgettext_lazy("people refusal", "This invitation has been taken back already."))
    if person is not None and person.pk == invitation.by_id:
        return YES
    return may_look_after_joining(person)


def may_decide(person: Person | None, approval: Approval) -> Verdict:
    """May ``person`` let in or decline who asked? A steward; a declined request may be taken up again."""
    if approval.approved:
        return no(pgettext_lazy("people refusal", "This person has been let in already."))
    if approval.person.erased_at is not None:
        return no(pgettext_lazy("people refusal", "This person has left."))
    return may_look_after_joining(person)


def heads(person: Person, unit: Unit) -> bool:
    """Return whether ``person`` leads ``unit`` today, or a unit above it."""
    return any(
        appointment.holds() and appointment.unit_id in unit.ancestor_ids()
        for appointment in person.appointments.confirmed().filter(is_head=True)
    )


def may_confirm_in(person: Person | None, unit: Unit) -> Verdict:
    """May ``person`` say who really works in ``unit``? Those who lead it, and stewards."""
    if person is not None and person.is_active and (person.is_steward or heads(person, unit)):
        return YES
    return no(
        pgettext_lazy("people refusal", "The unit's own heads and the stewards confirm who works there."),
        ASK_A_STEWARD,
    )


def may_appoint(by: Person | None, person: Person, unit: Unit, *, is_head: bool = False) -> Verdict:
    """May ``by`` say that ``person`` holds a position in ``unit``? Anybody for herself, not as head."""
    if person.erased_at is not None:
        return no(pgettext_lazy("people refusal", "This person has left."))
    if by is not None and by.pk == person.pk and not is_head:
        return YES
    if is_head and not (by is not None and by.is_steward):
        return no(pgettext_lazy("people refusal", "Stewards say who leads a unit."), ASK_A_STEWARD)
    return may_confirm_in(by, unit)


def may_end_appointment(by: Person | None, appointment: Appointment) -> Verdict:
    """May ``by`` end or correct this appointment?"""
    if by is not None and by.pk == appointment.person_id:
        return YES
    return may_confirm_in(by, appointment.unit)


def may_give_duty(by: Person | None, person: Person) -> Verdict:
    """May ``by`` give ``person`` a duty for the whole place?"""
    if not person.is_active or person.erased_at is not None:
        return no(pgettext_lazy("people refusal", "This person does not take part now."))
    return may_look_after_joining(by)


def may_be_entrusted(by: Person | None, person: Person) -> Verdict:
    """May the command line make ``person`` a steward? Whoever takes part; somebody signed in needs to be one."""
    if by is not None:
        return may_give_duty(by, person)
    if not person.is_active or person.erased_at is not None:
        return no(pgettext_lazy("people refusal", "This person does not take part now."))
    return YES


def may_end_duty(by: Person | None, person: Person, kind: str) -> Verdict:
    """May ``by`` end this duty of ``person``? Herself or a steward; not when nobody would be left."""
    if kind == DutyKind.STEWARD and is_last_steward(person):
        return no(
            pgettext_lazy("people refusal", "Somebody has to look after this place."),
            pgettext_lazy("people refusal", "Please make somebody else a steward first."),
        )
    if by is not None and by.pk == person.pk:
        return YES
    return may_look_after_joining(by)


def is_last_steward(person: Person) -> bool:
    """Return whether ``person`` is a steward and nobody else is."""
    if not person.is_steward:
        return False
    others = Person.objects.present().exclude(pk=person.pk)
    by_duty = others.filter(duties__kind=DutyKind.STEWARD, duties__ended_at__isnull=True)
    return not by_duty.exists() and not others.filter(is_superuser=True).exists()


def may_change_profile(by: Person | None, person: Person) -> Verdict:
    """May ``by`` change what ``person`` says of herself? She; a steward for those without an account."""
    if person.erased_at is not None:
        return no(pgettext_lazy("people refusal", "This person has left."))
    if by is not None and (by.pk == person.pk or (by.is_steward and person.email is None)):
        return YES
    return no(ONLY_HERSELF)


def may_decide_for(by: Person | None, person: Person) -> Verdict:
    """May ``by`` set preferences and consents of ``person``? Nobody but herself."""
    if by is not None and by.pk == person.pk and person.erased_at is None:
        return YES
    return no(ONLY_HERSELF)


def may_withdraw_consent(by: Person | None, person: Person, kind: str) -> Verdict:
    """May ``by`` take this consent back? The terms end with the account."""
    if kind == "terms":
        return no(
            pgettext_lazy("people refusal", "Nobody can take part without the terms."),
            pgettext_lazy("people refusal", "If you no longer agree, you can delete your account."),
        )
    return may_decide_for(by, person)


def may_erase(by: Person | None, person: Person) -> Verdict:
    """May ``by`` delete the account of ``person``? Herself; a steward for somebody who asked, no steward."""
    if person.erased_at is not None:
        return no(pgettext_lazy("people refusal", "This person has left."))
    if is_last_steward(person):
        return no(
            pgettext_lazy("people refusal", "Somebody has to look after this place."),
            pgettext_lazy("people refusal", "Please make somebody else a steward first."),
        )
    if by is not None and by.pk == person.pk:
        return YES
    if by is not None and by.is_steward and not person.is_steward:
        return YES
    return no(ONLY_HERSELF)


def may_give_way_back(by: Person | None, person: Person, *, letters_leave: bool) -> Verdict:
    """May ``by`` make a link by which ``person`` chooses a new password? The command line; a steward without letters.

    Who makes it could use it herself: so no steward makes one for somebody with a duty, or where a letter would do.
    """
    if not person.is_active or person.erased_at is not None:
        return no(pgettext_lazy("people refusal", "This person does not take part now."))
    if person.email is None:
        return no(pgettext_lazy("people refusal", "This person is named here, but has no account."))
    if by is None:
        return YES
    if not (verdict := may_look_after_joining(by)):
        return verdict
    if by.pk == person.pk:
        return no(pgettext_lazy("people refusal", "You choose your own new password in your settings."))
    if letters_leave:
        return no(
            pgettext_lazy("people refusal", "Letters are sent from here."),
            pgettext_lazy("people refusal", "“Forgot your password?” beside the sign-in sends her one."),
        )
    if person.is_superuser or person.duties_held:
        return no(
            pgettext_lazy("people refusal", "This person has a duty here."),
            pgettext_lazy("people refusal", "Whoever runs this place makes the link: prakai newpassword."),
        )
    return YES


def may_see_data(by: Person | None, person: Person) -> Verdict:
    """May ``by`` see and take all that is kept about ``person``? Nobody but herself."""
    return may_decide_for(by, person)
