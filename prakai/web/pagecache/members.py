"""Pages that members share: made for one, and given to the next who would get the very same one.

What is a member's own on such a page are her name in the corner, the tokens of its forms and where her typed words are
kept; these places are left open and filled for each. A view says with ``share`` for whom its page would be another one
(whoever has a part in it, or looks after it); they always get it made anew, and so does everybody as soon as anything
has happened: a page holds for one state of the journal and its followers, which is read at each request.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape

from prakai.journal.newest import progress
from prakai.notes.actions.reading import note_read
from prakai.people.models import Person
from prakai.web.pagecache.asking import AHEAD, is_ahead
from prakai.web.pagecache.keeping import LAST_RESORT
from prakai.web.requests import Preferences, preferences_of, reader_of

MOST_BYTES = 8 * 1024 * 1024
Arguments = ParamSpec("Arguments")
Key = tuple[object, ...]
State = tuple[int, int]
# Only within tags of ours: the text of a note may speak of forms, but holds no "<".
_TOKEN = rb'<input type="hidden" name="csrfmiddlewaretoken" value="(?P<token>\w+)"'
_FORM_KEY = rb'<input type="hidden" name="client_key" value="(?P<form_key>[\w-]+)"'
_WHO = rb'<form class="talk-form"[^<>]* data-keep="(?P<who>%s)'


@dataclass(slots=True)
class Page:
    """A page with open places: ``pieces`` are the same for all, ``places`` name what comes between them."""

    pieces: list[bytes]
    places: list[str]
    headers: dict[str, str]
    but_for: frozenset[int]
    reads: int | None
    made_at: float = field(default_factory=time.monotonic)

    @property
    def size(self) -> int:
        """Bytes, about."""
        return sum(map(len, self.pieces)) + 500

    def filled(self, request: HttpRequest, reader: Person) -> bytes:
        """Return the page with ``reader``'s own words in its open places."""
        words = {"corner": corner_of(reader), "who": reader.public_id.encode()}
        if "token" in self.places:
            words["token"] = get_token(request).encode()
        filled = [self.pieces[0]]
        for place, piece in zip(self.places, self.pieces[1:], strict=True):
            filled += (words.get(place) or secrets.token_urlsafe(12).encode(), piece)
        return b"".join(filled)


class MemberPages:
    """The pages that members share now, by address, manner and circle of units. Safe for threads.

    Off until a server switches it on: in a test's transaction the journal may come to the same number twice.
    """

    def __init__(self, *, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.is_on = False
        self.state: State = (-1, -1)
        self.size = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._circles: dict[Key, frozenset[int]] = {}
        self._lock = threading.Lock()

    def find(self, key: Key, state: State, reader: Person) -> Page | None:
        """Return the page kept for readers like ``reader`` in this state of the journal."""
        with self._lock:
            self._forget_unless(state)
            page = self._pages.get(key)
        if page is None or reader.pk in page.but_for or time.monotonic() - page.made_at > LAST_RESORT:
            return None
        return page

    def keep(self, key: Key, state: State, page: Page) -> None:
        """Keep a page that was begun in this state of the journal."""
        with self._lock:
            if state != self.state:
                return
            old = self._pages.pop(key, None)
            self.size += page.size - (old.size if old else 0)
            self._pages[key] = page
            while self.size > self.most_bytes and self._pages:
                self.size -= self._pages.popitem(last=False)[1].size

    def circle_of(self, reader: Person, state: State) -> frozenset[int]:
        """Return ``reader.unit_circle`` of today, remembered while nothing happens."""
        key = (reader.pk, timezone.localdate())
        with self._lock:
            self._forget_unless(state)
            known = self._circles.get(key)
        if known is not None:
            return known
        circle = reader.unit_circle
        with self._lock:
            if state == self.state:
                self._circles[key] = circle
        return circle

    def _forget_unless(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self._pages.clear()
            self._circles.clear()
            self.size = 0


kept = MemberPages()


def nobody() -> Collection[int]:
    """Return no ids: all members get the same page."""
    return ()


def share(
    response: HttpResponse, *, but_for: Callable[[], Collection[int]] = nobody, reads: int | None = None
) -> HttpResponse:
    """Say of a view's answer that members may share it, all but the persons whose ids ``but_for`` returns.

    It is asked only when the answer is kept. ``reads`` is the id of the note that is read with it. Return ``response``.
    """
    response.shared_but_for = but_for  # type: ignore[attr-defined]
    response.shared_reads = reads  # type: ignore[attr-defined]
    return response


def shared_by_members(
    view: Callable[Concatenate[HttpRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Let members share the answers of ``view`` that it gives to ``share``."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        reader = reader_of(request)
        if reader is None or not _is_shareable(request, reader):
            return view(request, *args, **kwargs)
        state = progress()
        key = _key_of(request, reader, state)
        page = kept.find(key, state, reader)
        if page is not None:
            _count(request, page, reader)
            return HttpResponse(page.filled(request, reader), headers=page.headers)
        response = view(request, *args, **kwargs)
        made = _opened(request, response, reader)
        # What was committed while the page was being made may stand in half of it, and for another circle.
        if made is not None and progress() == state:
            kept.keep(key, state, made)
        return response

    return answer


def _is_shareable(request: HttpRequest, reader: Person) -> bool:
    return (
        kept.is_on
        and request.method == "GET"
        and reader.is_active
        and not reader.is_superuser
        and "HX-Request" not in request.headers
        and not len(get_messages(request))
    )


def _key_of(request: HttpRequest, reader: Person, state: State) -> Key:
    manner: Preferences = preferences_of(request)
    playing = reader.email if reader.is_demo else ""
    circle = kept.circle_of(reader, state)
    place = (request.scheme, request.get_host(), request.path, request.META.get("QUERY_STRING", ""))
    return (*place, manner, playing, circle, timezone.localdate())


def _opened(request: HttpRequest, response: HttpResponse, reader: Person) -> Page | None:
    """Return the answer with its places opened; ``None`` when it may not be shared, or still names ``reader``."""
    ask: Callable[[], Collection[int]] | None = getattr(response, "shared_but_for", None)
    if ask is None or response.status_code != 200 or response.cookies:
        return None
    but_for = frozenset(ask())
    if reader.pk in but_for:
        return None
    corner, who = corner_of(reader), reader.public_id.encode()
    open_at = re.compile(b"|".join((b"(?P<corner>%s)" % re.escape(corner), _TOKEN, _FORM_KEY, _WHO % who)))
    pieces: list[bytes] = []
    places: list[str] = []
    end = 0
    for found in open_at.finditer(response.content):
        place = str(found.lastgroup)
        pieces.append(response.content[end : found.start(place)])
        places.append(place)
        end = found.end(place)
    pieces.append(response.content[end:])
    left = b"".join(pieces)
    names = {reader.display_name, escape(reader.display_name)}
    if places.count("corner") != 1 or who in left or any(name.encode() in left for name in names):
        return None
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return Page(pieces, places, headers, but_for, getattr(response, "shared_reads", None))


def corner_of(reader: Person) -> bytes:
    """Return the corner of the page in which a member finds herself."""
    return _corner(reader.get_short_name(), reader.initial, reader.tint, reader.portrait_url)


@lru_cache(maxsize=256)
def _corner(get_short_name: str, initial: str, tint: int, portrait_url: str) -> bytes:
    """The corner is made of these words only, whoever they belong to."""
    person = {
        "get_short_name": get_short_name,
        "initial": initial,
        "tint": tint,
        "portrait_url": portrait_url,
    }
    return render_to_string("base/corner.html", {"user": person}).strip().encode()


def _count(request: HttpRequest, page: Page, reader: Person) -> None:
    if page.reads is not None and not is_ahead(request.headers.get(name, "") for name in AHEAD):
        note_read(page.reads, f"person:{reader.pk}", request.headers.get("User-Agent", ""))
