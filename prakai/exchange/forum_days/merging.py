"""Merging what a file tells into the rows of this place: added, changed, passed over, or shown as a conflict.

It writes rows as they were made elsewhere, with their own moments and authors, and so without the rooms' actions: those
were called there, with their rules. What came of it is told in the journal by ``bringing``. Rows of one table are read,
compared and written together: the number of queries does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.db.models import Field, FileField, ForeignKey

from prakai.exchange.forum_days.around import Around
from prakai.exchange.forum_days.bases import Bases, digests, is_as_came, told_digests
from prakai.exchange.forum_days.comparing import Compared, compare
from prakai.exchange.forum_days.forgetting import Forgotten
from prakai.exchange.forum_days.kinds import BY_MODEL, KINDS, QUIET, Kind, Row, columns_of
from prakai.exchange.forum_days.letting_go import let_go
from prakai.exchange.forum_days.picturing import keep_pictures
from prakai.exchange.forum_days.reading import Opened, State, Told
from prakai.exchange.forum_days.reports import WHOLE, Brought, said
from prakai.exchange.forum_days.telling import Names, Telling, called, key_of, of_row, read_value
from prakai.exchange.forum_days.writing import insert, update
from prakai.exchange.importing.hostile import Refusal
from prakai.forums.models import Forum, ForumSeries, Parcel, Passage, Voice
from prakai.networks.models import Network
from prakai.people.models import Person
from prakai.units.models import Unit

Values = dict[str, Any]


class Unknown(Exception):
    """What a row belongs to is not here, and it cannot be without."""


class Merge:
    """One file and one forum."""

    def __init__(
        self,
        opened: Opened,
        passage: Passage,
        last: Parcel | None,
        around: Around,
        *,
        theirs: Collection[str],
        kept: list[tuple[Any, str]],
    ) -> None:
        self.opened = opened
        self.around = around
        self.theirs = theirs
        self.kept = kept
        self.telling = Telling(opened.forum, Names(passage))
        self.bases = Bases(opened, last, passage.place)
        self.forgotten = Forgotten(around.gone)
        self.state: State = {}
        self.report = Brought(is_new=opened.forum is None)
        self.touched: list[Row] = []
        self.met: dict[str, set[int]] = {}

    def run(self) -> None:
        """Take every row of the file, let go of what is gone there, and forget again who was forgotten here."""
        for kind in KINDS:
            self._take(kind)
        for kind in reversed(KINDS):
            if kind.goes:
                let_go(self, kind)
        self.forgotten.again()

    def forum(self) -> Forum:
        """Return the forum that all of it belongs to."""
        row = self.telling.rows["forum"].get(self.opened.public_id)
        if row is None or len(self.opened.rows["forum"]) != 1:
            raise Refusal(
                "bad-rows", "The file does not tell of its forum, or its unit or network is not known here."
            )
        return row  # type: ignore[no-any-return]

    def is_theirs(self, kind: Kind) -> bool:
        """Return whether the file's word was chosen for this kind."""
        return "all" in self.theirs or kind.key in self.theirs

    def _take(self, kind: Kind) -> None:
        """Take the rows of one kind: first those that are known by name, then those that both may have made."""
        known: list[tuple[Told, Row, Values]] = []
        others: list[tuple[Told, Row, Values]] = []
        for told in self.opened.rows[kind.key]:
            values = self._values(kind, told)
            if values is not None:
                row = self.telling.row(kind, told.name)
                (others if row is None else known).append((told, row, values))
        self.met[kind.key] = {row.pk for _, row, _ in known if row is not None}
        self._compare(kind, known)
        self._bring(kind, [(told, values) for told, _, values in others])

    def _bring(self, kind: Kind, others: list[tuple[Told, Values]]) -> None:
        alike = self._alike(kind, others)
        met, new, again = [], [], []
        for told, values in others:
            key = key_of(kind, values.get)
            row = alike.get(key) if key is not None else None
            if row is None:
                if self._stays_away(kind, told):
                    continue
                row = kind.model(**{name: value for name, value in values.items() if name != "picture"})
                new.append((told, row, values))
                if key is not None:
                    alike[key] = row
            elif row.pk is None or row.pk in self.met[kind.key]:
                again.append((told, row))
            else:
                self.met[kind.key].add(row.pk)
                met.append((told, row, values))
        self._compare(kind, met)
        self._add(kind, new)
        for told, row in again:
            # Two rows there are one here: what hangs on either finds its place; what the second says is shown.
            if row.pk is not None:
                self.telling.rows[kind.key].setdefault(told.name, row)
            self.report.left_out.append(
                said(kind, told.name, what=called(kind, self.telling.plain(kind, row)))
            )

    def _alike(self, kind: Kind, others: list[tuple[Told, Values]]) -> dict[Any, Row]:
        """Return the rows of this forum by what makes them the same row at two places."""
        rows = self.telling.rows[kind.key].values()
        found = {key_of(kind, of_row(row)): row for row in rows}
        if kind.model is ForumSeries:
            for told, values in others[:1]:
                owner = {"unit": values["unit"], "network": values["network"]}
                known = ForumSeries.objects.filter(**owner, name=values["name"]).first()
                if known is not None:
                    self.telling.put(kind, told.name, known)
                    found[key_of(kind, values.get)] = known
        found.pop(None, None)
        return found

    def _values(self, kind: Kind, told: Told) -> Values | None:
        if kind.own and told.columns.get(kind.own) != told.name:
            raise Refusal("bad-rows", "A row of the file goes by two names.")
        try:
            values = {column.name: self._read(kind, column, told) for column in columns_of(kind)}
            if kind.model in (Forum, ForumSeries) and (values["unit"] is None) == (values["network"] is None):
                raise Unknown("unit")
        except Unknown as unknown:
            self.report.left_out.append(said(kind, told.name, what=told.name, column=str(unknown)))
            return None
        self.forgotten.look(kind, told, values)
        return values

    def _read(self, kind: Kind, column: Field[Any, Any], told: Told) -> Any:
        given = told.columns.get(column.name)
        if not isinstance(column, ForeignKey):
            if isinstance(column, FileField):
                return given if isinstance(given, str) else ""
            return read_value(kind, column, given)
        if given is not None and not isinstance(given, str):
            raise Refusal("bad-rows", f"{kind.key}.{column.name} names nothing.")
        found: Any
        if column.related_model is Person:
            found = self.around.person(given)
            if column.name == "person" and found is None and given is not None:
                found = self.around.gone.get(given)
        elif column.related_model is Unit:
            found = self.around.unit(given)
        elif column.related_model is Network:
            found = self.around.network(given)
        else:
            found = self.telling.row(BY_MODEL[column.related_model], given) if given is not None else None
        if found is None and not column.null:
            raise Unknown(column.name)
        self.telling.learn(found)
        return found

    def _stays_away(self, kind: Kind, told: Told) -> bool:
        """Return whether a row was here and is no more, and is not chosen anew because they went on with it."""
        base = self.bases.of(kind.key, told.name)
        if not base:
            return False
        changed = {name for name, kept in base.items() if not is_as_came(kept, told.columns.get(name))}
        if changed - QUIET - kind.once:
            if self.is_theirs(kind):
                return False
            may_come_back = kind.goes and not kind.is_private
            value = {WHOLE: told.columns} if may_come_back else told_digests(told.columns)
            gone = said(kind, told.name, what=called(kind, told.columns), there="✓")
            self.report.conflicts.append(replace(gone, value=value))
        self.state.setdefault(kind.key, {})[told.name] = base
        return True

    def _add(self, kind: Kind, new: list[tuple[Told, Row, Values]]) -> None:
        if kind.model is Voice:
            self._number([row for _, row, _ in new])
        failed = {id(row) for row in insert([row for _, row, _ in new])}
        for told, row, _ in new:
            if id(row) in failed:
                self.report.left_out.append(said(kind, told.name))
        stand = [one for one in new if id(one[1]) not in failed]
        for told, row, _ in stand:
            self.telling.names.keep(kind, told.name, row.pk)
            self.telling.put(kind, told.name, row)
            self.met[kind.key].add(row.pk)
            self.forgotten.came(kind, told, row)
        self._link(kind, stand)
        keep_pictures(self.opened, [(row, values.get("picture")) for _, row, values in stand], self.kept)
        for told, row, _ in stand:
            told_here = self.telling.plain(kind, row)
            self.state.setdefault(kind.key, {})[told.name] = {
                column: digests(told.columns.get(column), value)
                for column, value in told_here.items()
                if column != "picture"
            }
            self.touched.append(row)
            self.report.added[kind.key] += 1

    def _link(self, kind: Kind, new: list[tuple[Told, Row, Values]]) -> None:
        """Let new rows point to other new rows of their own table (a spark builds on another)."""
        for column in columns_of(kind):
            if not (isinstance(column, ForeignKey) and column.related_model is kind.model):
                continue
            linked = []
            for told, row, values in new:
                wanted = told.columns.get(column.name)
                found = (
                    self.telling.row(kind, wanted)
                    if values[column.name] is None and wanted is not None
                    else None
                )
                if found is not None:
                    setattr(row, column.name, found)
                    linked.append(row)
            update(linked, [column.name])

    def _number(self, voices: list[Voice]) -> None:
        taken = {voice.number for voice in self.telling.rows["voices"].values()}
        for voice in voices:
            if voice.number in taken:
                voice.number = max(taken) + 1
            taken.add(voice.number)

    def _compare(self, kind: Kind, rows: list[tuple[Told, Row, Values]]) -> None:
        changed: list[tuple[Told, Compared]] = []
        columns: set[str] = set()
        for told, row, values in rows:
            former = self.telling.names.of(kind, row)
            self.telling.meet(kind, told.name, row)
            if self.forgotten.is_hers(told):
                here = self.telling.plain(kind, row)
                seen = {name: digests(told.columns.get(name), value) for name, value in here.items()}
                self.state.setdefault(kind.key, {})[told.name] = seen
                self.forgotten.came(kind, told, row)
                self.report.same[kind.key] += 1
                continue
            base = self.bases.of(kind.key, told.name, former, self.telling.names.own_form(row.pk))
            found = compare(self.telling, kind, told, row, values, base, is_theirs=self.is_theirs(kind))
            self.state.setdefault(kind.key, {})[told.name] = found.kept
            self.report.conflicts += found.conflicts
            if found.changed:
                changed.append((told, found))
                columns |= found.changed
            elif not found.conflicts:
                self.report.same[kind.key] += 1
        failed = {id(row) for row in update([found.row for _, found in changed], columns)}
        for told, found in changed:
            if id(found.row) in failed:
                found.row.refresh_from_db()
                self.state[kind.key].pop(told.name, None)
                self.report.conflicts.append(
                    said(kind, told.name, what=called(kind, self.telling.plain(kind, found.row)))
                )
            else:
                found.let_go_of_picture()
                self.report.changed[kind.key] += 1
                self.touched.append(found.row)
