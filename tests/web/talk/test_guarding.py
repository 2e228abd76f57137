"""Looking after talk: the host's moves, reports and appeals, the stewards' queue, the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prakai.journal.following import catch_up, followers
from prakai.people.models import Person
from prakai.talk import actions
from prakai.talk.models import Decision, Guard, Hiding, Notice, Report
from tests.factories.people import make_person
from tests.factories.talk import make_appreciation, make_comment, make_conversation, put_comment

SignIn = Callable[[Person | None], Client]
REASON = "เอ่ยชื่อคนไข้โดยไม่ได้ขอ"


def shown(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    assert "!!unknown" not in response.text
    return str(response.text)


def follow() -> None:
    for follower in followers():
        if follower.name == "talk.notices":
            catch_up(follower)


# The host


def test_the_host_closes_reopens_and_guards(cast: SimpleNamespace, signed_in: SignIn) -> None:
    host, member = signed_in(cast.malee), signed_in(cast.somchai)
    base = f"/talk/{cast.talk.pk}"
    assert member.post(f"{base}/close").status_code == 403
    assert host.post(f"{base}/close", {"because": "พัก"}).headers["Location"] == f"{cast.talk.address}#talk"
    assert cast.talk.closings.get().because == "พัก"
    assert member.post(f"{base}/reopen").status_code == 403
    host.post(f"{base}/reopen")
    assert member.post(f"{base}/guard", {"guard": "held"}).status_code == 403
    host.post(f"{base}/guard", {"guard": "held"})
    assert host.post(f"{base}/guard", {"guard": "shut"}).status_code == 400
    cast.talk.refresh_from_db()
    assert (cast.talk.guard, cast.talk.closings.filter(reopened_at__isnull=True).count()) == (Guard.HELD, 0)
    assert signed_in(None).post(f"{base}/close").status_code == 403
    assert host.get(f"{base}/close").status_code == 405


def test_hiding_asks_why_and_the_author_reads_it(cast: SimpleNamespace, signed_in: SignIn) -> None:
    comment = make_comment(cast.talk, cast.somchai, "คุณยายสมศรี")
    address = f"/talk/comments/{comment.pk}/hide"
    host = signed_in(cast.malee)
    assert "You cannot change her words." in shown(host.get(address))
    assert "Please fill this in." in shown(host.post(address, {"because": ""}))
    assert signed_in(cast.nurse).post(address, {"because": REASON}).status_code == 403
    host.post(address, {"because": REASON})
    assert "คุณยายสมศรี" not in shown(signed_in(cast.nurse).get(cast.talk.address))
    mine = shown(signed_in(cast.somchai).get(cast.talk.address))
    assert (REASON in mine, "Hidden by the host" in mine) == (True, True)
    host.post(f"/talk/comments/{comment.pk}/show")
    assert "คุณยายสมศรี" in shown(signed_in(None).get(cast.talk.address))


def test_what_waits_is_on_the_hosts_desk(cast: SimpleNamespace, signed_in: SignIn) -> None:
    comment = put_comment(cast.talk, by_name="คนผ่านมา", body="<p>คำที่รอ</p>", is_held=True)
    host = signed_in(cast.malee)
    page = shown(host.get("/desk/held"))
    assert ("คำที่รอ" in page, "คนผ่านมา" in page) == (True, True)
    assert "คำที่รอ" not in shown(signed_in(cast.somchai).get("/desk/held"))
    assert signed_in(cast.somchai).post(f"/talk/comments/{comment.pk}/release").status_code == 404
    response = host.post(f"/talk/comments/{comment.pk}/release", {"back": "/desk/held"})
    assert response.headers["Location"] == "/desk/held"
    assert "Nothing waits for you." in shown(host.get("/desk/held"))
    assert "คำที่รอ" in shown(signed_in(None).get(cast.talk.address))
    other = put_comment(cast.talk, is_held=True)
    away = host.post(f"/talk/comments/{other.pk}/release", {"back": "//evil.example/"})
    assert away.headers["Location"] == other.get_absolute_url()
    assert signed_in(None).get("/desk/held").headers["Location"] == "/accounts/login/?next=/desk/held"


# Reports


def test_anybody_who_reads_can_report_with_a_reason(cast: SimpleNamespace, signed_in: SignIn) -> None:
    comment = make_comment(cast.talk, cast.somchai, "คำแรง")
    address = f"/talk/comments/{comment.pk}/report"
    visitor = signed_in(None)
    page = shown(visitor.get(address))
    assert ("คำแรง" in page, "How we talk here" in page, 'value="appeal"' in page) == (True, True, False)
    again = shown(visitor.post(address, {"words": "ช่วยดูที"}))
    assert ("Please choose one of the answers." in again, "ช่วยดูที" in again) == (True, True)
    assert visitor.post(address, {"reason": "hurts", "words": "ช่วยดูที"}).status_code == 302
    member = signed_in(cast.nurse)
    for _ in range(2):
        member.post(address, {"reason": "private"})
    member.post(f"/talk/{cast.talk.pk}/report", {"reason": "rights"})
    assert sorted(Report.objects.values_list("reason", "comment")) == sorted(
        [("hurts", comment.pk), ("private", comment.pk), ("rights", None)], key=str
    )
    assert member.post(address, {"reason": "appeal"}).status_code == 200
    inside = make_comment(make_conversation(audience="members"), cast.nurse)
    assert signed_in(None).get(f"/talk/comments/{inside.pk}/report").status_code == 404


def test_a_flood_of_reports_is_asked_to_wait(cast: SimpleNamespace, signed_in: SignIn) -> None:
    visitor = signed_in(None)
    for _ in range(5):
        visitor.post(f"/talk/{cast.talk.pk}/report", {"reason": "spam"})
    page = shown(visitor.post(f"/talk/{cast.talk.pk}/report", {"reason": "spam", "words": "อีกแล้ว"}))
    assert ("That is a lot in a short time." in page, "อีกแล้ว" in page) == (True, True)
    assert Report.objects.count() == 3


def test_the_author_of_a_hidden_comment_asks_to_look_again(cast: SimpleNamespace, signed_in: SignIn) -> None:
    comment = make_comment(cast.talk, cast.somchai, "ไม่ได้ว่าใคร")
    address = f"/talk/comments/{comment.pk}/appeal"
    author = signed_in(cast.somchai)
    assert author.get(address).status_code == 403
    actions.hide_comment(comment, by=cast.steward, because=REASON)
    assert REASON in shown(author.get(address))
    assert signed_in(cast.nurse).get(address).status_code == 404
    assert signed_in(cast.malee).get(address).status_code == 403
    author.post(address, {"words": "ขอให้อ่านอีกครั้ง"})
    steward = signed_in(cast.steward)
    page = shown(steward.get("/moderation"))
    assert ("Its author asks to look again" in page, "ขอให้อ่านอีกครั้ง" in page) == (True, True)
    row = Report.objects.get()
    steward.post(f"/moderation/reports/{row.pk}", {"kind": "shown", "because": "อ่านใหม่แล้ว"})
    assert "ไม่ได้ว่าใคร" in shown(signed_in(None).get(cast.talk.address))


# Moderation


def test_only_stewards_moderate(cast: SimpleNamespace, signed_in: SignIn) -> None:
    row = actions.report(cast.talk, reason="rights", by=cast.nurse)
    addresses = ["/moderation", "/moderation/decided", "/moderation/log", f"/moderation/reports/{row.pk}"]
    steward, member, visitor = signed_in(cast.steward), signed_in(cast.malee), signed_in(None)
    assert [steward.get(address).status_code for address in addresses] == [200] * 4
    assert [member.get(address).status_code for address in addresses] == [403] * 4
    assert [visitor.get(address).status_code for address in addresses] == [302, 302, 302, 403]
    assert member.post(addresses[3], {"kind": "kept", "because": "x"}).status_code == 403
    assert steward.get("/moderation/reports/999999").status_code == 404


def test_deciding_needs_a_reason_and_tells_those_concerned(cast: SimpleNamespace, signed_in: SignIn) -> None:
    comment = make_comment(cast.talk, cast.somchai, "ชื่อคุณยาย")
    row = actions.report(cast.talk, reason="private", by=cast.nurse, comment=comment, words="มีชื่อคนไข้")
    steward = signed_in(cast.steward)
    queue = shown(steward.get("/moderation"))
    for words in ("ชื่อคุณยาย", "มีชื่อคนไข้", "it shows private matters", "How we talk here", "Look and decide"):
        assert words in queue
    address = f"/moderation/reports/{row.pk}"
    assert "the comment is hidden" in shown(steward.get(address))
    assert "Please give the reason" in shown(steward.post(address, {"kind": "hidden", "because": " "}))
    assert Decision.objects.count() == 0
    steward.post(address, {"kind": "hidden", "because": REASON})
    assert Hiding.objects.get().because == REASON
    assert "Nobody asks you to look at anything." in shown(steward.get("/moderation"))
    assert REASON in shown(steward.get("/moderation/decided"))
    log = shown(steward.get("/moderation/log"))
    assert ("hid a comment in" in log, "decided on a report about" in log) == (True, True)
    done = shown(steward.get(address))
    assert (REASON in done, 'name="kind"' in done) == (True, False)
    assert "Somebody has decided on this report already." in shown(
        steward.post(address, {"kind": "kept", "because": "เปลี่ยนใจ"})
    )
    follow()
    assert REASON in shown(signed_in(cast.nurse).get("/desk/replies"))
    assert "Your comment was hidden in" in shown(signed_in(cast.somchai).get("/desk/replies"))


def test_a_steward_sees_but_does_not_decide_about_her_own_words(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    own = make_comment(cast.talk, cast.steward, "คำของผู้ดูแล")
    row = actions.report(cast.talk, reason="hurts", by=cast.nurse, comment=own)
    client = signed_in(cast.steward)
    page = shown(client.get("/moderation"))
    assert ("Somebody else should decide about your own words." in page, "Look and decide" in page) == (
        True,
        False,
    )
    assert client.post(f"/moderation/reports/{row.pk}", {"kind": "kept", "because": "ฉัน"}).status_code == 403
    other = make_person("อีกคน", "ดูแล", steward=True)
    assert (
        signed_in(other).post(f"/moderation/reports/{row.pk}", {"kind": "kept", "because": "ดี"}).status_code
        == 302
    )


def test_a_thing_is_settled_on_its_own_page(cast: SimpleNamespace, signed_in: SignIn) -> None:
    row = actions.report(cast.talk, reason="rights", by=cast.nurse)
    steward = signed_in(cast.steward)
    page = shown(steward.get(f"/moderation/reports/{row.pk}"))
    assert re.findall(r'name="kind" value="([a-z]+)"', page) == ["kept", "settled"]
    again = steward.post(f"/moderation/reports/{row.pk}", {"kind": "hidden", "because": "ลอก"})
    assert "Please choose one of the answers." in shown(again)


def test_the_queue_costs_the_same_for_one_and_many(cast: SimpleNamespace, signed_in: SignIn) -> None:
    def price(times: int) -> int:
        for number in range(times):
            place = make_conversation(hosts=[cast.malee])
            speaker = make_person(f"คน{number}", "ช่างคุย")
            actions.report(place, reason="spam", by=speaker, comment=make_comment(place, speaker))
            actions.report(place, reason="rights", by=speaker)
        client = signed_in(cast.steward)
        client.get("/moderation")
        with CaptureQueriesContext(connection) as queries:
            shown(client.get("/moderation"))
        return len(queries)

    assert price(1) == price(8)


# The desk


def test_replies_are_told_newest_first_with_the_words(cast: SimpleNamespace, signed_in: SignIn) -> None:
    client = signed_in(cast.malee)
    assert "Nothing yet." in shown(client.get("/desk/replies"))
    make_comment(cast.talk, cast.somchai, "คำถามจากสมชาย")
    make_appreciation(cast.nurse, conversation=cast.talk, saw="เห็นป้ายสี")
    put_comment(cast.talk)
    follow()
    page = shown(client.get("/desk/replies"))
    assert page.index("เห็นป้ายสี") < page.index("คำถามจากสมชาย")
    for words in ("commented on", "gave words of appreciation", cast.talk.title, "I have read these"):
        assert words in page
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until is not None
    make_comment(cast.talk, cast.nurse, "มาทีหลัง")
    follow()
    client.post("/desk/replies/read", {"until": until[1].replace("&#x27;", "")})
    assert list(Notice.objects.filter(read_at__isnull=True).values_list("kind", flat=True)) == ["comment"]
    for wrong in ("", "yesterday", "2026-99-99T00:00:00+07:00", "2026-01-01T00:00:00"):
        assert client.post("/desk/replies/read", {"until": wrong}).status_code == 302
    assert Notice.objects.filter(read_at__isnull=True).count() == 1
    assert signed_in(None).get("/desk/replies").status_code == 302
    assert signed_in(None).post("/desk/replies/read").status_code == 403


def test_a_hidden_comment_leaves_the_desk(cast: SimpleNamespace, signed_in: SignIn) -> None:
    comment = make_comment(cast.talk, cast.somchai, "คำถามจากสมชาย")
    follow()
    client = signed_in(cast.malee)
    assert "คำถามจากสมชาย" in shown(client.get("/desk/replies"))
    actions.hide_comment(comment, by=cast.steward, because=REASON)
    assert "คำถามจากสมชาย" not in shown(client.get("/desk/replies"))


@pytest.mark.parametrize(
    "address", ["/desk/replies?older=broken", "/moderation?older=%00", "/moderation/log?older=x"]
)
def test_a_broken_cursor_starts_at_the_top(cast: SimpleNamespace, signed_in: SignIn, address: str) -> None:
    shown(signed_in(cast.steward).get(address))


def test_paging_through_many_replies(cast: SimpleNamespace, signed_in: SignIn) -> None:
    for number in range(23):
        make_comment(cast.talk, cast.somchai, f"คำที่ {number:02}.")
    follow()
    client = signed_in(cast.malee)
    page = shown(client.get("/desk/replies"))
    older = re.search(r'href="(\?older=[^"]+)"', page)
    assert older is not None
    rest = shown(client.get(f"/desk/replies{older[1]}"))
    assert (page.count("คำที่"), rest.count("คำที่")) == (20, 3)
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/replies")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/desk/replies{older[1]}")
    assert len(many) == len(few)
