"""WordPress exports (WXR): posts and pages as items, with their comments, authors, tags and files.

The export is read twice: first for the addresses of its files (attachments stand anywhere), then for its entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from pathlib import Path
from typing import Final

from lxml import etree

from prakai.thai.dates import BANGKOK

from .addresses import canonical_address, note_number
from .entries import Entry, XmlFrame, pieces_of, scan
from .folders import Source
from .hostile import LIMITS, Refusal
from .items import Broken, Item, ItemComment, Media, State, Trouble
from .licences import licence_of
from .lines import tidy
from .media import Places, found_file, media_in
from .moments import read_mail_date
from .seen import dates_seen, first_words, identity_key, language_of, text_of, web_address
from .wordpress_blog import Blog, local_name, read_attachment, read_blog, space_name, texts_of
from .wordpress_text import has_shortcodes, unsized, with_paragraphs

_STATES: Final[dict[str, State]] = {"publish": "published", "private": "private"}
_DRAFTS: Final = frozenset({"draft", "pending", "future", "auto-draft"})
# What WordPress keeps for itself among the entries; nobody wrote it as a text.
_FURNITURE: Final = frozenset(
    {
        "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache",
        "user_request", "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation",
        "wp_font_family", "wp_font_face", "feedback", "safecss", "jp_mem_plan", "jetpack_migration",
    }
)  # fmt: skip
_UNSORTED: Final = frozenset({"uncategorized", "ไม่มีหมวดหมู่", "ไม่ได้จัดหมวดหมู่"})
_WXR = re.compile(r"https?://wordpress\.org/export/")


def reads_as_export(head: str) -> bool:
    """Whether a text begins as a WordPress export."""
    return _WXR.search(head) is not None and "<rss" in head


def read_export(source: Source, media_folder: Path | None) -> Iterator[Item | Broken]:
    """The posts and pages of an export; raises `Refusal` for the whole of it."""
    with source.open()[0] as file:
        preamble, entries = scan(pieces_of(file))
        frame = XmlFrame(preamble)
        blog = read_blog(preamble, frame)
        for entry in entries:
            read_attachment(entry, frame, blog)
    with source.open()[0] as file:
        for entry in scan(pieces_of(file))[1]:
            try:
                item = _read_entry(source, entry, frame, blog, media_folder)
            except Refusal as refusal:
                name = f"{source.name}#{entry.place}"
                yield Broken(name, refusal.line or entry.line, refusal.code, refusal.reason)
            else:
                if item is not None:
                    yield item


def _read_entry(
    source: Source, entry: Entry, frame: XmlFrame, blog: Blog, media_folder: Path | None
) -> Item | None:
    """The item of an entry; None for what is no text, and for what lies in the bin."""
    element, _, repaired = frame.parse(entry)
    texts = texts_of(element)
    kind, state = texts.get("wp:post_type", "post"), texts.get("wp:status", "publish")
    if kind in _FURNITURE or state in {"trash", "inherit", "auto-draft"}:
        return None
    if kind not in {"post", "page"}:
        raise Refusal("unsupported-kind", f"Entries of the kind {kind[:40]!r} are not imported.", entry.line)
    problems = (
        [Trouble("xml-repaired", "The XML of this entry was damaged and repaired.")] if repaired else []
    )
    html = with_paragraphs(texts.get("content:encoded", ""))
    text = text_of(html)
    title = tidy(unescape(texts.get("title", "")))
    if not title and not text and "<img" not in html:
        raise Refusal("empty", "This entry has neither a title nor a text.", entry.line)
    if not title:
        title = first_words(text) or f"WordPress {texts.get('wp:post_id', entry.place)}"
        problems.append(Trouble("no-title", "The entry has no title; its first words stand for it."))
    if has_shortcodes(html):
        problems.append(
            Trouble("shortcodes", "The text holds signs of WordPress plug-ins; they stay as written.")
        )
    written_at = _moment(texts, "post_date", problems) or read_mail_date(texts.get("pubDate", ""))
    url = web_address(texts.get("link"))
    number = note_number(url) if url else None
    author, email = blog.names.get(texts.get("dc:creator", ""), (texts.get("dc:creator") or None, None))
    comments = _comments(element, problems)
    licence_text = texts.get("dc:rights") or blog.licence_text
    return Item(
        source=f"{source.name}#{entry.place}",
        line=entry.line,
        origin="wordpress",
        key=f"gotoknow:{number}" if number else _key(texts, url, blog) or f"{source.relative}#{entry.place}",
        number=number,
        title=title,
        author=author,
        author_email=email,
        notebook=blog.title,
        tags=_tags(element),
        written_at=written_at,
        edited_at=_moment(texts, "post_modified", problems),
        licence=licence_of(licence_text),
        licence_text=licence_text,
        reads=None,
        comments=comments,
        comment_count=len(comments),
        url=canonical_address(number) if number else url,
        other_urls=_other_urls(texts, url, number),
        body_html=html,
        highlight=tidy(text_of(texts.get("excerpt:encoded", ""))) or None,
        dates=dates_seen(text, written_at),
        raw="",
        media=_media(element, texts, html, blog, media_folder),
        language=language_of(text) or blog.language,
        status="private" if texts.get("wp:post_password") else _STATES.get(state, "draft"),
        problems=tuple(problems if state in _STATES or state in _DRAFTS else [*problems, _strange(state)]),
    )


def _key(texts: dict[str, str], url: str | None, blog: Blog) -> str | None:
    return identity_key(texts.get("guid"), url, min(blog.hosts, default=blog.title or ""))


def _strange(state: str) -> Trouble:
    return Trouble("state-unknown", f"The state {state[:40]!r} is not known; the entry is taken as a draft.")


def _other_urls(texts: dict[str, str], url: str | None, number: int | None) -> tuple[str, ...]:
    """The addresses that must go on resolving: the guid, and the link when the canonical one is another."""
    guid = texts.get("guid", "")
    others = [guid if web_address(guid) and guid != url else "", url if number else ""]
    return tuple(dict.fromkeys(other for other in others if other))


def _moment(texts: dict[str, str], name: str, problems: list[Trouble]) -> datetime | None:
    """A moment from WordPress's pair of local time and GMT: the difference is the blog's zone at that time."""
    local, gmt = _clock(texts.get(f"wp:{name}", "")), _clock(texts.get(f"wp:{name}_gmt", ""))
    if gmt is not None:
        ahead = (local - gmt) if local is not None else timedelta(0)
        if abs(ahead) > timedelta(hours=15) or ahead.seconds % 900:
            problems.append(Trouble("bad-date", "Local time and GMT do not fit together; GMT was taken."))
            ahead = timedelta(0)
        zone = BANGKOK if ahead == timedelta(hours=7) else timezone(ahead)
        return gmt.replace(tzinfo=UTC).astimezone(zone)
    if local is not None:
        return local.replace(tzinfo=BANGKOK)
    if texts.get(f"wp:{name}", "0000")[:4] not in {"", "0000"}:
        problems.append(Trouble("bad-date", f"A date is not understood: {texts[f'wp:{name}'][:40]}"))
    return None


def _clock(text: str) -> datetime | None:
    try:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None
    return moment if 1900 < moment.year < 2200 else None


def _tags(element: etree._Element) -> tuple[str, ...]:
    """Tags, then categories, each once, without the category that WordPress gives to what has none."""
    found: dict[str, list[str]] = {"post_tag": [], "category": []}
    for child in element:
        if local_name(child) == "category" and child.get("domain") in found:
            name = tidy(unescape(child.text or ""))
            if name and name.lower() not in _UNSORTED:
                found[str(child.get("domain"))].append(name)
    return tuple(dict.fromkeys(found["post_tag"] + found["category"]))


def _comments(element: etree._Element, problems: list[Trouble]) -> tuple[ItemComment, ...]:
    """The approved comments of people; the rest is counted in a problem. Network addresses are never read."""
    comments: list[ItemComment] = []
    left_out = 0
    for child in element:
        if local_name(child) != "comment" or space_name(child) != "wp":
            continue
        texts = texts_of(child)
        person = texts.get("wp:comment_type", "") in {"", "comment"}
        if not person or texts.get("wp:comment_approved") != "1" or len(comments) >= LIMITS.comments:
            left_out += 1
            continue
        identity = texts.get("wp:comment_id", "")
        number = int(identity) if identity.isascii() and identity.isdigit() and len(identity) < 12 else None
        renamed = {f"wp:date{end}": texts.get(f"wp:comment_date{end}", "") for end in ("", "_gmt")}
        comments.append(
            ItemComment(
                key=f"wordpress-comment:{number}" if number else f"comment-{len(comments) + 1}",
                author=tidy(texts.get("wp:comment_author", "")) or None,
                author_email=texts.get("wp:comment_author_email") or None,
                written_at=_moment(renamed, "date", problems),
                body_html=with_paragraphs(texts.get("wp:comment_content", "")),
                number=number,
            )
        )
    if left_out:
        problems.append(
            Trouble("comments-left-out", f"Comments left out, not approved or not by people: {left_out}.")
        )
    return tuple(comments)


def _media(
    element: etree._Element, texts: dict[str, str], html: str, blog: Blog, media_folder: Path | None
) -> tuple[Media, ...]:
    """Pictures and files in the text, the featured picture, and what was uploaded for this entry."""
    places = Places((media_folder,) if media_folder else ())
    shown = {media.url: media for media in media_in(html, places, hosts=blog.hosts)}
    wanted = list(blog.attached.get(texts.get("wp:post_id", ""), ()))
    for child in element:
        if local_name(child) == "postmeta":
            meta = texts_of(child)
            if meta.get("wp:meta_key") == "_thumbnail_id":
                wanted.insert(0, meta.get("wp:meta_value", ""))
    bare = {unsized(url) for url in shown}
    for identity in dict.fromkeys(wanted):
        url = blog.files.get(identity)
        if url and unsized(url) not in bare:
            shown[url] = Media(url, found_file(url, places), "")
    return tuple(shown.values())
