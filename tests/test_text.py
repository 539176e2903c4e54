"""Pure string functions: cleaning, folding, slugs, sentences, dates, addresses, escaping."""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import text


@pytest.mark.parametrize(
    ("words", "apart"), [("Ada Byron", False), ("Łukasz 李明", False), ("דוד לוי, Ada", True), ("محمد", True)]
)
def test_words_from_right_to_left_are_kept_apart_from_what_is_beside_them(words: str, *, apart: bool) -> None:
    assert text.isolated(words) == (f"\u2068{words}\u2069" if apart else words)


@given(st.text(alphabet=st.characters(categories=["Cc", "Cs", "Cn", "Cf", "Ll", "Mn", "Zs"])))
def test_clean_text_can_stand_in_xml_and_is_clean_already(words: str) -> None:
    cleaned = text.clean(words)
    assert (ET.fromstring(f"<a>{html.escape(cleaned)}</a>").text or "") == cleaned
    assert text.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("a\x00b\x1bc\x7fd\x85e\ufffef\U0001ffffg\ud800h", "abcdefgh"),
        ("e\u0301", "é"),
        ("👩\u200d👩", "👩\u200d👩"),
    ],
)
def test_clean_takes_out_what_no_output_may_hold(words: str, expected: str) -> None:
    assert text.clean(words) == expected


def test_a_row_of_marks_is_cut_at_thirty() -> None:
    assert text.stream_safe("é" * 40 + "x" + "\u0301" * 100_000 + "y") == "é" * 40 + "x" + "\u0301" * 30 + "y"


@pytest.mark.parametrize(("words", "expected"), [(" a \n\t b\u00a0\u2003c ", "a b c"), ("", ""), (" \n", "")])
def test_one_line(words: str, expected: str) -> None:
    assert text.one_line(words) == expected


def test_no_character_is_white_space_to_python_and_not_to_one_line() -> None:
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [sign for sign in signs if text.one_line(f"a{sign}b") != " ".join(f"a{sign}b".split())] == []
    assert [sign for sign in signs if text.one_line(f"{sign}b") != " ".join(f"{sign}b".split())] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [("a\n\nb\n \t\nc", ["a", "b", "c"]), ("a\nb", ["a\nb"]), ("\n\n", []), ("", [])],
)
def test_paragraphs(words: str, expected: list[str]) -> None:
    assert text.paragraphs(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("a\u202eb", "\u202e"), ("a\u200bb", "\u200b"), ("a\u00adb", "\u00ad"), ("a\u200db é 学", ""), ("", "")],
)
def test_invisible_characters_are_found(words: str, expected: str) -> None:
    assert text.invisible(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Š. Łukasz Ørsted's “Naïve” Straße", "s-lukasz-orsteds-naive-strasse"),
        ("WMT 2011: C++ & more", "wmt-2011-c-more"),
        ("学习", ""),
        ("Mixed 学习 x", "mixed-x"),
        ("--", ""),
        ("ﬁne ²", "fine-2"),
    ],
)
def test_slugs_have_latin_letters_and_digits(words: str, expected: str) -> None:
    assert text.slug(words) == expected


@given(st.text(st.characters(max_codepoint=127), max_size=30))
def test_an_ascii_text_has_the_slug_that_it_has_with_a_foreign_sign_behind_it(words: str) -> None:
    assert text.slug(words) == text.slug(f"{words} \u5f3a")
    assert text.without_marks(words) == unicodedata.normalize("NFKD", words)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The {BERT} Model (v2)", "the bert model", True),
        ("Naïve R&D", "naive R and D", True),
        (r"\textbf{A} $k$-means", "A k-means", True),
        ("WMT 2011", "WMT 2012", False),
        ("学习", "学", False),
    ],
)
def test_title_keys_are_what_two_titles_of_one_paper_share(one: str, other: str, same: bool) -> None:
    assert (text.title_key(one) == text.title_key(other)) is same


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We use VitaBench 2.0. It works.", ["We use VitaBench 2.0.", "It works."]),
        ("See e.g. Fig. 2 by A. Smith et al. They agree.", ["See e.g. Fig. 2 by A. Smith et al. They agree."]),
        ("Really? Yes! (So it is.) End", ["Really?", "Yes!", "(So it is.)", "End"]),
        ("He said “No.” Then $x$ left", ["He said “No.”", "Then $x$ left"]),
        ("  ", []),
        ("one. two", ["one. two"]),
    ],
)
def test_sentences(words: str, expected: list[str]) -> None:
    assert text.sentences(words) == expected


@pytest.mark.parametrize(
    ("words", "limit", "expected"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 9, "one two…"),
        ("one two three", 8, "one two…"),
        ("unbroken", 4, "unb…"),
        (" a\n b ", 3, "a b"),
    ],
)
def test_shorten_cuts_between_words(words: str, limit: int, expected: str) -> None:
    assert text.shorten(words, limit) == expected


@given(st.text(max_size=60), st.integers(min_value=2, max_value=40))
def test_shortened_text_is_never_longer(words: str, limit: int) -> None:
    assert len(text.shorten(words, limit)) <= limit


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.org/a b", "https://x.org/a%20b"),
        ('https://x.org/ü?q=<">', "https://x.org/%C3%BC?q=%3C%22%3E"),
        ("javascript:alert(1)", ""),
        ("https:///x", ""),
    ],
)  # fmt: skip
def test_web_addresses_are_ascii_or_nothing(url: str, expected: str) -> None:
    assert text.web_address(url) == expected


@given(st.text())
def test_escaped_html_is_read_back(words: str) -> None:
    escaped = text.escape_html(words)
    assert html.unescape(escaped) == words or "&" in words
    assert not re.search("[<>\"']", escaped)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
        ("$15 | ~ ^", "&#36;15 &#124; &#126; &#94;"),
        ("1. x", "&#49;. x"),
        ("12) x", "&#49;2) x"),
        ("- x", "&#45; x"),
        ("::: x", "&#58;:: x"),
        ("!!! note", "&#33;!! note"),
        ("1.5 x - y", "&#49;.5 x - y"),
        ("a\n# b", r"a \# b"),
        ("&amp;", "&amp;amp;"),
    ],
)
def test_escaped_markdown_stays_readable(words: str, expected: str) -> None:
    assert text.escape_markdown(words) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 papers"), (1, "1 paper"), (2, "2 papers"), (12345, "12,345 papers")]
)
def test_plural(number: int, expected: str) -> None:
    assert text.plural(number, "paper") == expected


@pytest.mark.parametrize(
    ("date", "long", "short"),
    [
        ("2025-10-06", "6 October 2025", "6 Oct 2025"),
        ("2025-05", "May 2025", "May 2025"),
        ("2025", "2025", "2025"),
        ("", "", ""),
    ],
)
def test_dates_in_words(date: str, long: str, short: str) -> None:
    assert (text.long_date(date), text.short_date(date)) == (long, short)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("plain é", "plain é"), ("a\nb", "a\\nb"), ("a\u202eb", "a\\u202eb"), ("a\u200db", "a\\u200db")],
)
def test_what_cannot_be_seen_is_made_visible(words: str, expected: str) -> None:
    assert text.visible(words) == expected


def test_a_found_value_is_quoted_short() -> None:
    assert text.quoted("soon\x1b") == "'soon\\x1b'"
    assert text.quoted("x" * 61) == f"'{'x' * 59}…'"
