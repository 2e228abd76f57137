"""The harvest of a forum told as a report, in Thai (years of the Buddhist era) or in English.

Headings are ours and in the chosen language; what people said stays as they said it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import Final, TypeVar

from django.utils import translation
from django.utils.translation import npgettext, pgettext

from prakai.exchange.harvest.outcome import grown_told, meter_told
from prakai.exchange.harvest.paper import Certificate
from prakai.exchange.harvest.report import Part, Quote, Report, Section, Table, Words
from prakai.forums.models import Forum, Participant
from prakai.forums.queries.harvest_shape import (
    Harvest,
    Said,
    SparksTogether,
    ToldCore,
    ToldNugget,
    ToldPattern,
)
from prakai.forums.queries.promises import Sums
from prakai.thai.dates import BANGKOK, write_range

LANGUAGES: Final = ("th", "en")
NOTHING: Final = "–"
Kind = TypeVar("Kind")


def report_of(harvest: Harvest, *, language: str, as_tables: bool = False) -> Report:
    """Return what of ``harvest`` may go on paper as a report; ``as_tables`` for a sheet to sort and count in."""
    told = harvest.for_paper()
    with translation.override(language):
        parts: list[tuple[str, list[Part]]] = [
            (pgettext("harvest", "Who came"), _people(told)),
            (pgettext("harvest", "Stories"), _stories(told)),
            (pgettext("harvest", "Cores and their nuggets"), _cores(told, as_tables)),
            (pgettext("harvest", "Sparks"), _sparks(told, as_tables)),
            (pgettext("harvest", "Notes that grew out of this day"), grown_told(told)),
            (pgettext("harvest", "What keeps coming back"), _beside(told.beside)),
            (pgettext("harvest", "To change next time"), _said(told.improve, as_tables)),
            *((one.asked, _said(one, as_tables)) for one in told.others),
            (pgettext("harvest", "Promises to oneself, in sum"), _promises(told.promises)),
        ]
        return Report(
            title=told.forum.title,
            language=language,
            kind=pgettext("harvest", "The harvest of a forum"),
            facts=tuple(_facts(told, language)),
            sections=tuple(Section(heading, tuple(found)) for heading, found in parts if found),
        )


def overview_name(language: str) -> str:
    """Return what the first sheet of the table is called."""
    with translation.override(language):
        return pgettext("harvest", "Overview")


def file_title(forum: Forum, language: str) -> str:
    """Return how a file with the harvest is called, without its ending."""
    with translation.override(language):
        return pgettext("harvest file", "Harvest %(title)s") % {"title": forum.title}


def certificates_told(forum: Forum, people: Iterable[Participant], language: str) -> list[Certificate]:
    """Return the words of a certificate for each of ``people``."""
    with translation.override(language):
        return [
            Certificate(
                heading=pgettext("certificate", "Certificate of attendance"),
                to=pgettext("certificate", "for"),
                name=one.name,
                unit=one.unit_name,
                attended=pgettext("certificate", "who told, listened and learned with us at"),
                forum=forum.title,
                when=days_told(forum, language),
                by=(forum.host or forum.owner).name,
            )
            for one in people
        ]


def certificate_title(forum: Forum, language: str) -> str:
    """Return how a file with certificates is called, without its ending."""
    with translation.override(language):
        return pgettext("harvest file", "Certificates %(title)s") % {"title": forum.title}


def days_told(forum: Forum, language: str) -> str:
    """Return the day or days of ``forum``: 8–9 ธันวาคม 2569, in English 8–9 December 2026; empty without a day."""
    if forum.starts_at is None:
        return ""
    first = forum.starts_at.astimezone(BANGKOK).date()
    last = max(first, (forum.ends_at or forum.starts_at).astimezone(BANGKOK).date())
    if language == "en":
        return write_range(first, last, language="en", era="ce")
    return write_range(first, last)


def _facts(told: Harvest, language: str) -> Iterable[tuple[str, str]]:
    forum = told.forum
    figures = (
        (pgettext("harvest", "Units"), told.named_units),
        (pgettext("harvest", "Stories"), len(told.stories)),
        (pgettext("harvest", "Nuggets"), told.nugget_count),
        (pgettext("harvest", "Cores"), told.core_count),
        (pgettext("harvest", "Sparks"), told.spark_count),
        (pgettext("harvest", "“Same here”"), told.echo_count),
    )
    facts = [
        (pgettext("harvest", "Which work shall become better"), forum.purpose),
        (pgettext("harvest", "When"), days_told(forum, language)),
        (pgettext("harvest", "Where"), forum.place or str(forum.get_mode_display())),
        (pgettext("harvest", "Prepared by"), forum.owner.name),
        (pgettext("harvest", "Series"), forum.series.name if forum.series is not None else ""),
        (_counted(told), str(told.people) if told.people else ""),
        *((name, str(figure) if figure else "") for name, figure in figures),
        *meter_told(told),
    ]
    return (fact for fact in facts if fact[1])


def _counted(told: Harvest) -> str:
    return (
        pgettext("harvest", "People who came") if told.at_door else pgettext("harvest", "People with a seat")
    )


def _people(told: Harvest) -> list[Part]:
    if not told.units:
        return []
    headings = (
        pgettext("harvest", "Unit"),
        pgettext("harvest", "People"),
        pgettext("harvest", "Names of those who agreed to be listed"),
    )
    rows = (
        (one.name or pgettext("harvest", "Without a unit"), str(one.people), ", ".join(one.names) or NOTHING)
        for one in told.units
    )
    return [Table(headings, tuple(rows))]


def _stories(told: Harvest) -> list[Part]:
    kept = npgettext(
        "harvest",
        "%(n)d more story stays among those who were there.",
        "%(n)d more stories stay among those who were there.",
        told.kept_back,
    ) % {"n": told.kept_back}
    rest: list[Part] = [Words(kept)] if told.kept_back else []
    if not told.stories:
        return rest
    headings = (
        pgettext("harvest", "Story"),
        pgettext("harvest", "Told by"),
        pgettext("harvest", "Unit"),
    )
    rows = tuple((one.title, one.teller, one.unit or NOTHING) for one in told.stories)
    return [Table(headings, rows), *rest]


def _cores(told: Harvest, as_tables: bool) -> list[Part]:
    if not told.cores:
        return []
    if not as_tables:
        return _under_titles(told.cores, _core_title, lambda core: [_nugget(one) for one in core.nuggets])
    headings = (
        pgettext("harvest", "Core"),
        pgettext("harvest", "Nugget"),
        pgettext("harvest", "In other words"),
        pgettext("harvest", "Told by"),
        pgettext("harvest", "Unit"),
        pgettext("harvest", "Story"),
    )
    rows = (
        (core.title, one.words, one.paraphrase, one.teller, one.unit, one.story)
        for core in told.cores
        for one in core.nuggets
    )
    return [Table(headings, tuple(rows))]


def _core_title(core: ToldCore) -> str:
    return core.title or pgettext("harvest", "Not under a core yet")


def _nugget(one: ToldNugget) -> Quote:
    words = f"{one.words}\n({one.paraphrase})" if one.paraphrase else one.words
    return Quote(words, " · ".join(part for part in (one.teller, one.unit, one.story) if part))


def _sparks(told: Harvest, as_tables: bool) -> list[Part]:
    if not told.sparks:
        return []
    picture = pgettext("harvest", "(a picture)")
    if not as_tables:
        return _under_titles(
            told.sparks,
            lambda group: _spark_title(group, told.sparks),
            lambda group: [
                Quote(one.text or picture, _signed(one.signed, one.echoes)) for one in group.sparks
            ],
        )
    headings = (
        pgettext("harvest", "Group"),
        pgettext("harvest", "Spark"),
        pgettext("harvest", "Signed"),
        pgettext("harvest", "“Same here”"),
    )
    rows = (
        (group.title, one.text or picture, one.signed, str(one.echoes))
        for group in told.sparks
        for one in group.sparks
    )
    return [Table(headings, tuple(rows))]


def _spark_title(group: SparksTogether, all_of_them: Sequence[SparksTogether]) -> str:
    if group.title or len(all_of_them) == 1:
        return group.title
    return pgettext("harvest", "By themselves")


def _signed(name: str, echoes: int) -> str:
    same = npgettext("harvest", "%(n)d person: “same here”", "%(n)d people: “same here”", echoes) % {
        "n": echoes
    }
    return " · ".join(part for part in (name, same if echoes else "") if part)


def _beside(sides: Sequence[Said]) -> list[Part]:
    """What fell short beside what exceeded, in one table, so that neither goes out without the other."""
    if not sides:
        return []
    columns = [[*map(_pattern, side.patterns), *side.quotes] for side in sides]
    rows = tuple(tuple(row) for row in zip_longest(*columns, fillvalue=""))
    return [Table(tuple(side.asked for side in sides), rows)]


def _pattern(pattern: ToldPattern) -> str:
    return "\n".join(
        [f"{pattern.title} ({_answers(len(pattern.quotes))})", *(f"“{one}”" for one in pattern.quotes)]
    )


def _answers(count: int) -> str:
    return npgettext("harvest", "%(n)d answer", "%(n)d answers", count) % {"n": count}


def _said(said: Said | None, as_tables: bool) -> list[Part]:
    if said is None:
        return []
    if as_tables:
        headings = (pgettext("harvest", "Pattern"), pgettext("harvest", "Answer"))
        rows = [(one.title, words) for one in said.patterns for words in one.quotes]
        return [Table(headings, (*rows, *(("", words) for words in said.quotes)))]
    found: list[Part] = []
    for one in said.patterns:
        found += [Words(f"{one.title} ({_answers(len(one.quotes))})", strong=True), *map(Quote, one.quotes)]
    if said.patterns and said.quotes:
        found.append(Words(pgettext("harvest", "Still each for itself"), strong=True))
    return [*found, *map(Quote, said.quotes)]


def _promises(sums: Sums | None) -> list[Part]:
    if sums is None or not sums.promises:
        return []
    headings = (pgettext("harvest", "What became of them"), pgettext("harvest", "At least"))
    rows = [(pgettext("harvest", "Promises made"), sums.promises), *sums.rows]
    return [
        Words(
            pgettext(
                "harvest", "Promises stay with those who made them. Sums are in fives; fewer are not told."
            )
        ),
        Table(headings, tuple((name, str(count)) for name, count in rows)),
    ]


def _under_titles(
    groups: Iterable[Kind], title: Callable[[Kind], str], quotes: Callable[[Kind], Sequence[Quote]]
) -> list[Part]:
    found: list[Part] = []
    for group in groups:
        if words := title(group):
            found.append(Words(words, strong=True))
        found += quotes(group)
    return found
