"""The knowledge report as a document: a table for each step, the forums, and what only people know.

What the platform does not know it says plainly; on paper an empty line stays to write on.
"""

from __future__ import annotations

from typing import Final

from django.utils import translation
from django.utils.translation import pgettext

from prakai.exchange.harvest.report import Part, Report, Section, Table
from prakai.exchange.harvest.telling import days_told
from prakai.exchange.km_report.steps import Line, steps_of
from prakai.forums.queries.knowledge import HeldForum, UnitKnowledge
from prakai.thai.dates import write_range
from prakai.thai.years import fiscal_days

TO_WRITE_ON: Final = "\n" + "…" * 24
NOT_COUNTED: Final = "–"


def report_of(known: UnitKnowledge, *, language: str, to_write_on: bool = False, site: str = "") -> Report:
    """Return ``known`` as a report; ``to_write_on`` leaves an empty line where nothing is known.

    ``site`` is put before addresses, so that they lead back from paper.
    """
    with translation.override(language):
        headings = (
            pgettext("knowledge report", "What the form asks"),
            pgettext("knowledge report", "Number"),
            pgettext("knowledge report", "What is in the system"),
            pgettext("knowledge report", "Where it comes from"),
        )
        sections = [
            Section(
                step.heading,
                (Table(headings, tuple(_row(one, known, to_write_on, site) for one in step.lines)),),
            )
            for step in steps_of(known)
        ]
        if known.forums:
            sections.append(
                Section(pgettext("knowledge report", "The forums, one by one"), (_forums(known, language),))
            )
        sections.append(Section(pgettext("knowledge report", "What only you know"), (_unknown(to_write_on),)))
        return Report(
            title=f"{known.unit.name} · {year_told(known.year, language)}",
            language=language,
            kind=pgettext("knowledge report", "Knowledge report"),
            facts=(
                (pgettext("knowledge report", "Unit, with the units beneath it"), known.unit.name),
                (
                    pgettext("knowledge report", "Fiscal year"),
                    f"{year_told(known.year, language)} ({_days(known.year, language)})",
                ),
                (
                    pgettext("knowledge report", "For"),
                    pgettext(
                        "knowledge report", "knowledge management plan (seven steps) and PMQA category 4"
                    ),
                ),
            ),
            sections=tuple(sections),
        )


def year_told(year: int, language: str) -> str:
    """Return a fiscal year in words."""
    with translation.override(language):
        return pgettext("knowledge report", "fiscal year %(thai)d (%(christian)d)") % {
            "thai": year,
            "christian": fiscal_days(year)[1].year,
        }


def file_title(known: UnitKnowledge, language: str) -> str:
    """Return how a file with the report is called, without its ending."""
    with translation.override(language):
        return f"{pgettext('knowledge report', 'Knowledge report')} {known.unit.name} {known.year}"


def first_sheet(language: str) -> str:
    """Return what the first sheet of the table is called."""
    with translation.override(language):
        return pgettext("harvest", "Overview")


def unknown_words() -> list[str]:
    """Return what the forms ask and no platform knows."""
    return [
        pgettext("knowledge report", "The desired state, and how you would see it"),
        pgettext("knowledge report", "Who is responsible (CKO and the team)"),
        pgettext("knowledge report", "Means and budget"),
        pgettext("knowledge report", "Self-assessment before the plan"),
    ]


def _days(year: int, language: str) -> str:
    first, last = fiscal_days(year)
    if language == "en":
        return write_range(first, last, language="en", era="ce")
    return write_range(first, last)


def _nothing(to_write_on: bool) -> str:
    return pgettext("knowledge report", "No data in the system") + (TO_WRITE_ON if to_write_on else "")


def _row(line: Line, known: UnitKnowledge, to_write_on: bool, site: str) -> tuple[str, ...]:
    if not line.is_known:
        return (line.label, NOT_COUNTED, _nothing(to_write_on), NOT_COUNTED)
    address = line.address or next((address for _, address in line.told if address), "")
    if address.startswith("#"):
        address = f"/units/{known.unit.pk}/knowledge?year={known.year}{address}"
    titles = "\n".join(words for words, _ in line.told)
    return (line.label, str(line.count or len(line.told)), titles or NOT_COUNTED, f"{site}{address}")


def _forums(known: UnitKnowledge, language: str) -> Table:
    headings = (
        pgettext("knowledge report", "Forum"),
        pgettext("harvest", "When"),
        pgettext("harvest", "People"),
        pgettext("harvest", "Stories"),
        pgettext("harvest", "Nuggets"),
        pgettext("harvest", "Cores"),
        pgettext("harvest", "Sparks"),
        pgettext("knowledge report", "Dialogue, % of talking time"),
        pgettext("knowledge report", "Review, minutes"),
    )
    return Table(headings, tuple(_forum(one, language) for one in known.forums))


def _forum(one: HeldForum, language: str) -> tuple[str, ...]:
    meter = one.meter
    return (
        one.forum.title,
        days_told(one.forum, language),
        *(str(figure) for figure in (one.people, one.stories, one.nuggets, one.cores, one.sparks)),
        str(meter.share) if meter is not None and meter.share is not None else NOT_COUNTED,
        str(meter.aar) if meter is not None else NOT_COUNTED,
    )


def _unknown(to_write_on: bool) -> Part:
    rows = tuple((words, _nothing(to_write_on)) for words in unknown_words())
    return Table(
        (
            pgettext("knowledge report", "What the form asks"),
            pgettext("knowledge report", "What is in the system"),
        ),
        rows,
    )
