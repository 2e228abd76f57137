"""``prakai reindex``: make the index of search anew while the platform stays open."""

from __future__ import annotations

import click


@click.command()
def reindex() -> None:
    """ทำดัชนีค้นหาใหม่ข้างของเดิม แล้วสลับให้ · Make the index anew beside the live one, then put it in its place.

    ถูกตัดกลางทางก็ทำต่อจากที่ค้างไว้ · One that was cut off goes on where it was.
    """
    from prakai.cli.progress import Bar
    from prakai.cli.ready import ready

    ready()
    from prakai.search.keeping import rebuild
    from prakai.search.sources import how_many
    from prakai.search.tasks import read_all_attachments

    with Bar("ไฟล์แนบ · attached files") as bar:
        for done, of in read_all_attachments():
            bar.to(done, of)
    most = how_many()
    with Bar("ดัชนีค้นหา · index") as bar:
        made = rebuild(lambda done: bar.to(min(done, most), most))
    click.echo(f"ทำดัชนีใหม่แล้ว {made:,} รายการ · The index is new: {made:,} things")
