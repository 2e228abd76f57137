"""Files of people: out of the store into the archive, and back so that a failure leaves the store as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage

from prakai.cli.keeping.archive import PIECE, Reading, Writing

PREFIX = "files/"
Told = Callable[[int], None]


def here() -> Storage:
    """Return the store that ``FILES_URL`` names."""
    default_storage.exists("")  # the default store is made when first asked
    store: Storage = default_storage._wrapped  # type: ignore[attr-defined]
    return store


def names_in(store: Storage, folder: str = "") -> Iterator[str]:
    """Yield the name of every file in ``store``, in a fixed order."""
    try:
        folders, files = store.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if name:
            yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        if name and name != ".":
            yield from names_in(store, f"{folder}/{name}" if folder else name)


def keep_files(archive: Writing, store: Storage, told: Told) -> None:
    """Write every file into ``archive``; one that goes away meanwhile is left out. ``told`` hears how many so far."""
    for done, name in enumerate(names_in(store), start=1):
        try:
            file = store.open(name)
        except FileNotFoundError:
            continue
        with file, archive.member(PREFIX + name, packed=False) as member:
            for piece in file.chunks(PIECE):
                member.write(piece)
        told(done)


def names_kept(archive: Reading) -> list[str]:
    """Return the names of the archive's files; a name that would leave the folder is never taken."""
    names = [name.removeprefix(PREFIX) for name in archive.manifest.members if name.startswith(PREFIX)]
    return [
        name
        for name in names
        if name and not PurePosixPath(name).is_absolute() and ".." not in name.split("/")
    ]


@contextmanager
def put_back_files(archive: Reading, store: Storage, told: Told) -> Iterator[Callable[[], None]]:
    """Lay the archive's files ready, and yield the function that puts them in place of those of today.

    Call it as the last thing before the rows are committed. An exception from the block puts the old files back (in a
    folder) or takes away what was added (in another store).
    """
    way = _beside if isinstance(store, FileSystemStorage) else _added
    with way(archive, store, told) as swap:
        yield swap


@contextmanager
def _beside(archive: Reading, store: Storage, told: Told) -> Iterator[Callable[[], None]]:
    place = Path(store.path(""))
    place.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.restoring-{os.getpid()}")
    before = place.with_name(f"{place.name}.before-{os.getpid()}")
    fresh.mkdir(parents=True)
    try:
        for done, name in enumerate(names_kept(archive), start=1):
            target = fresh / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(PREFIX + name) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file, PIECE)
            told(done)

        def swap() -> None:
            place.rename(before)
            fresh.rename(place)

        yield swap
    except BaseException:
        if before.exists():
            shutil.rmtree(place, ignore_errors=True)
            before.rename(place)
        raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


@contextmanager
def _added(archive: Reading, store: Storage, told: Told) -> Iterator[Callable[[], None]]:
    earlier = set(names_in(store))
    wanted = names_kept(archive)
    added: list[str] = []
    try:
        for done, name in enumerate(wanted, start=1):
            # Names of files are never used twice for other bytes: what is there already is the same file.
            if name not in earlier:
                with archive.open(PREFIX + name) as source:
                    store.save(name, File(source))
                added.append(name)
            told(done)
        yield lambda: None
    except BaseException:
        for name in added:
            store.delete(name)
        raise
    for name in earlier - set(wanted):
        store.delete(name)
