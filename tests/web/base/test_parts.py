"""Parts: each says what it needs, each is shown in the styleguide, none carries style or script of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from prakai.web.base.examples import AUDIENCE_HINTS, SampleForm, styleguide_pieces
from prakai.web.base.forms import Gentle
from prakai.web.templatetags.prakai_tags import part_words

WEB = Path(__file__).resolve().parents[3] / "prakai" / "web"
TEMPLATES = WEB / "base" / "templates"
PARTS = sorted(path.stem for path in (TEMPLATES / "parts").glob("*.html"))
PAGES = [path for path in sorted(TEMPLATES.rglob("*.html")) if path.name != "500.html"]


@pytest.mark.parametrize("name", PARTS)
def test_a_part_says_what_it_is_and_needs(name: str) -> None:
    assert len(part_words(name)) > 20


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_explained_in_the_styleguide(name: str) -> None:
    guide = "".join(
        path.read_text(encoding="utf-8") for path in (TEMPLATES / "base" / "styleguide").glob("*.html")
    )
    assert f'part_words "{name}"' in guide


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_template_carries_no_style_or_script_and_stays_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", text) == []
    assert len(text.splitlines()) <= 120


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = set(
        re.findall(r'<symbol id="([a-z]+)"', (WEB / "static/icons/icons.svg").read_text(encoding="utf-8"))
    )
    named = {
        name
        for path in WEB.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([a-z]+)" %}', path.read_text(encoding="utf-8"))
    }
    assert named - drawn == set()


def test_every_class_that_a_part_names_is_drawn() -> None:
    css = "".join(path.read_text(encoding="utf-8") for path in (WEB / "static/css").glob("*.css"))
    drawn = set(re.findall(r"\.([a-z][a-z0-9-]*)", css))
    named = set()
    for path in TEMPLATES.rglob("*.html"):
        for value in re.findall(r'\bclass="([^"]*)"', path.read_text(encoding="utf-8")):
            named |= set(re.sub(r"{[{%].*?[%}]}", " ", value).split())
    only_hooks = {"card-kind", "comment-body", "prose", "reply", "share"}
    assert {name for name in named if not name.endswith("-")} - drawn - only_hooks == set()


def test_the_byline_names_person_and_unit_before_the_institution() -> None:
    pieces = styleguide_pieces()
    note = pieces["note"]
    words = render_to_string(
        "parts/byline.html",
        {"people": note.people, "unit": note.unit, "institution": note.institution, "moment": note.moment},
    )
    order = [words.index(str(part)) for part in (note.people[0], note.unit, note.institution)]
    assert order == sorted(order)


def test_a_field_keeps_what_was_typed_and_ties_its_error_to_it() -> None:
    form = SampleForm({"title": "", "email": "malee", "place": "แผนกผู้ป่วยนอก"})
    with translation.override("en"):
        email = render_to_string("parts/field.html", {"field": form["email"]})
    assert 'value="malee"' in email
    assert 'aria-describedby="id_email_helptext id_email_error"' in email
    assert 'id="id_email_helptext"' in email
    assert 'id="id_email_error"' in email
    assert "Please write an e-mail address" in email


def test_words_of_others_are_escaped() -> None:
    notice = render_to_string(
        "parts/notice.html", {"text": "<script>x</script>", "url": '"><b>', "label": "<i>"}
    )
    assert "<script>" not in notice
    assert "<b>" not in notice
    assert "<i>" not in notice


def test_choices_show_the_line_under_each_answer() -> None:
    html = render_to_string(
        "parts/choices.html", {"field": SampleForm()["audience"], "hints": AUDIENCE_HINTS}
    )
    assert [hint for hint in AUDIENCE_HINTS.values() if hint in html] == list(AUDIENCE_HINTS.values())
    assert html.count('type="radio"') == 3


def test_a_diff_tells_by_words_what_was_added_and_removed() -> None:
    with translation.override("en"):
        html = render_to_string("parts/diff.html", {"runs": styleguide_pieces()["runs"]})
    assert '<del><span class="seen-by-ear">removed: </span>แค่</del>' in html
    assert '<ins><span class="seen-by-ear">added: </span>หกตัว</ins>' in html


class OwnWords(Gentle, forms.Form):
    name = forms.CharField(error_messages={"required": "ขอชื่อด้วยค่ะ"})
    place = forms.CharField()


def test_gentle_forms_ask_kindly_and_keep_words_of_their_own() -> None:
    with translation.override("en"):
        assert OwnWords({}).errors == {"name": ["ขอชื่อด้วยค่ะ"], "place": ["Please fill this in."]}


def test_gentle_leaves_other_forms_as_they_are() -> None:
    with translation.override("en"):
        OwnWords({}).is_valid()
        assert forms.CharField().error_messages["required"] == "This field is required."
