"""Share cards for what everyone may read, and the map that leads search engines to it."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace

import pytest
from defusedxml import ElementTree
from django.test import Client
from PIL import Image

from prakai.notes import actions
from prakai.notes.models import Note, Tag
from tests.factories.notes import bring, make_brought, make_note, make_notebook
from tests.factories.units import make_unit

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(path: str) -> list[str]:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return [loc.text or "" for loc in ElementTree.fromstring(answer.content).iter(f"{MAP}loc")]


@pytest.mark.parametrize("title", ["ที่นั่งรอหกตัว", "ชื่นใจที่ KM เป็นเครื่องมือ " * 6, "น้ำ “ปุ๋ย” #[x] $y$ *z* \\ @ป"])
def test_a_card_is_a_picture_of_the_right_size(cast: SimpleNamespace, title: str) -> None:
    note = make_note(cast.malee, title.strip())
    answer = Client().get(f"/cards/notes/{note.number}.png")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    with Image.open(BytesIO(answer.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(answer.content) <= 300_000
    assert Client().get(f"/cards/notes/{note.number}.png").content == answer.content


def test_cards_of_other_words_are_other_pictures(cast: SimpleNamespace) -> None:
    pictures = {
        Client().get(f"/cards/notes/{make_note(cast.malee, title).number}.png").content
        for title in ("ฝน", "แดด")
    }
    assert len(pictures | {Client().get("/cards/site.png").content}) == 3


def test_a_card_shows_the_spark_of_a_note_with_a_short_title(cast: SimpleNamespace) -> None:
    def card(title: str, highlight: str) -> bytes:
        note = make_note(cast.malee, title, highlight=highlight)
        return Client().get(f"/cards/notes/{note.number}.png").content

    assert card("ฝน", "ลุงเช็ดม้านั่งให้คนที่ยังมาไม่ถึง") != card("ฝน", "")
    assert card("ฝนตก " * 14, "ลุงเช็ดม้านั่ง") == card("ฝนตก " * 14, "")


@pytest.mark.parametrize(
    "state", [{"audience": "members"}, {"publish": False}, {"withdraw": True}, {"audience": "unit"}]
)
def test_there_is_no_card_of_what_is_not_for_everyone(
    cast: SimpleNamespace, state: dict[str, object]
) -> None:
    note = make_note(cast.malee, **state)  # type: ignore[arg-type]
    client = Client()
    client.force_login(cast.malee)
    assert client.get(f"/cards/notes/{note.number}.png").status_code == 404
    assert client.get("/cards/notes/999999.png").status_code == 404


def test_the_map_leads_to_everything_public_and_to_nothing_else(cast: SimpleNamespace) -> None:
    public = make_note(cast.malee, "น้ำ & ปุ๋ย", tags=["เก้าอี้"], notebook=make_notebook(cast.malee, "เปิด"))
    far = bring(make_brought("ไกล", number=75052), cast.malee)
    make_note(
        cast.malee, "วงใน", audience="members", tags=["วงใน"], notebook=make_notebook(cast.malee, "วงใน")
    )
    make_note(cast.malee, "ร่าง", publish=False, tags=["ร่าง"])
    withdrawn = make_note(cast.malee, "ถอน", tags=["ถอน"])
    actions.withdraw_note(withdrawn, by=cast.malee)
    ended = make_unit("เลิกแล้ว")
    assert addresses("/sitemap.xml")[0] == "http://testserver/sitemap-places.xml"
    parts = [path.removeprefix("http://testserver") for path in addresses("/sitemap.xml")[1:]]
    notes = [url for part in parts for url in addresses(part)]
    # By number: PostgreSQL's run on past the old one's when other tests came before.
    by_number = sorted([public.number, far.number])
    assert [int(url.split("/")[4].split("-")[0]) for url in notes] == by_number
    assert all(url.isascii() for url in notes)
    found = addresses("/sitemap-places.xml")
    tags = [url for url in found if "/tags/" in url]
    assert [int(url.split("/tags/")[1].split("-")[0]) for url in tags] == [Tag.objects.get(label="เก้าอี้").pk]
    books = {int(url.split("/notebooks/")[1].split("-")[0]) for url in found if "/notebooks/" in url}
    assert books == {public.notebook_id, far.notebook_id}
    units = {int(url.split("/units/")[1].split("-")[0]) for url in found if "/units/" in url}
    assert units == {cast.hospital.pk, ended.pk}
    for url in [*notes, *found]:
        assert Client().get(url.removeprefix("http://testserver")).status_code == 200, url


def test_the_map_of_wide_gaps_names_only_parts_with_notes(cast: SimpleNamespace) -> None:
    for number in (7, 75_052, 400_000):
        bring(make_brought("ก", number=number), cast.malee)
    parts = addresses("/sitemap.xml")[1:]
    assert parts == [
        f"http://testserver/sitemap-notes-{number // 5000}.xml" for number in (7, 75_052, 400_000)
    ]
    assert addresses("/sitemap-notes-99999999999999999999.xml") == []


def test_the_map_of_a_new_place_is_valid(db: None) -> None:
    assert Note.objects.count() == 0
    assert addresses("/sitemap.xml") == [
        "http://testserver/sitemap-places.xml",
        "http://testserver/sitemap-notes-0.xml",
    ]
    assert addresses("/sitemap-notes-0.xml") == []
    assert addresses("/sitemap-places.xml") == ["http://testserver/", "http://testserver/about"]
