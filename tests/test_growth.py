"""A list costs the same with a thousand notes as with a hundred thousand: held by query plans, not by the clock."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from prakai.notes.queries import lists, rediscovery
from prakai.notes.queries.pages import find_note, note_page
from prakai.notes.queries.tags import tags_list
from prakai.talk.queries import conversation_page, latest_comments, notices_of
from tests.factories.many import make_many
from tests.watching import grown, watching

FEW, MANY = 1_000, 100_000
LARGE = re.compile("notes_note|notes_tagging|notes_publication|talk_(?:comment|conversation|notice)")
Read = Callable[[dict[str, Any]], object]

READS: dict[str, Read] = {
    "latest_notes, visitor": lambda w: lists.latest_notes(None),
    "latest_notes, member": lambda w: lists.latest_notes(w["member"]),
    "latest_notes, deep": lambda w: lists.latest_notes(w["member"], after=w["deep"]),
    "latest_notes of a kind": lambda w: lists.latest_notes(None, kind="link"),
    "notes_by, visitor": lambda w: lists.notes_by(w["person"], None),
    "notes_by, member": lambda w: lists.notes_by(w["person"], w["member"]),
    "notes_told_by": lambda w: lists.notes_told_by(w["person"], w["member"]),
    "notes_of, visitor": lambda w: lists.notes_of(w["unit"], None),
    "notes_of, member": lambda w: lists.notes_of(w["unit"], w["member"]),
    "notes_in, visitor": lambda w: lists.notes_in(w["notebook"], None),
    "notes_in, member": lambda w: lists.notes_in(w["notebook"], w["member"]),
    "notes_tagged, common": lambda w: lists.notes_tagged(w["common"], None),
    "notes_tagged, common, member": lambda w: lists.notes_tagged(w["common"], w["member"]),
    "notes_tagged, rare": lambda w: lists.notes_tagged(w["rare"], w["member"]),
    "year_ago": lambda w: rediscovery.year_ago(w["member"]),
    "waiting_for_reply": lambda w: rediscovery.waiting_for_reply(w["member"]),
    "good_old": lambda w: rediscovery.good_old(w["member"], seed="2026"),
    "related_notes": lambda w: rediscovery.related_notes(w["note"], w["member"]),
    "find_note": lambda w: find_note(w["note"].number, w["member"]),
    "note_page": lambda w: note_page(w["note"], w["member"]),
    "tags_list": lambda w: tags_list(None),
    "conversation_page": lambda w: conversation_page(w["note"].conversation, w["member"]),
    "latest_comments, visitor": lambda w: latest_comments(None),
    "latest_comments, member": lambda w: latest_comments(w["member"]),
    "notices_of": lambda w: notices_of(w["member"]),
    "feed of all": lambda w: w["client"].get("/feeds/all.atom"),
    "feed of a unit": lambda w: w["client"].get(f"/feeds/units/{w['unit'].pk}.json"),
    "feed of a person": lambda w: w["client"].get(f"/feeds/people/{w['person'].public_id}.rss"),
    "feed of a notebook": lambda w: w["client"].get(f"/feeds/notebooks/{w['notebook'].pk}.atom"),
    "feed of a tag": lambda w: w["client"].get(f"/feeds/tags/{w['common'].pk}.atom"),
}


@contextmanager
def notes_in_number(number: int) -> Iterator[dict[str, Any]]:
    """The world of ``make_many``, gone again afterwards."""
    with transaction.atomic():
        world = make_many(number)
        world["client"] = Client()
        world["deep"] = None
        for _ in range(5):
            world["deep"] = lists.latest_notes(world["member"], after=world["deep"]).older
        assert world["member"].is_steward is False
        world["client"].get("/feeds")
        yield world
        transaction.set_rollback(True)


def measured(number: int) -> tuple[dict[str, int], dict[str, list[str]]]:
    """The work of every read with so many notes, and what its plans do wrong."""
    work, wrong = {}, {}
    with notes_in_number(number) as world:
        for name, read in READS.items():
            with watching(LARGE) as watched:
                answer = read(world)
            assert getattr(answer, "status_code", 200) == 200, name
            work[name] = watched.work
            if watched.wrong:
                wrong[name] = watched.wrong
    return work, wrong


@pytest.mark.slow
@pytest.mark.django_db
def test_no_list_grows_with_the_number_of_notes() -> None:
    few, _ = measured(FEW)
    many, wrong = measured(MANY)
    assert wrong == {}
    more = grown(few, many)
    assert more == {}, json.dumps(more)
