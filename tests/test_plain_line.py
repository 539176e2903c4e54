"""Inline Markdown that is rendered in one pass, held to the parser that says what Markdown means."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.corpus import load_corpus
from sitegen.plan import plan
from sitegen.render.article import parsed_line, parsed_page
from sitegen.render.markdown import markdown
from sitegen.render.plain_line import Line, plain_line
from sitegen.render.render import ARTICLES
from sitegen.site import enrich

OWN = Path(__file__).parents[1] / "corpus"
WHERE = ("papers", "../")
# fmt: off
# What plain lines are made of, what looks like it, and what stands between.
PIECES = (
    *("a", "Words", "É", "学", " ", "  ", "\n", "\xa0", "\t", "\u2003", ".", ",", "!", '"', "'", "(", ")", ":", "-"),
    *("[a](<b.md>)", "[a](<b.md>){.title .row}", "[a](<b.md>){.c}", "[](<b.md>)", "[a b](<../c/d.md#e>)", "[a](<>)"),
    *("[a](<https://x.org/?a=1&b=2>){.button}", "[a](<javascript:b>)", "[a](<https://ü.org/ü>)", "[a](b)", "[a]: b"),
    *("[a]", "[a $x$](<b.md>)", "[*a*](<b.md>)", "[a](<b&amp;c>)", "[a](<b\\>)", "[a\\]](<b.md>)", "![a](<b.md>)"),
    *("{.c}", "{x=y}", "*a*", "*a*{.date}", "*a*{.Bad}", "*a.*{.key}", "*a b* ", "* a*", "*a *", "*(a)*", "**a**"),
    *("**a** ", "**a**{.c}", "*12 of 100*{.meter}", "*101 of 100*{.meter}", "*1 of 2*{.share}", "***a***", "*", "**"),
    *("*2020 to 2021: 1 2*{.spark}", "*[a](<b.md>)*", "*a **b** c*", "*$x$*{.key}", "_a_", "_", "`a`", "`", "<", ">"),
    *("<https://x.org>", "<b>", "|", "~", "^", "\\*", "\\_", "\\[", "\\]", "\\\\", "\\a", "\\\n", "\\", "\\$", "&amp;"),
    *("&lt;", "&#36;", "&#123;", "&#1;", "&copy;", "&", "$x$", "$\\alpha$", "$x&lt;y$", "$x", "$$", "$x\\$", "$ x $"),
    *("{", "}", "#", "\0", "\r", "\\{.date}"),
)
AROUND = ("{}", "a{}", "{}a", "a {} a", "({})", "{0} {0}", "{0}{0}", "*{}*", "[{}](<b.md>)", "{}{{.c}}")
# fmt: on
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=7).map("".join)


@cache
def own_lines() -> list[tuple[str, str, str]]:
    """Every line of every page of this project's corpus, and where it stands."""
    found: set[tuple[str, str, str]] = set()
    for page in plan(enrich(load_corpus(OWN)[0]), "https://papers.example.org/"):
        if isinstance(page, ARTICLES):
            folder, _, name = page.path.rpartition("/")
            parsed_page(markdown(page), partial(_noted, found, folder, "" if name == "index.md" else "../"))
    return sorted(found)


def _noted(found: set[tuple[str, str, str]], folder: str, up: str, line: str) -> Line:
    found.add((line, folder, up))
    return Line(line, line)


def test_nearly_all_lines_of_our_pages_are_plain_and_mean_what_the_parser_says() -> None:
    found = {line: plain_line(*line) for line in own_lines()}
    for line, made in found.items():
        assert made in (None, parsed_line(*line))
    assert sum(made is not None for made in found.values()) > 0.97 * len(found) > 5000


@given(TEXTS)
@settings(max_examples=1500)
def test_what_is_rendered_in_one_pass_means_what_the_parser_says(content: str) -> None:
    assert plain_line(content, *WHERE) in (None, parsed_line(content, *WHERE))


# What addresses are made of, and what makes one that has to be written anew.
ADDRESS_PIECES = (
    *("a", "Z", "0", ".", "-", "_", "/", "?", "#", "=", "+", ":", "@", "%", "%2F", "%e4", "%g0", "%2", "'", "(", ")"),
    *(",", ";", "!", "*", "~", "$", "|", "^", "[", "]", "`", '"', "&amp;", "&copy;", "&a=", "é", "\u212a", ".."),
    *("x" * 63, f"{'x' * 63}.", "xn--", ":80", "user@", "javascript:"),
)
ADDRESSES = st.builds(
    lambda scheme, pieces: scheme + "".join(pieces),
    st.sampled_from(("https://", "http://", "HTTPS://", "https:/", "//", "ftp://", "mailto:", "")),
    st.lists(st.sampled_from(ADDRESS_PIECES) | st.text(max_size=2), max_size=9),
)


@given(ADDRESSES)
@settings(max_examples=1500)
def test_an_address_is_written_as_the_parser_writes_it(target: str) -> None:
    content = f"[a](<{target}>)"
    assert plain_line(content, *WHERE) in (None, parsed_line(content, *WHERE))


@pytest.mark.parametrize("piece", ADDRESS_PIECES)
def test_every_piece_of_an_address_is_written_so_wherever_it_stands(piece: str) -> None:
    for around in ("https://{}", "https://{}.org/", "https://a.{}/", "https://a.org/{}", "http://a.org?{}", "{}"):
        content = f"[a](<{around.format(piece)}>)"
        assert plain_line(content, *WHERE) in (None, parsed_line(content, *WHERE))


@pytest.mark.parametrize("piece", PIECES)
def test_every_piece_means_the_same_wherever_it_stands(piece: str) -> None:
    for around in AROUND:
        content = around.format(piece)
        assert plain_line(content, *WHERE) in (None, parsed_line(content, *WHERE))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a \\* b &amp; c", Line("a * b &amp; c", "a * b & c")),
        (
            '*a "b"*{.date}\n**c**, d!',
            Line('<em class="date">a &quot;b&quot;</em>\n<strong>c</strong>, d!', 'a "b"c, d!'),
        ),
        ("[a](<../b.md>){.title .row}", Line('<a href="../../b/" class="title row">a</a>', "a")),
        ("[a](<https://ü.org/>)", Line('<a href="https://xn--tda.org/">a</a>', "a")),
        ("", Line("", "")),
    ],
)
def test_plain_lines(content: str, line: Line) -> None:
    assert plain_line(content, *WHERE) == line


@pytest.mark.parametrize(
    "content", ["*a", "[a](b)", "`a`", "a*b*", "*a [b](<c>)*", "[a](<javascript:b>)", "a\\", "a  \nb", "<a>"]
)
def test_other_lines_are_left_to_the_parser(content: str) -> None:
    assert plain_line(content, *WHERE) is None


@pytest.mark.parametrize(
    "piece", ["*a", "[a", "$a", "\\*", "&amp;", "a!", "!", "[a](<b>)", "*a*", "**a", "a ", "\n", "&", "[a](<"]
)
def test_a_hundred_thousand_signs_are_read_in_one_pass(piece: str) -> None:
    content = piece * (100_000 // len(piece))
    made = plain_line(content, *WHERE)
    assert made is None or len(made.html) >= 50_000
