"""The row of a forum's pages: which stand in it for whom, and that many are told by the time of the day."""

from __future__ import annotations

from types import SimpleNamespace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prakai.forums.actions import give_role
from tests.factories.forums import make_forum
from tests.factories.people import make_person
from tests.web.forums.conftest import SignIn


def test_tabs_when_somebody_records_lead_to_the_briefing(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    recorder, stranger = make_person("นภา"), make_person("สมชาย")
    give_role(forum, recorder, "recorder", by=cast.malee)
    link = f'href="/forums/{forum.pk}/briefing"'
    pages = [signed_in(one).get(forum.get_absolute_url()).content.decode() for one in (recorder, stranger)]
    assert [link in page for page in pages] == [True, False]
    assert signed_in(recorder).get(f"/forums/{forum.pk}/briefing").status_code == 200


def test_tabs_when_many_are_told_by_time_and_the_current_one_is_open(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    host = signed_in(cast.malee)
    page = host.get(f"/forums/{forum.pk}/circles").content.decode()
    nav = page[page.index('<nav class="tabs forum-times-of"') :].partition("</nav>")[0]
    times = nav.split("<details")[1:]
    assert [time.startswith(" open>") for time in times] == [False, True, False]
    assert f'<a href="/forums/{forum.pk}/circles" aria-current="page">' in times[1]
    assert "forum-times-of" not in Client().get(forum.get_absolute_url()).content.decode()


def test_tabs_when_roles_are_many_cost_the_same_queries(cast: SimpleNamespace, signed_in: SignIn) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    recorder = make_person("นภา")
    reader = signed_in(recorder)
    give_role(forum, recorder, "recorder", by=cast.malee)
    reader.get(forum.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        reader.get(f"/forums/{forum.pk}/people")
    for kind in ("teller", "observer"):
        give_role(forum, recorder, kind, by=cast.malee)
    with CaptureQueriesContext(connection) as many:
        reader.get(f"/forums/{forum.pk}/people")
    assert len(many) == len(one)
