"""Tables of notes: what their constraints hold, numbers that never collide, words that fit their columns."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from prakai.notes.actions.numbering import next_number, save_numbered
from prakai.notes.models import Note, Notebook, Numeral, Publication, Tag, Withdrawal
from prakai.notes.wording import fitted
from prakai.talk.models import Conversation
from prakai.thai.graphemes import graphemes
from tests.factories.notes import bring, make_brought, make_note, make_notebook
from tests.processes import PATIENCE, make_place


def test_address_of_a_note_keeps_the_thai_title(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, "ที่นั่งรอหกตัว")
    assert note.get_absolute_url() == f"/notes/{note.number}-ที่นั่งรอหกตัว"


def test_byline_names_the_teller_before_the_writer(cast: SimpleNamespace) -> None:
    own = make_note(cast.malee)
    told = make_note(cast.malee, teller=cast.friend)
    named = make_note(cast.malee, teller_name="ป้าแสงหล้า")
    brought = bring(make_brought(author_name="วิจารณ์ พานิช"), cast.malee)
    assert [note.byline for note in (own, told, named, brought)] == [
        "มาลี ใจงาม",
        "วันดี คำใส",
        "ป้าแสงหล้า",
        "วิจารณ์ พานิช",
    ]


@pytest.mark.parametrize("state", [Publication, Withdrawal])
def test_a_state_stands_once(cast: SimpleNamespace, state: type[Publication] | type[Withdrawal]) -> None:
    note = make_note(cast.malee, publish=False)
    state.objects.create(note=note, by=cast.malee)
    with pytest.raises(IntegrityError), transaction.atomic():
        state.objects.create(note=note, by=cast.malee)
    assert state.objects.filter(note=note).count() == 1


def test_an_imported_number_is_kept_and_the_next_native_one_goes_around_it(cast: SimpleNamespace) -> None:
    first = make_note(cast.malee).number
    brought = bring(make_brought(number=first + 1), cast.malee)
    second = make_note(cast.malee).number
    assert brought.number == first + 1
    # PostgreSQL's sequences leave gaps where another attempt was rolled back; what counts is that nothing collides.
    assert second > brought.number


def test_the_next_number_jumps_over_a_long_row_of_imported_ones(cast: SimpleNamespace) -> None:
    last = make_note(cast.malee).number
    for number in range(last + 1, last + 40):
        bring(make_brought(number=number), cast.malee)
    with CaptureQueriesContext(connection) as queries:
        number = next_number()
    assert (number, len(queries) <= 10) == (last + 40, True)
    assert next_number() == last + 41


def test_an_imported_number_that_is_taken_gives_way(cast: SimpleNamespace) -> None:
    taken = make_note(cast.malee)
    brought = bring(make_brought(number=taken.number), cast.malee)
    assert brought.origin.source_number == taken.number
    assert brought.number != taken.number
    assert Note.objects.get(number=taken.number) == taken


def test_a_number_is_never_given_again(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, publish=False)
    gone, conversation = note.number, note.conversation
    note.delete()
    conversation.delete()
    Numeral.objects.all().delete()
    assert make_note(cast.malee).number > gone


@pytest.mark.parametrize("number", [0, -5, 2**53, 2**70])
def test_an_impossible_imported_number_becomes_a_native_one(cast: SimpleNamespace, number: int) -> None:
    brought = bring(make_brought(number=number, key="gotoknow:odd"), cast.malee)
    assert 0 < brought.number < 2**53
    assert brought.origin.source_number is None


def test_a_note_whose_number_is_taken_at_this_moment_is_saved_under_the_next(cast: SimpleNamespace) -> None:
    taken = make_note(cast.malee)
    late = Note(
        number=taken.number,
        title="มาทีหลัง",
        notebook=taken.notebook,
        conversation=Conversation.objects.create(title="", address=""),
    )
    save_numbered(late)
    assert late.number != taken.number
    assert Note.objects.filter(pk__in=[taken.pk, late.pk]).count() == 2


def test_a_note_that_cannot_be_saved_for_another_reason_is_loud(cast: SimpleNamespace) -> None:
    taken = make_note(cast.malee)
    twin = Note(number=next_number(), notebook=taken.notebook, conversation=taken.conversation)
    with pytest.raises(IntegrityError):
        save_numbered(twin)


HAND = """
from prakai.notes.models import Notebook
from prakai.people.models import Person
from tests.factories.notes import bring, make_brought, make_note
hand, start = int(sys.argv[1]), int(sys.argv[2])
person, notebook = Person.objects.get(), Notebook.objects.get()
for step in range(12):
    if hand % 2:
        make_note(person, notebook=notebook)
    else:
        bring(make_brought(number=start + 1 + step * 2 + hand // 2), person, notebook=notebook)
print()
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_numbers_when_natives_and_imports_come_at_once(tmp_path: Path) -> None:
    """Four processes at once: two write, two bring in the very numbers that come next."""
    place = make_place(tmp_path)
    start = place.run(
        "from tests.factories.notes import make_note; from tests.factories.people import make_person\n"
        "print(make_note(make_person()).number)"
    )
    hands = [place.start(HAND, str(hand), str(start)) for hand in range(4)]
    assert [(hand.communicate(timeout=PATIENCE)[1][-2000:], hand.returncode) for hand in hands] == [
        ("", 0)
    ] * 4
    numbers = place.run(
        "from prakai.notes.models import Note; print(json.dumps(list(Note.objects.values_list('number', flat=True))))"
    )
    assert (len(numbers), len(set(numbers))) == (49, 49)


def test_fitted_keeps_whole_graphemes() -> None:
    text = "ที่นี่" * 200
    kept = fitted(text, 300)
    assert len(kept) <= 300
    assert text.startswith(kept)
    assert graphemes(text)[: len(graphemes(kept))] == graphemes(kept)
    assert fitted("สั้น", 300) == "สั้น"


def test_tag_rows_made_in_one_go_are_as_saved_ones(cast: SimpleNamespace) -> None:
    make_note(cast.malee, tags=["เก้าอี้", "หน้าห้องยา"])
    single = Tag.objects.create(key="x", label="เก้าอี้ตัวอื่น")
    made = Tag.objects.get(label="เก้าอี้")
    assert (made.slug, bool(made.order_key), bool(single.slug), bool(single.order_key)) == (
        "เก้าอี้",
        True,
        True,
        True,
    )


def test_notebook_slug_follows_its_title(cast: SimpleNamespace) -> None:
    notebook = make_notebook(cast.malee, "สมุดบ่ายสามโมง")
    assert Notebook.objects.get(pk=notebook.pk).get_absolute_url() == f"/notebooks/{notebook.pk}-สมุดบ่ายสามโมง"
