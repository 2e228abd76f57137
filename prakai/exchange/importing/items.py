"""What reading gives: items, comments, media, and what could not be read. Frozen values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

Origin = Literal["gotoknow", "wordpress", "rss", "atom", "jsonfeed", "markdown"]
State = Literal["published", "draft", "private"]
Licence = Literal["arr", "cc-by", "cc-by-sa", "cc-by-nc", "cc-by-nc-sa", "cc-by-nd", "cc-by-nc-nd", "cc0"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something odd in one item that did not stop the reading. `code` is stable, `text` is short plain English."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class DateSeen:
    """A date recognised in a body: `start` and `end` (the same for one day) as ISO 8601 days, `text` as written."""

    start: str
    end: str
    text: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or file that an item shows. `path` is the file found in the media folder, None when not found."""

    url: str
    path: Path | None
    alt: str


@dataclass(frozen=True, slots=True)
class ItemComment:
    """A comment of an item. `key` is stable inside the item; `number` is the source's own number of the comment."""

    key: str
    author: str | None
    author_email: str | None
    written_at: datetime | None
    body_html: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """One note of another platform, as read; unsanitised.

    `source`: the path, plus "#n" (entry n of a feed or WXR, from 1) or "!name" (member of a ZIP archive).
    `line`: the line where the item begins in its file, from 1, when known.
    `key`: a stable identity: "gotoknow:75052", a guid, a canonical address, or a Markdown file's relative path.
    `written_at`, `edited_at`: aware moments. `licence`: our code, None when unknown; `licence_text` as written.
    `reads`: None when unknown (never 0 for a count hidden behind a click).
    `comment_count`: what the source says, None when it says nothing; may exceed `len(comments)`.
    `url`: the canonical address; `other_urls`: further addresses that must go on resolving.
    `body_html`: paragraphs and lists, not sanitised: whoever writes it must sanitise.
    `highlight`: the pull quote as plain text. `dates`: dates recognised in the title-less body text.
    `raw`: text of the source that nobody understood: kept, never dropped.
    `problems`: what was odd, as `Trouble`.
    """

    source: str
    line: int | None
    origin: Origin
    key: str
    number: int | None
    title: str
    author: str | None
    author_email: str | None
    notebook: str | None
    tags: tuple[str, ...]
    written_at: datetime | None
    edited_at: datetime | None
    licence: Licence | None
    licence_text: str | None
    reads: int | None
    comments: tuple[ItemComment, ...]
    comment_count: int | None
    url: str | None
    other_urls: tuple[str, ...]
    body_html: str
    highlight: str | None
    dates: tuple[DateSeen, ...]
    raw: str
    media: tuple[Media, ...]
    language: str | None
    status: State
    problems: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class LooseComment:
    """A comment saved on its own page: it names its note by title, and by number when an address told it."""

    source: str
    origin: Origin
    note_title: str | None
    note_number: int | None
    comment: ItemComment
    url: str | None
    raw: str
    problems: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """What could not be read; the reading went on. `code` is stable for translation, `reason` is plain English."""

    source: str
    line: int | None
    code: str
    reason: str


Reading = Item | LooseComment | Broken
