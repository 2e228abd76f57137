"""Notes (บันทึก): notebooks and notes, one person's experience in their own words.

A note has a number for life, an author (or a teller for whom somebody else writes), a notebook, tags, a licence and an
audience. It is not a practice: a practice is what a unit does and others can adopt; notes tell how it came about.
"""
