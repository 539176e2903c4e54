"""Every line has its place, and what a parser lost is found by the second count."""

from __future__ import annotations

import re

import pytest
from golden import assert_accounted

from sitegen.formats.counted import Marks, Stretch, account, is_web_page, marks
from sitegen.model import Draft

SIGN = re.compile(r"\*")
TEXT = "* one\nwords\n\n* two\n* three"


def draft(first: int, last: int) -> Draft:
    return Draft("f", "x", 1, first, last, title=f"{first}-{last}")


def test_a_draft_that_holds_the_signs_of_two_entries_is_rejected_whole() -> None:
    parsed = account("f", TEXT, [draft(1, 4), draft(5, 5)], [], marks(TEXT, SIGN, "*"))
    swallowing = "this entry does not end before line 4, where by its * another begins"
    assert [one.title for one in parsed.drafts] == ["5-5"]
    assert [(line.line, line.why) for line in parsed.rejected] == [
        (
            1,
            f"{swallowing} (of all entries 3 begin by *, 1 understood)",
        ),
        (2, "part of the entry in line 1, which was rejected"),
        (4, "part of the entry in line 1, which was rejected"),
    ]
    assert_accounted(TEXT, parsed)


def test_an_entry_among_ignored_lines_is_found() -> None:
    parsed = account("f", TEXT, [draft(1, 2), draft(5, 5)], [Stretch(3, 4)], marks(TEXT, SIGN, "*"))
    assert parsed.ignored == ()
    assert [(line.line, line.why) for line in parsed.rejected] == [
        (4, "an entry begins here by its *, but was not understood (of all entries 3 begin by *, 2 understood)")
    ]


def test_where_the_counts_agree_nothing_is_said() -> None:
    parsed = account("f", TEXT, [draft(1, 2), draft(4, 4), draft(5, 5)], [], marks(TEXT, SIGN, "*"))
    assert parsed.rejected == parsed.ignored == ()
    assert [one.ordinal for one in parsed.drafts] == [1, 2, 3]


def test_a_line_of_no_draft_and_no_stretch_is_rejected() -> None:
    parsed = account("f", "* one\nstray", [draft(1, 1)], [], marks("* one\nstray", SIGN, "*"))
    assert [(line.line, line.why) for line in parsed.rejected] == [(2, "belongs to no entry")]


def test_of_two_stretches_on_a_line_the_one_with_a_reason_tells() -> None:
    parsed = account("f", "a\nb", [draft(1, 1)], [Stretch(1, 2), Stretch(2, 2, "broken"), Stretch(2, 2)], Marks("*"))
    assert [line.why for line in parsed.rejected] == ["broken"]


def test_the_reason_of_a_stretch_that_begins_with_blank_lines_is_told_on_its_first_words() -> None:
    parsed = account("f", "\n\na\nb\n", [], [Stretch(1, 5, "broken")], Marks("*"))
    assert [(line.line, line.why) for line in parsed.rejected] == [
        (3, "broken"),
        (4, "part of the entry in line 3, which was rejected"),
    ]


def test_entries_known_to_be_no_papers_are_not_counted() -> None:
    count = marks(TEXT, SIGN, "*").without([4])
    assert count.lines == (1, 5)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        pytest.param("<!DOCTYPE html>", True, id="HTML"),
        pytest.param('\ufeff\n<?xml version="1.0"?>\n<!doctype  HTML PUBLIC', True, id="XHTML"),
        pytest.param("<html lang=en>", True, id="without doctype"),
        pytest.param("<htmlx>", False, id="another element"),
        pytest.param("<feed>", False, id="a feed"),
        pytest.param("text <html>", False, id="HTML within"),
    ],
)
def test_a_web_page_is_told_by_its_beginning(text: str, page: bool) -> None:
    assert is_web_page(text) is page
