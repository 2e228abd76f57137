"""Saying something: it works without a script, is said once, and typed words survive every failure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from prakai.people.models import Audience, Person
from prakai.talk import actions
from prakai.talk.models import Comment, Guard
from prakai.web.talk import visitors
from prakai.web.talk.visitors import Pace
from tests.factories.people import make_person
from tests.factories.talk import make_comment, make_conversation

SignIn = Callable[[Person | None], Client]
TYPED = "ที่วอร์ดเราลองหันเก้าอี้เข้าหากัน 👩‍🌾"


def shown(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    assert "!!unknown" not in response.text
    return str(response.text)


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def quiet_mark(seconds: int = 60) -> str:
    """The signed mark of a form that was opened a while ago."""
    signer = signing.TimestampSigner(salt="prakai.talk.started")
    then = signing.b62_encode(int(timezone.now().timestamp()) - seconds)
    value = f"talk:{then}"
    return f"{value}:{signer.signature(value)}"


def test_a_member_says_something_and_is_led_to_it(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.somchai)
    page = shown(client.get(f"/talk/{cast.talk.pk}/comment"))
    key = field(page, "client_key")
    given = {"body": TYPED, "client_key": key, "builds_on": "1"}
    response = client.post(f"/talk/{cast.talk.pk}/comment", given)
    made = Comment.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, made.get_absolute_url())
    assert (made.by, made.builds_on, made.client_key) == (cast.somchai, True, key)
    assert response.cookies["prakai_said"].value == key
    again = client.post(f"/talk/{cast.talk.pk}/comment", given)
    assert (again.headers["Location"], Comment.objects.count()) == (made.get_absolute_url(), 1)


def test_a_reply_stands_beneath_what_it_answers(cast: SimpleNamespace, signed_in: SignIn) -> None:
    first = make_comment(cast.talk, cast.nurse, "คำถามแรก")
    client = signed_in(cast.somchai)
    assert "คำถามแรก" in shown(client.get(f"/talk/comments/{first.pk}/reply"))
    client.post(f"/talk/comments/{first.pk}/reply", {"body": "คำตอบ"})
    assert Comment.objects.get(answers=first).by == cast.somchai
    answer = Comment.objects.get(answers=first)
    refused = client.post(f"/talk/comments/{answer.pk}/reply", {"body": TYPED})
    assert TYPED in shown(refused, 403)
    assert "Please reply to the first comment of this thread." in refused.text


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "ก" * 8001])
def test_what_is_not_right_comes_back_with_the_words(
    cast: SimpleNamespace, signed_in: SignIn, text: str
) -> None:
    response = signed_in(cast.somchai).post(
        f"/talk/{cast.talk.pk}/comment", {"body": text, "client_key": "k9"}
    )
    page = shown(response)
    assert (text.strip("\u200b ") in page, field(page, "client_key")) == (True, "k9")
    assert 'aria-invalid="true"' in page
    assert Comment.objects.count() == 0


def test_hostile_input_is_words(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.somchai)
    client.post(f"/talk/{cast.talk.pk}/comment", {"body": "<script>x</script>\x00" + "ก" * 100})
    assert Comment.objects.get().body == "<p>&lt;script&gt;x&lt;/script&gt;" + "ก" * 100 + "</p>"
    page = shown(client.post(f"/talk/{cast.talk.pk}/comment", {"body": "</textarea><script>" * 6000}))
    assert "</textarea><script>" not in page
    for answers in ("x", "-1", "99999999999999999999999"):
        assert client.post(f"/talk/comments/{answers}/reply", {"body": "ดี"}).status_code == 404


def test_closing_while_somebody_writes_loses_nothing(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.somchai)
    shown(client.get(f"/talk/{cast.talk.pk}/comment"))
    actions.close_conversation(cast.talk, by=cast.malee)
    page = shown(client.post(f"/talk/{cast.talk.pk}/comment", {"body": TYPED}), 403)
    assert TYPED in page
    assert "The host has closed this conversation." in page


def test_a_sign_in_that_ran_out_keeps_the_words_and_brings_them_back(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    client = signed_in(cast.somchai)
    client.logout()
    address = f"/talk/{cast.talk.pk}/comment"
    page = shown(client.post(address, {"body": TYPED, "client_key": "k7"}), 403)
    assert TYPED in page
    assert f'href="/accounts/login/?next={address}"' in page
    client.force_login(cast.somchai)
    back = shown(client.get(address))
    assert (TYPED in back, field(back, "client_key")) == (True, "k7")
    client.post(address, {"body": TYPED, "client_key": "k7"})
    assert Comment.objects.get().by == cast.somchai
    assert TYPED not in shown(client.get(address))


def test_the_page_for_who_is_signed_out_tells_nothing_of_what_is_closed(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    inside = make_conversation("เรื่องในหน่วยงาน", audience=Audience.MEMBERS)
    client = signed_in(None)
    page = shown(client.post(f"/talk/{inside.pk}/comment", {"body": TYPED}), 403)
    assert (TYPED in page, "เรื่องในหน่วยงาน" in page) == (True, False)
    nothing = shown(client.post("/talk/987654/comment", {"body": TYPED}), 403)
    assert re.sub(r"987654", str(inside.pk), nothing) == page
    assert client.get(f"/talk/{inside.pk}/comment").status_code == 404
    assert signed_in(cast.somchai).post("/talk/987654/comment", {"body": TYPED}).status_code == 404
    assert Comment.objects.count() == 0


def test_without_a_token_nothing_is_said_and_nothing_is_lost(cast: SimpleNamespace) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.somchai)
    address = f"/talk/{cast.talk.pk}/comment"
    page = shown(client.post(address, {"body": TYPED, "client_key": "k8"}), 403)
    assert (TYPED in page, Comment.objects.count()) == (True, 0)
    token = field(page, "csrfmiddlewaretoken")
    response = client.post(address, {"body": TYPED, "client_key": "k8", "csrfmiddlewaretoken": token})
    assert (response.status_code, Comment.objects.count()) == (302, 1)
    assert client.post(f"/talk/comments/{Comment.objects.get().pk}/withdraw").status_code == 403
    assert Comment.objects.get().is_shown is True


def test_who_may_not_comment_is_told_why(cast: SimpleNamespace, signed_in: SignIn) -> None:
    waiting = make_person("รอ", "รับ", is_active=True, language="en")
    client = signed_in(waiting)
    assert 'name="body"' in shown(client.get(f"/talk/{cast.talk.pk}/comment"))
    page = shown(signed_in(None).get(f"/talk/{cast.talk.pk}/comment"))
    assert "Only members can comment here." in page
    assert "csrfmiddlewaretoken" not in page


def test_htmx_gets_the_conversation_or_the_form(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.somchai)
    cast.talk.address = "/made-up/ป้ายสี"
    cast.talk.save()
    address = f"/talk/{cast.talk.pk}/comment"
    wrong = client.post(address, {"body": " ", "client_key": "k5"}, headers={"HX-Request": "true"})
    assert shown(wrong).startswith('<form class="talk-form"')
    right = client.post(address, {"body": TYPED, "client_key": "k5"}, headers={"HX-Request": "true"})
    made = Comment.objects.get()
    assert shown(right).startswith('<section class="talk" id="talk"')
    assert "<script" not in right.text
    assert right.headers["HX-Retarget"] == "#talk"
    assert right.headers["HX-Push-Url"].isascii() is True
    assert unquote(right.headers["HX-Push-Url"]) == made.get_absolute_url()
    assert right.cookies["prakai_said"].value == "k5"
    withdrawn = client.post(f"/talk/comments/{made.pk}/withdraw", headers={"HX-Request": "true"})
    assert "Your comment is withdrawn. You can bring it back." in shown(withdrawn)


# Visitors


@pytest.fixture
def yard(cast: SimpleNamespace) -> str:
    """The address of the form where visitors may speak."""
    cast.open_talk = make_conversation(hosts=[cast.malee], allows_anonymous=True)
    return f"/talk/{cast.open_talk.pk}/comment"


def test_a_visitors_words_wait_and_the_page_says_so(
    cast: SimpleNamespace, signed_in: SignIn, yard: str
) -> None:
    client = signed_in(None)
    page = shown(client.get(yard))
    assert "your words appear when the host has read them" in page
    given = {"body": "ผ่านมาอ่าน", "name": "คนอ่าน", "started": quiet_mark(), "client_key": "v1"}
    response = client.post(yard, given, follow=True)
    assert "Your words appear when the host has read them." in shown(response)
    made = Comment.objects.get()
    assert (made.by, made.by_name, made.is_held) == (None, "คนอ่าน", True)
    assert "ผ่านมาอ่าน" not in signed_in(None).get(cast.open_talk.address).text


def test_too_quick_or_trapped_is_asked_again_with_the_words(
    cast: SimpleNamespace, signed_in: SignIn, yard: str
) -> None:
    client = signed_in(None)
    page = shown(client.get(yard))
    for given, words in [
        ({"started": field(page, "started")}, "That was very quick."),
        ({"started": ""}, "That was very quick."),
        ({"started": "talk:forged:mark"}, "That was very quick."),
        ({"started": quiet_mark(), "website": "http://spam.example"}, "This field is a trap for programs"),
    ]:
        again = shown(client.post(yard, {"body": TYPED, **given}))
        assert (words in again, TYPED in again) == (True, True)
    assert Comment.objects.count() == 0
    mark = quiet_mark(2)
    assert field(shown(client.post(yard, {"body": TYPED, "started": mark})), "started") == mark


def test_the_sixth_in_a_quarter_of_an_hour_waits_and_keeps_its_words(
    cast: SimpleNamespace, signed_in: SignIn, yard: str
) -> None:
    client = signed_in(None)
    for number in range(5):
        client.post(yard, {"body": f"คำที่ {number}", "started": quiet_mark()})
    page = shown(client.post(yard, {"body": TYPED, "started": quiet_mark()}))
    assert ("That is a lot in a short time." in page, TYPED in page) == (True, True)
    assert Comment.objects.count() == 5
    other = client.post(yard, {"body": TYPED, "started": quiet_mark()}, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 302


def test_a_line_has_one_pace_however_many_addresses_it_takes(
    cast: SimpleNamespace, signed_in: SignIn, yard: str
) -> None:
    client = signed_in(None)
    for number in range(6):
        given = {"body": f"คำที่ {number}", "started": quiet_mark()}
        client.post(yard, given, REMOTE_ADDR=f"2001:db8:0:7::{number:x}")
    assert Comment.objects.count() == 5


def test_whose_sign_in_ran_out_chooses_whether_to_speak_as_a_visitor(
    cast: SimpleNamespace, signed_in: SignIn, yard: str
) -> None:
    client = signed_in(None)
    for how in ({}, {"HX-Request": "true"}):
        page = shown(client.post(yard, {"body": TYPED, "client_key": "k1"}, headers=how), 403)
        assert "You are no longer signed in." in page
        assert (TYPED in page, f'href="/accounts/login/?next={yard}"' in page) == (True, True)
        assert "That was very quick." not in page
    assert Comment.objects.count() == 0
    client.force_login(cast.somchai)
    assert TYPED in shown(client.get(yard))


def test_a_visitor_is_told_from_a_member_of_the_same_name(
    cast: SimpleNamespace, signed_in: SignIn, yard: str
) -> None:
    given = {"body": TYPED, "name": cast.somchai.display_name, "started": quiet_mark()}
    signed_in(None).post(yard, given)
    made = Comment.objects.get()
    host = signed_in(cast.malee)
    assert shown(host.get("/desk/held")).count("a visitor, not signed in") == 1
    actions.release_comment(made, by=cast.malee)
    actions.make_comment(cast.open_talk, body=TYPED, by=cast.somchai)
    page = shown(signed_in(None).get(f"/talk/comments/{made.pk}/report"))
    assert page.count("a visitor, not signed in") == 1
    for row in Comment.objects.exclude(pk=made.pk):
        assert "a visitor, not signed in" not in shown(host.get(f"/talk/comments/{row.pk}/report"))


def test_the_pace_forgets_and_holds_only_so_many() -> None:
    pace = Pace(2, within=10, room=3)
    assert [pace.allows("a", now=at) for at in (0, 1, 2, 10.5, 11.5)] == [True, True, False, True, True]
    for number in range(5):
        pace.allows(f"b{number}", now=12)
    assert pace.allows("a", now=12) is True
    assert len(pace._seen) == 3
    assert all(who != b"a" for who in pace._seen)


def test_an_address_is_believed_only_from_our_own_proxy(rf: Any, settings: Any) -> None:
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.7")
    assert visitors.address_of(request) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert visitors.address_of(request) == "203.0.113.7"


# One's own comment


def test_rewording_shows_the_words_as_typed_and_marks_the_comment(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    comment = make_comment(cast.talk, cast.somchai, "บรรทัดแรก\nบรรทัดสอง <ดี>")
    client = signed_in(cast.somchai)
    page = shown(client.get(f"/talk/comments/{comment.pk}/reword"))
    assert "บรรทัดแรก\nบรรทัดสอง &lt;ดี&gt;</textarea>" in page
    assert "Please write something first." in shown(
        client.post(f"/talk/comments/{comment.pk}/reword", {"body": "\u200b"})
    )
    response = client.post(f"/talk/comments/{comment.pk}/reword", {"body": "คำใหม่"})
    assert response.headers["Location"] == comment.get_absolute_url()
    assert "Reworded" in shown(client.get(cast.talk.address))
    assert signed_in(cast.malee).get(f"/talk/comments/{comment.pk}/reword").status_code == 403


def test_withdrawing_and_bringing_back(cast: SimpleNamespace, signed_in: SignIn) -> None:
    comment = make_comment(cast.talk, cast.somchai)
    client = signed_in(cast.somchai)
    assert client.get(f"/talk/comments/{comment.pk}/withdraw").status_code == 405
    client.post(f"/talk/comments/{comment.pk}/withdraw")
    assert Comment.objects.shown().count() == 0
    assert signed_in(cast.malee).post(f"/talk/comments/{comment.pk}/return").status_code == 404
    client.post(f"/talk/comments/{comment.pk}/return")
    assert Comment.objects.shown().count() == 1
    assert signed_in(cast.malee).post(f"/talk/comments/{comment.pk}/withdraw").status_code == 403
    assert signed_in(None).post(f"/talk/comments/{comment.pk}/withdraw").status_code == 403


def test_words_that_wait_again_say_so(cast: SimpleNamespace, signed_in: SignIn) -> None:
    comment = make_comment(cast.talk, cast.somchai)
    actions.guard_conversation(cast.talk, guard=Guard.HELD, by=cast.malee)
    response = signed_in(cast.somchai).post(
        f"/talk/comments/{comment.pk}/reword", {"body": "คำใหม่"}, follow=True
    )
    assert "Your words wait for the host again." in shown(response)


# Names after an @


def test_names_are_offered_to_members_only_and_only_of_those_who_may_read(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    def offered(client: Client, place: int, words: str) -> list[tuple[str, str]]:
        answer = client.get("/talk/suggest", {"q": words, "in": place})
        assert answer.status_code == 200
        return [(one["write"], one["name"]) for one in json.loads(answer.text)["found"]]

    client = signed_in(cast.nurse)
    assert offered(client, cast.talk.pk, "สมช") == [("สมชาย ศรีสุข", "สมชาย ศรีสุข")]
    assert offered(client, cast.talk.pk, "รพ.ดอย") == [("โรงพยาบาลดอยคำ", "โรงพยาบาลดอยคำ")]
    assert offered(client, cast.talk.pk, "นภา") == []
    inside = make_conversation(audience=Audience.UNIT, unit=cast.hospital)
    assert offered(client, inside.pk, "สมช") == []
    twin = make_person("สมชาย", "ศรีสุข")
    assert sorted(offered(client, cast.talk.pk, "สมชาย")) == sorted(
        [(cast.somchai.public_id, "สมชาย ศรีสุข"), (twin.public_id, "สมชาย ศรีสุข")]
    )
    assert signed_in(None).get("/talk/suggest", {"q": "สม", "in": cast.talk.pk}).status_code == 403
    assert client.get("/talk/suggest", {"q": "สม", "in": "x"}).status_code == 400
    assert signed_in(cast.somchai).get("/talk/suggest", {"q": "สม", "in": inside.pk}).status_code == 404
