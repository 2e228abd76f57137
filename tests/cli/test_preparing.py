"""What setup makes, and that it makes nothing twice."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from prakai.cli.preparing import catalogue, fonts, stamps


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    fonts.make_fonts(folder)
    return folder


@pytest.mark.parametrize("weight", ["400", "700"])
def test_the_font_writes_thai_and_places_its_marks(made: Path, weight: str) -> None:
    from fontTools.ttLib import TTFont

    path = made / f"sarabun-{weight}.woff2"
    font = TTFont(path)
    known = set(font.getBestCmap())
    words = "ประกาย น้ำใจที่ปู่ให้ไว้ ๑๒๓ ฿ Prakai “quotes” – 2569 ฎุฏูญฺ"
    assert {character for character in words if ord(character) not in known} == set()
    assert font.flavor == "woff2"
    features = {
        record.FeatureTag
        for table in ("GSUB", "GPOS")
        for record in font[table].table.FeatureList.FeatureRecord
    }
    assert {"ccmp", "mark", "mkmk"} <= features
    assert path.stat().st_size < 40_000


def test_a_catalogue_is_compiled_when_its_words_changed(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "th" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = polib.POFile()
    words.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    words.append(polib.POEntry(msgctxt="greeting", msgid="Good morning", msgstr="สวัสดีค่ะ"))
    path = folder / "django.po"
    words.save(str(path))
    assert catalogue.compile_catalogues([path]) == 1
    assert catalogue.compile_catalogues([path]) == 0
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert [(entry.msgctxt, entry.msgstr) for entry in compiled] == [("greeting", "สวัสดีค่ะ")]
    words[0].msgstr = "อรุณสวัสดิ์"
    words.save(str(path))
    newer = path.with_suffix(".mo").stat().st_mtime_ns + 1_000_000
    import os

    os.utime(path, ns=(newer, newer))
    assert catalogue.stale([path]) == [path]


def test_stamps_remember_and_survive_nonsense(tmp_path: Path) -> None:
    kept = stamps.Stamps(tmp_path)
    kept.keep("fonts", "abc")
    assert stamps.Stamps(tmp_path).get("fonts") == "abc"
    (tmp_path / ".prepared.json").write_text("[1, 2")
    assert stamps.Stamps(tmp_path).get("fonts") is None


def test_a_stamp_changes_with_the_files_and_the_words(tmp_path: Path) -> None:
    one = tmp_path / "one"
    one.write_text("1")
    first = stamps.of_files([one], "v1")
    assert stamps.of_files([one], "v1") == first
    assert stamps.of_files([one], "v2") != first
    one.write_text("12")
    assert stamps.of_files([one], "v1") != first


def test_the_package_names_its_own_inputs() -> None:
    found = stamps.package_files()
    assert {path.suffix for path in found["catalogue"]} == {".po"}
    assert [path.name for path in found["rows"] if path.parent.parent.name == "journal"] != []
    assert [path for path in found["static"] if path.name == "tokens.css"] != []
