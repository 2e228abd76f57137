"""Child processes on a database of their own, for what two processes do at once and for what is killed midway."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

# Against a hang, not against a busy machine.
PATIENCE = 600
START = "import django, json, sys; django.setup()\n"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder and a database with empty tables; ``run`` runs Python there with Django ready."""

    folder: Path
    url: str

    def start(self, code: str, *arguments: str) -> subprocess.Popen[str]:
        """Start ``code`` in a process of its own; it may print, and reads ``arguments`` from ``sys.argv[1:]``."""
        env = {**os.environ, "DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "prakai.settings"}
        env["DATABASE_URL"] = self.url
        return subprocess.Popen(
            [sys.executable, "-c", START + code, *arguments],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str, *arguments: str) -> Any:
        """Run ``code`` to its end and return the JSON of the last line that it printed."""
        child = self.start(code, *arguments)
        try:
            said, trouble = child.communicate(timeout=PATIENCE)
        finally:
            child.kill()
        assert child.returncode == 0, trouble[-3000:]
        lines = said.strip().split("\n")
        return json.loads(lines[-1]) if lines[-1] else None


def make_place(folder: Path) -> Place:
    """Return a place with the tables of the test's own engine, and nothing in them."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder / "rows.sqlite3") as copy:
            connection.connection.backup(copy)
        copy.close()
        return Place(folder, f"sqlite:///{folder / 'rows.sqlite3'}")
    import psycopg

    given = urlsplit(os.environ["DATABASE_URL"])
    name = "prakai_children_" + folder.name.lower().replace("-", "_")[-30:]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    place = Place(folder, urlunsplit(given._replace(path=f"/{name}")))
    place.run(
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\nprint()"
    )
    return place
