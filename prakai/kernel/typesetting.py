"""Typesetting with typst, in a short-lived process of its own: its fonts and memory go when it is done.

``python -m prakai.kernel.typesetting`` reads one JSON job from standard input and writes the result to standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from prakai.kernel.level_type import level_fonts

SECONDS = 30


class TypesettingFailed(RuntimeError):
    """typst could not make the page; the message is what it said."""


@lru_cache(maxsize=1)
def font_folder() -> Path:
    """Return the folder with the Sarabun fonts for documents, made of the installed package in ``DATA_DIR`` once."""
    import fontpkg_sarabun
    from django.conf import settings

    return level_fonts(
        Path(str(fontpkg_sarabun.__file__)).parent / "files",
        Path(settings.DATA_DIR) / "made" / f"type-{version('fontpkg-sarabun')}",
    )


def typeset(template: Path, told: dict[str, Any], *, form: Literal["png", "pdf"], ppi: float = 72.0) -> bytes:
    """Return the page that ``template`` makes of ``told`` (JSON values under ``sys.inputs.told``).

    Only the template's own folder can be read, and no package is fetched. Raises ``TypesettingFailed``.
    """
    job = {
        "template": str(template),
        "fonts": str(font_folder()),
        "told": json.dumps(told, ensure_ascii=False),
        "form": form,
        "ppi": ppi,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "prakai.kernel.typesetting"],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as trouble:
        raise TypesettingFailed(f"typst took more than {SECONDS} seconds") from trouble
    if done.returncode != 0 or not done.stdout:
        raise TypesettingFailed(done.stderr.decode(errors="replace")[-1000:])
    return done.stdout


def _work() -> None:
    import typst

    job = json.load(sys.stdin)
    template = Path(job["template"])
    made: Any = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[job["fonts"]],
        ignore_system_fonts=True,
        format=job["form"],
        ppi=job["ppi"],
        sys_inputs={"told": job["told"]},
    )
    pages = made if isinstance(made, list) else [made]
    sys.stdout.buffer.write(pages[0])


if __name__ == "__main__":
    _work()
