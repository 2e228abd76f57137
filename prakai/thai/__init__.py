"""The Thai language: words, folding, dates, digits, order, cutting. Pure Python; knows no Django and no
other room.

Import the module and call the function: `from prakai.thai import dates`, then `dates.find_dates(text,
near=day)`.

- `words`: `segments(text)`, `words(text)`: the dictionary segmenter with our own lexicon of public-sector
  terms
- `folding`: `clean(text)` to keep and show, `fold(text)` to match, `fold_loose(text)` to match without tone
  marks
- `digits`: `to_arabic(text)`, `to_thai(text)`
- `dates`: `FoundDate`, `find_dates`, `read_date`, `read_moment`, `write_date`, `write_moment`, `write_range`
- `times`: `read_time`: 11.30 น., บ่ายสามโมง, 3 ทุ่มครึ่ง
- `order`: `order_key(text)`: Thai dictionary order as a string
- `graphemes`: `graphemes(text)`, `count(text)`, `cut(text, limit, end="…")`
- `sentences`: `sentences(text)`: places of pieces that one can point at
- `slugs`: `slug(text, limit=60, empty="note")`
- `tags`: `clean_tag(text)`, `tag_key(text)`, `find_hashtags(text)`
- `names`: `bare_name(text)`, `initials(text)`
- `keyboard`: `meant_in_thai(text)`, `meant_in_english(text)`: text typed on the wrong layout
- `abbreviations`: `same_abbreviation(a, b)`, `spellings(abbreviation)`

What each does, its rules, traps and sources: `docs/thai.md`. What must never break: `tests/thai/golden.tsv`.
"""
