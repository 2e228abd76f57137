"""What is typeset can be taken out again, letter by letter, and looks as before."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypdfium2
import pytest

from prakai.kernel.typesetting import TypesettingFailed, typeset

CONSONANTS = [chr(code) for code in range(0xE01, 0xE2F) if code not in (0xE24, 0xE26)]
UPPER, TONES = ("", "ั", "ิ", "ี", "ึ", "ื", "ุ", "ู"), ("", "่", "้", "๊", "๋", "์")
TEMPLATE = """#let told = json(bytes(sys.inputs.told))
#set page(height: auto)
#set text(font: "Sarabun", lang: "th", weight: told.weight, style: told.style)
#for word in told.words { par(word) }
"""


def typed(folder: Path, words: list[str], *, weight: int = 400, style: str = "normal") -> list[str]:
    template = folder / "words.typ"
    template.write_text(TEMPLATE)
    made = typeset(template, {"words": words, "weight": weight, "style": style}, form="pdf")
    pages = pypdfium2.PdfDocument(made)
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    whole = unicodedata.normalize("NFC", text).replace("\u0e4d\u0e32", "ำ")
    return [line.strip() for line in whole.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("weight", "style"), [(400, "normal"), (600, "normal"), (700, "normal"), (400, "italic")]
)
def test_every_cluster_of_thai_comes_out_as_it_went_in(tmp_path: Path, weight: int, style: str) -> None:
    words = [f"{c}{vowel}{tone}ก" for c in CONSONANTS for vowel in UPPER for tone in TONES]
    words += [f"{c}{tone}ำก" for c in CONSONANTS for tone in TONES[:5]]
    assert typed(tmp_path, words, weight=weight, style=style) == words


def test_running_thai_comes_out_as_it_went_in(tmp_path: Path) -> None:
    words = ["ครั้งที่หนึ่ง ยิ้มได้ เกิดขึ้นที่นี่", "น้ำใจ กำลัง ผู้ป่วย ปู่ ฟ้า ญี่ปุ่น ฎีกา ๒๕๕๐"]
    assert typed(tmp_path, words) == words


def test_a_page_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    template = tmp_path / "broken.typ"
    template.write_text("#let told = ")
    with pytest.raises(TypesettingFailed, match="expected expression"):
        typeset(template, {}, form="pdf")
