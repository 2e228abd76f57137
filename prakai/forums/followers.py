"""What forums do when the journal speaks: notices for those whom it concerns; an erased person is forgotten."""

from __future__ import annotations

from prakai.forums.actions.forgetting import forget_at_forums
from prakai.forums.actions.forgetting_voices import forget_voices
from prakai.forums.actions.forgetting_words import forget_words
from prakai.forums.models import Forum, Participant, Role
from prakai.forums.queries.growths import growth_waiting
from prakai.forums.queries.hearing import is_ahead, people_of
from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.talk.actions.telling import tell
from prakai.talk.models import NoticeKind

_TOLD = {
    "forum.moved": NoticeKind.MOVED,
    "forum.cancelled": NoticeKind.CANCELLED,
    "forum.revived": NoticeKind.REVIVED,
}


@follow("forums.notices", "participant.seated", "forum_role.given", "growth.asked", *_TOLD)
def write_notices(entry: Entry) -> None:
    """Tell who got a seat or a role, who is asked for a note, and all who planned for a day that changed.

    Who did it is not told; nor are the words of who is asked, for a notice outlives a spark that was taken back.
    """
    if entry.verb == "growth.asked":
        growth = growth_waiting(entry.thing_id)
        if growth is not None and growth.author_id not in (None, entry.by_id):
            title, address = growth.thing.forum.title, growth.get_absolute_url()
            tell(entry, NoticeKind.GROWTH, [growth.author_id or 0], title=title, address=address)
    elif entry.verb == "participant.seated":
        seat = Participant.objects.seated().select_related("forum").filter(pk=entry.thing_id).first()
        if seat is not None and seat.person_id is not None and is_ahead(seat.forum):
            _tell(entry, NoticeKind.SEATED, seat.forum, [seat.person_id], "/seat")
    elif entry.verb == "forum_role.given":
        role = Role.objects.select_related("forum").filter(pk=entry.thing_id, ended_at__isnull=True).first()
        if role is not None and role.person_id != entry.by_id and is_ahead(role.forum):
            _tell(entry, NoticeKind.ROLE, role.forum, [role.person_id], "/briefing")
    else:
        forum = Forum.objects.filter(pk=entry.thing_id).first()
        if forum is not None and is_ahead(forum):
            _tell(entry, _TOLD[entry.verb], forum, sorted(people_of(forum) - {entry.by_id or 0}), "")


def _tell(entry: Entry, kind: NoticeKind, forum: Forum, people: list[int], page: str) -> None:
    tell(entry, kind, people, title=forum.title, address=f"/forums/{forum.pk}{page}")


@follow("forums.erasure", "person.erased")
def forget_person(entry: Entry) -> None:
    """Let the seats and roles of a person who left lose her name; what she told stays without her, or goes."""
    forget_at_forums(entry.thing_id, at=entry.at)
    name, emptied = str(entry.facts.get("name_th", "")), bool(entry.facts.get("emptied"))
    forget_words(entry.thing_id, name=name, emptied=emptied, at=entry.at)
    forget_voices(entry.thing_id, name=name, emptied=emptied, at=entry.at)
