"""Checks of the place: settings, disk, files, bus, index, and what ``prakai setup`` made."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from prakai.cli.checking.findings import Finding, look, trouble, well
from prakai.kernel.ids import public_id

LOW, VERY_LOW = 1_000_000_000, 200_000_000


def of_settings() -> Iterator[Finding]:
    """Settings that a place open to others should have."""
    about = "ค่าตั้ง settings"
    if settings.DEBUG:
        yield trouble(
            about, "DEBUG เปิดอยู่ ปิดก่อนเปิดให้คนอื่นใช้", "DEBUG is on: switch it off before others come in"
        )
    kept = settings.DATA_DIR / "secret_key"
    if not os.environ.get("SECRET_KEY") and kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        yield trouble(about, f"คนอื่นอ่าน {kept} ได้ สั่ง chmod 600", f"others can read {kept}: chmod 600 it")
    if not settings.SITE_URL:
        yield look(
            about, "ยังไม่ตั้ง SITE_URL (ที่อยู่เว็บในจดหมายและฟีด)", "SITE_URL is not set (used in letters and feeds)"
        )
    elif settings.SITE_URL.startswith("https://") and not settings.SECURE_PROXY_SSL_HEADER:
        yield look(
            about,
            "ถ้าอยู่หลัง nginx หรือ Caddy ให้ตั้ง BEHIND_PROXY=1",
            "behind nginx or Caddy, set BEHIND_PROXY=1",
        )
    if not settings.EMAIL_URL:
        yield look(about, "ยังไม่ตั้ง EMAIL_URL จดหมายจึงไม่ถูกส่ง", "EMAIL_URL is not set: no letters are sent")
    if settings.DEMO:
        yield look(about, "DEMO เปิดอยู่ ใครก็เข้าใช้แบบสาธิตได้", "DEMO is on: anybody can sign in as a demo person")
    yield well(about, f"อ่านได้ทั้งหมด ({settings.SITE_NAME})", "all understood")


def of_disk() -> Iterator[Finding]:
    """Room on the disk."""
    about = "ดิสก์ disk"
    free = shutil.disk_usage(settings.DATA_DIR).free
    gigabytes = f"{free / 1e9:.1f} GB"
    if free < VERY_LOW:
        yield trouble(about, f"เหลือเพียง {gigabytes} ต้องเพิ่มเนื้อที่เดี๋ยวนี้", f"only {gigabytes} free: make room now")
    elif free < LOW:
        yield look(about, f"เหลือ {gigabytes} ควรเพิ่มเนื้อที่", f"{gigabytes} free: make room soon")
    else:
        yield well(about, f"ว่าง {gigabytes}", f"{gigabytes} free")


def of_files() -> Iterator[Finding]:
    """The store of people's files, tried for real; and what an interrupted restore left behind."""
    about = "ไฟล์ files"
    name = default_storage.save(f".doctor/{public_id()}", ContentFile(b"prakai"))
    try:
        with default_storage.open(name) as file:
            words = file.read()
    finally:
        default_storage.delete(name)
    if words != b"prakai":
        yield trouble(about, "อ่านกลับมาไม่เหมือนที่เขียน", "what was read is not what was written")
        return
    for left in sorted(settings.DATA_DIR.glob("files.before-*")):
        yield trouble(
            about,
            f"การ restore ถูกตัดกลางทาง ของเดิมอยู่ใน {left} สั่ง restore อีกครั้ง",
            f"a restore was cut off; the earlier files are in {left}: run prakai restore --replace again",
        )
    yield well(about, "เขียน อ่าน ลบได้", "written, read and deleted")


def of_bus() -> Iterator[Finding]:
    """The live bus, and what follows from it for the page cache."""
    about = "บัส bus"
    if settings.BUS_URL.startswith("local"):
        yield well(
            about,
            "อยู่ในโปรเซสนี้ (ถ้าเปิดหน้าเว็บหลายโปรเซส แคชหน้าจะปิดเอง จนกว่าจะตั้ง BUS_URL)",
            "within one process (several page processes serve without the page cache until BUS_URL is set)",
        )
        return
    import redis

    try:
        url = settings.BUS_URL.replace("valkey://", "redis://")
        client = redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2)
        client.ping()
        client.close()
    except (redis.RedisError, OSError) as problem:
        yield trouble(
            about,
            f"ต่อ BUS_URL ไม่ได้ ({problem})",
            "BUS_URL does not answer: is the Valkey or Redis server running?",
        )
        return
    yield well(about, "ตอบแล้ว", "answers")


def of_index() -> Iterator[Finding]:
    """The search index: its place, whether it can be read, and how far it is behind the journal."""
    about = "ดัชนี index"
    parts = urlsplit(settings.SEARCH_URL)
    if parts.scheme != "file":
        yield well(about, settings.SEARCH_URL, "on a server of its own")
        return
    folder = Path(unquote(parts.path))
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        yield trouble(
            about,
            f"ไม่มีหรือเขียนไม่ได้ที่ {folder} สั่ง prakai setup",
            f"{folder} cannot be written: run prakai setup",
        )
        return
    from prakai.search.engine import the_engine
    from prakai.search.engine.sought import NoIndex
    from prakai.search.keeping import not_carried_over

    try:
        things, behind = the_engine().size(), len(not_carried_over())
    except NoIndex:
        yield look(
            about, "ยังไม่มี งานเบื้องหลังจะทำให้ หรือสั่ง prakai reindex", "none yet: the background work makes it"
        )
        return
    if behind:
        yield look(about, f"ตามหลังอยู่ {behind} เหตุการณ์", f"{behind} entries behind the journal")
    yield well(about, f"{folder} มี {things:,} รายการ", f"{things:,} things")


def of_made_parts() -> Iterator[Finding]:
    """Fonts, catalogue and static files."""
    from prakai.cli.preparing import catalogue, fonts
    from prakai.cli.preparing.stamps import package_files

    about = "สิ่งที่เตรียมไว้ made"
    lacking = [p.name for p in fonts.made_fonts(settings.DATA_DIR / "made" / "fonts") if not p.exists()]
    lacking += [str(p.parents[2].name) for p in catalogue.stale(package_files()["catalogue"])]
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        lacking.append("static")
    if lacking:
        names = ", ".join(lacking[:5])
        yield trouble(about, f"ยังขาด {names} สั่ง prakai setup", f"missing or old: {names}; run prakai setup")
        return
    yield well(about, "ฟอนต์ คำแปล ไฟล์หน้าเว็บ ครบ", "fonts, catalogue and static files are there")
