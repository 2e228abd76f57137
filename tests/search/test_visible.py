"""Nobody finds what she may not read, from the next request on, also while the index has heard nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from prakai.notes.actions import withdraw_note
from prakai.notes.models import Note
from prakai.people.actions import erase_person
from prakai.people.models import Audience, Person
from prakai.search.queries.answers import KINDS
from prakai.search.queries.audiences import findable, still_findable
from prakai.search.queries.finding import find
from prakai.search.queries.found_notes import found_notes
from prakai.search.queries.likeness import related_to
from prakai.search.queries.suggesting import suggest
from prakai.talk.actions import hide_comment, withdraw_comment
from prakai.talk.models import Comment
from tests.factories.notes import make_note
from tests.factories.people import make_person
from tests.factories.talk import make_comment
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
WORD = "กระถางดอกไม้"


@pytest.fixture
def place(searched: Callable[[], int]) -> SimpleNamespace:
    hospital = make_unit()
    malee = make_person(unit=hospital)
    cast = SimpleNamespace(
        malee=malee,
        colleague=make_person("สุดา", "เพื่อนงาน", unit=hospital),
        stranger=make_person("สมชาย", "ศรีสุข"),
        steward=make_person("ประสาน", "มั่นคง", steward=True),
    )
    cast.notes = {
        str(audience): make_note(malee, f"{WORD} {audience}", audience=audience) for audience in Audience
    }
    cast.draft = make_note(malee, f"{WORD} ร่าง", publish=False)
    cast.gone = make_note(malee, f"{WORD} ถอน", withdraw=True)
    cast.comments = {
        audience: make_comment(note.conversation, cast.colleague, f"ชอบ{WORD} {audience}")
        for audience, note in cast.notes.items()
    }
    searched()
    return cast


def found_by(reader: Person | None, kind: str) -> set[str]:
    found = find(WORD, reader, chosen={"kind": [kind]}, size=100)
    things = [hit.thing for hit in found.hits if not hit.is_near]
    counted = sum(choice.count for choice in found.facets.get("kind", []))
    assert found.total == counted == len(things)
    if kind == "note":
        return {note.audience for note in things if note.audience in note.title}
    return {comment.conversation.audience for comment in things}


@pytest.mark.parametrize("kind", ["note", "comment"])
@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        (None, {"public"}),
        ("stranger", {"public", "members"}),
        ("colleague", {"public", "members", "unit"}),
        ("malee", {"public", "members", "unit"}),
    ],
)
def test_each_reader_finds_what_she_may_read(
    place: SimpleNamespace, kind: str, reader: str | None, sees: set[str]
) -> None:
    person = getattr(place, reader) if reader else None
    assert found_by(person, kind) == sees
    # The index and the rows are of one mind for every kind and reader.
    rows = (
        Note.objects.published().visible_to(person)
        if kind == "note"
        else Comment.objects.shown().visible_to(person)
    )
    found = find(WORD, person, chosen={"kind": [kind]}, size=100)
    assert {hit.pk for hit in found.hits if not hit.is_near} == set(rows.values_list("pk", flat=True))


def test_what_was_withdrawn_or_narrowed_is_gone_at_once(place: SimpleNamespace) -> None:
    note = place.notes["public"]
    withdraw_note(note, by=place.malee)
    for reader in (None, place.stranger, place.colleague):
        assert "public" not in found_by(reader, "note") | found_by(reader, "comment")
        assert note.title not in [one.text for one in suggest(WORD, reader)]
        assert note.pk not in [hit.pk for hit in related_to(place.notes["members"], reader)]
    Note.objects.filter(pk=place.notes["members"].pk).update(audience=Audience.UNIT)
    assert found_by(place.stranger, "note") == set()
    Note.objects.filter(pk=place.notes["unit"].pk).delete()
    assert find(WORD, place.colleague, chosen={"kind": ["note"]}).total == 1


def test_comments_that_were_taken_back_or_hidden_are_gone_at_once(place: SimpleNamespace) -> None:
    withdraw_comment(place.comments["public"], by=place.colleague)
    hide_comment(place.comments["members"], by=place.malee)
    for reader in (None, place.stranger, place.malee, place.colleague, place.steward):
        assert found_by(reader, "comment") <= {"unit"}


def test_who_left_is_not_found(place: SimpleNamespace) -> None:
    assert [hit.pk for hit in find("สุดา เพื่อนงาน", place.stranger).hits if hit.kind == "person"] == [
        place.colleague.pk
    ]
    erase_person(place.colleague, by=place.colleague, keep_content=False)
    assert [hit for hit in find("สุดา เพื่อนงาน", place.stranger).hits if hit.kind == "person"] == []


def test_many_results_are_counted_without_what_changed_meanwhile(
    place: SimpleNamespace, searched: Callable[[], int]
) -> None:
    notes = [make_note(place.malee, f"ข้าวกล่อง {number}", audience="members") for number in range(230)]
    searched()
    assert find("ข้าวกล่อง", place.stranger).total == 230
    assert find("ข้าวกล่อง", None).total == 0
    for note in notes[:3]:
        withdraw_note(note, by=place.malee)
    found = find("ข้าวกล่อง", place.stranger)
    assert (found.total, found.facets["kind"][0].count) == (227, 227)
    shown = [
        hit.pk
        for page in range(1, 13)
        for hit in find("ข้าวกล่อง", place.stranger, sort="newest", page=page).hits
    ]
    assert len(shown) == len(set(shown)) == 227


def test_all_of_many_exact_answers_are_paged_through_by_likeness(
    place: SimpleNamespace, searched: Callable[[], int]
) -> None:
    notes = [make_note(place.malee, f"ข้าวกล่อง {number}", audience="members") for number in range(230)]
    make_note(place.malee, "ข้าวกล่อง ร่าง", publish=False)
    searched()
    withdraw_note(notes[100], by=place.malee)
    pages = [find("ข้าวกล่อง", place.stranger, page=number, size=100) for number in (1, 2, 3, 4)]
    told = [hit.pk for page in pages[:3] for hit in page.hits]
    assert ({page.total for page in pages}, {page.pages for page in pages}) == ({229}, {3})
    assert (len(told), set(told)) == (229, {note.pk for note in notes} - {notes[100].pk})


def test_a_tag_is_found_by_who_may_read_something_under_it(
    place: SimpleNamespace, searched: Callable[[], int]
) -> None:
    make_note(place.malee, "สวนหลังสำนักงาน", audience="members", tags=["ดอกดาวเรือง"])
    searched()
    assert [hit.kind for hit in find("ดอกดาวเรือง", place.stranger).hits if hit.kind == "tag"] == ["tag"]
    assert [hit for hit in find("ดอกดาวเรือง", None).hits if hit.kind == "tag"] == []
    assert "tag" not in find("ดอกดาวเรือง", None).facets


@pytest.mark.parametrize("kind", KINDS)
def test_what_everybody_may_find_each_reader_may_find(place: SimpleNamespace, kind: str) -> None:
    # `still_findable` asks what everybody may find first, and a reader's own rights only for the rest.
    readers = [None, place.malee, place.colleague, place.stranger, place.steward]
    by_all = set(findable(kind, None).values_list("pk", flat=True))
    numbers = list(findable(kind, None).model._default_manager.values_list("pk", flat=True))
    everything = {f"{kind}:{number}" for number in (*numbers, max(numbers, default=0) + 1)}
    for reader in readers:
        allowed = set(findable(kind, reader).values_list("pk", flat=True))
        assert by_all <= allowed
        assert still_findable(everything, reader) == {f"{kind}:{number}" for number in allowed}


def test_notes_of_results_are_the_rows_themselves(place: SimpleNamespace) -> None:
    place.notes["public"].teller = place.stranger
    place.notes["public"].save()
    wanted = [note.pk for note in place.notes.values()]
    found = found_notes(wanted)
    assert sorted(found) == sorted(wanted)
    for note in Note.objects.filter(pk__in=wanted).select_related("author", "teller", "unit"):
        row = found[note.pk]
        assert (row.number, row.title, row.slug, row.published_at) == (
            *(note.number, note.title, note.slug, note.published_at),
        )
        assert (row.author, row.teller, row.unit) == (note.author, note.teller, note.unit)
        assert row.byline == note.byline
        assert row.beginning == note.plain
    assert found_notes([]) == {}
