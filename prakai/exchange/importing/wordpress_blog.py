"""What a WordPress export tells beside its entries: the blog, its authors, the addresses of its files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from .entries import Entry, XmlFrame
from .hostile import Refusal
from .lines import tidy

_ATTACHMENT = re.compile(r"<wp:post_type>\s*(?:<!\[CDATA\[)?\s*attachment")
FILES_LIMIT: Final = 200_000


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def space_name(element: etree._Element) -> str:
    """The kind of namespace of an element: "wp", "dc", "content", "excerpt", or "" for plain RSS."""
    name = etree.QName(element).namespace or "" if isinstance(element.tag, str) else ""
    if "wordpress.org/export" in name:
        return "excerpt" if "excerpt" in name else "wp"
    return "dc" if "purl.org/dc/" in name else "content" if "modules/content" in name else name


def texts_of(element: etree._Element) -> dict[str, str]:
    """The texts of the children by "wp:post_id", "title" and so on; the first of each name."""
    texts: dict[str, str] = {}
    for child in element:
        space = space_name(child)
        texts.setdefault(
            f"{space}:{local_name(child)}" if space else local_name(child), (child.text or "").strip()
        )
    return texts


@dataclass(slots=True)
class Blog:
    """What an export tells before its entries."""

    title: str | None = None
    language: str | None = None
    licence_text: str | None = None
    hosts: frozenset[str] = frozenset()
    names: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    attached: dict[str, list[str]] = field(default_factory=dict)


def read_blog(preamble: str, frame: XmlFrame) -> Blog:
    """Title, language, licence and authors of the blog; an export with a damaged head is read without them."""
    blog = Blog()
    start = preamble.find(frame.opening) + len(frame.opening)
    try:
        channel = frame.parse(Entry(preamble[start:] + "</channel>", 0, 1))[0]
    except Refusal:
        return blog
    texts = texts_of(channel)
    blog.title = tidy(unescape(texts.get("title", ""))) or None
    blog.language = texts.get("language", "")[:2].lower() or None
    blog.licence_text = texts.get("copyright") or texts.get("dc:rights") or None
    addresses = (texts.get(name, "") for name in ("link", "wp:base_site_url", "wp:base_blog_url"))
    blog.hosts = frozenset(filter(None, (_host(address) for address in addresses)))
    for child in channel:
        if local_name(child) == "author" and space_name(child) == "wp":
            author = texts_of(child)
            login = author.get("wp:author_login", "")
            shown = tidy(author.get("wp:author_display_name", "")) or login
            blog.names[login] = (shown, author.get("wp:author_email") or None)
    return blog


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def read_attachment(entry: Entry, frame: XmlFrame, blog: Blog) -> None:
    """Note the address of a file when the entry is one; a broken entry is reported when the entries are read."""
    if len(blog.files) >= FILES_LIMIT or _ATTACHMENT.search(entry.text) is None:
        return
    try:
        texts = texts_of(frame.parse(entry)[0])
    except Refusal:
        return
    url = texts.get("wp:attachment_url") or texts.get("guid", "")
    identity, parent = texts.get("wp:post_id", ""), texts.get("wp:post_parent", "0")
    if texts.get("wp:post_type") == "attachment" and identity and url:
        blog.files[identity] = url
        if parent not in {"", "0"}:
            blog.attached.setdefault(parent, []).append(identity)
