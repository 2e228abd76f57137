"""Reading the stories of a forum, and one of them; taking one back, and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.forums import actions
from prakai.forums import story_rules as rules
from prakai.forums.models import Forum, Story
from prakai.forums.queries.stories import questions_for, story_list, story_page
from prakai.people.models import Person
from prakai.web.base.keeping import keeps_words, token_failed
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.forums.story_forms import TakeBackForm
from prakai.web.requests import member, reader_of
from prakai.web.talk.views.commenting import METHODS, stale_token


def story_at(pk: int, number: int, reader: Person | None) -> Story:
    """Return the story if ``reader`` may see it, else 404; with it comes its forum."""
    rows = Story.objects.visible_to(reader).filter(forum=pk, pk=number)
    found = rows.select_related(
        "forum__unit",
        "forum__network",
        "forum__host",
        "forum__series",
        "unit",
        "person",
        "recorder",
        "participant__unit",
    ).first()
    if found is None:
        raise Http404
    return found


def frame_of_story(story: Story, reader: Person | None) -> dict[str, object]:
    """Return what ``forums/forum.html`` wants; who may read a story but not its forum goes without its pages."""
    return frame_of(story.forum, reader, "stories")


@require_safe
def stories(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the list of a forum's stories."""
    reader = reader_of(request)
    forum = forum_at(pk, reader)
    page = story_list(forum, reader, request.GET.get("after"))
    context = frame_of(forum, reader, "stories") | {
        "page": page,
        "asked": questions_for(reader, forum),
        "may_record": bool(rules.may_record_story(reader, forum)),
        "older_url": f"?after={page.older}" if page.older else "",
        "newer_url": "" if page.is_first else request.path,
        "outbox": outbox_of(reader, forum),
    }
    return render(request, "forums/stories.html", context)


def outbox_of(reader: Person | None, forum: Forum) -> str:
    """Return the name under which this reader's browser keeps stories that are not sent yet."""
    return f"{reader.public_id}:{forum.pk}" if reader is not None else ""


@require_safe
def story(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Answer one story, with its marked sentences and what its reader may do."""
    reader = reader_of(request)
    found = story_at(pk, number, reader)
    return story_answer(request, found, reader)


def story_answer(
    request: HttpRequest, found: Story, reader: Person | None, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    """Answer the page of a story; with ``trouble`` when something could not be done to it."""
    page = story_page(found, reader)
    chosen = set(request.POST.getlist("place"))
    context = frame_of_story(found, reader) | {
        "page": page,
        "story": found,
        "trouble": trouble,
        "chosen": chosen,
    }
    return render(request, "forums/story.html", context, status=status)


@keeps_words
@require_http_methods(METHODS)
def withdraw(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask why a story is taken back, and take it back."""
    person = member(request)
    found = story_at(pk, number, person)
    rules.may_withdraw_story(person, found).or_refuse()
    form = TakeBackForm(request.POST or None)
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_story(found, by=person, because=form.cleaned_data["because"])
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(
                request,
                pgettext(
                    "stories", "The story is withdrawn, and its nuggets with it. You can bring it back."
                ),
            )
            return redirect(found.get_absolute_url())
    context = frame_of_story(found, person) | {"story": found, "form": form}
    return render(request, "forums/story_withdraw.html", context)


@require_POST
def bring_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Bring a withdrawn story back."""
    person = member(request)
    found = actions.return_story(story_at(pk, number, person), by=person)
    messages.success(request, pgettext("stories", "The story is back, with its nuggets."))
    return redirect(found.get_absolute_url())
