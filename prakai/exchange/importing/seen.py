"""What every reader does with a body: dates seen in it, its media, its language, a title from its first words."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from lxml import etree

from prakai.thai.dates import find_dates
from prakai.thai.graphemes import cut

from .hostile import LIMITS, Refusal
from .items import DateSeen

DATES_IN: Final = 200_000
"""Characters of a body in which dates are looked for."""
TITLE_LIMIT: Final = 80
_LETTER = re.compile(r"[^\W\d_]")
_THAI = re.compile("[\u0e01-\u0e2e]")


def dates_seen(text: str, written_at: datetime | None) -> tuple[DateSeen, ...]:
    """The dates in a text, each once, as ISO days; a missing year is taken near the day of writing."""
    near: date | None = written_at.date() if written_at else None
    found = find_dates(text[:DATES_IN], near=near)
    dates = (DateSeen(each.start.isoformat(), each.end.isoformat(), each.text) for each in found)
    return tuple(dict.fromkeys(dates))


def first_words(text: str) -> str:
    """A title for a text that has none: the words of its first line, at most 80 graphemes."""
    return cut(" ".join(text.lstrip().partition("\n")[0][:2000].split()), TITLE_LIMIT)


def language_of(text: str) -> str | None:
    """ "th" when a fair part of the letters is Thai, else None: other languages are not guessed."""
    sample = text[:1000]
    letters = len(_LETTER.findall(sample))
    return "th" if letters and len(_THAI.findall(sample)) * 4 >= letters else None


def check_body(text: str, line: int | None) -> None:
    """Refuse a body that is too large for one item."""
    if len(text) > LIMITS.item_bytes:
        raise Refusal("item-too-large", "This item is too large for one note.", line)


def fragment(html: str) -> etree._Element | None:
    """HTML of a body as a tree under one element; None when there is nothing in it."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(f"<div>{html}</div>".encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def text_of(html: str) -> str:
    """The visible text of HTML, one line for each block."""
    tree = fragment(html)
    if tree is None:
        return ""
    for block in tree.iter("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"):
        block.tail = "\n" + (block.tail or "")
    lines = "".join(map(str, tree.itertext())).replace("\u00a0", " ").split("\n")
    return "\n".join(line for line in map(str.strip, lines) if line)


def identity_key(identity: str | None, link: str | None, home: str | None) -> str | None:
    """A stable identity of an entry: its own when that is unique in the world, else its address, else with its home.

    A bare "17" is unique only inside one feed.
    """
    if identity and ":" in identity:
        return identity
    return link or (f"{home or ''}#{identity}" if identity else None)


def web_address(text: str | None) -> str | None:
    """The text when it is a web address, else None."""
    return text if text and re.match(r"https?://[^\s/]", text, re.IGNORECASE) else None
