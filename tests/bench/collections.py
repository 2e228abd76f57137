"""A collection of our own, small enough to be read at a glance."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

DOCUMENTS = [
    {"id": "d1", "title": "ย้ายเก้าอี้หน้าห้องยา", "text": "คนไข้เลิกถามว่าอีกนานไหม\n\nแถวก็สั้นลง", "date": "9 ธันวาคม 2548"},
    {"id": "d2", "title": "ป้ายสีที่ว่าการอำเภอ", "text": "เดินตามเส้นสีแดงไปทำบัตร <ชั้น 2> & กลับบ้าน", "date": "2020-02-03"},
    {"id": "d3", "text": "บันทึกที่ไม่มีชื่อ เล่าเรื่องตลาดน้ำยามเช้า"},
]  # fmt: skip
QUERIES = [
    {"id": "q1", "task": "tp", "q": "ย้ายเก้าอี้", "rel": ["d1"]},
    {"id": "q2", "task": "tp", "q": "ป้ายสี", "rel": {"d2": 2, "d1": 0}},
    {"id": "q3", "task": "bq", "q": "ตลาดน้ำยามเช้า", "rel": ["d3"]},
]


def write_collection(folder: Path) -> Path:
    """Write it as the bench wants it and return its folder."""
    with lzma.open(folder / "corpus.jsonl.xz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in DOCUMENTS)
    (folder / "queries.jsonl").write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in QUERIES), encoding="utf-8"
    )
    return folder
