"""Old addresses of GotoKnow: which note they name, and what moment they tell.

Forms seen: `/posts/N`, `/blog/<slug>/N` (also with `?page=1`), `/archive/YYYY/MM/DD/HH/MM/SS/eN`; with or without
`www.`, under http or https, also on a member's own `<member>.gotoknow.org`. The number is the same in all forms.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from prakai.thai.dates import BANGKOK

_NUMBERED = re.compile(r"/(?:posts|blog/[^/]+)/(\d{1,9})/?", re.ASCII)
_ARCHIVE = re.compile(
    r"/archive/(\d{4})/(\d{1,2})/(\d{1,2})/(\d{1,2})/(\d{1,2})/(\d{1,2})/e(\d{1,9})/?", re.ASCII
)
_COMMENT = re.compile(r"/comments/(\d{1,10})/?", re.ASCII)


def _path_of(url: str) -> str | None:
    """The path of a GotoKnow address or of a bare path; None for another host or another kind of address."""
    url = url.strip()
    if url.startswith("/") and not url.startswith("//"):
        url = "https://www.gotoknow.org" + url
    elif re.match(r"(?:www\.)?gotoknow\.org/", url, re.IGNORECASE):
        url = "https://" + url
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"}:
        return None
    if host != "gotoknow.org" and not host.endswith(".gotoknow.org"):
        return None
    return parts.path


def note_number(url: str) -> int | None:
    """The running number of the note that a GotoKnow address (or a bare path of one) names, or None."""
    path = _path_of(url)
    if path is None:
        return None
    numbered = _NUMBERED.fullmatch(path)
    if numbered:
        return int(numbered[1]) or None
    archive = _ARCHIVE.fullmatch(path)
    return (int(archive[7]) or None) if archive else None


def archive_moment(url: str) -> datetime | None:
    """The exact moment that an `/archive/…/eN` address tells, in Bangkok; None for other forms and bad dates."""
    path = _path_of(url)
    archive = _ARCHIVE.fullmatch(path) if path is not None else None
    if archive is None:
        return None
    year, month, day, hour, minute, second = (int(archive[n]) for n in range(1, 7))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=BANGKOK)
    except ValueError:
        return None


def comment_number(url: str) -> int | None:
    """The number of the comment that a `/comments/N` address names, or None."""
    path = _path_of(url)
    found = _COMMENT.fullmatch(path) if path is not None else None
    return (int(found[1]) or None) if found else None


def canonical_address(number: int) -> str:
    """The one address under which we name note `number` of GotoKnow."""
    return f"https://www.gotoknow.org/posts/{number}"
