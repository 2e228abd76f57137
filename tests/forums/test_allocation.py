"""Who sits in which circle: what must always be true, whoever comes."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from prakai.forums.allocation import (
    Lack,
    Plan,
    Seating,
    Sitter,
    Why,
    circles_for,
    is_under,
    seat,
    unmet_wishes,
)

LEVELS = ["", "new", "some", "long"]


def crowd(people: int, units: int, *, levels: int = 3) -> list[Sitter]:
    """``people`` of ``units`` in turn, without bosses."""
    return [
        Sitter(n, f"u{n % units}", frozenset({n % units}), experience=LEVELS[1:][n // units % levels])
        for n in range(people)
    ]


def sizes(seating: Seating) -> list[int]:
    return sorted(Counter(seating.places.values()).values())


@st.composite
def gatherings(draw: st.DrawFn) -> tuple[list[Sitter], Plan]:
    people = draw(st.integers(1, 40))
    units = draw(st.integers(1, 12))
    keys = st.integers(0, people - 1)
    sitters = []
    for key in range(people):
        unit = draw(st.integers(0, units))
        sitters.append(
            Sitter(
                key,
                unit=f"u{unit}" if unit else "",
                under=frozenset({unit, unit // 3}),
                heads=frozenset({unit} if draw(st.integers(0, 6)) == 0 else ()),
                experience=draw(st.sampled_from(LEVELS)),
                needs_easy=draw(st.integers(0, 9)) == 0,
                apart=frozenset({draw(keys)} if draw(st.integers(0, 9)) == 0 else ()),
                together=frozenset({draw(keys)} if draw(st.integers(0, 9)) == 0 else ()),
            )
        )
    count = draw(st.integers(1, 6)) if draw(st.booleans()) else circles_for(people)
    circles = st.integers(1, count)
    fixed = draw(st.dictionaries(keys, circles, max_size=people // 2))
    past = [draw(st.dictionaries(keys, circles))] if draw(st.booleans()) else []
    return sitters, Plan(count, frozenset(draw(st.sets(circles))), fixed, past)


@given(gatherings(), st.integers(0, 3))
@settings(max_examples=60)
def test_everybody_sits_once_where_hands_put_her_and_circles_are_equal(
    gathering: tuple[list[Sitter], Plan], seed: int
) -> None:
    sitters, plan = gathering
    seating = seat(sitters, plan, seed=seed)
    assert set(seating.places) == {one.key for one in sitters}
    assert {seating.places[key] for key in seating.places} <= set(range(1, plan.count + 1))
    assert {key: seating.places[key] for key in plan.fixed} == dict(plan.fixed)
    by_hand = Counter(plan.fixed.values())
    many = Counter(seating.places.values())
    least = min(many[number] for number in range(1, plan.count + 1))
    for number in range(1, plan.count + 1):
        assert many[number] <= max(least + 1, by_hand[number])
    assert seating.cost >= seating.bound - 1e-6
    assert seat(sitters, plan, seed=seed) == seating
    for unmet in unmet_wishes(sitters, plan, seating.places):
        assert unmet.lack != Lack.SEAT
        assert all(seating.places[key] == unmet.circle for key in unmet.people[:1])


@given(st.integers(1, 400), st.integers(6, 10))
def test_circles_have_six_to_ten_wherever_that_is_possible(people: int, wished: int) -> None:
    count = circles_for(people, wished)
    possible = any(6 * k <= people <= 10 * k for k in range(1, people + 1))
    assert (6 * count <= people <= 10 * count) is possible


@given(st.integers(2, 6), st.integers(0, 5))
@settings(max_examples=30)
def test_no_boss_sits_with_her_own_when_circles_of_others_are_there(units: int, seed: int) -> None:
    """Each unit sends a head and some of hers, no more of them than circles besides hers: then none need meet."""
    count = units + 1
    sitters = []
    for unit in range(units):
        for n in range(count):
            heads = frozenset({unit} if n == 0 else ())
            sitters.append(Sitter(len(sitters), f"u{unit}", frozenset({unit, 100}), heads))
    seating = seat(sitters, Plan(count), seed=seed)
    assert [(boss.key, one.key) for boss in sitters for one in sitters
            if is_under(one, boss) and seating.places[one.key] == seating.places[boss.key]] == []  # fmt: skip
    assert (seating.is_best, unmet_wishes(sitters, Plan(count), seating.places)[:0]) == (True, [])


def test_a_boss_is_over_those_beneath_but_not_over_who_heads_with_her() -> None:
    director = Sitter(1, "h", frozenset({1}), frozenset({1}))
    matron = Sitter(2, "w", frozenset({1, 2}), frozenset({2}))
    deputy = Sitter(3, "h", frozenset({1}), frozenset({1}))
    nurse = Sitter(4, "w", frozenset({1, 2}))
    assert [is_under(one, director) for one in (director, matron, deputy, nurse)] == [
        False,
        True,
        False,
        True,
    ]
    assert [is_under(one, matron) for one in (director, matron, deputy, nurse)] == [False, False, False, True]


def test_sixty_people_of_twenty_units_meet_nobody_of_their_own_and_in_the_second_round_nobody_again() -> None:
    sitters = crowd(60, 20)
    first = seat(sitters, Plan(8))
    plan = Plan(8, past=[first.places])
    second = seat(sitters, plan)
    assert (sizes(first), sizes(second)) == ([7] * 4 + [8] * 4, [7] * 4 + [8] * 4)
    assert (first.is_best, second.is_best) == (True, True)
    assert unmet_wishes(sitters, plan, second.places) == []


def test_who_wants_to_sit_together_apart_or_near_the_door_does() -> None:
    sitters = crowd(24, 8)
    sitters[0] = Sitter(0, "u0", frozenset({0}), experience="new", together=frozenset({8}))
    sitters[1] = Sitter(1, "u1", frozenset({1}), experience="new", apart=frozenset({2, 3}))
    sitters[5] = Sitter(5, "u5", frozenset({5}), experience="new", needs_easy=True)
    plan = Plan(3, easy=frozenset({2}))
    places = seat(sitters, plan).places
    assert (places[0] == places[8], places[1] in (places[2], places[3]), places[5]) == (True, False, 2)
    assert {unmet.lack for unmet in unmet_wishes(sitters, plan, places)} == {Lack.UNIT}


def test_every_wish_that_is_not_kept_has_its_reason() -> None:
    boss = Sitter(1, "a", frozenset({1}), frozenset({1}), needs_easy=True)
    sitters = [boss, *(Sitter(n, "a", frozenset({1}), experience="new") for n in range(2, 13))]
    found = unmet_wishes(sitters, plan := Plan(2), seat(sitters, plan).places)
    assert {(one.lack, one.why) for one in found} == {
        (Lack.BOSS, Why.NUMBERS),
        (Lack.EASY, Why.NONE_EASY),
        (Lack.UNIT, Why.NUMBERS),
        (Lack.EXPERIENCE, Why.NUMBERS),
    }
    by_hand = Plan(2, fixed={1: 1, 2: 1, **dict.fromkeys(range(3, 13), 2)})
    found = unmet_wishes(sitters, by_hand, seat(sitters, by_hand).places)
    assert [(one.lack, one.why, one.circle, one.people) for one in found if one.lack == Lack.BOSS] == [
        (Lack.BOSS, Why.BY_HAND, 1, (1, 2))
    ]
    assert [(one.why, one.many) for one in found if one.lack == Lack.SIZE] == [(Why.BY_HAND, 2)]
    assert [one.people for one in unmet_wishes(sitters, Plan(2), {}) if one.lack == Lack.SEAT][:2] == [
        (1,),
        (2,),
    ]


def test_nobody_at_all() -> None:
    assert (seat([], Plan(0)).places, circles_for(0)) == ({}, 0)
