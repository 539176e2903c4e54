"""Pages that are rendered in one pass, held to the parser that says what Markdown means."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.corpus import load_corpus
from sitegen.plan import plan
from sitegen.render.article import parsed_line, parsed_page
from sitegen.render.markdown import markdown
from sitegen.render.plain_line import Line
from sitegen.render.plain_page import plain_page
from sitegen.render.render import ARTICLES
from sitegen.site import enrich

OWN = Path(__file__).parents[1] / "corpus"
INLINE = partial(parsed_line, folder="papers", up="../")
# fmt: off
# Lines that plain pages are made of, lines that look like them, and what changes the meaning of lines beside it.
LINES = (
    *("", "", "", " ", "  ", "a", "a b", " a", "  a", "   a", "    a", "a ", "a  ", "a\\", "\ta", "*a*", "**a**"),
    *("[a](<b.md>)", "# a", "## a", "## a", "### a b", "# a #", "#", "# ", "#a", "  ## a", "# *a*", "# a\\#"),
    *("####### a", "---", "===", "- - -", "- a", "- b *c*{.date}", "-", "- ", "-  a", "- # a", "- - a", "- 1. a"),
    *("    - a", "  - a", " - a", "-\ta", "+ a", "* a", "***", "1. a", "1) a", "2. a", "1234567890. a", "1.a", "1"),
    *("> a", "| a | b |", "|---|---|", "| a |", "a | b", "-|-", ":-:", ": a", "::: note", ":::", "::::", ":::note"),
    *("::: more a", "::: more", "::: more *a* [b](<c.md>)", "::: form a", "::: cite", ":::: cite", ":::: note"),
    *("::::: aside", "::: chart", "::: turn ", "::: note a", "::: other", "  ::: more a", "  :::", "    :::"),
    *("```", "````", "```a", "  ```", "~~~", "``` ", "a [x]: y", "  b", "[a]: b", "[a]", "[a\\]: b", "<b>", "{.a}"),
    *("$$", "$a$", "\xa0", "\xa0a", "\u2028", "\x0b", "\x0ca", "a\r", "\0", "&#45; a", "\\- a", "`a`", "_a_", "___"),
    *("~", "=a", "!a", "a:::", "é"),
)
BLOCKS = (
    *("# A\n", "a\nb\n", "- a\n  b\n- c\n", "- a\n  ::: more b\n  c\n  :::\n", "::: note\n", "::: aside\n\n"),
    *("- a\n  ::: more b\n  c\n\n  d\n  e\n  :::\n- f\n", "::: crumbs\na\n:::\n", ":::\n", "::::\n", ":::: cite\n\n"),
    *("::: form a\n\nb\n\n:::\n", "\n", "\n\n", "```\na *b*\n\n- c\n```\n", "```\n:::\n```\n", "````\n```\n````\n"),
    *("## A\n\n", "1. a\n", "  c\n", "- a\n\n- b\n", "- a\n\n  b\n", "::: form b\n", "::: note\n:::\n", "- a\nb\n"),
    *("::: note\n::: rows\na\n:::\n:::\n", "- a\n# b\n", "a\n- b\n", "a\n```\n"),
)
PLACES = (
    *("{}", "{}\n", "{}\na\n", "a\n{}\n", "a\n\n{}\n\nb\n", "- a\n{}\n", "- a\n{}\n- b\n", "- a\n  b\n\n{}\n"),
    *("# a\n{}\n", "- {}\n", "- a\n  {}\n", "::: note\n{}\n:::\n", "::: note\n\na\n\n{}\n\n:::\n", "{}\n\n- a\n"),
    *("- a\n  ::: more b\n  {}\n  :::\n", "```\n{}\n```\n", ":::: cite\n{}\n::::\n", "## {}\n", "{0}\n{0}\n"),
    *("- a\n  ::: more b\n  c\n\n  {}\n  :::\n- d\n", "::: more {}\na\n:::\n", "- a\n  ::: more {}\n  b\n  :::\n"),
    *("- a\n\n{}\n", "::: note\n- a\n{}\n:::\n", "::: note\n```\n{}\n```\n:::\n"),
)
# fmt: on
ONE_LINE = st.sampled_from(LINES).map("{}\n".format)
BLOCK = st.sampled_from(BLOCKS)
PAGES = st.one_of(st.lists(ONE_LINE, max_size=9), st.lists(BLOCK | ONE_LINE | st.text(max_size=3), max_size=7))


def test_our_pages_without_charts_are_plain_and_mean_what_the_parser_says() -> None:
    pages = list(plan(enrich(load_corpus(OWN)[0]), "https://papers.example.org/"))
    sources = [markdown(page) for page in pages if isinstance(page, ARTICLES)]
    for source in sources:
        made = plain_page(source, INLINE)
        assert (made is None) == ("::: chart" in source)
        assert made in (None, parsed_page(source, INLINE))
    assert len(sources) > 200


@given(PAGES.map("".join))
@example(":::: cite\n::: form a\nb\n:::\n::: form c\nd\n:::\n::::\n")
@example("::: note\n- a\n  ::: more b\n  c\n  :::\n:::\n")
@example("a\n# a\n\n# a\n\n## \\[a\\]\n")
@settings(max_examples=1500)
def test_what_is_rendered_in_one_pass_means_what_the_parser_says(page: str) -> None:
    assert plain_page(page, INLINE) in (None, parsed_page(page, INLINE))


@pytest.mark.parametrize("line", LINES)
def test_every_line_means_the_same_wherever_it_stands(line: str) -> None:
    for place in PLACES:
        page = place.format(line)
        assert plain_page(page, INLINE) in (None, parsed_page(page, INLINE))


@pytest.mark.parametrize(
    "page",
    [
        "# A\n\na\nb\n\n- c\n- d\n\n```\ne\n```\n",
        ":::: cite\n\n::: form a\n\nb\n\n:::\n\n::::\n",
        "::: rows\n\n- a\n  b\n\n:::\n\nc\n",
        "- a\n  b\n  ::: more c\n  d\n\n  e\n  f\n  :::\n- g\n\nh\n",
        "",
    ],
)
def test_plain_pages(page: str) -> None:
    assert plain_page(page, INLINE) == parsed_page(page, INLINE)


@pytest.mark.parametrize(
    "page", ["1. a\n", "> a\n", "| a |\n|---|\n", "- a\n\n- b\n", "- a\n  - b\n", "::: chart x\na\n:::\n", "::: note\n"]
)
def test_other_pages_are_left_to_the_parser(page: str) -> None:
    assert plain_page(page, INLINE) is None


@pytest.mark.parametrize(
    "piece",
    ["a\n", "a\n\n", "- a\n", "- a\n  b\n", "::: note\n", ":::\n", "```\n", "  a\n", "- a\n  ::: more b\n  c\n"],
)
def test_a_hundred_thousand_signs_are_read_in_one_pass(piece: str) -> None:
    page = piece * (100_000 // len(piece))
    made = plain_page(page, lambda line: Line(line, line))
    assert made is None or len(made.html) > 40_000
