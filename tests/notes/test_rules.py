"""May she? Each refusal is first made possible for somebody else."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from prakai.kernel.verdicts import Refused
from prakai.notes import actions, rules
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Attachment, Draft, Note
from tests.factories.notes import bring, make_brought, make_note, make_notebook
from tests.factories.people import make_appointment, make_person


def allowed(rule: object, people: dict[str, object], *rest: object) -> set[str]:
    """Names of those whom a rule lets; ``rule(person, *rest)``."""
    return {name for name, person in people.items() if rule(person, *rest)}  # type: ignore[operator]


@pytest.fixture
def people(cast: SimpleNamespace) -> dict[str, object]:
    names = ("malee", "nurse", "somchai", "friend", "steward", "waiting", "visitor")
    return {name: getattr(cast, name) for name in names}


def test_writing_in_a_notebook(cast: SimpleNamespace, people: dict[str, object]) -> None:
    own, ours = make_notebook(cast.malee), make_notebook(cast.malee, unit=cast.hospital)
    assert allowed(rules.may_write_in, people, own) == {"malee"}
    assert allowed(rules.may_write_in, people, ours) == {"malee", "nurse"}


def test_writing_in_a_unit_when_the_appointment_is_not_confirmed_or_over(cast: SimpleNamespace) -> None:
    ours = make_notebook(cast.malee, unit=cast.hospital)
    stated, former = make_person(), make_person()
    make_appointment(stated, cast.hospital)
    assert bool(rules.may_write_in(stated, ours)) is True
    stated.appointments.update(confirmed_at=None)
    del stated.unit_circle
    make_appointment(former, cast.hospital, until_on=timezone.localdate() - timedelta(days=1))
    assert [bool(rules.may_write_in(person, ours)) for person in (stated, former)] == [False, False]


def test_opening_and_changing_notebooks(cast: SimpleNamespace, people: dict[str, object]) -> None:
    del people["visitor"]
    assert allowed(rules.may_open_notebook, people, cast.hospital.pk) == {"malee", "nurse", "steward"}
    assert allowed(rules.may_open_notebook, people, None) == set(people) - {"waiting"}
    own, ours = make_notebook(cast.malee), make_notebook(cast.malee, unit=cast.hospital)
    assert allowed(rules.may_change_notebook, people, own) == {"malee", "steward"}
    assert allowed(rules.may_change_notebook, people, ours) == {"malee", "nurse", "steward"}


def test_editing_is_for_writers_alone(cast: SimpleNamespace, people: dict[str, object]) -> None:
    note = make_note(cast.malee, coauthors=[cast.friend], teller=cast.nurse)
    assert allowed(rules.may_edit, people, note) == {"malee", "friend"}
    Note.objects.filter(pk=note.pk).update(author=cast.waiting)
    note.refresh_from_db()
    assert allowed(rules.may_edit, people, note) == {"friend"}


def test_editing_an_imported_note_without_an_author_is_for_who_brought_it(
    cast: SimpleNamespace, people: dict[str, object]
) -> None:
    orphan = bring(make_brought(author_name="ไม่รู้จัก"), cast.malee)
    known = bring(make_brought(author=cast.friend), cast.malee)
    assert allowed(rules.may_edit, people, orphan) == {"malee"}
    assert allowed(rules.may_edit, people, known) == {"friend"}


def test_publishing_needs_a_title_words_and_somebody_to_read(cast: SimpleNamespace) -> None:
    fit = make_note(cast.malee, publish=False, audience="unit")
    assert bool(rules.may_publish(cast.malee, fit)) is True
    assert bool(rules.may_publish(cast.somchai, fit)) is False
    for missing in (
        {"title": " "},
        {"plain": "", "body": ""},
        {"unit": None},
        {"withdrawn_at": timezone.now()},
    ):
        note = Note.objects.get(pk=fit.pk)
        for name, value in missing.items():
            setattr(note, name, value)
        assert bool(rules.may_publish(cast.malee, note)) is False, missing
    journal = Note.objects.get(pk=fit.pk)
    journal.kind, journal.title = "journal", ""
    assert bool(rules.may_publish(cast.malee, journal)) is True
    picture = Note.objects.get(pk=fit.pk)
    picture.body, picture.plain = '<figure><img src="/media/x/x.jpg" alt=""></figure>', ""
    assert bool(rules.may_publish(cast.malee, picture)) is True


def test_withdrawing_is_for_writers_the_teller_and_stewards(
    cast: SimpleNamespace, people: dict[str, object]
) -> None:
    note = make_note(cast.malee, coauthors=[cast.friend], teller=cast.nurse)
    assert allowed(rules.may_withdraw, people, note) == {"malee", "friend", "nurse", "steward"}
    draft = make_note(cast.malee, teller=cast.nurse, publish=False)
    assert allowed(rules.may_withdraw, people, draft) == set()


@pytest.mark.parametrize(
    ("who", "back"),
    [
        ("malee", {"malee", "friend"}),
        ("friend", {"malee", "friend"}),
        ("nurse", {"nurse"}),
        ("steward", {"steward", "other_steward"}),
    ],
)
def test_bringing_back_is_for_the_side_that_withdrew(
    cast: SimpleNamespace, people: dict[str, object], who: str, back: set[str]
) -> None:
    people["other_steward"] = make_person(steward=True)
    note = make_note(cast.malee, coauthors=[cast.friend], teller=cast.nurse)
    withdrawal = actions.withdraw_note(note, by=people[who])  # type: ignore[arg-type]
    assert allowed(rules.may_return, people, note, withdrawal) == back


def test_a_note_that_a_steward_withdrew_stays_away_when_her_duty_ends(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    actions.withdraw_note(note, by=cast.steward, because="มีเลขบัตรประชาชน")
    cast.steward.duties.update(ended_at=timezone.now())
    with pytest.raises(Refused):
        actions.return_note(note, by=cast.malee)


def test_attaching_and_describing(cast: SimpleNamespace, people: dict[str, object]) -> None:
    note = make_note(cast.malee, coauthors=[cast.friend])
    assert allowed(rules.may_attach, people, note) == {"malee", "friend"}
    assert allowed(rules.may_attach, people, None) == set(people) - {"waiting", "visitor"}
    loose = Attachment(by=cast.malee)
    assert allowed(rules.may_describe, people, loose) == {"malee"}
    assert allowed(rules.may_describe, people, Attachment(by=cast.malee, note=note)) == {"malee", "friend"}


def test_dropping_a_draft_is_for_who_typed_it(cast: SimpleNamespace) -> None:
    draft = Draft(person=cast.malee, window="w")
    assert [bool(rules.may_drop_draft(person, draft)) for person in (cast.malee, cast.steward)] == [
        True,
        False,
    ]


def test_a_note_comes_from_a_unit_where_its_teller_worked_for_sure(cast: SimpleNamespace) -> None:
    today = timezone.localdate()
    make_appointment(cast.malee, cast.town, until_on=today - timedelta(days=10))
    rule = rules.may_write_from
    assert bool(rule(cast.malee, cast.hospital, None, on=today)) is True
    assert bool(rule(cast.malee, cast.ward, None, on=today)) is False
    assert bool(rule(cast.malee, cast.ward, cast.nurse, on=today)) is True
    assert bool(rule(cast.malee, cast.town, None, on=today)) is False
    assert bool(rule(cast.malee, cast.town, None, on=today - timedelta(days=20))) is True
    note = make_note(cast.malee, publish=False)
    with pytest.raises(Refused):
        actions.save_note(note, by=cast.malee, writing=Writing(unit=cast.ward), base_version=1)
    saved = actions.save_note(
        note, by=cast.malee, writing=Writing(unit=cast.ward, teller=cast.nurse), base_version=1
    )
    assert saved.unit == cast.ward


def test_refusals_say_why_and_never_nothing(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    verdicts = [
        rules.may_edit(cast.somchai, note),
        rules.may_publish(None, note),
        rules.may_withdraw(cast.somchai, note),
        rules.may_write_in(None, note.notebook),
        rules.may_read(None, make_note(cast.malee, audience="members")),
    ]
    assert [(verdict.allowed, bool(str(verdict.reason))) for verdict in verdicts] == [(False, True)] * 5
