"""May she? for the wall of sparks: pure, with reasons.

While a wall is open, the forum's code is the key: who is in the hall and types it reads the wall and throws sparks,
with an account or without.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from django.utils.translation import pgettext_lazy

from prakai.forums import rules
from prakai.forums.models import Forum, Spark, Wall
from prakai.kernel.verdicts import YES, Verdict, no
from prakai.people.models import Person
from prakai.people.rules import SIGN_IN_FIRST

MOST_LETTERS: Final = 240
"""Letters of a spark, as a reader counts them."""
MOST_OF_A_NAME: Final = 80


def token_hash(client_id: str, token: str) -> str:
    """Return what is kept of a phone's ``token`` beside one spark: two sparks of one phone have nothing in common."""
    return hashlib.sha256(f"{client_id}:{token}".encode()).hexdigest() if token else ""


def is_from_phone(spark: Spark, token: str) -> bool:
    """Return whether the phone that keeps ``token`` threw this spark."""
    return bool(token and spark.token_hash) and hmac.compare_digest(
        spark.token_hash, token_hash(spark.client_id, token)
    )


def may_see_wall(reader: Person | None, forum: Forum) -> Verdict:
    """May ``reader``, who has the code, see the wall? Everybody while it is open; later, who may read the forum."""
    wall = wall_of(forum)
    if wall is not None and wall.is_open and forum.cancelled_at is None and forum.closed_at is None:
        return YES
    return rules.may_read(reader, forum)


def may_throw(person: Person | None, forum: Forum) -> Verdict:
    """May somebody (``person``, or a visitor who has the code) throw a spark now? While the wall is open."""
    wall = wall_of(forum)
    if forum.cancelled_at is not None:
        return no(pgettext_lazy("spark refusal", "This forum is cancelled."))
    if wall is None or wall.opened_at is None:
        return no(
            pgettext_lazy("spark refusal", "The wall of this forum is not open yet."),
            pgettext_lazy("spark refusal", "Your words stay on this page: try again when the host opens it."),
        )
    if not wall.is_open or forum.closed_at is not None:
        return no(
            pgettext_lazy("spark refusal", "The wall is closed; thank you for every spark."),
            pgettext_lazy(
                "spark refusal", "Your words stay on this page: copy them, or tell them to the host."
            ),
        )
    return YES


def may_echo(person: Person | None, spark: Spark) -> Verdict:
    """May a phone say "same here" to this spark? While the wall is open and the spark is on it."""
    if not (verdict := may_throw(person, spark.forum)):
        return verdict
    return YES if is_shown(spark) else GONE


def may_keep_wall(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` freeze the wall, pin, group, hide and let in? Who prepares the forum."""
    return rules.may_prepare(person, forum)


def may_open_wall(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` open the wall? Who prepares the forum, when it was announced and is not over."""
    if not (verdict := rules.may_change(person, forum)):
        return verdict
    if forum.announced_at is None:
        return no(
            pgettext_lazy("spark refusal", "This forum is not announced yet."),
            pgettext_lazy("spark refusal", "Announce it first; then its code lets people in."),
        )
    if forum.cancelled_at is not None:
        return no(pgettext_lazy("spark refusal", "This forum is cancelled."))
    return YES


def may_withdraw_spark(person: Person | None, spark: Spark, token: str) -> Verdict:
    """May this spark be taken back? By its author: the phone that threw it, or the person who signed or claimed it."""
    if is_from_phone(spark, token) or is_by(person, spark):
        return YES
    return no(
        pgettext_lazy("spark refusal", "Only the phone that threw this spark can take it back."),
        pgettext_lazy("spark refusal", "Ask the host to take it off the wall."),
    )


def may_claim(person: Person | None, spark: Spark, token: str) -> Verdict:
    """May ``person`` say that this spark is hers? With the token that her phone keeps, once."""
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    if not person.is_active:
        return rules.WAITS
    if spark.withdrawn_at is not None:
        return GONE
    if is_by(person, spark):
        return YES
    if spark.person_id is not None or not is_from_phone(spark, token):
        return no(
            pgettext_lazy("spark refusal", "A spark can only be claimed from the phone that threw it."),
            pgettext_lazy("spark refusal", "Open this page on that phone, and sign in there."),
        )
    return YES


def is_by(person: Person | None, spark: Spark) -> bool:
    """Return whether ``person`` signed or claimed this spark."""
    return person is not None and person.is_authenticated and spark.person_id == person.pk


def is_shown(spark: Spark) -> bool:
    """Return whether the spark is on the wall."""
    return spark.held_at is None and spark.hidden_at is None and spark.withdrawn_at is None


def wall_of(forum: Forum) -> Wall | None:
    """Return the forum's wall; ``None`` until it was opened for the first time."""
    return getattr(forum, "wall", None)


GONE = no(
    pgettext_lazy("spark refusal", "This spark is not on the wall now."),
    pgettext_lazy("spark refusal", "Choose another one."),
)
