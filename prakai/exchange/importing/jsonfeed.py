"""JSON Feed, versions 1 and 1.1: one JSON object whose `version` names the format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from .addresses import canonical_address, note_number
from .folders import Source
from .hostile import Refusal
from .items import Broken, Item, Trouble
from .licences import licence_of
from .lines import body_html, text_lines, tidy
from .media import media_in, places_of
from .moments import read_written
from .seen import check_body, dates_seen, first_words, identity_key, language_of, text_of, web_address


def reads_as_json(text: str) -> bool:
    """Whether a text begins as a JSON object."""
    return text.lstrip()[:1] == "{"


def read_json_feed(source: Source, text: str, media_folder: Path | None) -> Iterator[Item | Broken]:
    """The items of a JSON Feed; raises `Refusal` for the whole of it."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise Refusal("bad-json", "The file is not JSON that can be read.", line) from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version" not in _text(feed, "version"):
        raise Refusal("not-recognised", "The file is JSON, but no JSON Feed.")
    for place, fields in enumerate(items, start=1):
        try:
            yield _read_item(source, place, fields, feed, media_folder)
        except Refusal as refusal:
            yield Broken(f"{source.name}#{place}", None, refusal.code, refusal.reason)


def _text(fields: dict[str, Any], name: str) -> str:
    """A field as text: what is of another kind counts as empty, except that an id may be a number."""
    value = fields.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _read_item(
    source: Source, place: int, fields: Any, feed: dict[str, Any], media_folder: Path | None
) -> Item:
    if not isinstance(fields, dict):
        raise Refusal("bad-entry", "This item is no JSON object.")
    problems: list[Trouble] = []
    plain = fields.get("content_text")
    html = _text(fields, "content_html").replace("\u00a0", " ")
    check_body(html or _text(fields, "content_text"), None)
    if not html and isinstance(plain, str):
        html = body_html(text_lines(plain))
    text = text_of(html)
    title = tidy(_text(fields, "title"))
    if not title and not text and "<img" not in html:
        raise Refusal("empty", "This item has neither a title nor a text.")
    if not title:
        title = first_words(text) or f"{source.relative} {place}"
        problems.append(Trouble("no-title", "The item has no title; its first words stand for it."))
    link, identity = web_address(_text(fields, "url")), _text(fields, "id") or None
    home = _text(feed, "home_page_url") or _text(feed, "feed_url") or _text(feed, "title")
    number = note_number(link or "") or note_number(identity or "")
    url = canonical_address(number) if number else link
    written_at = _moment(fields, "date_published", problems)
    licence_text = _licence(fields) or _licence(feed)
    written_tags = fields.get("tags")
    tags = written_tags if isinstance(written_tags, list) else []
    return Item(
        source=f"{source.name}#{place}",
        line=None,
        origin="jsonfeed",
        key=f"gotoknow:{number}"
        if number
        else identity_key(identity, link, home) or f"{source.relative}#{place}",
        number=number,
        title=title,
        author=_author(fields) or _author(feed),
        author_email=None,
        notebook=tidy(_text(feed, "title")) or None,
        tags=tuple(dict.fromkeys(tidy(tag) for tag in tags if isinstance(tag, str) and tag.strip())),
        written_at=written_at,
        edited_at=_moment(fields, "date_modified", problems),
        licence=licence_of(licence_text),
        licence_text=licence_text,
        reads=None,
        comments=(),
        comment_count=None,
        url=url,
        other_urls=tuple(
            dict.fromkeys(each for each in (link, web_address(identity)) if each and each != url)
        ),
        body_html=html,
        highlight=tidy(_text(fields, "summary")) or None,
        dates=dates_seen(text, written_at),
        raw="",
        media=media_in(_with_images(html, fields), places_of(source, media_folder)),
        language=_language(fields) or _language(feed) or language_of(text),
        status="published",
        problems=tuple(problems),
    )


def _author(fields: dict[str, Any]) -> str | None:
    """The names of the authors, of either version, joined by a comma."""
    authors = fields.get("authors")
    listed = authors if isinstance(authors, list) else [fields.get("author")]
    names = (tidy(_text(author, "name")) for author in listed if isinstance(author, dict))
    return ", ".join(name for name in names if name) or None


def _licence(fields: dict[str, Any]) -> str | None:
    """A licence, for which the format has no field of its own but which some write."""
    return next(
        (text for name in ("license", "licence", "rights", "_license") if (text := _text(fields, name))), None
    )


def _language(fields: dict[str, Any]) -> str | None:
    return _text(fields, "language")[:2].lower() or None


def _moment(fields: dict[str, Any], name: str, problems: list[Trouble]) -> datetime | None:
    written = _text(fields, name)
    moment = read_written(written)
    if moment is None and written:
        problems.append(Trouble("bad-date", f"A date is not understood: {written[:80]}"))
    return moment


def _with_images(html: str, fields: dict[str, Any]) -> str:
    """The body, and the pictures that stand beside it in fields of their own."""
    images = (escape(_text(fields, name)) for name in ("image", "banner_image"))
    return html + "".join(f'<img src="{image}">' for image in dict.fromkeys(images) if image)
