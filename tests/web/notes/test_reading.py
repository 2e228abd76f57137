"""The reading page: what it shows, to whom, at which address; and what machines are told."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.notes.actions import publish_note, return_note, withdraw_note, write_note
from prakai.notes.actions.bringing import Brought, bring_note
from prakai.notes.actions.sending import first_notebook
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note, OldAddress
from prakai.notes.models.origins import Rights
from prakai.people.models import Appointment, Person
from tests.factories.talk import put_comment
from tests.web.notes.conftest import Write, page_of, reads_of, signed_in

AGENT = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}


def test_a_note_is_read_by_everybody_at_its_address(write: Write) -> None:
    note = write(tags=["งานบริการ"], highlight="เก้าอี้หกตัว", licence="cc-by")
    text = page_of(Client().get(note.get_absolute_url()))
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", text) == ["ที่นั่งรอหกตัว"]
    for told in (
        "มาลี ใจงาม",
        "พยาบาลวิชาชีพ",
        "โรงพยาบาลดอยคำ",
        "งานบริการ",
        "เก้าอี้หกตัว",
        "เริ่มคุย",
        "creativecommons.org",
    ):
        assert told in text, told
    # the unit stands before the institution above it
    assert text.index("โรงพยาบาลดอยคำ") < text.index("สำนักงานสาธารณสุขจังหวัดดอยคำ")


def test_the_number_decides_and_other_words_lead_on(write: Write) -> None:
    note = write()
    for wrong in (f"/notes/{note.number}", f"/notes/{note.number}-", f"/notes/{note.number}-old-words"):
        answer = Client().get(wrong + "?lang=en")
        assert (answer.status_code, answer["Location"]) == (301, _encoded(note) + "?lang=en")
        assert answer["Cache-Control"] == "no-cache"  # the older title may come back


def test_numbers_that_no_note_has_are_not_found(db: None) -> None:
    for path in (
        "/notes/1",
        "/notes/999999999999999",
        "/notes/9999999999999999999999",
        "/posts/7",
        "/blog/x/7",
    ):
        assert Client().get(path).status_code == 404, path


def test_a_draft_is_for_its_writers_only(
    write: Write, malee: Person, somchai: Person, steward: Person
) -> None:
    note = write(publish=False)
    seen = [
        c.get(note.get_absolute_url()).status_code for c in (Client(), signed_in(somchai), signed_in(steward))
    ]
    assert seen == [404, 404, 404]
    text = page_of(signed_in(malee).get(note.get_absolute_url()))
    assert "noindex" in text
    assert "og:title" not in text


def test_a_smaller_circle_reads_and_others_do_not(write: Write, somchai: Person, malee: Person) -> None:
    note = write(audience="members")
    assert Client().get(note.get_absolute_url()).status_code == 404
    assert "noindex" in page_of(signed_in(somchai).get(note.get_absolute_url()))
    unit_note = write("ในหน่วย", audience="unit")
    assert signed_in(somchai).get(unit_note.get_absolute_url()).status_code == 404
    assert signed_in(malee).get(unit_note.get_absolute_url()).status_code == 200


def test_position_and_unit_are_those_of_that_time(write: Write, malee: Person, hospital: Any) -> None:
    long_ago = timezone.now() - timedelta(days=3000)
    Appointment.objects.create(
        person=malee,
        unit=hospital,
        position_th="นักเรียนพยาบาล",
        from_on=(long_ago - timedelta(days=10)).date(),
        until_on=(long_ago + timedelta(days=100)).date(),
    )
    text = page_of(Client().get(write(at=long_ago).get_absolute_url()))
    assert "นักเรียนพยาบาล" in text
    assert "พยาบาลวิชาชีพ" not in text


def test_what_somebody_only_says_of_herself_is_not_shown_to_visitors(
    write: Write, somchai: Person, hospital: Any
) -> None:
    Appointment.objects.create(person=somchai, unit=hospital, position_th="ผู้อำนวยการ", confirmed_at=None)
    note = write(by=somchai)
    assert "ผู้อำนวยการ" not in page_of(Client().get(note.get_absolute_url()))
    member = Client()
    member.force_login(somchai)
    text = page_of(member.get(note.get_absolute_url()))
    assert (text.count("ผู้อำนวยการ"), text.count("รอยืนยัน")) == (1, 1)


def test_a_note_written_for_somebody_names_the_teller_first(write: Write) -> None:
    text = page_of(Client().get(write(teller_name="ป้าแก้ว บ้านดอย").get_absolute_url()))
    byline = text[text.index('class="byline"') : text.index('class="prose"')]
    assert byline.index("ป้าแก้ว บ้านดอย") < byline.index("มาลี ใจงาม")


def test_the_parts_of_a_series_lead_to_each_other(write: Write) -> None:
    now = timezone.now()
    first, second, third = (
        write(f"ตอน {n}", series="ชุดคิว", at=now - timedelta(days=9 - n)) for n in range(3)
    )
    text = page_of(Client().get(second.get_absolute_url()))
    assert f'rel="prev" href="{first.get_absolute_url()}"' in text
    assert f'rel="next" href="{third.get_absolute_url()}"' in text


def test_notes_on_the_same_matter_stand_beside_it(write: Write) -> None:
    note, other = write(tags=["คิว"]), write("บัตรสามสี", tags=["คิว"])
    write("ไม่เกี่ยวกัน", tags=["น้ำท่วม"])
    text = page_of(Client().get(note.get_absolute_url()))
    assert other.get_absolute_url() in text
    assert "ไม่เกี่ยวกัน" not in text


def test_machines_are_told_and_nobody_can_break_out_of_it(write: Write) -> None:
    note = write("</script><script>alert(1)</script>", tags=["คิว"], licence="cc-by-sa")
    text = page_of(Client().get(note.get_absolute_url()))
    told = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert told is not None
    article = json.loads(told[1])
    assert article["@type"] == "Article"
    assert article["headline"] == note.title
    assert article["author"][0]["name"] == "มาลี ใจงาม"
    assert article["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert article["url"] == f"http://testserver{_encoded(note)}"
    assert "<script>alert" not in text
    assert f"http://testserver/cards/notes/{note.number}.png" in text
    assert f'<link rel="canonical" href="http://testserver{_encoded(note)}">' in text


def test_a_note_says_its_language(write: Write) -> None:
    text = page_of(Client().get(write("Chairs", "<p>We turned them.</p>", language="en").get_absolute_url()))
    assert re.search(r'<article class="note" lang="en"', text)


def test_a_visitors_page_carries_no_token_and_says_what_to_count(write: Write) -> None:
    note = write()
    answer = Client(headers=AGENT).get(note.get_absolute_url())
    assert "csrfmiddlewaretoken" not in page_of(answer)
    assert answer.cookies == {}
    assert answer["X-Prakai-Reads"] == str(note.pk)


def test_reads_are_honest(write: Write, malee: Person, somchai: Person) -> None:
    note = write()
    visitor = Client(headers=AGENT)
    for client in (visitor, visitor, signed_in(malee), signed_in(somchai, headers=AGENT)):
        client.get(note.get_absolute_url())
    Client(headers={"user-agent": "Googlebot/2.1"}).get(note.get_absolute_url())
    Client(headers={**AGENT, "sec-purpose": "prefetch"}, REMOTE_ADDR="10.0.0.9").get(note.get_absolute_url())
    assert reads_of(note) == 2
    assert "ผู้อ่าน 2 คน" in page_of(Client().get(note.get_absolute_url()))


def test_a_withdrawn_note_leaves_a_stone_and_can_come_back(
    write: Write, malee: Person, somchai: Person
) -> None:
    note = write()
    withdraw_note(note, by=malee, because="ขอถามคนไข้ก่อน")
    for client in (Client(), signed_in(somchai)):
        text = page_of(client.get(note.get_absolute_url()), 410)
        assert "ขอถามคนไข้ก่อน" in text
        assert "มาลี ใจงาม" in text
        assert "เริ่มคุย" not in text
    assert "ถอน" in page_of(signed_in(malee).get(note.get_absolute_url()))
    return_note(note, by=malee)
    assert Client().get(note.get_absolute_url()).status_code == 200


def test_a_stone_of_a_smaller_circle_tells_strangers_nothing(write: Write, malee: Person) -> None:
    note = write(audience="members")
    withdraw_note(note, by=malee, because="เรื่องในวง")
    assert Client().get(note.get_absolute_url()).status_code == 404


def _brought(malee: Person, **told: Any) -> Note:
    brought = Brought(
        key="gotoknow:75052",
        site="gotoknow",
        number=75052,
        title="KM ภาคราชการ",
        body_html="<p>ย่อหน้าแรก</p>",
        author_name="วิจารณ์",
        url="https://www.gotoknow.org/posts/75052",
        written_at=timezone.now() - timedelta(days=6000),
        old_paths=["/posts/75052", "/blog/kmi-thailand/75052", "/th/ของเก่า"],
        licence_text="สงวนสิทธิ์ทุกประการ",
        **told,
    )
    return bring_note(
        brought, notebook=first_notebook(by=malee), rights=told.get("rights", Rights.LINK), by=malee
    )[0]


def test_old_addresses_lead_to_the_note_for_good(malee: Person) -> None:
    note = _brought(malee)
    OldAddress.objects.create(path="/wp/2007/01/เรื่องเก่า", note=note)
    for path in (
        "/posts/75052",
        "/posts/75052/",
        "/blog/kmi-thailand/75052",
        "/blog/anything/75052",
        "/archive/2007/01/29/10/25/00/e75052",
        "/th/ของเก่า",
        "/wp/2007/01/เรื่องเก่า",
        "/wp/2007/01/เรื่องเก่า/",
    ):
        answer = Client().get(path)
        assert (answer.status_code, answer.get("Location")) == (301, _encoded(note)), path


def test_old_addresses_of_a_withdrawn_note_say_so(malee: Person) -> None:
    note = _brought(malee)
    withdraw_note(note, by=malee)
    assert Client().get("/posts/75052").status_code == 410
    assert Client().get("/th/ของเก่า").status_code == 410


def test_an_old_address_of_a_hidden_note_tells_nothing(malee: Person, write: Write) -> None:
    hidden = write(publish=False)
    OldAddress.objects.create(path="/old/hidden", note=hidden)
    assert Client().get("/old/hidden").status_code == 404


def test_a_link_card_gives_the_way_to_its_source_and_says_what_is_unknown(malee: Person) -> None:
    text = page_of(Client().get(_brought(malee).get_absolute_url()))
    assert 'href="https://www.gotoknow.org/posts/75052"' in text
    assert "อ่านต่อที่ต้นทาง" in text
    assert "ไม่ทราบ" in text
    assert "วิจารณ์" in text


def test_the_page_costs_the_same_with_much_talk_and_many_tags(write: Write, somchai: Person) -> None:
    small, big = write("น้อย", tags=["หนึ่ง"]), write("มาก", tags=[f"คำ {n}" for n in range(20)])
    put_comment(small.conversation, somchai)
    for n in range(30):
        put_comment(big.conversation, somchai, body=f"<p>คำที่ {n}</p>")
    costs = []
    for note in (small, big):
        Client().get(note.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            page_of(Client().get(note.get_absolute_url()))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_journal_without_title_is_called_by_its_words(malee: Person) -> None:
    notebook = first_notebook(by=malee)
    journal = write_note(notebook=notebook, by=malee, writing=Writing(body="วันนี้ฝนตก", kind="journal"))
    publish_note(journal, by=malee)
    assert "<title>วันนี้ฝนตก" in page_of(Client().get(journal.get_absolute_url()))


def _encoded(note: Note) -> str:
    from django.utils.encoding import iri_to_uri

    return str(iri_to_uri(note.get_absolute_url()))


def test_a_note_names_what_is_close_to_it_if_there_is_anything(write: Write, malee: Person) -> None:
    note = write(tags=["งานบริการ"])

    def close(reader: Person | None = None) -> list[str]:
        client = signed_in(reader) if reader else Client()
        rail = page_of(client.get(note.get_absolute_url())).split('id="related"')[1:]
        return (
            re.findall(r'href="/notes/[^"]+"[^>]*>([^<]+)</a>', rail[0].split("</section>")[0])
            if rail
            else []
        )

    assert close() == []
    write(title="เรื่องของวันก่อน", tags=["งานบริการ"])
    write(title="เรื่องในหน่วย", tags=["งานบริการ"], audience="unit")
    for n in range(5):
        write(title=f"อีกเรื่อง {n}", tags=["งานบริการ"], publish=False)
    assert close() == ["เรื่องของวันก่อน"]
    assert sorted(close(malee)) == ["เรื่องของวันก่อน", "เรื่องในหน่วย"]
    assert "เรื่องใกล้เคียง" in page_of(Client().get(note.get_absolute_url()))
