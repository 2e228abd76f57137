"""Writing a channel as RSS 2.0, Atom 1.0 (with tombstones) or JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from prakai.web.feeds.entries import Channel

TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
# What XML 1.0 cannot hold at all, and what no writer types on purpose.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# When a feed without anything in it changed last: a moment that stays, so that nobody fetches nothing twice.
NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)


class Dated(SyndicationFeed):
    """A feed that changed when something in it did, a withdrawal included; never "now"."""

    def latest_post_date(self) -> datetime:
        """Return when anything in it changed last."""
        return self.feed["changed"] or NOTHING_YET


class AtomWithTombstones(Dated, Atom1Feed):
    """Atom that also tells which entries were withdrawn (RFC 6721)."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for gone in self.feed["gone"]:
            handler.addQuickElement("at:deleted-entry", "", {"ref": gone.guid, "when": rfc3339_date(gone.at)})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item.get("full"):
            handler.addQuickElement("content", item["full"], {"type": "html"})


class RssWithText(Dated, Rss201rev2Feed):
    """RSS whose items carry the text as ``content:encoded`` beside a short description."""

    def rss_attributes(self) -> dict[str, str]:
        names = {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }
        return {**super().rss_attributes(), **names}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["full"])
        if item["item_copyright"]:
            handler.addQuickElement("dc:rights", item["item_copyright"])


def write(channel: Channel, kind: str, language: str) -> str:
    """Return the channel as text of the kind ``rss``, ``atom`` or ``json``."""
    if kind == "json":
        return _json(channel, language)
    generator: type[SyndicationFeed] = AtomWithTombstones if kind == "atom" else RssWithText
    feed = generator(
        title=channel.title,
        link=channel.page_url,
        description=channel.about,
        language=language,
        feed_url=f"{channel.feed_url}.{channel.ending or kind}",
        feed_guid=channel.page_url,
        gone=channel.gone,
        changed=channel.updated,
    )
    for entry in channel.entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.summary,
            author_name=entry.author,
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.guid,
            unique_id_is_permalink=False,
            categories=entry.tags,
            item_copyright=entry.licence,
            full=entry.html,
        )
    out = StringIO()
    feed.write(out, "utf-8")
    return _NOT_XML.sub("", out.getvalue())


def _json(channel: Channel, language: str) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": channel.title,
            "description": channel.about,
            "home_page_url": channel.page_url,
            "feed_url": f"{channel.feed_url}.json",
            "language": language,
            "items": [
                {
                    "id": entry.guid,
                    "url": entry.url,
                    "title": entry.title,
                    "content_html": entry.html,
                    "summary": entry.summary,
                    "date_published": entry.published.isoformat(),
                    "date_modified": entry.updated.isoformat(),
                    "authors": [{"name": entry.author}],
                    "tags": entry.tags,
                    "language": entry.language,
                    **({"_licence": entry.licence} if entry.licence else {}),
                }
                for entry in channel.entries
            ],
            "_withdrawn": [{"id": gone.guid, "at": gone.at.isoformat()} for gone in channel.gone],
        },
        ensure_ascii=False,
    )
