"""What is kept about a person, room by room, as plain rows. Secrets (hashes, keys of codes) are named, never shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

from prakai.exchange.personal import accounts, belonging, gatherings, reviews, writings
from prakai.people import rules
from prakai.people.models import Person

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing that is kept: a key for files, a title for people, and the rows."""

    key: str
    title: _StrPromise
    rows: list[Row]


_SECTIONS: tuple[tuple[str, _StrPromise, Callable[[Person], list[Row]]], ...] = (
    ("profile", pgettext_lazy("personal data", "Profile and preferences"), accounts.profile),
    ("appointments", pgettext_lazy("personal data", "Positions in units"), accounts.appointments),
    ("duties", pgettext_lazy("personal data", "Duties for the network"), accounts.duties),
    ("consents", pgettext_lazy("personal data", "Consents"), accounts.consents),
    ("joining", pgettext_lazy("personal data", "Joining and invitations"), accounts.joining),
    ("addresses", pgettext_lazy("personal data", "E-mail addresses"), accounts.addresses),
    ("proofs", pgettext_lazy("personal data", "Passkeys, codes and other accounts"), accounts.proofs),
    ("sessions", pgettext_lazy("personal data", "Devices that are signed in"), accounts.sessions),
    ("notebooks", pgettext_lazy("personal data", "Notebooks"), writings.notebooks),
    ("notes", pgettext_lazy("personal data", "Notes"), writings.notes),
    ("revisions", pgettext_lazy("personal data", "Earlier versions of notes"), writings.revisions),
    ("drafts", pgettext_lazy("personal data", "Drafts"), writings.drafts),
    ("attachments", pgettext_lazy("personal data", "Pictures and files"), writings.attachments),
    ("comments", pgettext_lazy("personal data", "Comments"), writings.comments),
    ("appreciations_given", pgettext_lazy("personal data", "Appreciations given"), writings.given),
    ("appreciations_received", pgettext_lazy("personal data", "Appreciations received"), writings.received),
    ("reports", pgettext_lazy("personal data", "Reports made"), writings.reports),
    ("notices", pgettext_lazy("personal data", "Notices"), writings.notices),
    ("searches", pgettext_lazy("personal data", "Saved searches"), writings.searches),
    ("networks", pgettext_lazy("personal data", "Networks that you belong to"), belonging.memberships),
    ("network_care", pgettext_lazy("personal data", "Networks that you look after"), belonging.cares),
    ("charters", pgettext_lazy("personal data", "Charters of networks that you wrote"), belonging.charters),
    ("forum_seats", pgettext_lazy("personal data", "Forums that you registered for"), gatherings.seats),
    ("forum_roles", pgettext_lazy("personal data", "Roles at forums"), gatherings.roles),
    ("forum_circles", pgettext_lazy("personal data", "Circles at forums"), gatherings.circles),
    ("forum_wishes", pgettext_lazy("personal data", "Needs noted for circles"), gatherings.wishes),
    ("forum_before", pgettext_lazy("personal data", "Reviews before the day"), gatherings.before),
    ("forum_stories", pgettext_lazy("personal data", "Stories told at forums"), gatherings.stories),
    ("forum_growths", pgettext_lazy("personal data", "Asked to let grow into notes"), gatherings.growths),
    ("forum_sparks", pgettext_lazy("personal data", "Sparks"), gatherings.sparks),
    ("review_answers", pgettext_lazy("personal data", "Answers in reviews of forums"), reviews.answers),
    ("promises", pgettext_lazy("personal data", "Promises to oneself"), reviews.promises),
    ("journal", pgettext_lazy("personal data", "What the journal says of what you did"), accounts.journal),
)


def everything_about(person: Person, *, by: Person) -> list[Section]:
    """Return all sections, empty ones too: that nothing is kept is an answer. Only for the person herself."""
    rules.may_see_data(by, person).or_refuse()
    return [Section(key, title, read(person)) for key, title, read in _SECTIONS]
