"""RSS and Atom files: each entry is cut out, checked, and given to feedparser as bytes of its own.

feedparser never sees an address, a file name or a malformed text, so it neither fetches nor guesses.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any, Final

import feedparser

from .addresses import canonical_address, note_number
from .entries import Entry, XmlFrame, pieces_of, scan
from .folders import Source
from .hostile import LIMITS, Refusal, check_size
from .items import Broken, Item, Origin, Trouble
from .licences import licence_of
from .lines import body_html, text_lines, tidy
from .media import media_in, places_of
from .moments import read_written
from .seen import check_body, dates_seen, first_words, identity_key, language_of, text_of, web_address

_BLOCK: Final = re.compile(
    r"<(?:p|div|ul|ol|table|blockquote|h[1-6]|figure|pre|section|article)[\s>]", re.IGNORECASE
)
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})


def reads_as_feed(head: str) -> bool:
    """Whether a text begins as RSS (any version) or Atom."""
    return any(mark in head for mark in ("<rss", "<feed", ":feed", "<rdf:RDF", ":RDF"))


def read_feed(source: Source, media_folder: Path | None) -> Iterator[Item | Broken]:
    """The entries of a feed; raises `Refusal` for the whole of it."""
    file, size = source.open()
    with file:
        check_size(size, LIMITS.page_bytes)
        preamble, entries = scan(pieces_of(file))
        frame = XmlFrame(preamble)
        origin: Origin = "atom" if frame.name == "feed" else "rss"
        feed = _head(preamble, frame)
        for entry in entries:
            name = f"{source.name}#{entry.place}"
            try:
                yield _read_entry(source, entry, frame, feed, origin, media_folder)
            except Refusal as refusal:
                yield Broken(name, refusal.line or entry.line, refusal.code, refusal.reason)


def _parsed(document: str) -> Any:
    return feedparser.parse(
        io.BytesIO(document.encode("utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _around(frame: XmlFrame, content: str) -> str:
    """A whole feed that holds only `content`."""
    if frame.name == "rss":
        return f"{frame.opening}<channel>{content}</channel>{frame.closing}"
    return f"{frame.opening}{content}{frame.closing}"


def _head(preamble: str, frame: XmlFrame) -> Any:
    """What the feed says of itself; empty when its head is damaged."""
    start = preamble.find(frame.opening) + len(frame.opening)
    content = preamble[start:] + ("</channel>" if frame.name == "rss" else "")
    try:
        # A head may hold several elements or none: wrapped, it is one element that can be checked.
        _, checked, _ = frame.parse(Entry(f"<head>{content}</head>", 0, 1))
    except Refusal:
        return {}
    inner = checked.removeprefix("<head>").removesuffix("</head>")
    return _parsed(f"{frame.opening}{inner}{frame.closing}").get("feed", {})


def _read_entry(
    source: Source, entry: Entry, frame: XmlFrame, feed: Any, origin: Origin, media_folder: Path | None
) -> Item:
    _, checked, repaired = frame.parse(entry)
    found = _parsed(_around(frame, checked)).get("entries", [])
    if len(found) != 1:
        raise Refusal("bad-entry", "This entry is not understood.", entry.line)
    fields: Any = found[0]
    problems = (
        [Trouble("xml-repaired", "The XML of this entry was damaged and repaired.")] if repaired else []
    )
    html = _body(fields)
    text = text_of(html)
    check_body(text, entry.line)
    title = _title(fields)
    if not title and not text and "<img" not in html:
        raise Refusal("empty", "This entry has neither a title nor a text.", entry.line)
    if not title:
        title = first_words(text) or f"{source.relative} {entry.place}"
        problems.append(Trouble("no-title", "The entry has no title; its first words stand for it."))
    link, identity = web_address(fields.get("link")), fields.get("id") or None
    number = note_number(link or "") or note_number(identity or "")
    written_at = _moment(fields, "published", problems)
    edited_at = _moment(fields, "updated", problems)
    if written_at is None and origin == "atom":
        written_at, edited_at = edited_at, None
    licence_text = _licence_text(fields) or _licence_text(feed)
    detail = fields.get("author_detail") or feed.get("author_detail") or {}
    url = canonical_address(number) if number else link
    home = feed.get("link") or feed.get("id")
    counted = str(fields.get("slash_comments", ""))
    return Item(
        source=f"{source.name}#{entry.place}",
        line=entry.line,
        origin=origin,
        key=f"gotoknow:{number}"
        if number
        else identity_key(identity, link, home) or f"{source.relative}#{entry.place}",
        number=number,
        title=title,
        author=tidy(detail.get("name") or fields.get("author") or feed.get("author") or "") or None,
        author_email=detail.get("email") or None,
        notebook=tidy(text_of(feed.get("title") or "")) or None,
        tags=_tags(fields),
        written_at=written_at,
        edited_at=edited_at,
        licence=licence_of(licence_text),
        licence_text=licence_text,
        reads=None,
        comments=(),
        comment_count=int(counted) if counted.isascii() and counted.isdigit() and len(counted) < 9 else None,
        url=url,
        other_urls=tuple(
            dict.fromkeys(each for each in (link, web_address(identity)) if each and each != url)
        ),
        body_html=html,
        highlight=None,
        dates=dates_seen(text, written_at),
        raw="",
        media=media_in(html, places_of(source, media_folder)),
        language=language_of(text) or (feed.get("language") or "")[:2].lower() or None,
        status="published",
        problems=tuple(problems),
    )


def _body(fields: Any) -> str:
    """The fullest text of an entry as HTML; plain text becomes paragraphs."""
    contents = [*fields.get("content", ())]
    if fields.get("summary_detail"):
        contents.append(fields["summary_detail"])
    for detail in sorted(contents, key=lambda detail: len(detail.get("value") or ""), reverse=True):
        value = detail.get("value") or ""
        if value.strip():
            marked = "<" in value and ">" in value
            html = value.replace("\u00a0", " ").strip()
            return (html if _BLOCK.search(html) else f"<p>{html}</p>") if marked else _plain(value, detail)
    return ""


def _plain(value: str, detail: Any) -> str:
    return body_html(text_lines(unescape(value) if detail.get("type") in _HTML else value))


def _title(fields: Any) -> str:
    detail = fields.get("title_detail") or {}
    value = detail.get("value") or fields.get("title") or ""
    return tidy(text_of(value) if detail.get("type") in _HTML or "&" in value else value)


def _moment(fields: Any, name: str, problems: list[Trouble]) -> datetime | None:
    """The moment as written, with its zone; what only feedparser understands is taken as its UTC."""
    if name not in fields:
        return None
    written = str(fields.get(name) or "")
    moment = read_written(written)
    if moment is None and fields.get(f"{name}_parsed"):
        try:
            moment = datetime.fromtimestamp(timegm(fields[f"{name}_parsed"]), UTC)
        except (ValueError, TypeError, OverflowError, OSError):
            moment = None
    if moment is None and written:
        problems.append(Trouble("bad-date", f"A date is not understood: {written[:80]}"))
    return moment


def _licence_text(fields: Any) -> str | None:
    """The licence: a link of that relation, or what the entry or the feed says of rights."""
    for link in fields.get("links", ()):
        if link.get("rel") == "license" and link.get("href"):
            return str(link["href"])
    return str(fields.get("rights") or "").strip() or None


def _tags(fields: Any) -> tuple[str, ...]:
    tags = (tidy(tag.get("label") or tag.get("term") or "") for tag in fields.get("tags", ()))
    return tuple(dict.fromkeys(tag for tag in tags if tag))
