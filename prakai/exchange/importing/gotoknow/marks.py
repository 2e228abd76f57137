"""What the markup of a saved page tells beside its visible text: meta elements, microdata, JSON-LD, links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from lxml import etree

from prakai.exchange.importing.addresses import note_number
from prakai.exchange.importing.html_lines import LineWriter
from prakai.exchange.importing.html_tree import name_of, visible_text
from prakai.exchange.importing.items import ItemComment
from prakai.exchange.importing.lines import body_html, tidy
from prakai.exchange.importing.moments import read_written

from .conversation import read_conversation

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
_SITE_TAIL = re.compile(r"\s*[-–—|:·]\s*Goto ?Know(?:\.org)?.*$", re.IGNORECASE)
_SITE_HEAD = re.compile(r"^Goto ?Know(?:\.org)?\s*(?:[-–—|:·»>]\s*)+", re.IGNORECASE)
_AUTHOR_CLASSES = frozenset(
    {"author", "byline", "post-author", "entry-author", "author-name", "username", "vcard"}
)
_CONTENT_CLASSES = frozenset(
    {"entry-content", "post-content", "post-body", "note-body", "blog-body", "content-body"}
)
_COMMENT_ID = re.compile(r"comment[-_]?(\d{1,10})")
_SCRIPT_LIMIT = 200_000


@dataclass(slots=True)
class Marks:
    """What markup tells; None or empty when it does not."""

    title: str | None = None
    author: str | None = None
    notebook: str | None = None
    written_at: datetime | None = None
    edited_at: datetime | None = None
    licence_text: str | None = None
    language: str | None = None
    tags: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    content: etree._Element | None = None


def read_marks(root: etree._Element, page: str) -> Marks:
    """The marks of a page; `page` is its source, for the comment that browsers leave at its top."""
    marks = Marks()
    saved = _SAVED_FROM.search(page[:4096])
    if saved:
        marks.addresses.append(saved[1])
    language = (root.get("lang") or "").strip().lower()
    marks.language = language[:2] if re.fullmatch(r"[a-z]{2}(?:-[a-z0-9-]{1,16})?", language) else None
    for element in root.iter("link", "a"):
        _read_link(element, marks)
    _read_linked_data(root, marks)
    _read_microdata(root, marks)
    for element in root.iter("meta"):
        _read_meta(element, marks)
    _read_headings(root, marks)
    _read_byline(root, marks)
    marks.content = _content_element(root)
    marks.addresses = list(dict.fromkeys(address for address in marks.addresses if address))
    marks.tags = list(dict.fromkeys(tag for tag in marks.tags if tag))
    return marks


def _read_link(element: etree._Element, marks: Marks) -> None:
    relation = (element.get("rel") or "").lower().split()
    href = (element.get("href") or "").strip()
    if "canonical" in relation:
        marks.addresses.append(href)
    elif "license" in relation and not marks.licence_text:
        marks.licence_text = href
    elif "tag" in relation:
        marks.tags.append(visible_text(element).lstrip("#").strip())


def _read_meta(element: etree._Element, marks: Marks) -> None:
    name = (element.get("property") or element.get("name") or "").lower()
    value = tidy(element.get("content") or "")
    if not value:
        return
    if name == "og:title" and not marks.title:
        marks.title = _SITE_TAIL.sub("", value)
    elif name == "og:url":
        marks.addresses.append(value)
    elif name in {"article:author", "author"} and not marks.author and "://" not in value:
        marks.author = value
    elif name == "article:published_time" and not marks.written_at:
        marks.written_at = read_written(value)
    elif name == "article:modified_time" and not marks.edited_at:
        marks.edited_at = read_written(value)
    elif name == "article:section" and not marks.notebook:
        marks.notebook = value
    elif name == "article:tag":
        marks.tags.append(value)


def _read_headings(root: etree._Element, marks: Marks) -> None:
    if not marks.title:
        headings = [visible_text(heading) for heading in root.iter("h1")]
        headings = [
            heading
            for heading in headings
            if heading and not re.fullmatch(r"(?i)goto ?know(\.org)?", heading)
        ]
        marks.title = headings[0] if len(headings) == 1 else None
    if not marks.title:
        title = next(iter(root.iter("title")), None)
        text = tidy("".join(map(str, title.itertext()))) if title is not None else ""
        confirmed = (visible_text(heading) for heading in root.iter("h1", "h2", "h3", "h4"))
        marks.title = next((heading for heading in confirmed if len(heading) > 3 and heading in text), None)
        # A title element without the site's name may be a file name that a program made up.
        if not marks.title and (_SITE_TAIL.search(text) or _SITE_HEAD.search(text)):
            marks.title = _SITE_HEAD.sub("", _SITE_TAIL.sub("", text)) or None


def _read_byline(root: etree._Element, marks: Marks) -> None:
    """A name and a moment that only the classes of the page tell."""
    for element in root.iter("a", "span", "div", "p", "address"):
        if marks.author:
            break
        if not _AUTHOR_CLASSES.isdisjoint((element.get("class") or "").lower().split()):
            name = visible_text(element)
            marks.author = name if 0 < len(name) <= 80 else None
    first = next(iter(root.iter("time")), None)
    if first is not None and not marks.written_at:
        marks.written_at = read_written(first.get("datetime") or visible_text(first))


def _read_linked_data(root: etree._Element, marks: Marks) -> None:
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or len(
            script.text or ""
        ) > _SCRIPT_LIMIT:
            continue
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in _articles(found):
            marks.title = marks.title or _text_of(thing.get("headline"))
            marks.author = marks.author or _text_of(thing.get("author"))
            marks.written_at = marks.written_at or read_written(_text_of(thing.get("datePublished")) or "")
            marks.edited_at = marks.edited_at or read_written(_text_of(thing.get("dateModified")) or "")


def _articles(found: Any) -> Iterator[dict[str, Any]]:
    things = found if isinstance(found, list) else [found]
    things += [inner for thing in things if isinstance(thing, dict) for inner in _listed(thing.get("@graph"))]
    for thing in things:
        if isinstance(thing, dict) and str(thing.get("@type")) in {"Article", "BlogPosting", "NewsArticle"}:
            yield thing


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text_of(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return tidy(value) or None if isinstance(value, str) else None


def _read_microdata(root: etree._Element, marks: Marks) -> None:
    for element in root.iter():
        for name in (element.get("itemprop") or "").split() if isinstance(element.tag, str) else ():
            value = _value(element)
            if name in {"headline"} and not marks.title:
                marks.title = value or None
            elif name == "author" and not marks.author:
                inner = next((each for each in element.iter() if each.get("itemprop") == "name"), None)
                marks.author = (_value(inner) if inner is not None else value) or None
            elif name == "datePublished" and not marks.written_at:
                marks.written_at = read_written(value)
            elif name == "dateModified" and not marks.edited_at:
                marks.edited_at = read_written(value)
            elif name == "license" and not marks.licence_text:
                marks.licence_text = element.get("href") or value or None
            elif name == "keywords":
                marks.tags.extend(tag.strip("# ") for tag in value.split(","))


def _value(element: etree._Element) -> str:
    """A microdata value: the machine's form where there is one, else the visible text."""
    return tidy(element.get("content") or element.get("datetime") or visible_text(element))


def _content_element(root: etree._Element) -> etree._Element | None:
    """The element that holds the note, when the markup says which."""
    for element in root.iter():
        if isinstance(element.tag, str):
            classes = set((element.get("class") or "").lower().split())
            if "articleBody" in (element.get("itemprop") or "").split() or classes & _CONTENT_CLASSES:
                return element
    articles = [element for element in root.iter("article", "main") if name_of(element)]
    return articles[0] if len(articles) == 1 else None


def take_comments(root: etree._Element) -> tuple[ItemComment, ...]:
    """The comments that are marked as such, taken out of the tree so that they are no part of the text."""
    found = [element for element in root.iter() if _is_comment(element)]
    marked = set(found)
    comments: list[ItemComment] = []
    for element in found:
        if any(parent in marked for parent in element.iterancestors()):
            continue
        comments.append(_comment(element, len(comments) + 1))
        _remove(element)
    return tuple(comments)


def _is_comment(element: etree._Element) -> bool:
    if not name_of(element):
        return False
    if "comment" in (element.get("itemprop") or "").split():
        return True
    numbered = _COMMENT_ID.fullmatch(element.get("id") or "") is not None
    return numbered and "comment" in (element.get("class") or "").lower().split()


def _comment(element: etree._Element, place: int) -> ItemComment:
    numbered = _COMMENT_ID.fullmatch(element.get("id") or "")
    number = int(numbered[1]) if numbered else None
    author: str | None = None
    moment: datetime | None = None
    text: etree._Element | None = None
    taken: list[etree._Element] = []
    for inner in list(element.iter()):
        role = f"{inner.get('itemprop') or ''} {inner.get('class') or ''}".lower().split()
        if author is None and {"author", "creator", "comment-author"} & set(role):
            author = visible_text(inner) or None
            taken.append(inner)
        elif moment is None and ({"datecreated", "datepublished"} & set(role) or name_of(inner) == "time"):
            moment = read_written(_value(inner)) or read_written(visible_text(inner))
            taken.append(inner)
        elif text is None and {"text", "commenttext", "comment-text", "comment-body"} & set(role):
            text = inner
    for inner in taken:
        _remove(inner)
    writer = LineWriter()
    writer.walk(element if text is None else text)
    if moment is None and text is None:
        # The markup says where the comment is, and only the lines in it say the rest.
        told = read_conversation(writer.lines).comments
        if len(told) == 1:
            return replace(told[0], author=author or told[0].author)
    key = f"gotoknow-comment:{number}" if number else f"comment-{place}"
    return ItemComment(key, author, None, moment, body_html(writer.lines), number)


def _remove(element: etree._Element) -> None:
    """Take an element out of its tree and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def numbers_of(addresses: list[str]) -> list[int]:
    """The numbers of notes that addresses name, in their order."""
    return [number for number in map(note_number, addresses) if number]
