"""The segmenter's dictionary: our own words hold, it costs little memory, and it stands on nothing but plain Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from prakai.thai import dictionary, words

LEXICON = Path(dictionary.__file__).with_name("lexicon.txt")

MEMORY = """
import re
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
from prakai.thai import words
before = resident()
words.words("ประกาย" * 3)
print(resident() - before)
"""

FOREIGN = """
import sys
from prakai.thai import abbreviations, dates, folding, graphemes, names, order, slugs, tags, times, words
words.words("หน่วยงาน")
print(sorted({name.split(".")[0] for name in sys.modules} & {"django", "pythainlp", "nlpo3", "numpy"}))
"""


def own_words() -> list[str]:
    lines = LEXICON.read_text("utf-8").splitlines()
    return [word for line in lines for word in line.partition("#")[0].split()]


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_lexicon_has_some_hundred_words_each_once() -> None:
    found = own_words()
    assert len(found) >= 400
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("word", own_words())
def test_own_word_stays_whole_alone_and_in_a_sentence(word: str) -> None:
    assert words.words(word) == [word]
    assert word in words.words(f"เรื่อง {word} ของเรา")


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="resident memory is read from Linux's /proc"
)
def test_dictionary_takes_little_memory() -> None:
    """8.5 MiB when written; 61 MiB in the segmenter that it replaces."""
    assert float(run(MEMORY)) < 16


def test_room_imports_neither_django_nor_a_language_library() -> None:
    assert run(FOREIGN) == "[]"


def test_words_of_two_lexicons_differ() -> None:
    """The dictionary is a parameter: what is not in it stays one piece."""
    small = dictionary.Lexicon({word.encode("tis-620"): 20 for word in ("เวที", "ชุมชน")})
    assert dictionary.split_run("เวทีของชุมชน", small) == ["เวที", "ของ", "ชุมชน"]
