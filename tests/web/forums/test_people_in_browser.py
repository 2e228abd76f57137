"""Who comes, in Chromium: nothing sticks out on a phone, one tap at the door, and eight cards to a sheet of A4.

Switched on by ``BROWSER=1``; ``CHROMIUM=`` names the program when it is not /usr/bin/chromium.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest

from prakai.forums.models import Arrival
from prakai.web.templatetags import prakai_tags
from tests.factories.forums import make_forum, make_participant
from tests.web.forums.conftest import SignIn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("BROWSER"), reason="needs Chromium: BROWSER=1"),
    pytest.mark.django_db(transaction=True),
]
A4 = (595, 842)


@pytest.fixture(autouse=True)
def _files_as_they_lie(settings: Any) -> Iterator[None]:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    prakai_tags.asset.cache_clear()
    yield
    prakai_tags.asset.cache_clear()


def test_the_day_of_a_coordinator_on_a_phone_and_on_paper(
    cast: SimpleNamespace, chromium: Any, live_server: Any, signed_in: SignIn
) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    seats = [make_participant(forum, name=f"ผู้ร่วมเวทีคนที่ {n}", unit=cast.ward) for n in range(9)]
    long = "ไพลินภัสสร์วรกานต์ทองประเสริฐวัฒนาพาณิชย์เจริญสุข"
    make_participant(forum, name=long, nickname=long[:30], needs=long, unit_words=long, phone="0812345678")
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    session = signed_in(cast.malee).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    base = f"{live_server.url}/forums/{forum.pk}"
    pages = (
        "register",
        "people",
        "people/new",
        "people/many",
        "door",
        "cards",
        "signatures",
        "roles",
        "briefing",
    )
    for path in pages:
        page.goto(f"{base}/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (path, wide) == (path, 0)
    page.goto(f"{base}/door/{seats[0].public_id}")
    page.get_by_role("button", name="มาแล้ว").click()
    page.get_by_text("ยินดีต้อนรับ").wait_for()
    assert Arrival.objects.count() == 1
    page.goto(f"{base}/cards")
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert [tuple(round(side) for side in printed[n].get_size()) for n in range(len(printed))] == [A4, A4]
    context.close()
