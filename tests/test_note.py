"""A curator's note is Markdown, of which pages and feeds show what is harmless."""

from __future__ import annotations

import html
import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import feedparser
import pytest
from dom import body, visible_text
from feed_corpus import feed_of, written
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_markdown import HOSTILE, folded, ours, theirs

from sitegen import text
from sitegen.model import Paper
from sitegen.pages import Listing, PaperPage
from sitegen.render.article import article
from sitegen.render.markdown import markdown
from sitegen.render.note import note_words
from sitegen.render.note_html import note_html
from sitegen.render.note_markdown import note_markdown

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree import ElementTree as ET

TAGS = {"p", "ul", "ol", "li", "blockquote", "em", "strong", "code", "a", "br", "pre"}
MATH = "{http://www.w3.org/1998/Math/MathML}"


def fed(note: str) -> ET.Element:
    """Read a note as a feed reader does, without its heading."""
    whole = "\n".join(note_html(note, "Note:"))
    return body(whole.replace("<p><strong>Note:</strong></p>\n", "", 1).replace("<strong>Note:</strong> ", "", 1))


def on_page(note: str) -> ET.Element:
    return ours(note_markdown(note))


def in_docs(note: str) -> ET.Element:
    return theirs(note_markdown(note))


PLACES = (on_page, in_docs, fed)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        pytest.param("One\nline.\n\nAnother.", "<p>One line.</p><p>Another.</p>", id="paragraphs"),
        pytest.param("*a* __b__ `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>", id="emphasis and code"),
        pytest.param("# Big\n\nx\n\nSmall *b* c\n---",
                     "<p><strong>Big</strong></p><p>x</p><p><strong>Small <em>b</em> c</strong></p>",
                     id="a heading is no heading of the page"),
        pytest.param("[its *code*](https://example.org/a_b)",
                     '<p><a href="https://example.org/a_b">its <em>code</em></a></p>', id="a link"),
        pytest.param("[x][1] <http://example.org/>\n\n[1]: https://example.org/y 'title'",
                     '<p><a href="https://example.org/y">x</a> <a href="http://example.org/">http://example.org/</a></p>',
                     id="a link by reference, and an address"),
        pytest.param("[x](mailto:a@example.org) [y](../z.md) [z](//example.org) [j](data:text/html,x)",
                     "<p>x y z [j](data:text/html,x)</p>", id="no link but to the web"),
        pytest.param("![a *dog*](https://example.org/a.png)!", "<p>a dog!</p>", id="of an image its words"),
        pytest.param("![](https://example.org/a.png)", "", id="an image without words is nothing"),
        pytest.param("- a\n- b\n  - c\n\nd", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>d</p>", id="lists"),
        pytest.param("100. a", "<ol><li>a</li></ol>", id="a list that counts far"),
        pytest.param("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", id="a loose list"),
        pytest.param("- - a\n  - b\n    - c", "<ul><li><ul><li>a</li><li>b<ul><li>c</li></ul></li></ul></li></ul>",
                     id="a list within at once"),
        pytest.param("> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>", id="a quotation"),
        pytest.param("a\\\nb", "<p>a<br>b</p>", id="a broken line"),
        pytest.param("<b>x</b> &amp; &copy; <!-- y -->",
                     "<p>&lt;b&gt;x&lt;/b&gt; &amp; © &lt;!-- y --&gt;</p>", id="no HTML, but entities"),
        pytest.param("*x*{.date} [y](https://example.org){.way}",
                     '<p><em>x</em>{.date} <a href="https://example.org">y</a>{.way}</p>', id="no classes"),
        pytest.param("a\n\n***\n\nb", "<p>a</p><p>b</p>", id="a rule parts nothing"),
        pytest.param("R&D for $15 and $20, 100% of \\emph{it}",
                     "<p>R&amp;D for $15 and $20, 100% of \\emph{it}</p>", id="no LaTeX but formulas"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("read", PLACES)
def test_of_a_note_stays_what_is_harmless(read: Callable[[str], ET.Element], note: str, expected: str) -> None:
    assert shape(read(note)) == shape(body(expected))


@pytest.mark.parametrize("read", [on_page, fed])
def test_a_list_counts_from_its_first_number(read: Callable[[str], ET.Element]) -> None:
    assert shape(read("7. a\n8. b")) == shape(body('<ol start="7"><li>a</li><li>b</li></ol>'))


def shape(element: ET.Element) -> list[object]:
    """Give an element's children with their words, white space folded, in a form that can be compared."""
    within = folded(element.text or "") if len(element) == 0 else (element.text or "").strip()
    found: list[object] = [within] if within else []
    for child in element:
        found.append((child.tag, dict(child.attrib), shape(child)))
        if tail := folded(child.tail or ""):
            found.append(tail)
    return found


@pytest.mark.parametrize("read", [on_page, fed])
def test_a_formula_in_a_note_is_one_for_all_of_markdowns_signs(read: Callable[[str], ET.Element]) -> None:
    note = "With $a_b * c_d * [e](f)$ and `$x$`."
    root = read(note)
    assert len(list(root.iter(f"{MATH}math"))) == 1
    assert [found.text for found in root.iter("code")] == ["$x$"]
    assert not list(root.iter("em"))
    assert note_words("Of $x^2$.\n\n- a *b*") == "Of x^2. a b"


def test_a_note_that_shows_nothing_has_no_place() -> None:
    assert note_markdown("***") == ""
    assert note_html("[x]: https://example.org", "Note:") == []


def test_a_note_in_a_feed_begins_behind_its_heading() -> None:
    assert note_html("Why *it* is here.", "Note:") == ["<p><strong>Note:</strong> Why <em>it</em> is here.</p>"]
    assert note_html("- a", "Note:") == ["<p><strong>Note:</strong></p>", "<ul><li>a</li></ul>"]


# --- hostile notes ---------------------------------------------------------------------------------------------------

BREAKING_OUT = [
    "</title><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "`<script>alert(1)</script>`",
    "`</code><img src=x onerror=alert(1)>`{: onclick=alert(1)}",
    "<div>\n\n`<div>`\n</div>",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "- <script>\n    - `<script>`\n\n      <img src=x onerror=alert(1)>",
    "> <svg/onload=alert(1)>",
    "[<img src=x onerror=alert(1)>](https://example.org/)",
    "[x](https://example.org/\"onmouseover='alert(1)')",
    "[x](<https://example.org/><script>alert(1)</script>)",
    "[x](https://example.org/){: onclick=alert(1)}",
    "[x](https://example.org/){onclick=alert(1) .way}",
    "*x*{: onclick=alert(1)}\n{: onclick=alert(1)}",
    "- x\n{: onclick=alert(1)}",
    "- x {: onclick=alert(1)}",
    "# x {: onclick=alert(1)}",
    "![x](javascript:alert(1)) ![<b>](https://example.org/x.png)",
    "[x](java&#115;cript:alert(1)) [y](&#x6A;avascript:alert(1))",
    "[a][b]\n\n[b]: javascript:alert(1)",
    '<https://example.org/"onclick=alert(1)>',
    "https://example.org/<script>alert(1)</script>",
    "`` ` `` `x ``y`` `z`",
    "\\`<script>\\` \\\\`x`",
    "${x}$ $<script>$ `$` $*x*{onclick=alert(1)}$",
]
NOTES = st.lists(
    st.one_of(
        st.sampled_from([*HOSTILE, *BREAKING_OUT]),
        st.text(alphabet="\\`*_{}[]()<>&$|~#+-=.:!\"' 1a\n@/;", max_size=20),
        st.sampled_from(["\n\n", "\n", "\n- ", "\n    ", "\n> ", "\n1. ", " "]),
    ),
    max_size=6,
).map(lambda parts: text.clean("".join(parts)))


def unsafe(root: ET.Element) -> list[str]:
    """Give the elements, attributes and addresses that a note must not have."""
    found = []
    for element in root.iter():
        if element is root or element.tag.startswith(MATH):
            found += [name for name in element.attrib if name.startswith("on") or name == "href"]
            continue
        if element.tag not in TAGS:
            found.append(element.tag)
        found += [name for name in element.attrib if (element.tag, name) not in {("a", "href"), ("ol", "start")}]
        found += [element.get("href", "")] * (not re.match(r"https?://[^/]", element.get("href", "http://x")))
    return found


@settings(deadline=None, max_examples=400)
@given(NOTES)
def test_a_hostile_note_brings_no_element_attribute_or_address(note: str) -> None:
    for read in PLACES:
        assert unsafe(read(note)) == [], read.__name__


for _note in [*HOSTILE, *BREAKING_OUT]:
    test_a_hostile_note_brings_no_element_attribute_or_address = example(text.clean(_note))(
        test_a_hostile_note_brings_no_element_attribute_or_address
    )


@settings(deadline=None, max_examples=300)
@given(NOTES.filter(lambda note: "$" not in note and "![" not in note))
def test_no_word_of_a_note_is_lost_or_made(note: str) -> None:
    truth = visible_text(body(MarkdownIt("commonmark", {"html": False}).render(note)))
    bare = re.sub(r"https://|/|\s", "", truth)
    for read in (on_page, fed):
        assert re.sub(r"https://|/|\s", "", visible_text(read(note))) == bare, read.__name__
    assert re.sub(r"https://|/|\s", "", html.unescape(note_words(note))) == html.unescape(bare)


def test_a_note_of_ten_thousand_signs_takes_no_time_that_a_curator_notices() -> None:
    for sign in ("[", "![", "*a", "_a ", "`", "> ", "- ", "$", "$a", "<", "[a](", "**", "&#", "1. ", "\\", "[a]: b\n"):
        start = time.process_time()
        note = (sign * 10_000)[:10_000]
        on_page(note)
        note_html(note, "Note:")
        assert time.process_time() - start < 20, f"{sign} hangs"


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_reader_finds_the_note_as_its_page_shows_it(kind: str) -> None:
    note = "Read *this* [first](https://example.org/):\n\n- `a`\n- <b>"
    listing = Listing(Paper("x", "T", "2025-11-03T00:00:12Z", note=note), "papers/x/", ())
    (entry,) = feedparser.parse(written(replace(feed_of([]), entries=(listing,)), kind)).entries
    content = body(entry.content[0].value)
    page = body(article(markdown(PaperPage("papers/x.md", "T", listing, ())), "papers/x.md").html)
    for root in (content, page):
        assert [found.text for found in root.iter("em") if not found.get("class")] == ["this"]
        assert "https://example.org/" in [found.get("href") for found in root.iter("a")]
        assert "first" in [found.text for found in root.iter("a")]
        assert {"a", "<b>"} <= {visible_text(found) for found in root.iter("li")}
        assert [found.text for found in root.iter("code")] == ["a"]
    assert html.unescape(entry.summary) == "Read this first: a <b>"
