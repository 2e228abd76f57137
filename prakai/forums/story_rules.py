"""May she? for stories, their nuggets and cores, and their growing into notes: pure, with reasons."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from prakai.forums.models import (
    Core,
    Forum,
    Growth,
    Nugget,
    Participant,
    Spark,
    Story,
    StoryWithdrawal,
    forums_with_circles_of,
)
from prakai.forums.rules import WAITS, has_role, may_prepare, may_read, may_record
from prakai.forums.spark_rules import GONE, is_from_phone, is_shown
from prakai.kernel.verdicts import YES, Verdict, no
from prakai.people.models import Person
from prakai.people.rules import SIGN_IN_FIRST


def may_record_story(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` write stories down here, and mark and group what is in them? Recorders, who prepares the forum,
    and who facilitates or records one of its circles."""
    if (
        person is not None
        and person.is_active
        and forums_with_circles_of(person).filter(round__forum=forum).exists()
    ):
        return YES
    verdict = may_record(person, forum)
    if verdict or person is None or not person.is_active:
        return verdict
    return no(
        pgettext_lazy("story refusal", "Stories are written down by the recorders of this forum."),
        pgettext_lazy(
            "story refusal", "Ask its coordinator to make you a recorder; what you have written is kept."
        ),
    )


def was_there(person: Person | None, forum: Forum) -> bool:
    """Return whether ``person`` has a part in this forum: a role, a circle to look after, or a seat."""
    if person is None or not person.is_authenticated:
        return False
    if has_role(person, forum) or forums_with_circles_of(person).filter(round__forum=forum).exists():
        return True
    seats = Participant.objects.seated().filter(forum=forum, person=person)
    return forum.announced_at is not None and seats.exists()


def may_read_story(reader: Person | None, story: Story) -> Verdict:
    """May ``reader`` read this story? The rule of ``Story.objects.visible_to``, for one row."""
    if reader is not None and reader.is_authenticated and story.person_id == reader.pk:
        return YES
    if story.withdrawn_at is not None:
        if reader is not None and reader.pk == _withdrawn_by(story):
            return YES
        return no(pgettext_lazy("story refusal", "This story is withdrawn."))
    if reader is not None and (reader.is_steward or story.recorder_id == reader.pk):
        return YES
    if was_there(reader, story.forum) or (story.allows_quotes and may_read(reader, story.forum)):
        return YES
    return no(pgettext_lazy("story refusal", "This story stays among those who were at the forum."))


def may_correct_story(person: Person | None, story: Story) -> Verdict:
    """May ``person`` change the words of this story? Its teller; who wrote it down, until the teller has."""
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    if not person.is_active:
        return WAITS
    if story.withdrawn_at is not None:
        return no(pgettext_lazy("story refusal", "This story is withdrawn; bring it back first."))
    if story.person_id == person.pk:
        return YES
    if story.recorder_id == person.pk:
        if story.taken_over_at is None:
            return YES
        return no(
            pgettext_lazy(
                "story refusal", "The teller has corrected this story; since then the words are hers."
            ),
            pgettext_lazy("story refusal", "Please talk with her about what should change."),
        )
    return no(pgettext_lazy("story refusal", "Only its teller, and who wrote it down, can correct a story."))


def may_withdraw_story(person: Person | None, story: Story) -> Verdict:
    """May ``person`` take this story back? Its teller, who wrote it down, and who prepares the forum."""
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    if person.is_active and person.pk in (story.person_id, story.recorder_id):
        return YES
    return may_prepare(person, story.forum)


def may_return_story(person: Person | None, story: Story) -> Verdict:
    """May ``person`` bring a withdrawn story back? Who withdrew it; its teller, also when its recorder did."""
    if not (verdict := may_withdraw_story(person, story)) or person is None:
        return verdict
    by = _withdrawn_by(story)
    if by == person.pk or (story.person_id == person.pk and by in (None, story.recorder_id)):
        return YES
    if by == story.person_id:
        return no(
            pgettext_lazy("story refusal", "Whose story it is withdrew it; please talk with that person.")
        )
    return no(
        pgettext_lazy(
            "story refusal", "Those who prepare the forum withdrew this story; please talk with them."
        )
    )


def may_mark(person: Person | None, story: Story) -> Verdict:
    """May ``person`` mark sentences of this story? Who writes stories down here, and its teller; while it stands."""
    if story.withdrawn_at is not None:
        return no(pgettext_lazy("story refusal", "This story is withdrawn; bring it back first."))
    if person is not None and person.is_active and story.person_id == person.pk:
        return YES
    return may_record_story(person, story.forum)


def may_word(person: Person | None, nugget: Nugget) -> Verdict:
    """May ``person`` say a nugget in other words, or take its mark away? Who may mark in its story."""
    return may_mark(person, nugget.story)


def may_group(person: Person | None, forum: Forum) -> Verdict:
    """May ``person`` group the nuggets of this forum into cores? Who writes stories down here."""
    return may_record_story(person, forum)


def may_read_core(reader: Person | None, core: Core) -> Verdict:
    """May ``reader`` see this core? The rule of ``Core.objects.visible_to``, for one row."""
    if may_group(reader, core.forum) or Nugget.objects.visible_to(reader).filter(core=core).exists():
        return YES
    return no(pgettext_lazy("story refusal", "There is nothing under this core for you yet."))


def is_hers(person: Person | None, thing: Story | Spark, token: str = "") -> bool:
    """Return whether ``person``, or the phone that keeps ``token``, said this."""
    if person is not None and person.is_authenticated and thing.person_id == person.pk:
        return True
    return isinstance(thing, Spark) and thing.person_id is None and is_from_phone(thing, token)


def can_be_asked(thing: Story | Spark) -> bool:
    """Return whether there is somebody to ask: a member; for a spark of nobody, the phone that threw it."""
    if thing.person is not None:
        return thing.person.is_active
    return isinstance(thing, Spark) and bool(thing.token_hash)


def may_ask_growth(person: Person | None, thing: Story | Spark, token: str = "") -> Verdict:
    """May ``person`` ask whether this may grow into a note? Its author; who writes down or prepares at this forum."""
    if thing.withdrawn_at is not None:
        return no(pgettext_lazy("story refusal", "It was withdrawn; so it grows no further."))
    if not can_be_asked(thing):
        return no(
            pgettext_lazy("story refusal", "Who told this has no account here, so nobody could be asked."),
            pgettext_lazy(
                "story refusal", "Ask the teller in person; then write a note that names who told it."
            ),
        )
    if person is not None and person.is_active and is_hers(person, thing, token):
        return YES
    if isinstance(thing, Spark) and not is_shown(thing):
        return GONE
    return may_record_story(person, thing.forum)


def may_answer_growth(person: Person | None, growth: Growth, token: str = "") -> Verdict:
    """May ``person`` say whether this grows into a note? Only whose words they are; a phone may say no by itself."""
    thing = growth.story or growth.spark
    is_author = person is not None and person.is_authenticated and growth.author_id == person.pk
    if not is_author and (growth.author_id is not None or thing is None or not is_hers(person, thing, token)):
        if person is None or not person.is_authenticated:
            return SIGN_IN_FIRST
        return no(pgettext_lazy("story refusal", "Only whose words these are can answer that."))
    return YES if person is None or person.is_active else WAITS


def may_accept_growth(person: Person | None, growth: Growth, token: str = "") -> Verdict:
    """May ``person`` begin the note? Whose words they are, with an account: a note has an author."""
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    return may_answer_growth(person, growth, token)


def _withdrawn_by(story: Story) -> int | None:
    standing = StoryWithdrawal.objects.filter(story=story, undone_at__isnull=True)
    return standing.values_list("by", flat=True).first()
