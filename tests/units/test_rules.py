from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from prakai.units import rules
from prakai.units.actions import close_unit
from prakai.units.models import Unit
from tests.factories.people import make_person
from tests.factories.units import make_ministry, make_unit

pytestmark = pytest.mark.django_db


def test_only_stewards_change_units() -> None:
    assert rules.may_change_units(make_person(steward=True)).allowed is True
    for by in (None, AnonymousUser(), make_person(), make_person(facilitator=True)):
        verdict = rules.may_change_units(by)
        assert verdict.allowed is False
        assert (str(verdict.reason) != "", str(verdict.next_step) != "") == (True, True)


def test_a_steward_who_left_changes_nothing() -> None:
    assert rules.may_change_units(make_person(steward=True, is_active=False)).allowed is False


def test_rules_and_lists_agree_on_who_reads() -> None:
    units = [make_unit(), make_unit("หน่วยที่จบแล้ว", valid_to=date(2010, 1, 1))]
    for reader in (None, make_person(), make_person(steward=True)):
        seen = set(Unit.objects.visible_to(reader))
        assert [bool(rules.may_read(reader, unit)) for unit in units] == [unit in seen for unit in units]


def test_a_unit_that_ended_changes_no_more() -> None:
    steward = make_person(steward=True)
    unit = make_unit()
    assert rules.may_change_unit(steward, unit).allowed is True
    close_unit(unit, by=steward, on=date(2020, 1, 1))
    assert rules.may_change_unit(steward, unit).allowed is False
    assert rules.may_reopen_unit(steward, unit).allowed is True


def test_a_unit_is_not_closed_over_units_that_go_on() -> None:
    steward = make_person(steward=True)
    tree = make_ministry()
    assert rules.may_close_unit(steward, tree["centre"]).allowed is True
    assert rules.may_close_unit(steward, tree["hospital"]).allowed is False
