"""100 KB of hostile text costs at most a few times what 100 KB of prose costs.

Work is compared with work in the same process, the best of three runs each, and with a bound that is far above the
noise of a busy machine; a pattern that backtracks misses it by a factor of hundreds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import cache, partial

import pytest

from prakai.thai import dates, dictionary, folding, graphemes, names, order, slugs, tags, words

SIZE = 100_000
"""Bytes in UTF-8 of every text here."""

PROSE = (
    "วันที่ 25 ม.ค.50 ผมไปร่วมประชุมกับหน่วยงานที่ปรับเปลี่ยนวิธีทำงานด้วยตนเอง เห็นแล้วชื่นใจ เพราะเขาเริ่มจากเรื่องเล็ก ๆ ที่ทำได้จริง "
    "แล้วชวนเพื่อนต่างจังหวัดมาแลกเปลี่ยนเรียนรู้ ใช้ KM เป็นเครื่องมือ ไม่ใช่เป้าหมาย #กพร. เล่าว่าปีนี้มี 12 หน่วยงานนำไปทำต่อ "
)

HOSTILE = {
    "one syllable": "กา",
    "a syllable of two words": "มามา",
    "one consonant": "ก",
    "one digit": "1",
    "Thai digits": "๑",
    "Latin letters": "a",
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "tone marks": "\u0e48",
    "mixed marks": "\u0e48\u0e49\u0e34\u0e38\u0e4c",
    "decomposed am": "\u0e4d\u0e49\u0e32",
    "leading vowels": "เ",
    "letters outside every word": "ฬฐฎ",
    "dots": ".",
    "dotted consonants": "ก.",
    "dotted Latin": "a.",
    "hashes": "#",
    "hashtags": "#ก",
    "days": "1 ",
    "days with dashes": "1-",
    "slashes": "1/",
    "days and months": "25 ม.ค. ",
    "half a range": "25 ม.ค. - ",
    "half a range in numbers": "5/6-",
    "days in a list": "1, ",
    "days with slashes and gaps": "1 / ",
    "marked months": "25-ม.ค.-",
    "flags": "🇹",
    "month names": "Jan ",
    "addresses": "http://",
    "zero width": "\u200b",
    "underscores": "_",
    "titles": "ดร.",
    "joined pictures": "👩\u200d",
    "line ends": "\n",
}

FUNCTIONS: dict[str, Callable[[str], object]] = {
    "words": words.words,
    "fold": folding.fold,
    "fold_loose": folding.fold_loose,
    "find_dates": partial(dates.find_dates, near=date(2007, 2, 1)),
    "find_hashtags": tags.find_hashtags,
    "slug": slugs.slug,
    "order_key": order.order_key,
    "cut": partial(graphemes.cut, limit=200),
    "count": graphemes.count,
    "bare_name": names.bare_name,
    "read_moment": dates.read_moment,
}

BOUNDS = dict.fromkeys(FUNCTIONS, 40) | {"words": 8}
"""Generous: real ratios are below 3 for `words`, and below 25 for `find_dates`, where prose has few numbers."""

FLOOR = 0.025
"""Seconds: below this a run is noise, whatever its ratio."""


def of_size(piece: str) -> str:
    return piece * (SIZE // len(piece.encode()) + 1)


def seconds(call: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        call(text)
        best = min(best, time.process_time() - began)
        if best < FLOOR:
            break
    return best


@cache
def prose_seconds(name: str) -> float:
    call, text = FUNCTIONS[name], of_size(PROSE)
    call(text)
    return max(seconds(call, text), FLOOR)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_costs_about_as_much_as_prose(name: str, kind: str) -> None:
    ratio = seconds(FUNCTIONS[name], of_size(HOSTILE[kind])) / prose_seconds(name)
    assert ratio < BOUNDS[name]


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_segmenter_meets_nothing_but_thai_letters(kind: str) -> None:
    looked_at = work(of_size(HOSTILE[kind]))
    assert looked_at <= len(of_size(HOSTILE[kind]))
    assert looked_at == 0 or any("\u0e01" <= char <= "\u0e4e" for char in HOSTILE[kind])


def work(text: str) -> int:
    """How many letters go to the dictionary, counted in the runs that `words` hands over."""
    runs = [found[1] for found in words._SPLIT.finditer(folding.clean(text)) if found[1]]
    return sum(len(run) for run in runs)


def test_a_run_longer_than_the_cap_is_cut_and_nothing_is_lost() -> None:
    text = "ความรู้" * dictionary.LONGEST_RUN
    assert "".join(words.segments(text[: 3 * dictionary.LONGEST_RUN])) == text[: 3 * dictionary.LONGEST_RUN]


def test_the_dictionary_looks_at_each_place_once() -> None:
    """The work of one run grows with its length, not with its square: counted, not timed."""

    class Counting(dictionary.Lexicon):
        asked = 0

        def at(self, run: bytes, place: int) -> list[tuple[int, int]]:
            self.asked += 1
            return super().at(run, place)

    known = Counting(dictionary.lexicon().costs)
    dictionary.split_run("กา" * 5_000, known)
    assert known.asked == 5_000
