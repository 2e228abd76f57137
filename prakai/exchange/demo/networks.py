"""Networks of the demo network: founded, joined by consent of both sides, through the same actions that people use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from prakai.exchange.demo import reading
from prakai.networks import actions
from prakai.networks.models import Care, Network
from prakai.people.models import Person
from prakai.units.models import Unit


class Cast(Protocol):
    """Who and what has been made so far (``loading.Cast``)."""

    now: datetime
    units: dict[str, Unit]
    people: dict[str, Person]


def add_networks(cast: Cast, fixed_id: Any) -> dict[str, Network]:
    """Add the networks and return them by their keys. ``fixed_id(kind, key)`` gives ids that are the same each time."""
    return {facts["key"]: _add(cast, facts, fixed_id) for facts in reading.networks()}


def _add(cast: Cast, facts: Mapping[str, Any], fixed_id: Any) -> Network:
    by, founded = cast.people[facts["by"]], cast.now - timedelta(days=int(facts["before"]))
    words = {name: facts[name] for name in ("name_th", "name_en", "purpose", "promises", "manners")}
    network = actions.found_network(by=by, at=founded, is_demo=True, **words)
    network.public_id = fixed_id("network", facts["key"])
    network.save(update_fields=["public_id"])
    actions.give_care(network, cast.people[facts["coordinator"]], by=by, care=Care.COORDINATOR, at=founded)
    for told in facts["units"]:
        # A unit asks by somebody who works there, and who looks after the network says yes the next morning.
        unit, at = cast.units[told["unit"]], founded + timedelta(days=told["joined"])
        actions.join_network(network, by=cast.people[told["by"]], unit=unit, at=at)
        actions.invite_member(network, by=by, unit=unit, at=at + timedelta(hours=16))
    for told in facts["people"]:
        person, at = cast.people[told["person"]], founded + timedelta(days=told["joined"])
        actions.invite_member(network, by=by, person=person, at=at)
        actions.join_network(network, by=person, at=at + timedelta(hours=5))
    for told in facts.get("asks", []):
        at = cast.now - timedelta(days=told["ago"])
        actions.join_network(network, by=cast.people[told["by"]], unit=cast.units[told["unit"]], at=at)
    for told in facts.get("invites", []):
        at = cast.now - timedelta(days=told["ago"])
        actions.invite_member(network, by=by, unit=cast.units[told["unit"]], at=at)
    if later := facts.get("later"):
        words = {name: facts[name] for name in ("promises", "manners")} | {"purpose": later["purpose"]}
        at = founded + timedelta(days=later["after"])
        actions.write_charter(network, by=cast.people[later["by"]], at=at, **words)
    return network
