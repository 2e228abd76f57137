"""The ``prakai`` command: its list of commands, and how anything that goes wrong is told."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping

import click

from prakai.cli.troubles import FAILED, Trouble, told, wrong_usage

# name: (module, attribute, one line of help). Nothing is imported before it is called: a start must be quick.
COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "run": ("run", "run", "เตรียมทุกอย่าง ใส่เครือข่ายสาธิต แล้วเปิดระบบ · Set up, load the demo, open the platform"),
    "setup": ("setup", "setup", "เตรียมระบบโดยยังไม่เปิด · Prepare without starting"),
    "serve": ("serve", "serve", "เปิดหน้าเว็บ · Serve the pages"),
    "work": ("work", "work", "ทำงานเบื้องหลัง · Do the background work, as a process of its own"),
    "migrate": ("migrate", "migrate", "ปรับตารางในฐานข้อมูล · Bring the tables up to date"),
    "demo": ("demo", "demo", "เครือข่ายสาธิต: ใส่ ลบ เริ่มใหม่ · The demo network: add, remove, reset"),
    "import": (
        "bring",
        "bring",
        "นำบันทึกหรือวันเวทีจากที่อื่นเข้ามา · Bring notes or a forum's day in from elsewhere",
    ),
    "export": ("export", "export", "ส่งออกวันเวทีเป็นไฟล์เดียว · Put a forum's day into one signed file"),
    "reindex": ("reindex", "reindex", "ทำดัชนีค้นหาใหม่ · Make the index of search anew"),
    "doctor": ("doctor", "doctor", "ตรวจสุขภาพระบบ · Check the place and say what to do"),
    "backup": ("backup", "backup", "สำรองข้อมูลและไฟล์ทั้งหมด · Put rows and files into one archive"),
    "restore": ("restore", "restore", "นำข้อมูลสำรองกลับมา · Bring an archive back"),
    "createadmin": ("createadmin", "createadmin", "สร้างผู้ดูแลระบบ · Make a steward of the platform"),
    "newpassword": (
        "newpassword",
        "newpassword",
        "ลิงก์ตั้งรหัสผ่านใหม่ให้คนที่ลืม · A link to a new password for who forgot it",
    ),
    "django": ("django", "django", "คำสั่งของ Django เอง · Django's own commands"),
}


class Commands(click.Group):
    """A group that imports a command's module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(f"prakai.cli.commands.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any of them."""
        with formatter.section("คำสั่ง · Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="prakai", prog_name="prakai", message="%(prog)s %(version)s")
def prakai() -> None:
    """ประกาย · Prakai

    ที่ซึ่งหน่วยงานพบของดีที่มีอยู่แล้ว ชื่นชม เรียนรู้จากกัน และนำไปใช้ต่อ · A place where units find, appreciate and
    carry on good work. Everything that differs between places is set in the environment: docs/operating.md.

    รหัสจบ · Exit codes: 0 เรียบร้อย ok, 1 มีเรื่องต้องดู something failed or was reported, 2 สั่งไม่ถูก wrong usage.
    """


def seams_stand() -> None:
    """Raise a trouble of one line when one of the five seams is set to something that nobody understands."""
    from pathlib import Path

    from prakai.kernel import seams

    data_dir = Path(os.environ.get("DATA_DIR") or "var").absolute()
    try:
        seams.rows_at(os.environ.get("DATABASE_URL", ""), data_dir)
        seams.search_at(os.environ.get("SEARCH_URL", ""), data_dir)
        seams.files_at(os.environ.get("FILES_URL", ""), data_dir)
        seams.workers_as(os.environ.get("WORKERS", ""))
        seams.bus_address(os.environ.get("BUS_URL", ""))
    except ValueError as wrong:
        name = str(wrong).split("=", 1)[0]
        raise wrong_usage(f"อ่านค่า {name} ไม่เข้าใจ", str(wrong)) from wrong


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prakai.settings")
    sys.exit(answer(arguments))


def answer(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 when all went well, 1 when something failed or was reported, 2 when misused."""
    try:
        given = sys.argv[1:] if arguments is None else arguments
        if given and given[0] in COMMANDS and not {"--help", "-h"} & set(given):
            seams_stand()
        code = prakai.main(args=given, prog_name="prakai", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except (KeyboardInterrupt, click.Abort):
        click.echo("prakai: หยุดตามคำสั่ง · stopped", err=True)
        return FAILED
    except Trouble as trouble:
        trouble.show()
        return trouble.code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except Exception as problem:
        meant = told(problem)
        if meant is None or os.environ.get("DEBUG"):
            raise
        meant.show()
        return meant.code
