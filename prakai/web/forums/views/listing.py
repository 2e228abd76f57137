"""เวที: the forums of today, to come and past; and beneath them what is talked about now, and how to hold a circle."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from prakai.forums.queries.forums import forum_lists
from prakai.kernel.markup import excerpt, plain_of
from prakai.notes.queries.rediscovery import waiting_for_reply
from prakai.talk.models import Comment
from prakai.talk.queries import latest_comments
from prakai.web.notes.rows import rows_of
from prakai.web.pagecache.marking import cached_page
from prakai.web.requests import reader_of

# Among so many of the newest comments the conversations that go on now are found.
LOOKED_AT = 40


@require_safe
@cached_page
def forums(request: HttpRequest) -> HttpResponse:
    """Answer the page of all forums; ``?coming=`` and ``?past=`` lead further along the two lists."""
    reader = reader_of(request)
    lists = forum_lists(reader, coming_after=request.GET.get("coming"), past_after=request.GET.get("past"))
    is_first = lists.coming.is_first and lists.past.is_first
    newest: dict[int, Comment] = {}
    for comment in latest_comments(reader, most=LOOKED_AT) if is_first else []:
        newest.setdefault(comment.conversation_id, comment)
    context = {
        "lists": lists,
        "is_first": is_first,
        "has_any": bool(lists.today or lists.coming.rows or lists.past.rows),
        "coming_url": f"?coming={lists.coming.older}#coming" if lists.coming.older else "",
        "past_url": f"?past={lists.past.older}#past" if lists.past.older else "",
        "said": [(one, excerpt(plain_of(one.body), 160)) for one in list(newest.values())[:5]],
        "waiting": rows_of(waiting_for_reply(reader, most=3)) if is_first else [],
    }
    return render(request, "forums/forums.html", context)
