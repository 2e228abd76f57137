"""Finding what an address means, through what the reader may see; and answering in whole pages or in parts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.encoding import iri_to_uri

from prakai.people.models import Person
from prakai.talk.models import Appreciation, Comment, Conversation
from prakai.talk.queries import conversation_page
from prakai.web.requests import in_parts, reader_of


def conversation_at(pk: int, reader: Person | None) -> Conversation:
    """Return the conversation if ``reader`` may see it, else 404."""
    found = Conversation.objects.visible_to(reader).select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def comment_at(pk: int, reader: Person | None) -> Comment:
    """Return the comment with its conversation if ``reader`` may see it, else 404."""
    rows = Comment.objects.visible_to(reader).select_related("conversation__unit", "by", "answers")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def appreciation_at(pk: int, reader: Person | None) -> Appreciation:
    """Return the appreciation if ``reader`` may see it, else 404."""
    rows = Appreciation.objects.visible_to(reader).select_related("conversation", "person", "unit", "by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def answer_with_talk(request: HttpRequest, conversation: Conversation, address: str) -> HttpResponse:
    """Answer a move in a conversation: lead to its place, or give the whole conversation anew as a part."""
    if not in_parts(request):
        return redirect(address)
    reader = reader_of(request)
    fresh = conversation_at(conversation.pk, reader)
    context: dict[str, Any] = {"talk": conversation_page(fresh, reader), "moved": True}
    response = render(request, "talk/conversation.html", context)
    response.headers["HX-Retarget"] = "#talk"
    response.headers["HX-Reswap"] = "outerHTML show:none"
    if "#" in address:
        response.headers["HX-Push-Url"] = iri_to_uri(address)
    return response
