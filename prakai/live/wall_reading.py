"""From the rows to what walls hear: read once for everybody, encoded once, the turns of a moment in one frame.

A frame is a server-sent event ``wall`` whose id is a journal entry. Its data say how each spark stands that turned
(whoever has it already puts it in the old one's place), which ones were taken off, and the wall's state.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from prakai.forums.models import Forum
from prakai.forums.queries.wall_line import Turn, heard_of, line_begins, state_of, turns_between, walls_heard
from prakai.forums.queries.walls import WallSpark

LOOKED_BACK = 10_000
Asked = tuple[str, int | None]  # the code, and the entry that was heard last
Heard = dict[int, WallSpark | str]


@dataclass(frozen=True, slots=True)
class Admission:
    """That somebody may listen to the wall of ``forum_id``, and the frame that comes first."""

    forum_id: int
    frame: bytes


@dataclass(frozen=True, slots=True)
class News:
    """What was read up to the entry ``reached``: a frame for each wall that turned, and who may come in.

    ``shut`` are walls that only some may see from now on.
    """

    reached: int
    frames: dict[int, bytes] = field(default_factory=dict)
    admitted: dict[Asked, Admission] = field(default_factory=dict)
    shut: frozenset[int] = frozenset()


def news_since(reached: int | None, *, heard: Collection[int], asked: Collection[Asked]) -> News:
    """Read what turned on the walls of the forums ``heard`` after the entry ``reached``, and answer who ``asked``.

    A constant number of queries, however many listen, ask and throw.
    """
    newest = line_begins()
    begun = newest if reached is None else min(reached, newest)
    floor = newest - LOOKED_BACK
    since = min([begun, *(last for _, last in asked if last is not None and floor <= last)])
    turns = turns_between(since, newest) if newest > since else []
    fresh = [turn for turn in turns if turn.entry_id > begun and turn.forum_id in heard]
    turned = {turn.forum_id for turn in fresh if turn.spark_id is None}
    codes = {code for code, _ in asked}
    walls = walls_heard(codes, turned) if codes or turned else []
    open_now = {forum.pk: forum for forum in walls}
    numbers = {forum.code: forum for forum in walls}
    wanted = {*heard, *open_now}
    sparks = heard_of(turn for turn in turns if turn.forum_id in wanted)
    frames = {}
    for forum_id in {turn.forum_id for turn in fresh}:
        here = [turn for turn in fresh if turn.forum_id == forum_id]
        state = ""
        if forum_id in turned:
            state = state_of(open_now[forum_id]) if forum_id in open_now else "closed"
        frames[forum_id] = _frame(here, sparks, state)
    admitted = {
        (code, last): _admission(numbers[code], last, floor, newest, turns, sparks)
        for code, last in asked
        if code in numbers
    }
    return News(newest, {k: v for k, v in frames.items() if v}, admitted, frozenset(turned - set(open_now)))


def _admission(
    forum: Forum, last: int | None, floor: int, newest: int, turns: list[Turn], heard: Heard
) -> Admission:
    """The first frame: what was missed since ``last``, or that it is too much; then how and whence to come back."""
    state = state_of(forum)
    missed = b""
    if last is not None and not floor <= last <= newest:
        missed = b"event: much\ndata: {}\n\n"
    elif last is not None:
        since = [turn for turn in turns if turn.forum_id == forum.pk and turn.entry_id > last]
        missed = _frame(since, heard, "")
    again = 1000 + random.randrange(3000)  # noqa: S311  so that a hall does not come back in one moment
    here = b"retry: %d\nid: %d\nevent: here\ndata: %s\n\n" % (again, newest, _json({"state": state}))
    return Admission(forum.pk, missed + here)


def _frame(turns: Iterable[Turn], heard: Heard, state: str) -> bytes:
    """Return one frame of all ``turns`` of a wall; nothing when all of it is about sparks that wait."""
    told: dict[str, object] = {}
    last = 0
    sparks: dict[int, WallSpark | str] = {}
    for turn in turns:
        last = turn.entry_id
        if turn.spark_id is not None and turn.spark_id in heard:
            sparks[turn.spark_id] = heard[turn.spark_id]
    shown = [_public(spark) for spark in sparks.values() if isinstance(spark, WallSpark)]
    gone = [spark for spark in sparks.values() if isinstance(spark, str)]
    if shown:
        told["sparks"] = shown
    if gone:
        told["gone"] = gone
    if state:
        told["state"] = state
    return b"id: %d\nevent: wall\ndata: %s\n\n" % (last, _json(told)) if told else b""


def _public(spark: WallSpark) -> dict[str, object]:
    """What everybody in the hall may know of a spark; who wrote it is not among it, unless she signed."""
    return {
        "id": spark.public_id,
        "words": spark.text,
        "name": spark.signed,
        "picture": spark.has_picture,
        "builds_on": spark.builds_on_id,
        "builds_on_words": spark.builds_on,
        "group": spark.group,
        "pinned": spark.is_pinned,
        "echoes": spark.echoes,
        "at": spark.moment.isoformat(timespec="seconds"),
    }


def _json(told: dict[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
