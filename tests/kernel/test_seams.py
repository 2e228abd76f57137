"""What each environment variable chooses; the S3 side of the files is asked through a server of its own."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.storage.handler import StorageHandler

from prakai.kernel.seams import files_at, rows_at, search_at, workers_as

HERE = Path("/srv/prakai")


def test_rows_are_sqlite_in_the_folder_by_default() -> None:
    found = rows_at("", HERE)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", "/srv/prakai/prakai.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_rows_are_postgresql_when_asked() -> None:
    found = rows_at("postgresql://malee:p%40ss@db.example:5433/prakai", HERE)
    assert {key: found[key] for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "prakai",
        "USER": "malee",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
    }
    assert found["CONN_HEALTH_CHECKS"] is True


def test_files_are_a_folder_by_default_or_where_asked() -> None:
    assert files_at("", HERE)["OPTIONS"] == {"location": "/srv/prakai/files", "base_url": "/files/"}
    assert files_at("file:///mnt/%E0%B8%81", HERE)["OPTIONS"]["location"] == "/mnt/ก"


def test_files_are_in_a_bucket_when_asked() -> None:
    options = files_at("s3://key:s%2Fcret@minio.example:9000/prakai?secure=no&region=ap-southeast-7", HERE)[
        "OPTIONS"
    ]
    assert options == {
        "bucket_name": "prakai",
        "default_acl": None,
        "file_overwrite": False,
        "endpoint_url": "http://minio.example:9000",
        "access_key": "key",
        "secret_key": "s/cret",
        "region_name": "ap-southeast-7",
    }


@pytest.mark.parametrize(
    ("choose", "wrong", "advice"),
    [
        (lambda word: rows_at(word, HERE), "mysql://x/y", "postgresql://"),
        (lambda word: rows_at(word, HERE), "prakai.db", "sqlite:///PATH"),
        (lambda word: files_at(word, HERE), "ftp://x/y", "s3://"),
        (lambda word: search_at(word, HERE), "http://x:9200", "file:///"),
        (workers_as, "many", "thread, process, none"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_to_write(
    choose: Callable[[str], Any], wrong: str, advice: str
) -> None:
    with pytest.raises(ValueError, match=advice):
        choose(wrong)


def test_search_and_workers_have_embedded_defaults() -> None:
    assert (search_at("", HERE), workers_as("")) == ("file:///srv/prakai/index", "thread")


# ── one suite for both sides of the files ───────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 server on the loopback, and a bucket in it."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        os.environ.setdefault(name, "test")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1")
    client.create_bucket(Bucket="prakai")
    client.close()
    yield f"s3://test:test@{host}:{port}/prakai?secure=no&region=us-east-1"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    url = request.getfixturevalue("s3") if request.param == "s3" else f"file://{tmp_path}"
    return StorageHandler({"default": files_at(url, tmp_path)})["default"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_file_is_kept_read_and_deleted(files: Storage) -> None:
    words = "ภาพป้ายสีหน้าห้องตรวจ".encode() * 1000
    name = files.save("media/abc/ป้ายสี.jpg", ContentFile(words))
    assert (files.exists(name), files.size(name)) == (True, len(words))
    with files.open(name) as file:
        assert file.read() == words
    again = files.save("media/abc/ป้ายสี.jpg", ContentFile(b"another"))
    assert again != name
    with files.open(name) as file:
        assert file.read(9) == words[:9]
    files.delete(name)
    assert (files.exists(name), files.exists(again)) == (False, True)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_file_is_written_from_a_stream(files: Storage) -> None:
    name = files.save("media/stream.bin", BytesIO(bytes(300_000)))
    assert files.size(name) == 300_000
