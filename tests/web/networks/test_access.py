"""Every role × every page and move of a network: each answers as promised here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from prakai.journal.models import Entry
from prakai.networks.models import Membership, Stewardship
from tests.factories.networks import make_membership
from tests.factories.people import make_person
from tests.factories.units import make_unit
from tests.web.forums.conftest import SignIn

ROLES = ("visitor", "waiting", "wandee", "somchai", "malee", "coordinator", "keeper", "steward")
"""Who is not signed in, not let in yet, a stranger, a member for herself, of a member unit, and who looks after it."""
EVERYBODY = set(ROLES)
ACTIVE = EVERYBODY - {"visitor", "waiting"}
TENDING = {"coordinator", "keeper", "steward"}

PAGES: dict[str, set[str]] = {
    "": EVERYBODY,
    "/charters": EVERYBODY,
    "/join": ACTIVE,
    **dict.fromkeys(("/charter", "/name", "/members", "/care", "/rest"), TENDING),
    "/members/{unit}/end": TENDING | {"malee"},
}
HIDDEN: dict[str, set[str]] = {
    "/members/{person}/end": TENDING | {"somchai"},
    "/members/{asked}": TENDING,
    "/members/{invited}": TENDING,
    "/members/{asked}/end": TENDING,
    "/members/{invited}/end": TENDING,
}
"""Pages that are not there for whom they do not concern, but to whom nobody has signed in is said so first."""
MOVES: dict[str, tuple[set[str], dict[str, Any]]] = {
    "/charter": (TENDING, {"purpose": "ให้เร็วขึ้น"}),
    "/name": (TENDING, {"name_th": "ชื่อใหม่"}),
    "/members": (TENDING, {"unit": "โรงพยาบาลอื่น"}),
    "/members/{asked}/yes": (TENDING, {}),
    "/members/{unit}/end": (TENDING | {"malee"}, {"because": ""}),
    "/members/{person}/end": (TENDING | {"somchai"}, {"because": ""}),
    "/care": (TENDING, {"name": "วันดี ทางไกล", "care": "steward"}),
    "/care/{care}/end": (TENDING, {}),
    "/rest": (TENDING, {"because": ""}),
    "/join": (ACTIVE, {"for": "me"}),
}


@pytest.fixture
def parts(cast: SimpleNamespace) -> dict[str, str]:
    make_unit("โรงพยาบาลอื่น")
    asked = make_membership(cast.network, person=make_person("ผู้ขอ"), invited=False)
    invited = make_membership(cast.network, unit=make_unit("รพ.ที่ชวน"), agreed=False)
    rows = Membership.objects.filter(network=cast.network)
    return {
        "unit": str(rows.get(unit=cast.hospital).pk),
        "person": str(rows.get(person=cast.somchai).pk),
        "asked": str(asked.pk),
        "invited": str(invited.pk),
        "care": str(Stewardship.objects.get(person=cast.coordinator).pk),
    }


def test_every_page_answers_each_role_as_promised(
    cast: SimpleNamespace, signed_in: SignIn, parts: dict[str, str]
) -> None:
    wrong = []
    for who in ROLES:
        client = signed_in(getattr(cast, who, None))
        for page, may in (PAGES | HIDDEN).items():
            address = (
                f"/networks/{cast.network.pk}{page.format(**parts)}"
                if page
                else cast.network.get_absolute_url()
            )
            signed = who not in ("visitor", "waiting")
            promised = 200 if who in may else 404 if page in HIDDEN and signed else 403
            answer = client.get(address).status_code
            if answer != promised:
                wrong.append((who, page, answer, promised))
    assert wrong == []


@pytest.mark.parametrize("move", MOVES)
def test_a_move_changes_something_only_for_those_who_may(
    cast: SimpleNamespace, signed_in: SignIn, parts: dict[str, str], move: str
) -> None:
    may, typed = MOVES[move]
    address = f"/networks/{cast.network.pk}{move.format(**parts)}"
    for who in ROLES:
        if who not in may:
            before = Entry.objects.count()
            answer = signed_in(getattr(cast, who, None)).post(address, typed).status_code
            assert (who, answer in (403, 404), Entry.objects.count()) == (who, True, before)
    before = Entry.objects.count()
    chosen = next(
        who for who in ("somchai", "malee", "keeper") if who in may and (move, who) != ("/join", "somchai")
    )
    assert signed_in(getattr(cast, chosen)).post(address, typed).status_code == 302
    assert Entry.objects.count() > before


def test_moves_are_posts(cast: SimpleNamespace, signed_in: SignIn, parts: dict[str, str]) -> None:
    keeper = signed_in(cast.keeper)
    for move in ("/wake", "/members/{asked}/yes", "/care/{care}/end"):
        assert keeper.get(f"/networks/{cast.network.pk}{move.format(**parts)}").status_code == 405
