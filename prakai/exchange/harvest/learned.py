"""What many reviews teach together, told as a report: themes with their sentences, and which of them are dealt with.

Names beside sentences stay on the page: on paper nobody can take hers away.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import pgettext

from prakai.exchange.harvest.report import Part, Quote, Report, Section, Table, Words
from prakai.exchange.harvest.telling import NOTHING, days_told
from prakai.forums.queries.learning import LearningPage, Theme
from prakai.thai.dates import BANGKOK, write_range


def learned_title(language: str) -> str:
    """Return how the report is called."""
    with translation.override(language):
        return pgettext("learning page", "What many reviews teach together")


def learned_report(page: LearningPage, *, language: str, as_tables: bool = False) -> Report:
    """Return the page as a report; ``as_tables`` for a sheet to sort and count in, one sentence a row."""
    with translation.override(language):
        told = (
            (pgettext("learning page", "Keeps coming back"), page.coming),
            (pgettext("learning page", "Said at one forum"), page.once),
            (pgettext("learning page", "Dealt with"), page.done),
        )
        sections = [
            Section(heading, tuple(_rows(themes, language) if as_tables else _quotes(themes, language)))
            for heading, themes in told
            if themes
        ]
        return Report(
            title=pgettext("learning page", "What many reviews teach together"),
            language=language,
            kind=pgettext("learning page", "Learning of forums"),
            facts=((pgettext("learning page", "Reviews"), str(page.forums)),),
            sections=tuple(sections),
        )


def _quotes(themes: Iterable[Theme], language: str) -> Iterable[Part]:
    for theme in themes:
        yield Words(f"{theme.title} ({theme.label})", strong=True)
        if settled := _settled(theme, language):
            yield Words(settled)
        for one in theme.sentences:
            yield Quote(one.words, f"{one.forum.title} · {days_told(one.forum, language)}")


def _rows(themes: Iterable[Theme], language: str) -> Iterable[Part]:
    headings = (
        pgettext("learning page", "Theme"),
        pgettext("learning page", "Question"),
        pgettext("learning page", "Sentence"),
        pgettext("learning page", "Forum"),
        pgettext("learning page", "When"),
        pgettext("learning page", "Dealt with"),
    )
    rows = (
        (
            theme.title, theme.label, one.words, one.forum.title, days_told(one.forum, language),
            _settled(theme, language) or NOTHING,
        )
        for theme in themes
        for one in theme.sentences
    )  # fmt: skip
    yield Table(headings, tuple(rows))


def _settled(theme: Theme, language: str) -> str:
    """Return when and by what it was dealt with, and whether it came back; nothing while it is open."""
    if theme.settled is None:
        return ""
    day = theme.settled.at.astimezone(BANGKOK).date()
    on = write_range(day, day, language="en", era="ce") if language == "en" else write_range(day, day)
    said = pgettext("learning page", "Dealt with on %(day)s: %(because)s") % {
        "day": on, "because": theme.settled.because,
    }  # fmt: skip
    if theme.came_back:
        said += " · " + pgettext("learning page", "It has come back since.")
    return said
