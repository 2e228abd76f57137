"""Sparks as their authors see them: throw, echo, claim, take back."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import spark_rules
from prakai.forums.models import Echo, Forum, Participant, Spark, Wall
from prakai.journal.recording import record
from prakai.kernel.pictures import CleanPicture
from prakai.kernel.typed import line, paragraphs
from prakai.people.models import Person

_CLIENT_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{7,35}", re.ASCII)


@transaction.atomic
def throw_spark(
    forum: Forum,
    *,
    by: Person | None,
    client_id: str,
    words: str,
    picture: CleanPicture | None = None,
    name: str = "",
    token: str = "",
    builds_on: Spark | None = None,
    at: datetime | None = None,
) -> Spark:
    """Put a spark on the wall and return it: exactly once for each ``client_id``, whatever is sent again.

    Without ``name`` it is nobody's: not even ``by`` is kept, and only the phone's ``token`` can claim it later. A
    member who signs does so with her own name. What it builds on and is not on the wall any more is left out, and the
    words are kept. Where the wall is frozen or guarded, the spark waits.
    """
    if not _CLIENT_ID.fullmatch(client_id):
        raise ValidationError({"client_id": pgettext("spark error", "This spark has no number of its own.")})
    if (sent := Spark.objects.filter(forum=forum, client_id=client_id).first()) is not None:
        return sent
    forum.wall = Wall.objects.select_for_update().filter(forum=forum).first()
    spark_rules.may_throw(by, forum).or_refuse()
    said = paragraphs(words, most=spark_rules.MOST_LETTERS, field="words")
    if not said and picture is None:
        raise ValidationError(
            {"words": pgettext("spark error", "Please write a few words, or add a picture.")}
        )
    moment = at or timezone.now()
    spark = Spark(
        forum=forum,
        client_id=client_id,
        token_hash=spark_rules.token_hash(client_id, token),
        words=said,
        builds_on=_standing(builds_on, forum),
        at=moment,
        is_demo=forum.is_demo,
        held_at=moment if forum.wall.is_held or forum.wall.frozen_at is not None else None,
    )
    _sign(spark, by, line(name, most=spark_rules.MOST_OF_A_NAME, field="name"))
    return _kept(spark, by=by if spark.name else None, picture=picture, at=at)


@transaction.atomic
def echo_spark(
    spark: Spark, *, by: Person | None, token: str, at: datetime | None = None
) -> tuple[Echo, bool]:
    """Say "same here" to a spark, once from each phone; return it, and whether it is new. Nobody keeps who it was."""
    if not token:
        raise ValidationError(
            pgettext("spark error", "This phone is not known yet. Please open the wall again.")
        )
    spark.refresh_from_db()
    spark_rules.may_echo(by, spark).or_refuse()
    phone = hashlib.sha256(f"{spark.public_id}:{token}".encode()).hexdigest()
    echo, is_new = Echo.objects.get_or_create(spark=spark, phone=phone, defaults={"at": at or timezone.now()})
    if is_new:
        record("spark.echoed", spark, by=None, at=at, forum=spark.forum_id)
    return echo, is_new


@transaction.atomic
def claim_spark(
    spark: Spark, *, by: Person, token: str, is_named: bool = True, at: datetime | None = None
) -> Spark:
    """Say that an unnamed spark is mine, by the token that my phone keeps; ``is_named`` also shows my name beside it.

    Unnamed, only its author finds it again, and nobody else is told.
    """
    spark.refresh_from_db(from_queryset=Spark.objects.select_for_update())
    spark_rules.may_claim(by, spark, token).or_refuse()
    name = by.display_name[:120] if is_named else spark.name
    if spark.person_id == by.pk and spark.name == name:
        return spark
    spark.person, spark.name = by, name
    spark.participant = _seat_of(by, spark.forum) if name else None
    spark.claimed_at = at or timezone.now()
    spark.save(update_fields=["person", "name", "participant", "claimed_at"])
    record("spark.claimed", spark, by=by if name else None, at=at, forum=spark.forum_id)
    return spark


@transaction.atomic
def withdraw_spark(spark: Spark, *, by: Person | None, token: str = "", at: datetime | None = None) -> Spark:
    """Take a spark back, from the phone that threw it or by who signed it: words, picture and name are gone for good.

    Its row stays, so that a copy that was still on its way does not come again.
    """
    spark.refresh_from_db(from_queryset=Spark.objects.select_for_update())
    spark_rules.may_withdraw_spark(by, spark, token).or_refuse()
    if spark.withdrawn_at is not None:
        return spark
    was_named, picture = bool(spark.name), spark.picture.name
    spark.withdrawn_at = at or timezone.now()
    spark.words, spark.name, spark.picture, spark.participant = "", "", "", None
    spark.pinned_at = spark.group = None
    spark.save()
    if picture:
        store = Spark._meta.get_field("picture").storage
        transaction.on_commit(lambda: store.delete(picture))
    record("spark.withdrawn", spark, by=by if was_named else None, at=at, forum=spark.forum_id)
    return spark


def _kept(spark: Spark, *, by: Person | None, picture: CleanPicture | None, at: datetime | None) -> Spark:
    """Save the spark and record it; when the same one came first while this was on its way, return that one."""
    if picture is not None:
        spark.picture.save(f"{spark.public_id}{picture.ending}", ContentFile(picture.bytes), save=False)
    try:
        with transaction.atomic():
            spark.save(force_insert=True)
    except IntegrityError:
        first = Spark.objects.filter(forum=spark.forum_id, client_id=spark.client_id).first()
        if spark.picture.name:
            spark.picture.storage.delete(spark.picture.name)
        if first is None:
            raise
        return first
    held = {"held": 1} if spark.held_at is not None else {}
    record("spark.thrown", spark, by=by, at=at, forum=spark.forum_id, **held)
    return spark


def _sign(spark: Spark, by: Person | None, name: str) -> None:
    """Write who signs into ``spark``; without a name, nobody."""
    if not name:
        return
    spark.name = name
    if by is not None and by.is_authenticated:
        spark.person, spark.name = by, by.display_name[:120]
        spark.participant = _seat_of(by, spark.forum)


def _seat_of(person: Person, forum: Forum) -> Participant | None:
    return Participant.objects.coming().filter(forum=forum, person=person).first()


def _standing(spark: Spark | None, forum: Forum) -> Spark | None:
    """Return the spark that another builds on, if it is on this wall now."""
    if spark is None or spark.forum_id != forum.pk:
        return None
    return spark if spark_rules.is_shown(spark) else None
