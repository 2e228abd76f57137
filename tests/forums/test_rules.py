"""Who may see, prepare, announce and close a forum; rule and filter agree."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from django.utils import timezone

from prakai.forums import rules
from prakai.forums.actions import (
    announce_forum,
    cancel_forum,
    close_forum,
    end_role,
    found_forum,
    give_role,
    reopen_forum,
    revive_forum,
)
from prakai.forums.models import Announcement, Cancellation, Closing, Forum, Role
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from tests.factories.forums import make_forum, make_participant


def test_rule_and_filter_agree(cast: SimpleNamespace) -> None:
    forums = [
        make_forum(
            cast.malee, cast.hospital, f"{audience} {announced}", audience=audience, announced=announced
        )
        for audience, announced in product(("public", "members", "unit"), (True, False))
    ]
    make_participant(forums[4], cast.somchai)
    readers = [None, cast.malee, cast.nurse, cast.somchai, cast.steward, cast.waiting]
    for reader in readers:
        seen = set(Forum.objects.visible_to(reader))
        assert seen == {one for one in forums if rules.may_read(reader, one)}
    assert {one.title for one in Forum.objects.visible_to(None)} == {"public True"}
    assert {one.title for one in Forum.objects.visible_to(cast.somchai)} == {
        "public True", "members True", "unit True"
    }  # fmt: skip
    assert set(Forum.objects.visible_to(cast.steward)) == set(forums)
    assert set(Forum.objects.visible_to(cast.malee)) == set(forums)


def test_who_belongs_to_the_unit_founds_a_forum_and_coordinates_it(cast: SimpleNamespace) -> None:
    forum = found_forum(cast.hospital, by=cast.nurse, title="  เวที  คนหน้างาน ")
    assert forum.title == "เวที คนหน้างาน"
    assert [(role.person, role.kind) for role in Role.objects.all()] == [(cast.nurse, "coordinator")]
    assert rules.may_prepare(cast.nurse, forum).allowed is True
    assert rules.may_prepare(cast.malee, forum).allowed is False
    for stranger in (cast.somchai, cast.waiting):
        with pytest.raises(Refused):
            found_forum(cast.hospital, by=stranger, title="เวที")


def test_announced_once_and_only_with_a_purpose_and_a_day(cast: SimpleNamespace) -> None:
    forum = found_forum(cast.hospital, by=cast.malee, title="เวที")
    assert rules.may_announce(cast.malee, forum).allowed is False
    forum = make_forum(cast.malee, cast.hospital, announced=False)
    first = announce_forum(forum, by=cast.malee)
    assert announce_forum(forum, by=cast.malee) == first
    assert Announcement.objects.count() == 1
    assert Entry.objects.filter(verb="forum.announced").count() == 1


def test_cancelled_and_brought_back(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    with pytest.raises(Refused):
        cancel_forum(forum, by=cast.somchai, because="ฝนตกหนัก")
    cancel_forum(forum, by=cast.malee, because="น้ำท่วมทางเข้า")
    assert Cancellation.objects.get().because == "น้ำท่วมทางเข้า"
    assert rules.may_register(cast.somchai, Forum.objects.get()).allowed is False
    revive_forum(forum, by=cast.malee)
    assert rules.may_register(cast.somchai, Forum.objects.get()).allowed is True


def test_closed_only_after_it_has_begun(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    with pytest.raises(Refused):
        close_forum(forum, by=cast.malee)
    forum = make_forum(cast.malee, cast.hospital, starts_at=timezone.now() - timedelta(hours=9))
    assert close_forum(forum, by=cast.malee) == close_forum(forum, by=cast.malee)
    assert rules.may_change(cast.malee, forum).allowed is False
    reopen_forum(forum, by=cast.malee)
    assert rules.may_change(cast.malee, forum).allowed is True
    assert Closing.objects.get().reopened_at is not None


def test_somebody_goes_on_preparing(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    own = Role.objects.get(forum=forum, person=cast.malee)
    with pytest.raises(Refused):
        end_role(own, by=cast.malee)
    with pytest.raises(Refused):
        give_role(forum, cast.somchai, "facilitator", by=cast.nurse)
    given = give_role(forum, cast.nurse, "facilitator", by=cast.malee)
    assert give_role(forum, cast.nurse, "facilitator", by=cast.malee) == given
    end_role(own, by=cast.malee)
    assert rules.may_prepare(cast.nurse, forum).allowed is True
    assert rules.may_prepare(cast.malee, forum).allowed is False
