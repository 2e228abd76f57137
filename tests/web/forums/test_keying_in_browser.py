"""Thirty paper forms keyed in by keyboard alone: how many keys are not text, and how long the page itself takes.

``pytest -s`` prints the figures that ``docs/performance.md`` tells.
"""

from __future__ import annotations

from time import perf_counter
from typing import Any

from prakai.forums import actions
from prakai.forums.models import Answer, Promise, Review
from tests.web.forums.test_review_in_browser import (  # noqa: F401  the same window
    _files_as_they_lie,
    pytestmark,
    review,
    window,
)

FORMS = 30
# Keys of one form that are not text: one for each of its seven fields.
OVERHEAD = 7
POINTERS = """
sessionStorage.pointers ||= "0";
for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel"])
  addEventListener(kind, () => sessionStorage.pointers = String(Number(sessionStorage.pointers) + 1), true);
"""
# 155 letters in all, with code and name.
POINTS = (
    "อยากรู้ว่าที่อื่นลดเวลารอยาได้อย่างไร",
    "ได้ฟังคนหน้างานเล่าของจริงทีละขั้น",
    "เวลาในวงเล็กยังน้อยไป",
    "ขอให้วงละไม่เกินแปดคน",
    "จะชวนพี่พยาบาลคุยสิบนาทีก่อนเวร",
)


def test_thirty_forms_are_keyed_in_without_a_pointer(window: Any, review: Review) -> None:  # noqa: F811
    actions.print_slips(review, FORMS - review.slips.count(), by=review.by)
    before = Answer.objects.count()
    window.add_init_script(POINTERS)
    window.goto(f"/forums/{review.forum_id}/review/keying")
    keys, presses, page_time = window.keyboard, 0, 0.0
    for slip in review.slips.all():
        # The page that has come has the code under the cursor already.
        assert window.evaluate("document.activeElement.name") == "code"
        for words in (slip.code, "ป้าแจ่ม", *POINTS[:-1]):
            keys.type(words)
            keys.press("Enter")
            presses += 1
        keys.type(POINTS[-1])
        began = perf_counter()
        with window.expect_navigation(wait_until="load"):
            keys.press("Enter")
        page_time += perf_counter() - began
        presses += 1
    assert Answer.objects.count() - before == FORMS * (len(POINTS) - 1)
    assert Promise.objects.count() == FORMS
    assert review.slips.filter(keyed_at__isnull=True).count() == 0
    assert presses == FORMS * OVERHEAD
    assert window.evaluate("sessionStorage.pointers") == "0"
    assert window.wrong == []
    letters = FORMS * sum(len(words) for words in (*POINTS, "ป้าแจ่ม", "k7m2"))
    print(f"{FORMS} forms: {letters} letters, {presses} other keys, {page_time:.1f} s of the page")
