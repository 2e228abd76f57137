"""Reading a file in a process of its own, and understanding what it answers: no exception, no endless wait."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from typing import Any, get_args

from prakai.search.extracting.limits import MOST_ANSWER, MOST_BYTES, MOST_LETTERS, SECONDS, Read, State

READER = "prakai.search.extracting.reader"
KEPT_FROM_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT")
"""What the reading process may know of its surroundings: no secrets, no address of the rows."""


def read_text(content: bytes, media_type: str, *, seconds: float = SECONDS) -> Read:
    """Return the plain text of ``content``, or why there is none."""
    if len(content) > MOST_BYTES:
        return Read("refused", because="size")
    surroundings = {name: os.environ[name] for name in KEPT_FROM_ENVIRONMENT if name in os.environ}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as told:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603  our own program
                [sys.executable, "-m", READER, media_type],
                stdin=given,
                stdout=told,
                stderr=subprocess.DEVNULL,
                env={**surroundings, "PYTHONUTF8": "1"},
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Read("refused", because="slow")
        if done.returncode != 0:
            slow = done.returncode in (-signal.SIGXCPU, -signal.SIGALRM)
            return Read("refused", because="slow" if slow else "crashed")
        told.seek(0)
        return understood(told.read(MOST_ANSWER + 1))


def understood(answer: bytes) -> Read:
    """Return what the reading process said; what does not have the shape of an answer is a crash."""
    try:
        said: Any = json.loads(answer)
    except ValueError:
        return Read("refused", because="crashed")
    if not isinstance(said, dict) or said.get("state") not in get_args(State):
        return Read("refused", because="crashed")
    text = str(said.get("text", ""))[:MOST_LETTERS].encode("utf-8", "ignore").decode().replace("\x00", "")
    return Read(said["state"], text, str(said.get("because", ""))[:200])
