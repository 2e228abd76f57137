"""A phone and a screen in a real browser: what is thrown comes by itself, waits for the network, and is one however
often it is tapped (``BROWSER=1``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from prakai.cli.preparing.catalogue import compile_catalogues
from tests.live.walling import OPEN, Phone, rows, said
from tests.serving import Running, make_place, prakai

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
ACT = """
import django; django.setup()
from prakai.forums.actions import {action}
from prakai.forums.models import Forum, Role, Spark
forum = Forum.objects.get()
malee = Role.objects.filter(forum=forum).first().person
{act}
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compile_catalogues(ROOT.glob("prakai/**/locale/th/LC_MESSAGES/django.po"))
    place = make_place(tmp_path_factory.mktemp("wall-browser"))
    done_static = prakai(place, "django", "collectstatic", "--noinput", "--verbosity", "0")
    assert (done_static.returncode, done_static.stderr) == (0, "")
    return place


@pytest.fixture(scope="module")
def code(place: Path) -> str:
    return said(place, OPEN)


@pytest.fixture(scope="module")
def site(place: Path, code: str) -> Iterator[Running]:
    with Running(place, "serve", ready="/live/health") as running:
        yield running


@pytest.fixture
def opened(chromium: Any, site: Running) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_page(path: str, width: int = 360) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 740})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda trouble: complaints.append(str(trouble)))
        page.goto(f"http://127.0.0.1:{site.port}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def throw(page: Any, words: str) -> None:
    page.fill("#throw textarea", words)
    page.click("#throw button[type=submit]")


def says(page: Any, place: str, words: str, name: str) -> None:
    """Wait until ``place`` says what the page brought along in ``data-NAME`` of the part ``words``."""
    page.wait_for_function(
        "([place, words, name]) => document.querySelector(place).textContent"
        " === document.getElementById(words).dataset[name]",
        arg=[place, words, name],
    )


def test_a_spark_comes_to_the_phones_and_the_screen_by_itself(
    opened: Callable[..., Any], site: Running, place: Path, code: str
) -> None:
    phone, other, screen = opened(f"/w/{code}"), opened(f"/w/{code}"), opened("/forums/1/wall", 1280)
    throw(phone, "ยิ้มก่อนถาม")
    for page in (phone, other, screen):
        page.wait_for_selector("#sparks > li:has-text('ยิ้มก่อนถาม')")
        assert page.locator("#sparks > li:has-text('ยิ้มก่อนถาม')").count() == 1
    assert (phone.url, phone.input_value("#throw textarea")) == (f"http://127.0.0.1:{site.port}/w/{code}", "")
    says(phone, "#queue [role=status]", "queue", "arrived")
    own = phone.locator("#sparks > li:has-text('ยิ้มก่อนถาม')")
    public_id = own.get_attribute("id").removeprefix("s-")
    spark = f"Spark.objects.get(public_id='{public_id}')"
    card = screen.locator(f"#s-{public_id}")
    assert card.locator("p[lang=th]").inner_text() == "ยิ้มก่อนถาม"
    assert (
        card.locator(".screen-spark > *").count() == 2
    )  # no picture, nothing that it builds on, no move for a visitor
    said(place, ACT.format(action="echo_spark", act=f"echo_spark({spark}, by=None, token='phone')"))
    other.wait_for_selector(f"#s-{public_id} .wall-echoes:visible:has-text('1')")
    screen.wait_for_selector(f"#s-{public_id} [data-told=number]:visible:has-text('1')")
    said(
        place,
        ACT.format(action="hide_spark", act=f"hide_spark({spark}, by=malee, because='ลองดู')"),
    )
    for page in (phone, other, screen):
        page.wait_for_selector(f"#s-{public_id}", state="detached")


def test_what_is_thrown_without_a_network_waits_and_arrives_once(
    opened: Callable[..., Any], site: Running, place: Path, code: str
) -> None:
    before = len(rows(place))
    phone = opened(f"/w/{code}")
    phone.context.set_offline(True)
    throw(phone, "ดอกแรก")
    throw(phone, "ดอกหลัง")
    phone.wait_for_selector("#queue [role=status]:has-text('รอส่ง 2')")
    phone.context.set_offline(False)
    phone.wait_for_selector("#sparks > li:has-text('ดอกหลัง')", timeout=40_000)
    assert phone.locator("#sparks > li:has-text('ดอกแรก')").count() == 1
    assert len(rows(place)) == before + 2


def test_what_waits_is_there_after_a_reload_and_two_taps_are_one(
    opened: Callable[..., Any], site: Running, place: Path, code: str
) -> None:
    before = len(rows(place))
    phone = opened(f"/w/{code}")
    phone.route("**/sparks", lambda route: route.abort())
    phone.fill("#throw textarea", "สาม")
    phone.dblclick("#throw button[type=submit]")
    phone.wait_for_selector("#queue [role=status]:has-text('รอส่ง 1')")
    phone.reload()
    phone.wait_for_selector("#queue [role=status]:has-text('รอส่ง 1')")
    phone.unroute("**/sparks")
    phone.reload()
    phone.wait_for_selector("#sparks > li:has-text('สาม')")
    says(phone, "#queue [role=status]", "queue", "arrived")
    assert len(rows(place)) == before + 1


TWO_TAPS = """async () => {
  const words = document.querySelector("#throw textarea");
  const button = document.querySelector("#throw button[type=submit]");
  button.click();
  while (words.value) await new Promise((go) => setTimeout(go, 5));
  await new Promise((go) => setTimeout(go, 50));
  button.click();
}"""


def test_a_second_tap_asks_for_nothing_when_the_first_is_kept_already(
    opened: Callable[..., Any], site: Running, place: Path, code: str
) -> None:
    before = len(rows(place))
    phone = opened(f"/w/{code}")
    phone.fill("#throw textarea", "แตะสองครั้ง ช้า ๆ")
    phone.evaluate(TWO_TAPS)
    says(phone, "#queue [role=status]", "queue", "arrived")
    assert phone.url == f"http://127.0.0.1:{site.port}/w/{code}"
    assert len(rows(place)) == before + 1


def test_what_is_not_taken_comes_back_with_its_words(
    opened: Callable[..., Any], site: Running, place: Path, code: str
) -> None:
    phone = opened(f"/w/{code}")
    throw(phone, "ก" * 300)
    phone.click("#queue button")
    assert phone.input_value("#throw textarea") == "ก" * 300
    phone.wait_for_selector("#queue li", state="detached")


def test_the_page_says_when_the_wall_is_frozen_and_what_waited_comes_after(
    opened: Callable[..., Any], site: Running, place: Path, code: str
) -> None:
    phone = opened(f"/w/{code}")
    said(place, ACT.format(action="freeze_wall", act="freeze_wall(forum, by=malee)"))
    says(phone, "#wall-said", "wall-said", "frozen")
    Phone(site.port, code).throw("phone-0009", "มาตอนหยุด")
    said(place, ACT.format(action="thaw_wall", act="thaw_wall(forum, by=malee)"))
    phone.wait_for_selector("#sparks > li:has-text('มาตอนหยุด')")
    phone.wait_for_selector("#wall-said:empty", state="attached")


def test_the_screen_takes_up_what_a_keeper_pins_in_place(
    opened: Callable[..., Any], site: Running, place: Path, code: str
) -> None:
    screen = opened("/forums/1/wall", 1920)
    Phone(site.port, code).throw("phone-0021", "จะปักหมุดไว้")
    screen.wait_for_selector("#sparks > li:has-text('จะปักหมุดไว้')")
    public_id = screen.locator("#sparks > li:has-text('จะปักหมุดไว้')").get_attribute("data-spark")
    screen.evaluate("window.isTheSamePage = true")
    spark = f"Spark.objects.get(public_id='{public_id}')"
    said(place, ACT.format(action="pin_spark", act=f"pin_spark({spark}, by=malee)"))
    screen.wait_for_selector(f"#pinned [data-spark='{public_id}']")
    assert screen.locator(f"#sparks [data-spark='{public_id}']").count() == 0
    Phone(site.port, code).throw("phone-0022", "มาหลังปักหมุด")
    screen.wait_for_selector("#sparks > li:has-text('มาหลังปักหมุด')")
    said(place, ACT.format(action="unpin_spark", act=f"unpin_spark({spark}, by=malee)"))
    screen.wait_for_selector(f"#sparks [data-spark='{public_id}']")
    assert screen.locator("#sparks > li:has-text('มาหลังปักหมุด')").count() == 1
    assert screen.evaluate("window.isTheSamePage") is True


def test_who_hears_the_screen_is_told_of_many_sparks_at_once(
    opened: Callable[..., Any], site: Running, place: Path, code: str
) -> None:
    screen = opened("/forums/1/wall", 1280)
    assert screen.get_attribute("#screen-said", "role") == "status"
    for number in range(3):
        Phone(site.port, code).throw(f"phone-003{number}", f"ฟังทีเดียว {number}")
    screen.wait_for_selector("#sparks > li:has-text('ฟังทีเดียว 2')")
    assert screen.inner_text("#screen-said") == ""
    screen.wait_for_selector("#screen-said:has-text('ประกายใหม่ 3 ชิ้น ล่าสุด: ฟังทีเดียว 2')", timeout=15_000)
