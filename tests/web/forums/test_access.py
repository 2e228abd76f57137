"""Every role × every page of a forum: each answers as promised here, said once more in other words than the rules'."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from prakai.forums import actions
from prakai.forums.models import Block, Forum, RoleKind, Story
from prakai.journal.models import Entry
from prakai.people.models import Person
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.factories.reviews import make_review
from tests.factories.sparks import make_spark
from tests.factories.stories import make_nugget, make_story
from tests.factories.units import make_unit
from tests.web.forums.conftest import SignIn

PREPARING = {"sponsor", "facilitator", "coordinator", "steward"}
RECORDING = PREPARING | {"recorder"}
HOLDING = RECORDING | {"teller", "observer"}
THERE = HOLDING | {"seated"}
MEMBERS = THERE | {"member", "colleague", "former"}
STRANGERS = {"visitor", "inactive_colleague"}
"""Who is not signed in, or not any more: nobody who is put to rest stays signed in."""
EVERYBODY = MEMBERS | STRANGERS
READERS = {"public": EVERYBODY, "members": MEMBERS, "unit": THERE | {"colleague"}, "draft": HOLDING}

OPEN = (
    "/people", "/circles", "/sheet", ".ics", "/stories", "/stories/{open}", "/cores", "/cores/cards", "/wall",
    "/wall/list", "/wall/words", "/wall/qr.svg", "/wall/sparks/{spark}", "/harvest", "/review/write",
)  # fmt: skip
"""Pages for whoever may read the forum."""
OF_PREPARERS = (
    "/change", "/cancel", "/agenda", "/agenda/blocks/{block}", "/bar", "/people/new", "/people/many", "/people/{seat}",
    "/door", "/door/{seat}", "/cards", "/signatures", "/circles/new", "/circles/needs", "/circles/1/again",
    "/circles/1/1/keepers", "/homecoming", "/wall/keep", "/wall/sparks.csv", "/wall/sparks/{spark}/hide",
    "/review/setup",
)  # fmt: skip
OF_RECORDERS = (
    "/circles/1/sheet", "/stories/new", "/review/keying", "/review/forms", "/review/forms/print", "/review/table",
    "/review/table.xlsx",
)  # fmt: skip
OF_HOLDERS = ("/roles", "/briefing")
OF_REVIEWERS = ("/review", "/review/patterns", "/review/state")
"""What was revealed is read by who was there, and by the unit that held the forum."""


@pytest.fixture
def hall(db: None) -> SimpleNamespace:
    """A person of each kind, and where they belong."""
    hospital, town = make_unit("โรงพยาบาลดอยคำ"), make_unit("เทศบาลเมืองคลองลำพู")
    people: dict[str, Person | None] = {"visitor": None}
    people["coordinator"] = make_person("มาลี", unit=hospital)
    people["colleague"] = make_person("วันดี", unit=hospital)
    people["inactive_colleague"] = make_person("พักงาน", unit=hospital, is_active=False)
    people["steward"] = make_person("ประสาน", steward=True)
    for name in ("sponsor", "facilitator", "recorder", "teller", "observer", "seated", "member", "former"):
        people[name] = make_person(name, unit=town)
    return SimpleNamespace(people=people, hospital=hospital)


def held(hall: SimpleNamespace, audience: str) -> Forum:
    """A forum that began an hour ago, with everybody in her role; ``former`` has given hers back."""
    by = hall.people["coordinator"]
    now = timezone.now()
    forum = make_forum(
        by,
        hall.hospital,
        announced=audience != "draft",
        starts_at=now - timedelta(hours=1),
        audience="public" if audience == "draft" else audience,
        agenda="whole-day",
        first_on=timezone.localdate(now),
    )
    for name in (*HOLDING - {"coordinator", "steward"}, "former"):
        kind = RoleKind.RECORDER if name == "former" else name
        role = actions.give_role(forum, hall.people[name], kind, by=by)
        if name == "former":
            actions.end_role(role, by=by)
    return forum


def filled(hall: SimpleNamespace, audience: str) -> tuple[Forum, dict[str, str]]:
    """The same with a circle, stories, a core, a wall and a review; and what its addresses need."""
    forum, by = held(hall, audience), hall.people["coordinator"]
    make_participant(forum, hall.people["seated"])
    seats = [make_participant(forum, name=f"ผู้ร่วมเวที {n}", unit=hall.hospital) for n in range(6)]
    actions.show_round(actions.lay_circles(forum, by=by, wished=7), by=by)
    recorder = hall.people["recorder"]
    told = make_story(forum, recorder)
    kept = make_story(forum, recorder, title="เรื่องในวง", allows_quotes=False)
    actions.name_core(forum, "รู้ก่อนคนมาถึง", by=by, nuggets=[make_nugget(told, recorder)])
    actions.open_wall(forum, by=by)
    spark, asked = make_spark(forum), make_spark(forum, token="phone")
    review = make_review(forum, by)
    return forum, {
        "block": str(Block.objects.filter(day__forum=forum)[0].pk),
        "seat": seats[0].public_id,
        "open": str(told.pk),
        "kept": str(kept.pk),
        "spark": spark.public_id,
        "asked": asked.public_id,
        "phase": str(review.phases.all()[0].pk),
        "question": str(review.questions.all()[0].pk),
    }


def promised(audience: str) -> dict[str, dict[str, int]]:
    """Status by page and by who asks; what may not be read is not there, what may not be done says why."""
    readers = READERS[audience]

    def of(group: set[str], *, signed: bool = True, otherwise: int = 403) -> dict[str, int]:
        told = {}
        for who in EVERYBODY:
            refused = otherwise if who in readers else 404
            told[who] = 200 if who in group & readers else 403 if signed and who in STRANGERS else refused
        return told

    reviewers = THERE | {"colleague"}
    return {
        **{page: of(readers, signed=False) for page in OPEN},
        "/register": of(readers, signed=False) | {"seated": 302},
        "/clone": of(readers - STRANGERS),
        **{page: of(PREPARING) for page in OF_PREPARERS},
        **{page: of(RECORDING) for page in OF_RECORDERS},
        **{page: of(HOLDING) for page in OF_HOLDERS},
        **{page: of(reviewers, signed=False) for page in OF_REVIEWERS},
        **{
            page: of(RECORDING | {"seated"}, signed=False, otherwise=404)
            for page in ("/circles/1/1", "/circles/1/1/turn")
        },
        "/stories/{kept}": of(THERE, signed=False, otherwise=404),
        "/stories/{open}/correct": of({"recorder"}),
        "/stories/{open}/withdraw": of(RECORDING),
    }


@pytest.mark.parametrize("audience", ["public", "members", "unit"])
def test_every_page_answers_each_role_as_promised(
    hall: SimpleNamespace, signed_in: SignIn, audience: str
) -> None:
    forum, parts = filled(hall, audience)
    wrong = []
    for who, person in hall.people.items():
        client = signed_in(person)
        answer = client.get(forum.get_absolute_url()).status_code
        if answer != (200 if who in READERS[audience] else 404):
            wrong.append((who, "the forum itself", answer))
        for page, told in promised(audience).items():
            answer = client.get(f"/forums/{forum.pk}{page.format(**parts)}").status_code
            if answer != told[who]:
                wrong.append((who, page, answer, told[who]))
    assert wrong == []


def test_a_forum_that_is_not_announced_is_there_for_those_with_a_role(
    hall: SimpleNamespace, signed_in: SignIn
) -> None:
    forum = held(hall, "draft")
    pages = ("/people", "/circles", "/sheet", "/change", "/agenda", "/bar", "/people/new", "/door", "/cards")
    pages += ("/signatures", "/circles/new", *OF_HOLDERS, "/stories/new")
    wrong = []
    for who, person in hall.people.items():
        for page in pages:
            answer = signed_in(person).get(f"/forums/{forum.pk}{page}").status_code
            if answer != promised("draft")[page][who]:
                wrong.append((who, page, answer))
    assert wrong == []


MOVES: dict[str, tuple[set[str], dict[str, Any]]] = {
    **{
        page: (PREPARING, {})
        for page in (
            *(
                "/close",
                "/announce",
                "/revive",
                "/reopen",
                "/wall/open",
                "/wall/close",
                "/wall/freeze",
                "/wall/thaw",
            ),
            *("/circles/1/show", "/circles/1/hide", "/circles/1/remove", "/agenda/blocks/{block}/remove"),
            *("/people/{seat}/leave", "/door/{seat}", "/door/{seat}/undo", "/review/phases/{phase}"),
            *("/review/questions/{question}", "/wall/sparks/{spark}/pin"),
        )
    },
    "/cancel": (PREPARING, {"because": "ฝนตก"}),
    "/people/new": (PREPARING, {"name": "ผู้มาใหม่"}),
    "/people/many": (PREPARING, {"lines": "ผู้มาใหม่"}),
    "/door/new": (PREPARING, {"name": "ผู้มาใหม่"}),
    "/roles": (PREPARING, {"name": "member", "kind": "facilitator"}),
    "/circles/new": (PREPARING, {"wished": "7"}),
    "/circles/1/1/turn": (RECORDING | {"seated"}, {"end": "1"}),
    "/wall/settings": (PREPARING, {"question": "คำถามอื่น"}),
    "/wall/sparks/{spark}/hide": (PREPARING, {"because": "ลองดู"}),
    "/stories/new": (
        RECORDING,
        {"teller": "ป้าคำ", "title": "เรื่อง", "what_we_did": "ทำ", "client_key": "k" * 20},
    ),
    "/wall/sparks/{asked}/grow": (RECORDING, {}),
    "/stories/{open}/nuggets": (RECORDING, {"place": "what_we_did:0:5", "version": "1"}),
    "/cores/put": (RECORDING, {"title": "แก่นอื่น"}),
    "/review/patterns": (RECORDING, {"title": "กลุ่ม", "to": "new", "kind": "exceeded"}),
    "/review/keying": (RECORDING, {"key": "k" * 20}),
}


@pytest.mark.parametrize("audience", ["public", "unit"])
def test_nobody_moves_what_is_not_hers_to_move(
    hall: SimpleNamespace, signed_in: SignIn, audience: str
) -> None:
    """The pages of those who may are tested where they are made; here nothing happens for anybody else."""
    forum, parts = filled(hall, audience)
    before = Entry.objects.count()
    wrong = []
    for who, person in hall.people.items():
        client = signed_in(person)
        for page, (group, sent) in MOVES.items():
            if who in group:
                continue
            answer = client.post(f"/forums/{forum.pk}{page.format(**parts)}", sent).status_code
            if answer not in (403, 404):
                wrong.append((who, page, answer))
    assert (wrong, Entry.objects.count()) == ([], before)
    assert Story.objects.filter(forum=forum).count() == 2


def test_pages_of_ones_own_ask_a_visitor_to_sign_in(hall: SimpleNamespace, signed_in: SignIn) -> None:
    for who, person in hall.people.items():
        pages = ("/forums/new", "/promises", "/forums/learning", "/forums/learning.xlsx")
        answers = [signed_in(person).get(page).status_code for page in pages]
        assert answers == ([403, 302, 302, 403] if who in STRANGERS else [200] * 4), who
