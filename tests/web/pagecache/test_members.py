"""Pages that members share: whoever asks gets the page that would have been made for her, and nobody else's words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from prakai.journal import following
from prakai.notes.actions import reading, withdraw_note
from prakai.notes.models import Note
from prakai.people.actions import change_profile
from prakai.people.models import Audience, Person
from prakai.talk.actions import close_conversation, hide_comment, keep_appreciation_private
from prakai.web.pagecache import members
from tests.factories.notes import make_note, make_notebook
from tests.factories.people import make_appointment, make_duty, make_person
from tests.factories.talk import make_appreciation, make_comment, put_comment
from tests.factories.units import make_ministry

pytestmark = pytest.mark.django_db

AGENT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
TOKENS = re.compile(r'(name="(?:csrfmiddlewaretoken|client_key)" value=")[^"]+')


class Cast:
    """Everybody who may come by a note of malee's: those with a part in it, those with a duty, and other members."""

    def __init__(self, audience: str) -> None:
        units = make_ministry()
        hospital, school = units["hospital"], units["school"]
        self.malee = make_person("มาลี", "ใจงาม", unit=hospital)
        self.ordinary = [
            make_person(f"พยาบาล{n}", f"นามสกุลที่{n}", unit=hospital, **manner)
            for n, manner in enumerate(
                ({}, {}, {"language": "en"}, {"digits": "thai"}, {"era": "ce"}, {"theme": "dark"}), start=1
            )
        ]
        self.ordinary += [make_person("ครูแก้ว", "แสงทอง", unit=school), make_person("คนใหม่", "ยังไม่สังกัด")]
        self.coauthor = make_person("กานดา", "ร่วมเขียน", unit=hospital)
        self.teller = make_person("ยายคำ", "ผู้เล่า", unit=hospital)
        self.note = make_note(
            self.malee,
            audience=audience,
            unit=hospital,
            tags=["คิว"],
            coauthors=[self.coauthor],
            teller=self.teller,
            notebook=make_notebook(self.malee),
        )
        make_note(self.malee, "เรื่องใกล้กัน", tags=["คิว"], audience=Audience.UNIT, unit=hospital)
        make_note(self.malee, "อีกเรื่องหนึ่ง", tags=["คิว"], audience=Audience.MEMBERS)
        for n, person in enumerate(self.ordinary):
            # What is hers alone stands on no shared page: a draft, and what she has withdrawn.
            make_note(person, f"ร่างของคนที่ {n}", tags=["คิว"], publish=False)
            make_note(person, f"ถอนของคนที่ {n}", tags=["คิว"], withdraw=True)
        talk = self.note.conversation
        self.parts: dict[str, Person] = {
            "author": self.malee,
            "coauthor": self.coauthor,
            "teller": self.teller,
            **{
                name: make_person(name, "มีส่วน", unit=hospital)
                for name in ("spoke", "held", "hidden", "withdrew", "replied", "gave", "kept", "host")
            },
            "steward": make_person("ศรี", "ใจเย็น", steward=True, unit=hospital),
            "facilitator": make_person("อำนวย", "ใจกว้าง", facilitator=True, unit=hospital),
            "superuser": make_person("ราก", "แก้ว", is_superuser=True, unit=hospital),
            "inactive": make_person("รอ", "อนุมัติ", is_active=False, unit=hospital),
            "head": make_person("หัวหน้า", "หน่วย"),
        }
        make_appointment(self.parts["head"], hospital, is_head=True)
        make_appreciation(self.parts["spoke"], conversation=talk, unit=hospital, is_private=True)
        first = make_comment(talk, self.parts["spoke"], "ขอถามว่าเริ่มอย่างไร")
        make_comment(talk, self.parts["replied"], "ลองแล้วค่ะ", answers=first)
        put_comment(talk, self.parts["held"], is_held=True, body="<p>คำที่รอ</p>")
        put_comment(talk, self.parts["withdrew"], withdrawn_at=timezone.now(), body="<p>คำที่ถอน</p>")
        hide_comment(make_comment(talk, self.parts["hidden"], "คำที่ซ่อน"), because="แรงไป", by=self.malee)
        make_appreciation(self.parts["gave"], conversation=talk, is_private=True, saw="เห็นกันสองคน")
        keep_appreciation_private(make_appreciation(self.parts["kept"], conversation=talk), by=self.malee)
        talk.hosts.add(self.parts["host"])

    @property
    def everybody(self) -> dict[str, Person]:
        return self.parts | {f"member {n}": person for n, person in enumerate(self.ordinary)}


def asked(person: Person, path: str, **headers: str) -> tuple[int, str]:
    """Return status and text of the page that ``person`` gets, its tokens left out."""
    client = Client(headers={"user-agent": AGENT, **headers})
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    answer: Any = client.get(path)
    return answer.status_code, TOKENS.sub(r"\1…", answer.content.decode())


def anew(kept: members.MemberPages, person: Person, path: str) -> tuple[int, str]:
    kept.is_on = False
    try:
        return asked(person, path)
    finally:
        kept.is_on = True


@pytest.mark.parametrize(
    ("place", "audience"),
    [("note", Audience.PUBLIC), ("note", Audience.MEMBERS), ("note", Audience.UNIT), ("home", Audience.UNIT)],
)
def test_everybody_gets_the_page_that_would_have_been_made_for_her(
    kept: members.MemberPages, place: str, audience: str
) -> None:
    cast = Cast(audience)
    path = cast.note.get_absolute_url() if place == "note" else "/"
    for person in cast.ordinary:
        asked(person, path)
    assert len(kept._pages) >= 5
    for name, person in cast.everybody.items():
        assert asked(person, path) == anew(kept, person, path), name


def test_one_page_serves_all_members_of_a_unit_and_none_who_has_a_part_in_it(
    kept: members.MemberPages,
) -> None:
    cast = Cast(Audience.PUBLIC)
    path = cast.note.get_absolute_url()
    for name, person in cast.parts.items():
        asked(person, path)
        assert len(kept._pages) == 0, name
    first, second, *_ = cast.ordinary
    asked(first, path)
    assert len(kept._pages) == 1
    [page] = kept._pages.values()
    assert page.but_for >= {person.pk for person in cast.parts.values() if not person.is_superuser} - {
        cast.parts["inactive"].pk
    }
    status, text = asked(second, path)
    assert (status, len(kept._pages)) == (200, 1)
    assert first.public_id.encode() not in b"".join(page.pieces)
    assert (second.get_short_name() in text, first.get_short_name() in text) == (True, False)


def test_nothing_is_kept_that_names_who_it_was_made_for(kept: members.MemberPages) -> None:
    malee = make_person("มาลี", "ใจงาม")
    praised = make_person("สมชาย", "ใจดี")
    note = make_note(malee, body="<p>วันนั้นสมชาย ใจดี ยกเก้าอี้มาให้</p>")
    asked(praised, note.get_absolute_url())
    assert len(kept._pages) == 0
    asked(make_person("วันดี", "มีแต่ให้"), note.get_absolute_url())
    assert len(kept._pages) == 1


def test_nothing_is_kept_that_names_her_in_markup(kept: members.MemberPages) -> None:
    praised = make_person("แมรี่", "โอไบรอัน", given_en="Mary", family_en="O'Brien", language="en")
    note = make_note(make_person("สมศรี", "ใจดี"), "Mary O'Brien came", audience=Audience.MEMBERS)
    asked(praised, note.get_absolute_url())
    assert len(kept._pages) == 0


def test_text_that_speaks_of_forms_stays_as_it_was_written(kept: members.MemberPages) -> None:
    first, second = make_person("วันดี", "มีแต่ให้"), make_person("สมชาย", "ใจดี")
    spoken_of = (
        f'name="csrfmiddlewaretoken" value="abc" name="client_key" value="x" data-keep="{first.public_id}"'
    )
    words = [spoken_of, spoken_of.rpartition(" data-keep")[0]]
    for text in words:
        note = make_note(make_person("มาลี", "ใจงาม"), body=f"<p>{text}</p>")
        for reader in (first, second, make_person()):
            client = Client(headers={"user-agent": AGENT})
            client.force_login(reader, backend=settings.AUTHENTICATION_BACKENDS[0])
            assert f"<p>{text}</p>" in client.get(note.get_absolute_url()).content.decode()


def test_a_page_in_the_middle_of_which_something_happened_is_not_kept(
    kept: members.MemberPages, rf: RequestFactory
) -> None:
    reader, other = make_person("วันดี", "มีแต่ให้"), make_person("สมชาย", "ใจดี")

    def asked_of(happens: bool) -> int:
        @members.shared_by_members
        def view(request: HttpRequest) -> HttpResponse:
            if happens:
                change_profile(other, by=other, about="ใหม่")
            return members.share(HttpResponse(members.corner_of(reader)))

        request = rf.get("/")
        request.user = reader
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        assert view(request).status_code == 200
        return len(kept._pages)

    assert (asked_of(True), asked_of(False)) == (0, 1)


def test_a_filled_form_is_sent_as_ones_own(kept: members.MemberPages) -> None:
    note = make_note(make_person("มาลี", "ใจงาม"))
    path = note.get_absolute_url()
    asked(make_person("วันดี", "มีแต่ให้"), path)
    keys = set()
    for name in ("สมชาย", "สมศรี"):
        person = make_person(name, "ใจดี")
        client = Client(enforce_csrf_checks=True, headers={"user-agent": AGENT})
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        text = client.get(path).content.decode()
        form = text[text.index('<form class="talk-form"') :]
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', form))
        keys.add(fields["client_key"])
        assert f'data-keep="{person.public_id}/' in form
        action = re.findall(r'action="([^"]+)"', form)[0]
        sent = client.post(action, {**fields, "body": f"จาก{name}"})
        assert sent.status_code == 302
        assert f"จาก{name}" in client.get(path).content.decode()
    assert len(keys) == 2
    said = note.conversation.comments.order_by("pk").values_list("by__given_th", flat=True)
    assert list(said) == ["สมชาย", "สมศรี"]


def _speaks(cast: Cast) -> None:
    make_comment(cast.note.conversation, make_person("คนใหม่", "เพิ่งพูด"), "เพิ่งพูดเมื่อครู่")


def _closes(cast: Cast) -> None:
    close_conversation(cast.note.conversation, by=cast.malee)


def _withdraws(cast: Cast) -> None:
    withdraw_note(cast.note, by=cast.malee)


@pytest.mark.parametrize("happens", [_speaks, _closes, _withdraws])
def test_whatever_happens_is_seen_at_the_next_request(kept: members.MemberPages, happens: Any) -> None:
    cast = Cast(Audience.PUBLIC)
    path = cast.note.get_absolute_url()
    first, second, *_ = cast.ordinary
    before = asked(first, path)
    assert (asked(second, path)[0], len(kept._pages)) == (200, 1)
    happens(cast)
    after = asked(second, path)
    assert after != before
    assert after == anew(kept, second, path)


def test_a_page_begun_before_something_happened_is_not_kept() -> None:
    pages, person = members.MemberPages(), make_person()
    page = members.Page([b"a"], [], {}, frozenset(), None)
    pages.find(("key",), (7, 0), person)
    pages.keep(("key",), (6, 0), page)
    assert pages.find(("key",), (7, 0), person) is None
    pages.keep(("key",), (7, 0), page)
    assert pages.find(("key",), (7, 0), person) is page
    assert pages.find(("key",), (8, 0), person) is None
    assert len(pages._pages) == 0


def test_the_oldest_pages_go_when_there_are_too_many() -> None:
    pages, person = members.MemberPages(most_bytes=3000), make_person()
    pages.find((0,), (1, 0), person)
    for n in range(4):
        pages.keep((n,), (1, 0), members.Page([b"x" * 500], [], {}, frozenset(), None))
    assert [pages.find((n,), (1, 0), person) is None for n in range(4)] == [True, False, False, False]


def test_a_shared_page_costs_three_queries_and_counts_its_reader(
    kept: members.MemberPages, django_assert_num_queries: Any
) -> None:
    note: Note = make_note(make_person("มาลี", "ใจงาม"))
    path = note.get_absolute_url()
    asked(make_person("วันดี", "มีแต่ให้"), path)
    client = Client(headers={"user-agent": AGENT})
    client.force_login(make_person("สมชาย", "ใจดี"), backend=settings.AUTHENTICATION_BACKENDS[0])
    client.get("/robots.txt")
    client.get(path)
    # The session, the person, and whether anything has happened since.
    with django_assert_num_queries(3):
        client.get(path)
    reading.count_reads()
    note.refresh_from_db()
    assert note.distinct_reads == 2


def test_switched_off_nothing_is_kept() -> None:
    make_duty(make_person("ศรี", "ใจเย็น"))
    note = make_note(make_person("มาลี", "ใจงาม"))
    asked(make_person("วันดี", "มีแต่ให้"), note.get_absolute_url())
    assert (members.kept.is_on, len(members.kept._pages)) == (False, 0)


def test_what_a_follower_does_is_seen_too(kept: members.MemberPages) -> None:
    note = make_note(make_person("มาลี", "ใจงาม"))
    path = note.get_absolute_url()
    following.catch_up_all()
    asked(make_person("วันดี", "มีแต่ให้"), path)
    make_comment(note.conversation, make_person("สมชาย", "ใจดี"))
    reader = make_person("สมศรี", "ใจดี")
    asked(reader, path)
    before = kept.state
    assert len(kept._pages) == 1
    assert following.catch_up_all() > 0
    asked(reader, path)
    assert (kept.state[0], kept.state != before) == (before[0], True)
