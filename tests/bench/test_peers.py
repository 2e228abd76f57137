"""The peers find what they should, so that it is no straw man that we are compared with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.searching.collection import Document
from bench.searching.peers import PostgreSQL, Substring, Trigrams, peers_in

GIVEN = [
    Document("old", "ย้ายเก้าอี้", "หน้าห้องยา 100%_ ของเรา"),
    Document("new", "ป้ายสี", "หน้าห้องยา 1000 คน"),
    Document("other", "ตลาดน้ำ", 'เขาว่า "ยามเช้า" ดี'),
]


def test_substring_takes_signs_as_they_are_and_shows_the_newest_first(tmp_path: Path) -> None:
    peer = Substring(tmp_path)
    peer.take(GIVEN)
    assert peer.ask("หน้าห้องยา") == ["new", "old"]
    assert peer.ask("0%_ ") == ["old"]
    peer.close()


def test_trigrams_by_any_and_by_all_pieces(tmp_path: Path) -> None:
    any_of = Trigrams(tmp_path, is_phrase=False)
    pieces = Trigrams(tmp_path, is_phrase=True, shared=any_of)
    any_of.take(GIVEN)
    assert any_of.ask("ป้ายสีแดง ห้องยา")[0] == "new"
    assert pieces.ask("ป้ายสีแดง ห้องยา") == []
    assert pieces.ask("ห้องยา ป้ายสี") == ["new"]
    assert any_of.ask('"ยามเช้า" AND') == ["other"]
    assert any_of.ask("กข") == pieces.ask("กข") == []
    assert any_of.index_bytes() > 0
    any_of.close()


def test_postgresql_is_told_of_when_it_is_left_out(tmp_path: Path) -> None:
    found, why = peers_in(tmp_path, "")
    assert [peer.name for peer in found] == ["substring", "FTS5 trigram, OR", "FTS5 trigram, phrases"]
    assert why == ["PostgreSQL was left out: BASELINE_DATABASE_URL or DATABASE_URL names one."]
    for peer in found:
        peer.close()


@pytest.mark.postgres
def test_postgresql_finds_any_word_and_leaves_nothing_behind() -> None:
    peer = PostgreSQL(os.environ["DATABASE_URL"])
    peer.take(GIVEN)
    assert peer.ask("เก้าอี้ ห้องยา")[0] == "old"
    assert peer.ask("ตลาดน้ำ & | ! '") == ["other"]
    assert peer.ask("!") == []
    assert peer.index_bytes() > 0
    peer.close()
    again = PostgreSQL(os.environ["DATABASE_URL"])
    assert again.rows.execute("SELECT to_regclass('docs')").fetchone() == (None,)
    again.close()
