"""Clean markup: what stays, what goes, and what becomes something better."""

from __future__ import annotations

import pytest

from prakai.kernel.markup import clean_html


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<table><tr><th></th><th>ก่อน</th></tr></table>", "<td></td><th>ก่อน</th>"),
        ("<table><tr><th><p></p></th><th>ก่อน</th></tr></table>", "<td></td><th>ก่อน</th>"),
        ('<table><tr><th scope="col" colspan="2"> </th></tr></table>', '<td colspan="2"></td>'),
        ('<table><tr><th scope="col">หลัง</th></tr></table>', '<th scope="col">หลัง</th>'),
    ],
)
def test_a_heading_cell_without_words_is_a_plain_cell(given: str, kept: str) -> None:
    assert clean_html(given) == f"<table><tbody><tr>{kept}</tr></tbody></table>"


def test_the_title_stays_the_only_heading_of_level_one() -> None:
    assert clean_html("<h1>หัวข้อ</h1><p>ความ</p><p>&nbsp;</p>") == "<h2>หัวข้อ</h2><p>ความ</p>"
