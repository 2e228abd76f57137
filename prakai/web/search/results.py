"""What was found, as the page shows it: hits with who and when, facets as links, what was chosen and how to let go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import npgettext, pgettext

from prakai.people.queries import post_of
from prakai.search.queries.answers import FACETS, SORTS, Found, Hit, Piece, as_html
from prakai.search.wishes import Wish
from prakai.thai.graphemes import cut
from prakai.units.provinces import province
from prakai.web.notes.rows import people_of, title_of
from prakai.web.search import wordings
from prakai.web.templatetags.prakai_tags import spoken

SHOWN_AT_ONCE = 6
"""Values of a facet that stand open; the rest opens with a tap."""


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One thing found, as ``search/hit.html`` shows it. ``facts`` are words beneath it: who, where.

    ``is_near`` marks what only comes close where other things fit exactly; where nothing does the page says it once.
    """

    kind: str
    kind_word: str
    url: str
    title: SafeString
    passage: SafeString
    language: str
    passage_language: str
    facts: list[str]
    moment: datetime | None
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A choice as a link: what it is called, where it leads, whether it is taken now."""

    label: str
    url: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: ``open`` values stand there, ``folded`` ones beneath them."""

    name: str
    label: str
    open: list[Link] = field(default_factory=list)
    folded: list[Link] = field(default_factory=list)


def address_of(wish: Wish, **changes: str) -> str:
    """Return the address of a wish."""
    query = urlencode(wish.query(**changes))
    return f"/search?{query}" if query else "/search"


def shown(hits: Iterable[Hit]) -> list[ShownHit]:
    """Return hits as the page shows them; no further query."""
    found = list(hits)
    all_near = all(hit.is_near for hit in found)
    return [replace(_shown(hit), is_near=hit.is_near and not all_near) for hit in found]


def _shown(hit: Hit) -> ShownHit:
    title, passage, language, facts = hit.title, hit.passage, "", []
    if hit.kind == "note":
        language = hit.thing.language
        facts = [", ".join(str(person) for person in people_of(hit.thing)), str(hit.thing.unit or "")]
        if not "".join(piece.text for piece in title).strip() or not hit.thing.title:
            title = title if any(piece.is_hit for piece in title) else (Piece(title_of(hit.thing)),)
        passage = passage or ((Piece(hit.thing.highlight),) if hit.thing.highlight else ())
    elif hit.kind == "comment":
        facts = [_signed(hit.thing)]
    elif hit.kind == "forum":
        facts = [str(hit.thing.owner), hit.thing.place]
    elif hit.kind == "story":
        facts = [hit.thing.teller_name, hit.thing.unit_name, str(hit.thing.forum)]
    elif hit.kind == "spark":
        facts = [hit.thing.name or pgettext("found spark", "somebody in the room")]
    elif hit.kind == "person":
        facts = [post_of(getattr(hit.thing, "rows_held", []))]
    elif hit.kind == "unit":
        facts = [hit.thing.get_kind_display(), hit.thing.province_name]
    elif hit.kind == "network":
        facts = [_how_many_units(hit.thing.units)]
    return ShownHit(
        kind=hit.kind,
        kind_word=wordings.kind_word(hit.kind),
        url=hit.address,
        title=as_html(title),
        passage=as_html(passage),
        language=language or spoken("".join(piece.text for piece in title)),
        passage_language=language or "th",
        facts=[fact for fact in facts if fact],
        moment=hit.at if hit.kind in ("note", "comment", "forum", "story", "spark") else None,
    )


def _how_many_units(number: int) -> str:
    """Return in words how many units belong to a network; nothing while none does."""
    words = npgettext("found network", "%(n)d unit belongs to it", "%(n)d units belong to it", number)
    return words % {"n": number} if number else ""


def _signed(comment: Any) -> str:
    """Return who said it, as far as she gave a name."""
    if comment.by is not None:
        return str(comment.by)
    return comment.by_name or pgettext("found comment", "somebody who gave no name")


def facets_of(found: Found, wish: Wish) -> list[Facet]:
    """Return the facets that can narrow what was found; a facet with one value that all things have says nothing."""
    made = []
    for name in FACETS:
        choices = found.facets.get(name, [])
        if not choices or (
            len(choices) == 1 and choices[0].count == found.total and not choices[0].is_chosen
        ):
            continue
        links = [
            Link(
                choice.label, address_of(wish.with_choice(name, choice.value)), choice.count, choice.is_chosen
            )
            for choice in choices
        ]
        made.append(Facet(name, str(wordings.FACETS[name]), links[:SHOWN_AT_ONCE], links[SHOWN_AT_ONCE:]))
    return made


def chosen_of(found: Found, wish: Wish) -> list[Link]:
    """Return what is chosen, each as the link that takes it away."""
    labels = {(name, choice.value): choice.label for name in FACETS for choice in found.facets.get(name, [])}
    return [
        Link(_label(name, value, labels.get((name, value), "")), address_of(wish.with_choice(name, value)))
        for name in FACETS
        for value in wish.chosen.get(name, [])
    ]


def _label(name: str, value: str, known: str) -> str:
    """Return what to call a chosen value, also one that the facets do not tell of: nothing that was found has it."""
    if name == "year":
        return pgettext("chosen facet", "year %(year)s") % {"year": known or value}
    if known:
        return known
    if name == "kind":
        return wordings.kind_word(value)
    if name == "province" and (found := province(value)):
        return found.name
    return pgettext("chosen facet", "%(facet)s (chosen)") % {"facet": wordings.FACETS[name]}


def sorts_of(wish: Wish) -> list[Link]:
    """Return the orders as links."""
    return [
        Link(
            str(wordings.SORTS[sort]),
            address_of(wish, sort="" if sort == SORTS[0] else sort),
            current=sort == wish.sort,
        )
        for sort in SORTS
    ]


def page_of(found: Found, wish: Wish) -> dict[str, Any]:
    """Return what the template of the page names of what was found; no further query."""
    chosen = chosen_of(found, wish)
    return {
        "found": found,
        "hits": shown(found.hits),
        "facets": facets_of(found, wish),
        "chosen": chosen,
        "sorts": sorts_of(wish),
        "about": " · ".join(part for part in (cut(wish.text, 60), *(link.label for link in chosen)) if part),
        "said": cut(wish.text, 120),
        "all_url": address_of(Wish(wish.text)),
        "previous_url": address_of(wish, page=_page(found.page - 1)) if found.page > 1 else "",
        "next_url": address_of(wish, page=_page(found.page + 1)) if found.page < found.pages else "",
    }


def _page(number: int) -> str:
    return "" if number == 1 else str(number)
