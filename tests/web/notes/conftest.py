"""The cast of the writing desk; a template that names something unknown prints a marker that tests look for."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from prakai.notes.actions import publish_note, write_note
from prakai.notes.actions.reading import count_reads
from prakai.notes.actions.sending import first_notebook
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note
from prakai.people.models import Person
from tests.factories.people import make_person
from tests.factories.units import make_unit

UNKNOWN = "!!unknown:%s!!"
BODY = "<p>เราหันเก้าอี้เข้าหากัน แล้วทั้งแถวก็เริ่มคุย</p>"


@pytest.fixture(autouse=True)
def unknown_names_show(settings: Any) -> None:
    """Write a marker wherever a template prints what its view did not give."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = UNKNOWN
    settings.TEMPLATES = templates
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def nothing_read_before() -> Iterator[None]:
    """Let no reading of one test be counted in another."""
    from prakai.notes.actions import reading

    reading._waiting.clear()
    yield
    reading._waiting.clear()


@pytest.fixture
def hospital(db: None) -> Any:
    return make_unit("โรงพยาบาลดอยคำ", parent=make_unit("สำนักงานสาธารณสุขจังหวัดดอยคำ"))


@pytest.fixture
def malee(hospital: Any) -> Person:
    return make_person("มาลี", "ใจงาม", unit=hospital, position_th="พยาบาลวิชาชีพ")


@pytest.fixture
def somchai(db: None) -> Person:
    return make_person("สมชาย", "ใจดี")


@pytest.fixture
def steward(db: None) -> Person:
    return make_person("ศรี", "ใจเย็น", steward=True)


Write = Callable[..., Note]


@pytest.fixture
def write(malee: Person) -> Write:
    """Return a function that writes a note of malee's, published unless told otherwise."""

    def written(
        title: str = "ที่นั่งรอหกตัว", body: str = BODY, *, publish: bool = True, by: Person = malee, **told: Any
    ) -> Note:
        at = told.pop("at", None)
        notebook = told.pop("notebook", None) or first_notebook(by=by)
        note = write_note(
            notebook=notebook, by=by, writing=Writing(title=title, body=body, kind="how", **told), at=at
        )
        if publish:
            publish_note(note, by=by, at=at)
        return note

    return written


def signed_in(person: Person, **how: Any) -> Client:
    """Return a browser in which ``person`` is signed in."""
    client = Client(**how)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def page_of(response: Any, status: int = 200) -> str:
    """Return the page's text after checking its status and that no template named something unknown."""
    assert response.status_code == status, response.content.decode()[:2000]
    text: str = response.content.decode()
    assert "!!unknown" not in text, text[text.index("!!unknown") - 300 : text.index("!!unknown") + 80]
    return text


def reads_of(note: Note) -> int:
    """Return how many readers are counted once the waiting ones are written."""
    count_reads()
    note.refresh_from_db()
    return note.distinct_reads
