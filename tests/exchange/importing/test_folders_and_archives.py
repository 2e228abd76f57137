"""Folders that turn in circles and archives that mean harm: refused with a code, and the rest is read."""

from __future__ import annotations

import gzip
import io
import os
import struct
import zipfile
from pathlib import Path

from prakai.exchange.importing import folders, hostile
from prakai.exchange.importing.items import Broken, Item

from .reading import PAGES, all_of, broken, one, written

PAGE = (PAGES / "layout-h-made.txt").read_text(encoding="utf-8")


def zipped(path: Path, members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def faults(*paths: Path) -> list[tuple[str, str]]:
    found = [each for each in all_of(*paths) if isinstance(each, Broken)]
    return [(each.source.rpartition("/")[2], each.code) for each in found]


# Folders


def test_cyclic_folders_and_links_outside_are_refused_and_the_rest_is_read(tmp_path):
    root = tmp_path / "root"
    written(root, "in/48400.txt", PAGE)
    written(tmp_path, "secret.md", "---\ntitle: secret\n---\nx")
    (root / "in" / "up").symlink_to(root)
    (root / "in" / "self").symlink_to(root / "in" / "self")
    (root / "in" / "way-out").symlink_to(tmp_path / "secret.md")
    assert faults(root) == [("self", "cyclic-folder"), ("up", "cyclic-folder"), ("way-out", "link-outside")]
    assert [each.number for each in all_of(root) if isinstance(each, Item)] == [48400]


def test_pipes_and_missing_paths_are_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert faults(tmp_path / "pipe", tmp_path / "none", Path("a\0b")) == [
        ("pipe", "not-a-file"),
        ("none", "unreadable"),
        ("ab", "unreadable"),
    ]


def test_too_many_files_refuse_the_folder_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "LIMITS", hostile.Limits(files=3))
    for place in range(4):
        written(tmp_path, f"n{place}.txt", PAGE)
    assert faults(tmp_path) == [(tmp_path.name, "too-many-files")]


def test_folders_nested_too_deep_are_refused(tmp_path):
    written(tmp_path.joinpath(*["d"] * 45), "a.txt", PAGE)
    assert [code for _, code in faults(tmp_path)] == ["too-deep"]


def test_a_file_reached_twice_is_read_once(tmp_path):
    path = written(tmp_path, "48400.txt", PAGE)
    (tmp_path / "again.txt").symlink_to(path)
    assert len(all_of(tmp_path, path, tmp_path)) == 1


def test_pictures_beside_pages_and_hidden_files_are_no_mistake(tmp_path):
    written(tmp_path, "48400.txt", PAGE)
    written(tmp_path, "a.png", b"\x89PNG\r\n\x1a\n")
    written(tmp_path, "48400_files/site.css", "p {}")
    written(tmp_path, ".git/config", "[core]")
    written(tmp_path, "__MACOSX/x", "x")
    assert [type(each) for each in all_of(tmp_path)] == [Item]


def test_a_file_name_that_is_not_utf_8_can_be_reported(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_text(PAGE, encoding="utf-8")
    one(tmp_path).source.encode("utf-8")


# Archives


def test_pages_in_a_zip_archive_are_read(tmp_path):
    archive = zipped(tmp_path / "pages.zip", {"a/48400.txt": PAGE, "a/b.png": b"\x89PNG", "a/c.bin": b"\0\0"})
    read = all_of(archive)
    assert [each.source.rpartition("/pages.zip")[2] for each in read] == ["!a/48400.txt", "!a/c.bin"]
    assert [getattr(each, "number", None) for each in read] == [48400, None]


def test_zip_names_that_lead_out_are_refused_and_the_rest_is_read(tmp_path):
    names = ["../up.txt", "/root.txt", "C:\\win.txt", "a/..\\..\\b.txt", "ok.txt"]
    archive = zipped(tmp_path / "t.zip", dict.fromkeys(names, PAGE))
    assert [code for _, code in faults(archive)] == ["path-traversal"] * 4
    assert len([each for each in all_of(archive) if isinstance(each, Item)]) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.zip"]


def test_zip_bombs_are_refused_whole(tmp_path):
    zeros = b"\0" * (20 * 1024 * 1024)
    one_large = zipped(tmp_path / "one.zip", {"48400.txt": PAGE, "zeros.txt": zeros})
    assert faults(one_large) == [("one.zip", "zip-bomb")]
    many = zipped(tmp_path / "many.zip", {f"{n}.txt": zeros[: 8 * 1024 * 1024] for n in range(9)})
    assert faults(many) == [("many.zip", "zip-bomb")]


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path):
    path = zipped(tmp_path / "lie.zip", {"48400.txt": PAGE * 50})
    content = bytearray(path.read_bytes())
    true = struct.pack("<L", len((PAGE * 50).encode()))
    assert content.count(true) == 2
    path.write_bytes(bytes(content).replace(true, struct.pack("<L", 10)))
    assert faults(path)[0][1] in {"zip-bomb", "bad-archive"}
    assert [each for each in all_of(path) if isinstance(each, Item)] == []


def test_zips_that_are_nested_encrypted_crowded_or_damaged_are_refused(tmp_path, monkeypatch):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", PAGE)
    assert faults(zipped(tmp_path / "n.zip", {"in.zip": inner.getvalue()})) == [
        ("n.zip!in.zip", "nested-archive")
    ]
    encrypted = bytearray(zipped(tmp_path / "e.zip", {"a.txt": PAGE}).read_bytes())
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    assert faults(written(tmp_path, "e.zip", bytes(encrypted))) == [("e.zip!a.txt", "encrypted")]
    whole = zipped(tmp_path / "d.zip", {"a.txt": PAGE}).read_bytes()
    assert faults(written(tmp_path, "d.zip", whole[:-30])) == [("d.zip", "bad-archive")]
    assert faults(zipped(tmp_path / "l.zip", {"a.txt": PAGE}, zipfile.ZIP_LZMA)) == [
        ("l.zip!a.txt", "bad-archive")
    ]
    crowded = zipped(tmp_path / "c.zip", {f"{n}": b"" for n in range(10_001)})
    assert faults(crowded) == [("c.zip", "too-many-files")]


def test_gzip_is_refused_also_inside_a_zip(tmp_path):
    packed = gzip.compress(PAGE.encode())
    assert broken(written(tmp_path, "a.txt.gz", packed)).code == "packed"
    assert faults(zipped(tmp_path / "g.zip", {"a.gz": packed})) == [("g.zip!a.gz", "packed")]
