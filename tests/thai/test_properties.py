"""What must hold for every text, not only for the ones that we thought of (hypothesis)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from prakai.thai import dates, digits, folding, graphemes, months, names, order, slugs, tags, words

THAI_BLOCK = [chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))]
DIRT = [
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00a0",
    "\u00ad",
    ".",
    "..",
    " ",
    "#",
    "@",
    "-",
    "/",
    "1",
    "25",
    "a",
    "K.M.",
    "ß",
    "İ",
    "\u0301",
]
PIECES = [
    "ม.ค.",
    "กพร.",
    "ก.พ.ร.",
    "น้ำ",
    "\u0e4d\u0e32",
    "\u0e33\u0e49",
    "เเ",
    "http://",
    "www.",
    "ๆ",
    "👩\u200d🌾",
    "\u0e3a",
    "ฯลฯ",
    "๒๕๕๐",
]

thai = st.lists(st.sampled_from(THAI_BLOCK + DIRT + PIECES), max_size=30).map("".join)
marks = st.lists(
    st.sampled_from(
        [*"กเา", *"\u0e31\u0e33\u0e34\u0e38\u0e3a\u0e47\u0e48\u0e49\u0e4c\u0e4d\u0e4e", "\u0301"]
    ),
    max_size=8,
).map("".join)
anything = st.one_of(thai, marks, st.text(max_size=40))

LANGUAGES: tuple[dates.Language, ...] = ("th", "en")
ERAS: tuple[dates.Era, ...] = ("be", "ce")
DIGITS: tuple[dates.Digits, ...] = ("arabic", "thai")
FORMS: tuple[dates.Form, ...] = ("long", "short", "numeric")
WAYS = list(product(LANGUAGES, ERAS, DIGITS, FORMS))

readable_days = st.dates(date(1857, 1, 1), date(2156, 12, 31))
"""The days whose year has exactly one reading in either era."""


@given(anything)
def test_clean_twice_is_clean_once(text: str) -> None:
    assert folding.clean(folding.clean(text)) == folding.clean(text)


@given(anything)
def test_clean_keeps_every_letter_with_a_width(text: str) -> None:
    """Nothing that stands on the line is lost or moved, but for เเ, which becomes แ, and ◌ํา, which becomes ◌ำ."""

    def on_the_line(given: str) -> str:
        plain = given.replace("\u0e41", "\u0e40\u0e40").replace("\u0e33", "\u0e32")
        return "".join(char for char in plain if "\u0e01" <= char <= "\u0e30" or char in "\u0e32\u0e40")

    assert on_the_line(folding.clean(text)) == on_the_line(text)


@given(anything)
def test_fold_twice_is_fold_once(text: str) -> None:
    assert folding.fold(folding.fold(text)) == folding.fold(text)


@given(anything)
def test_fold_of_the_cleaned_text_is_fold_of_the_text(text: str) -> None:
    assert folding.fold(folding.clean(text)) == folding.fold(text)


@given(anything)
def test_loose_fold_twice_is_once(text: str) -> None:
    assert folding.fold_loose(folding.fold_loose(text)) == folding.fold_loose(text)


@given(anything)
def test_segments_lose_nothing(text: str) -> None:
    assert "".join(words.segments(text)) == folding.clean(text)


@given(anything)
def test_words_have_no_space(text: str) -> None:
    assert [word for word in words.words(text) if word != word.strip() or not word] == []


@given(anything, st.integers(0, 40), st.sampled_from(["…", "", "..."]))
def test_cut_is_short_enough_and_begins_like_the_text(text: str, limit: int, end: str) -> None:
    short = graphemes.cut(text, limit, end=end)
    clusters = regex.findall(r"\X", text)
    if len(clusters) <= limit:
        assert short == text
        return
    room = limit - graphemes.count(end)
    kept = short.removesuffix(end) if room > 0 else ""
    assert kept in {"".join(clusters[:most]) for most in range(limit + 1)} | {
        "".join(clusters[:most]).rstrip() for most in range(limit + 1)
    }
    assert len(regex.findall(r"\X", kept)) <= max(0, room)


@given(anything)
def test_count_is_the_number_of_graphemes(text: str) -> None:
    assert graphemes.count(text) == len(graphemes.graphemes(text))
    assert "".join(graphemes.graphemes(text)) == text


@given(anything, st.integers(1, 60))
def test_slug_is_short_never_empty_and_safe(text: str, limit: int) -> None:
    slug = slugs.slug(text, limit=limit)
    assert slug != ""
    assert graphemes.count(slug) <= max(limit, len("note"))
    assert regex.search(r"[/?#%&.\\\s\p{Cc}\p{Cf}\p{Bidi_Control}]|^-|-$|--", slug) is None


@given(anything)
def test_slug_of_a_slug_is_itself(text: str) -> None:
    assert slugs.slug(slugs.slug(text)) == slugs.slug(text)


@given(anything)
def test_clean_tag_keeps_its_identity(text: str) -> None:
    try:
        tag = tags.clean_tag(text)
    except ValueError:
        return
    assert tags.clean_tag(tag) == tag
    assert graphemes.count(tag) <= tags.LONGEST_TAG
    assert "#" not in tag


@given(thai)
def test_hashtags_are_tags(text: str) -> None:
    for tag in tags.find_hashtags(text):
        assert tags.clean_tag(tag) == tag.strip(" ,;|")


@given(anything)
def test_bare_name_is_never_empty_for_a_name(text: str) -> None:
    assert bool(names.bare_name(text)) == bool("".join(folding.clean(text).split()))
    assert 1 <= len(names.initials(text)) <= 6


@given(anything, anything)
def test_order_key_tells_texts_apart(one: str, other: str) -> None:
    same = " ".join(digits.to_arabic(folding.clean(one)).split()) == " ".join(
        digits.to_arabic(folding.clean(other)).split()
    )
    assert (order.order_key(one) == order.order_key(other)) == same


@given(st.text("0123456789๐๑๒๓๔๕๖๗๘๙กa ", max_size=20))
def test_digits_there_and_back(text: str) -> None:
    assert digits.to_arabic(digits.to_thai(text)) == digits.to_arabic(text)
    assert len(digits.to_thai(text)) == len(text)


@pytest.mark.parametrize(("language", "era", "digit", "form"), WAYS)
@given(day=readable_days)
def test_a_date_survives_writing_and_reading(
    day: date, language: dates.Language, era: dates.Era, digit: dates.Digits, form: dates.Form
) -> None:
    shown = dates.write_date(day, language=language, era=era, digits=digit, form=form)
    assert dates.read_date(shown) == day
    (found,) = dates.find_dates(f"ประชุมวันที่ {shown} ที่กรม")
    assert (found.start, found.end, found.text, found.year_given) == (day, day, shown, True)


@pytest.mark.parametrize(("language", "era", "digit", "form"), WAYS)
@given(day=readable_days, length=st.integers(1, 400))
def test_a_range_survives_writing_and_reading(
    day: date, length: int, language: dates.Language, era: dates.Era, digit: dates.Digits, form: dates.Form
) -> None:
    if form == "numeric" or day > date(2155, 1, 1):
        return
    end = day + timedelta(days=length)
    shown = dates.write_range(day, end, language=language, era=era, digits=digit, form=form)
    assert [(found.start, found.end) for found in dates.find_dates(shown)] == [(day, end)]


@pytest.mark.parametrize(("language", "era", "digit", "form"), WAYS)
@given(moment=st.datetimes(datetime(1921, 1, 1), datetime(2156, 12, 30)))
def test_a_moment_survives_writing_and_reading(
    moment: datetime, language: dates.Language, era: dates.Era, digit: dates.Digits, form: dates.Form
) -> None:
    exact = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    shown = dates.write_moment(exact, language=language, era=era, digits=digit, form=form)
    assert dates.read_moment(shown) == exact


@given(readable_days, anything, anything)
def test_found_dates_are_where_they_say(day: date, before: str, after: str) -> None:
    text = f"{before} {dates.write_date(day)} {after}"
    found = dates.find_dates(text, near=day)
    assert [text[spot.first : spot.last] for spot in found] == [spot.text for spot in found]
    assert all(one.last <= other.first for one, other in pairwise(found))
    assert all(spot.start <= spot.end for spot in found)


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1000, 9999))
def test_no_written_year_is_moved_by_accident(day: int, month: int, year: int) -> None:
    """A bare year of four digits is read in its own era or not at all."""
    found = dates.read_date(f"{day}/{month}/{year}")
    if found is not None:
        assert found.year == (year - 543 if year >= 2400 else year)
        assert 1800 <= found.year < 2200


WRITINGS = (
    "{day}/{month}/{be}", "{day:02}/{month:02}/{ce}", "{be}/{month:02}/{day:02}", "{ce}-{month:02}-{day:02}",
    "{day} / {month} / {be}", "{day}-{short}-{be}", "{day}/{short}/{be}", "{day}{bare}{be}", "{day} {short} พ.ศ. {be}",
    "{day} {long} ค.ศ. {ce}", "{day} {short}พ.ศ.{be}", "วันที่ {day} เดือน{long} ปี {be}", "{day} {english} {be}",
    "{english} {day}, {ce}", "{day}-{english}-{ce}", "อา. {day} {short} {be}",
)  # fmt: skip


def written(day: date, form: str) -> str:
    index = day.month - 1
    short = months.THAI_SHORT[index]
    return form.format(
        day=day.day,
        month=day.month,
        be=day.year + 543,
        ce=day.year,
        short=short,
        bare=short.replace(".", ""),
        long=months.THAI_LONG[index],
        english=months.ENGLISH_SHORT[index],
    )


@pytest.mark.parametrize("form", WRITINGS)
@given(day=readable_days, thai_digits=st.booleans(), dirt=st.sampled_from(["", "\u200b", "\u00a0"]))
def test_a_date_is_the_same_day_however_it_is_written(
    form: str, day: date, thai_digits: bool, dirt: str
) -> None:
    shown = written(day, form)
    shown = digits.to_thai(shown) if thai_digits else shown
    shown = shown.replace(" ", "\u00a0") if dirt == "\u00a0" else dirt.join(shown)
    found = dates.find_dates(f"ประชุม {shown} ที่กรม", near=date(1999, 9, 9))
    assert [(spot.start, spot.end, spot.year_given) for spot in found] == [(day, day, True)]
    assert dates.read_date(shown) == day
