"""Made-up sources in the shapes that people bring: saved pages, exports, folders of Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

FIRST = "วันที่ 4 ก.ย.49  ทีมห้องยาของเราลองให้คนไข้เล่าก่อนว่ากินยาอย่างไรที่บ้าน"
SECRET = "ประโยคท้ายที่ไม่ควรมีใครเห็นถ้าไม่มีสิทธิ์"
LONG = f"{FIRST}  {'แล้วเราก็ฟังและจดไว้ทีละคำโดยไม่ขัดใครเลย ' * 9}"


def saved_page(
    number: int | None = 90210,
    *,
    title: str = "ห้องยาที่ฟังก่อนหยิบ",
    paragraphs: Sequence[str] = (LONG, SECRET),
    author: str = "",
    notebook: str = "ห้องยาเล่าเรื่อง",
    tags: Sequence[str] = ("กพร.", "ห้องยา", "km-ภาคราชการ"),
    licence: str = "สงวนสิทธิ์ทุกประการ",
    written: str = "05 Sep 2006 @ 08:15",
    edited: str = "06 Sep 2006 @ 19:02",
    comments: Sequence[tuple[str, str]] = (),
    extra: str = "",
) -> str:
    """Return the text of a page in the shape of the founding note, with a list and a dated signature."""
    body = "\n\n".join(f"         {paragraph}" for paragraph in paragraphs)
    facts = [f"หมายเลขบันทึก: {number}"] if number else []
    facts += [f"เขียน: {written} ()", f"แก้ไข: {edited} ()", f"สัญญาอนุญาต: {licence}", "อ่าน: คลิก"]
    said = [
        f"{name}\nเขียนเมื่อ 5 กันยายน 2549 13:{20 + n} น. ()\n{words}\n#{61001 + n}"
        for n, (name, words) in enumerate(comments)
    ]
    return "\n".join(
        [
            title, "", body, "", "          เล่าแล้วเราจดไว้ 2 ข้อ", "1. ฟังก่อนถาม", "2. ถามก่อนหยิบ", "",
            "ปรียา  สมมติ", " 4 ก.ย.49", "", f"บันทึกนี้เขียนที่ GotoKnow โดย {author} ใน {notebook}", "",
            f"คำสำคัญ (Tags){''.join(f'#{tag}' for tag in tags)}", "", ", ".join(facts), extra, "",
            f"ความเห็น ({len(comments)})", *said,
        ]
    )  # fmt: skip


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """Return the file with this text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def markdown(n: int, *, licence: str = "cc-by") -> str:
    """Return the n-th note of a folder of Markdown."""
    return (
        f"---\ntitle: เรื่องที่ {n} จากหน้าห้องยา\nauthor: คนเล่าที่ {n % 7}\ntags: [เก้าอี้, คำที่ {n % 20}, KM]\n"
        f"date: 2010-01-{n % 28 + 1:02} 10:25\nlicence: {licence}\n---\nย่อหน้าแรกของเรื่องที่ {n}\n\nย่อหน้าที่สอง\n"
    )


def export(body: str, *, media: str = "", comments: str = "", status: str = "publish") -> str:
    """Return a WordPress export with one post under Creative Commons."""
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>บล็อกสมมติ</title><link>https://blog.example.org</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://blog.example.org</wp:base_site_url>
<item><title>โต๊ะรับฟัง</title><link>https://blog.example.org/2019/05/open-table/</link>
<pubDate>Mon, 06 May 2019 02:30:00 +0000</pubDate><dc:creator>malee</dc:creator>
<guid isPermaLink="false">https://blog.example.org/?p=11</guid>
<content:encoded><![CDATA[{body}{media}]]></content:encoded>
<wp:post_id>11</wp:post_id><wp:post_date>2019-05-06 09:30:00</wp:post_date><wp:status>{status}</wp:status>
<wp:post_type>post</wp:post_type>{comments}</item></channel></rss>"""
