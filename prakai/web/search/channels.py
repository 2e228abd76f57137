"""What the feed of a saved search carries: what visitors may see and no more, whoever saved it."""

from __future__ import annotations

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from django.utils.translation import pgettext

from prakai.search.models import SavedSearch
from prakai.search.queries.answers import Hit, Piece
from prakai.search.queries.audiences import findable_among
from prakai.search.queries.finding import find
from prakai.search.queries.saved import with_names
from prakai.talk.models import Comment
from prakai.web.feeds.entries import (
    MOST,
    Channel,
    Entry,
    comment_entry,
    entries_by_pk,
    withdrawn_from,
)


def channel_of(search: SavedSearch, base: str) -> Channel:
    """Return the channel of ``search``; a constant number of queries, however much is found."""
    found = find(search.text, None, chosen=search.chosen, sort="newest", size=MOST, facets=False)
    [saved] = with_names([search], None)
    title = pgettext("feed", "New for “%(words)s”") % {"words": saved.words}
    return Channel(
        title=f"{title} · {settings.SITE_NAME}",
        about=title,
        page_url=f"{base}{search.get_absolute_url()}",
        feed_url=f"{base}/searches/{search.public_id}",
        entries=entries_of_hits([hit for hit in found.hits if hit.at is not None], base),
        # Which of them it once carried nobody knows any more; who never had one passes over it.
        gone=withdrawn_from({}, base),
        ending="xml",
    )


def entries_of_hits(hits: list[Hit], base: str) -> list[Entry]:
    """Return ``hits`` as entries, the newest first; what is no longer public since it was found is left out."""
    notes = entries_by_pk((hit.pk for hit in hits if hit.kind == "note"), base)
    wanted = [hit.pk for hit in hits if hit.kind == "comment"]
    shown = findable_among("comment", wanted, None).select_related("by")
    comments: dict[int, Comment] = {row.pk: row for row in shown}
    entries = []
    for hit in hits:
        url = f"{base}{iri_to_uri(hit.address)}"
        if hit.kind == "note" and hit.pk in notes:
            entries.append(notes[hit.pk])
        elif hit.kind == "comment" and hit.pk in comments:
            entries.append(comment_entry(comments[hit.pk], base, url))
        elif hit.kind not in ("note", "comment") and hit.at is not None:
            entries.append(_other(hit, url))
    return sorted(entries, key=lambda entry: entry.published, reverse=True)


def _other(hit: Hit, url: str) -> Entry:
    """A thing of another kind by its name and passage."""
    assert hit.at is not None, "chosen by its moment"
    words = _text(hit.passage)
    return Entry(
        guid=url, url=url, title=_text(hit.title), author=str(settings.SITE_NAME), html=f"<p>{escape(words)}</p>",
        summary=words, published=hit.at, updated=hit.at,
    )  # fmt: skip


def _text(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)
