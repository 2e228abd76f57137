"""The conversation beneath a thing: what each reader finds in it, and that a visitor's page can be kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.people.models import Person
from prakai.talk import actions
from prakai.talk.models import Guard
from tests.factories.people import make_person
from tests.factories.talk import make_appreciation, make_comment, make_conversation, put_comment

SignIn = Callable[[Person | None], Client]


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert "!!unknown" not in response.text
    return response.text


def _full(cast: SimpleNamespace) -> None:
    first = make_comment(cast.talk, cast.somchai, "ลองแล้วได้ผล @มาลี ใจงาม", builds_on=True)
    make_comment(cast.talk, cast.nurse, "ที่เราด้วย", answers=first)
    gone = make_comment(cast.talk, cast.nurse, "ถอนไป")
    make_comment(cast.talk, cast.somchai, "เสียดาย", answers=gone)
    actions.withdraw_comment(gone, by=cast.nurse)
    hidden = make_comment(cast.talk, cast.somchai, "ชื่อคนไข้")
    actions.hide_comment(hidden, by=cast.malee, because="เอ่ยชื่อคนไข้")
    put_comment(cast.talk, cast.nurse, body="<p>รออยู่</p>", is_held=True)
    make_appreciation(cast.somchai, conversation=cast.talk)


def test_a_visitors_page_can_be_kept_for_others(cast: SimpleNamespace, signed_in: SignIn) -> None:
    _full(cast)
    visitor = signed_in(None)
    response = visitor.get(cast.talk.address)
    for private in ("csrfmiddlewaretoken", "<form", "client_key", "hx-", "htmx", "ชื่อคนไข้", "ถอนไป", "รออยู่"):
        assert private not in response.text.split('id="talk"')[1].split("<footer")[0]
    assert response.cookies == {}
    assert "csrftoken" not in visitor.cookies
    assert "ลองแล้วได้ผล" in response.text
    assert "Its author has withdrawn this comment." in response.text
    assert f'href="/talk/{cast.talk.pk}/comment"' in response.text


def test_a_visitor_is_told_whether_she_must_sign_in(cast: SimpleNamespace, signed_in: SignIn) -> None:
    assert "Sign in and join in" in shown(signed_in(None), cast.talk.address)
    open_one = make_conversation(allows_anonymous=True)
    assert "Sign in and join in" not in shown(signed_in(None), open_one.address)


def test_every_comment_has_its_place_and_its_address(cast: SimpleNamespace, signed_in: SignIn) -> None:
    comment = make_comment(cast.talk, cast.somchai)
    page = shown(signed_in(None), cast.talk.address)
    assert f'id="c{comment.pk}"' in page
    assert f'href="{cast.talk.address}#c{comment.pk}"' in page
    assert f'data-copy-link="{cast.talk.address}#c{comment.pk}"' in page
    visitor = signed_in(None)
    assert visitor.get(f"/talk/comments/{comment.pk}").headers["Location"] == comment.get_absolute_url()
    assert visitor.get(f"/talk/{cast.talk.pk}").headers["Location"] == cast.talk.address
    assert visitor.get("/talk/999999").status_code == 404


@pytest.mark.parametrize("reader", ["somchai", "nurse", "malee", "steward"])
def test_members_find_their_forms_and_moves(cast: SimpleNamespace, signed_in: SignIn, reader: str) -> None:
    _full(cast)
    page = shown(signed_in(getattr(cast, reader)), cast.talk.address)
    offered = {
        "reword": "Reword</a>" in page,
        "return": "Bring it back" in page,
        "appeal": "ask the stewards to look again" in page,
        "release": "Let it appear" in page,
        "show": "Show it again" in page,
        "hide": ">Hide</a>" in page,
        "guard": "Look after this conversation" in page,
        "appreciate": "Give words of appreciation" in page,
        "keep": "Keep it between us" in page,
        "why hidden": "เอ่ยชื่อคนไข้" in page,
        "withdrawn": "ถอนไป" in page,
        "held": "รออยู่" in page,
    }
    expected = {
        "somchai": {"reword", "appeal", "appreciate", "keep", "why hidden"},
        "nurse": {"reword", "return", "appreciate", "withdrawn", "held"},
        "malee": {"release", "show", "hide", "guard", "keep", "why hidden", "held"},
        "steward": {"release", "show", "hide", "guard", "appreciate", "why hidden", "held"},
    }
    assert {name for name, there in offered.items() if there} == expected[reader]
    assert page.count('name="client_key"') == len(re.findall(r'name="body"', page))


def test_each_form_has_a_key_and_a_place_of_its_own(cast: SimpleNamespace, signed_in: SignIn) -> None:
    for _ in range(3):
        make_comment(cast.talk, cast.nurse)
    page = shown(signed_in(cast.somchai), cast.talk.address)
    keys = re.findall(r'name="client_key" value="([^"]+)"', page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    places = re.findall(r'data-keep="([^"]+)"', page)
    assert (len(keys), len(set(keys)), len(ids) - len(set(ids)), len(set(places))) == (4, 4, 0, 4)


def test_a_closed_conversation_says_so_and_why(cast: SimpleNamespace, signed_in: SignIn) -> None:
    actions.close_conversation(cast.talk, by=cast.malee, because="ขอพักก่อน")
    page = shown(signed_in(cast.somchai), cast.talk.address)
    assert "This conversation is closed to new comments" in page
    assert "ขอพักก่อน" in page
    assert 'name="body"' not in page
    assert "Open it to comments again" in shown(signed_in(cast.malee), cast.talk.address)
    assert "Join in" not in shown(signed_in(None), cast.talk.address)


def test_an_unpublished_thing_shows_no_conversation(cast: SimpleNamespace, signed_in: SignIn) -> None:
    draft = make_conversation(hosts=[cast.malee], is_shown=False)
    assert 'id="talk"' not in shown(signed_in(cast.malee), draft.address)


def test_words_of_strangers_stay_words(cast: SimpleNamespace, signed_in: SignIn) -> None:
    make_comment(cast.talk, cast.somchai, '<script>alert("x")</script>')
    make_appreciation(cast.somchai, conversation=cast.talk, saw="<img src=x onerror=y>", effect="ดี")
    put_comment(cast.talk, by_name="<b>ใคร</b>")
    page = shown(signed_in(None), cast.talk.address)
    for hostile in ("<script>alert", "<img src=x", "<b>ใคร"):
        assert hostile not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("reader", [None, "somchai", "malee", "steward"])
def test_one_comment_and_thirty_cost_the_same_queries(
    cast: SimpleNamespace, signed_in: SignIn, reader: str | None
) -> None:
    def price(times: int) -> int:
        conversation = make_conversation(hosts=[cast.malee], guard=Guard.OPEN)
        for number in range(times):
            speaker = make_person(f"คน{number}", "ช่างคุย", unit=cast.hospital)
            first = make_comment(conversation, speaker, "ถึง @มาลี ใจงาม")
            make_comment(conversation, cast.nurse, answers=first)
            put_comment(conversation, speaker, hidden_at=timezone.now())
            make_appreciation(speaker, conversation=conversation)
        client = signed_in(getattr(cast, reader) if reader else None)
        client.get(conversation.address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(conversation.address).status_code == 200
        return len(queries)

    assert price(1) == price(10)
