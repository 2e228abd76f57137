"""Tables of people, one noun a file."""

from prakai.people.models.appointments import Appointment
from prakai.people.models.audiences import Audience, readable_by
from prakai.people.models.consents import Consent, ConsentKind
from prakai.people.models.joining import Approval, EmailDomain, Invitation, Joining
from prakai.people.models.persons import Duty, DutyKind, Person, PersonQuerySet

__all__ = [
    "Appointment",
    "Approval",
    "Audience",
    "Consent",
    "ConsentKind",
    "Duty",
    "DutyKind",
    "EmailDomain",
    "Invitation",
    "Joining",
    "Person",
    "PersonQuerySet",
    "readable_by",
]
