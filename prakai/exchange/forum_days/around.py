"""Persons, units and networks that a forum's rows name: told with the file, found here again, or made for the day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower

from prakai.exchange.importing.hostile import Refusal, sendable
from prakai.forums.models import Circle, Forum, Role
from prakai.journal.recording import record
from prakai.networks.models import Network
from prakai.people.models import Person
from prakai.units.models import Unit, UnitKind

Facts = dict[str, Any]

NAMES = ("title_th", "given_th", "family_th", "nickname_th", "given_en", "family_en")
MOST_ABOVE = 40


def told_around(
    forum: Forum, people: Iterable[int], units: Iterable[int], networks: Iterable[int] = ()
) -> Facts:
    """Return what a file says of these persons, units and networks.

    A person is told by her names; with her e-mail address, if it was confirmed, when she has a role that day.
    """
    helping = set(Role.objects.filter(forum=forum).values_list("person_id", flat=True))
    for pair in Circle.objects.filter(round__forum=forum).values_list("facilitator_id", "recorder_id"):
        helping |= set(pair)
    confirmed = set(
        EmailAddress.objects.filter(verified=True, user_id__in=helping - {None}).values_list(
            "user_id", "email"
        )
    )
    told: Facts = {"people": {}, "units": {}, "networks": {}}
    for person in Person.objects.filter(pk__in=set(people), erased_at__isnull=True).order_by("pk"):
        is_known = (person.pk, person.email) in confirmed
        told["people"][person.public_id] = {
            **{name: getattr(person, name) for name in NAMES},
            "email": person.email if is_known else None,
        }
    for unit in _with_those_above(set(units)):
        told["units"][unit.public_id] = {
            "name_th": unit.name_th,
            "name_en": unit.name_en,
            "abbreviations": unit.abbreviations,
            "kind": unit.kind,
            "province": unit.province,
            "parent": unit.parent.public_id if unit.parent else None,
        }
    for network in Network.objects.filter(pk__in=set(networks)).order_by("pk"):
        told["networks"][network.public_id] = {
            "name_th": network.name_th,
            "name_en": network.name_en,
            "purpose": network.purpose,
        }
    return told


def _with_those_above(numbers: set[int]) -> list[Unit]:
    steps = Unit.objects.filter(pk__in=numbers).values_list("path", flat=True)
    above = {int(step) for path in steps for step in path.split(".") if step}
    # What stands above comes first.
    units = Unit.objects.filter(pk__in=numbers | above).select_related("parent")
    return sorted(units, key=lambda unit: (unit.path.count("."), unit.pk))


class Around:
    """Whom and what a file names, as they are known here.

    ``makes``: who is not known here is made, as somebody who is only named; her helpers of the day with the addresses
    at which they can be let in. So it is where a day is held, and never where it comes home.
    """

    def __init__(
        self, told: Facts, *, named: Collection[str] = (), makes: bool = False, by: Person | None = None
    ) -> None:
        self.told = told
        self.makes = makes
        self.by = by
        self.people: dict[str, Person | None] = {}
        self.gone: dict[str, Person] = {}
        self.units: dict[str, Unit | None] = {}
        self.networks: dict[str, Network | None] = {}
        self._meet({*told["people"], *named})
        self.units.update({u.public_id: u for u in Unit.objects.filter(public_id__in=list(told["units"]))})
        names = {facts["name_th"] for facts in told["units"].values()}
        self.of_name: dict[str, list[Unit]] = {}
        for unit in Unit.objects.existing().filter(name_th__in=names):
            self.of_name.setdefault(unit.name_th, []).append(unit)

    def _meet(self, names: Collection[str]) -> None:
        """Find all that are here at once: by public id, else by an address that was confirmed at both places.

        ``gone`` are those who asked to be forgotten here: the file may still know them.
        """
        for person in Person.objects.filter(public_id__in=names):
            if person.erased_at is None:
                self.people[person.public_id] = person
            else:
                self.people[person.public_id] = None
                self.gone[person.public_id] = person
        asked: dict[str, str] = {}
        for name, facts in self.told["people"].items():
            if name not in self.people and facts.get("email"):
                asked[facts["email"].casefold()] = name
        lowered = EmailAddress.objects.filter(verified=True, user__erased_at__isnull=True).annotate(
            folded=Lower("email")
        )
        for address in lowered.filter(folded__in=list(asked)).select_related("user"):
            self.people[asked[address.email.casefold()]] = address.user

    def person(self, name: str | None) -> Person | None:
        """Return who is meant: by her public id, or by an address that was confirmed at both places; else nobody."""
        if name is None:
            return None
        if name not in self.people:
            facts = self.told["people"].get(name)
            is_made = facts is not None and self.makes
            self.people[name] = self._made(name, facts, facts.get("email")) if facts and is_made else None
        return self.people[name]

    def _made(self, name: str, facts: Facts, email: str | None) -> Person | None:
        if email is not None and Person.objects.filter(email__iexact=email).exists():
            # The address is in somebody's hands here who has not confirmed it: it stays there, and is not hers.
            email = None
        person = Person(public_id=name, email=email, **{key: facts.get(key) or "" for key in NAMES})
        person.set_unusable_password()
        person.save()
        if email is not None:
            # It was confirmed where she comes from; where the day is held no letter can be sent.
            EmailAddress(user=person, email=email, verified=True, primary=True).save()
        record("person.brought", person, by=self.by)
        return person

    def unit(self, name: str | None, *, above: int = 0) -> Unit | None:
        """Return which unit is meant: by its public id, or the only one of its name; else none."""
        if name is None:
            return None
        if name not in self.units:
            self.units[name] = self._found(name, above)
        return self.units[name]

    def _found(self, name: str, above: int) -> Unit | None:
        facts = self.told["units"].get(name)
        if facts is None:
            return None
        same = self.of_name.get(facts["name_th"], [])
        if len(same) == 1:
            return same[0]
        if not self.makes or same:
            return None
        if above > MOST_ABOVE:
            raise Refusal("bad-rows", "The units of the file stand in a ring.")
        parent = self.unit(facts.get("parent"), above=above + 1)
        unit = Unit(
            public_id=name,
            parent=parent,
            **{key: facts.get(key) or "" for key in ("name_th", "name_en", "province")},
            abbreviations=facts.get("abbreviations") or [],
            kind=facts["kind"] if facts.get("kind") in UnitKind.values else UnitKind.OFFICE,
        )
        unit.save()
        unit.path = f"{parent.path if parent else ''}{unit.pk}."
        Unit.objects.filter(pk=unit.pk).update(path=unit.path)
        record("unit.founded", unit, by=self.by)
        self.of_name.setdefault(unit.name_th, []).append(unit)
        return unit

    def network(self, name: str | None) -> Network | None:
        """Return which network is meant: by its public id, or by its name; else none, or one made with its purpose."""
        if name is None:
            return None
        if name not in self.networks:
            facts = self.told["networks"].get(name, {})
            known = Network.objects.filter(public_id=name).first()
            if known is None and facts:
                known = Network.objects.filter(name_th=facts["name_th"]).first() or self._made_network(
                    name, facts
                )
            self.networks[name] = known
        return self.networks[name]

    def _made_network(self, name: str, facts: Facts) -> Network | None:
        if not self.makes:
            return None
        words = {key: facts.get(key) or "" for key in ("name_th", "name_en", "purpose")}
        network = Network.objects.create(public_id=name, by=self.by, **words)
        record("network.founded", network, by=self.by)
        return network


def read_around(given: Any) -> Facts:
    """Return what a file says of persons and units, held to its shape; raises ``Refusal``."""
    if not isinstance(given, dict) or set(given) - {"networks"} != {"people", "units"}:
        raise Refusal("bad-rows", "What the file says of persons and units has another shape.")
    most = {**dict.fromkeys(NAMES, 120), "title_th": 40, "nickname_th": 60, "email": 254}
    most |= {"name_th": 250, "name_en": 250, "kind": 20, "province": 2, "parent": 12, "purpose": 1000}
    read: Facts = {"people": {}, "units": {}, "networks": {}}
    for part in read:
        if not isinstance(given.get(part, {}), dict):
            raise Refusal("bad-rows", "What the file says of persons and units has another shape.")
        for name, facts in given.get(part, {}).items():
            if not isinstance(facts, dict) or not 0 < len(name) <= 12:
                raise Refusal("bad-rows", "What the file says of persons and units has another shape.")
            words: Facts = {}
            for key, value in facts.items():
                if key in most and isinstance(value, str) and (key != "email" or "@" in value):
                    words[key] = sendable(value)[: most[key]]
            if isinstance(facts.get("abbreviations"), list):
                words["abbreviations"] = [str(word)[:60] for word in facts["abbreviations"][:20]]
            wanted = "given_th" if part == "people" else "name_th"
            if not words.get(wanted) and part != "people":
                raise Refusal("bad-rows", "A unit or network of the file has no name.")
            read[part][name] = words
    return read
