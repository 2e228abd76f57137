"""The cast of the pages of talk. Pages are asked in English; what a template does not know shows a marker."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.test import Client
from django.urls import include, path

from prakai.people.models import Person
from prakai.talk.models import Conversation
from prakai.talk.queries import conversation_page
from prakai.web.requests import reader_of
from prakai.web.talk import visitors
from tests.factories.people import make_person
from tests.factories.talk import make_conversation
from tests.factories.units import make_unit

UNKNOWN = "!!unknown"


def owner(request: HttpRequest, number: int) -> HttpResponse:
    """The page of a thing that owns a conversation, as another area would write it."""
    reader = reader_of(request)
    conversation = get_object_or_404(Conversation.objects.visible_to(reader), address=f"/made-up/{number}")
    return render(request, "made_up.html", {"talk": conversation_page(conversation, reader)})


urlpatterns = [path("made-up/<int:number>", owner), path("", include("prakai.web.urls"))]
OWNER = (
    '{% extends "base/page.html" %}{% block main %}<h1>{{ talk.conversation.title }}</h1>'
    '{% include "talk/conversation.html" with talk=talk %}{% endblock %}'
)


@pytest.fixture(autouse=True)
def _pages(settings: Any) -> Iterator[None]:
    templates = copy.deepcopy(settings.TEMPLATES)
    options = templates[0]["OPTIONS"]
    options["string_if_invalid"] = f"{UNKNOWN}:%s!!"
    templates[0]["APP_DIRS"] = False
    options["loaders"] = [
        ("django.template.loaders.locmem.Loader", {"made_up.html": OWNER}),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.web.talk.conftest"
    visitors.COMMENTS.forget()
    visitors.REPORTS.forget()
    yield
    visitors.COMMENTS.forget()
    visitors.REPORTS.forget()


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """malee hosts the conversation ``talk``; somchai and nurse are members; steward looks after all."""
    hospital = make_unit("โรงพยาบาลดอยคำ", abbreviations=["รพ.ดอยคำ"])
    malee = make_person("มาลี", "ใจงาม", language="en")
    return SimpleNamespace(
        hospital=hospital,
        malee=malee,
        somchai=make_person("สมชาย", "ศรีสุข", language="en"),
        nurse=make_person("นภา", "แก้วดี", unit=hospital, language="en"),
        steward=make_person("ประสาน", "มั่นคง", steward=True, language="en"),
        talk=make_conversation(hosts=[malee]),
    )


@pytest.fixture
def signed_in() -> Callable[[Person | None], Client]:
    """A browser in English, signed in as the person, or a visitor's."""

    def sign_in(person: Person | None) -> Client:
        client = Client()
        client.cookies["django_language"] = "en"
        if person is not None:
            client.force_login(person)
        return client

    return sign_in
