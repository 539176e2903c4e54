"""Markdown to the HTML of an article: links, attributes, formulas, headings."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from dom import body, visible_text

from sitegen.machine_pages import PageText
from sitegen.render.article import article
from sitegen.render.headings import Heading
from sitegen.render.page_text import page_text

MATH = "{http://www.w3.org/1998/Math/MathML}"


@pytest.mark.parametrize(
    ("path", "target", "expected"),
    [
        ("papers/x.md", "../topics/a.md", "../../topics/a/"),
        ("papers/x.md", "y.md#abstract", "../y/#abstract"),
        ("papers/x.md", "x.md", "./"),
        ("papers/x.md", "../index.md", "../../"),
        ("papers/x.md", "../feeds/all.atom.xml", "../../feeds/all.atom.xml"),
        ("index.md", "papers/x.md", "papers/x/"),
        ("index.md", "feeds/all.atom.xml", "feeds/all.atom.xml"),
        ("topics/index.md", "a.md", "a/"),
        ("topics/index.md", "index.md", "./"),
        ("topics/a/2024.md", "../a.md", "../"),
        ("topics/a.md", "a/2024.md", "2024/"),
        ("feeds/index.md", "topics/a.rss.xml", "topics/a.rss.xml"),
        ("papers/x.md", "#record", "#record"),
        ("papers/x.md", "https://x.org/a.md", "https://x.org/a.md"),
        ("papers/x.md", "HTTPS://x.org/a.md", "HTTPS://x.org/a.md"),
        ("papers/x.md", "/a.md", "/a.md"),
        ("papers/x.md", "mailto:a@example.net", "mailto:a@example.net"),
    ],
)
def test_links_to_files_become_links_between_pages(path: str, target: str, expected: str) -> None:
    link = body(article(f"[words](<{target}>)", path).html).find("p/a")
    assert link is not None
    assert link.get("href") == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[a](<b>){.topic .g1}", '<p><a href="../b" class="topic g1">a</a></p>'),
        ("[a](<b>){onclick=x id=y .c}", '<p><a href="../b" class="c">a</a></p>'),
        ("*a*{.date} *b*{.kind}", '<p><em class="date">a</em> <em class="kind">b</em></p>'),
        ("*a*{.Bad} *b*{onclick=x}", "<p><em>a</em>{.Bad} <em>b</em>{onclick=x}</p>"),
        ("**a**{.date}", "<p><strong>a</strong>{.date}</p>"),
        ("text{.date}", "<p>text{.date}</p>"),
        ("<b>a</b> &lt;b&gt;", "<p>&lt;b&gt;a&lt;/b&gt; &lt;b&gt;</p>"),
        ("$\\foo{<b>}$", "<p><code>\\foo{&lt;b&gt;}</code></p>"),
        ("$\\foo&lt;$", "<p><code>\\foo&lt;</code></p>"),
        ("&#36;15 and &#36;20", "<p>$15 and $20</p>"),
    ],
)
def test_the_dialect(markdown: str, expected: str) -> None:
    assert article(markdown, "papers/x.md").html.strip() == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("::: more a *b* <i>\nc\n:::", "<details[more]><summary>a <em>b</em> &lt;i&gt;</summary><p>c</p></details>"),
        (
            "::: more a [*b*](<c.md> 'x>y') <a>\nd\n:::",
            "<details[more]><summary>a <em>b</em> &lt;a&gt;</summary><p>d</p></details>",
        ),
        ("::: aside\na\n:::", '<aside[aside] aria-label="About this page"><p>a</p></aside>'),
        ("::: crumbs\na\n:::", '<nav[crumbs] aria-label="You are here"><p>a</p></nav>'),
        ("::: turn\na\n:::", '<nav[turn] aria-label="Newer and older"><p>a</p></nav>'),
        ("::: note\na\n:::", "<div[note]><p>a</p></div>"),
        (
            ':::: cite\n::: form A\na\n:::\n::: form <b>\n```\n"<i>"\n```\n:::\n::::',
            (
                '<div[cite] role="group" aria-label="Ways to cite">'
                '<label><input type="radio" name="form" checked>A</label><div[form]><p>a</p></div>'
                '<label><input type="radio" name="form">&lt;b&gt;</label>'
                '<div[form]><pre><code>"&lt;i&gt;"</code></pre></div></div>'
            ),
        ),
        (":::: flags\n::: rows\na\n:::\n::::", "<div[flags]><div[rows]><p>a</p></div></div>"),
        ("::: script\na\n:::", "<p>::: script a :::</p>"),
        ("- a\n  ::: more b\n  c\n  :::", "<ul><li>a<details[more]><summary>b</summary><p>c</p></details></li></ul>"),
    ],
)
def test_containers(markdown: str, expected: str) -> None:
    html = re.sub(r' class="([a-z]+)"', r"[\1]", article(markdown, "papers/x.md").html.strip())
    assert re.sub(r"\n(?=<)|(?<=>)\n", "", html).replace("\n", " ") == expected


def test_a_title_over_110_characters_is_marked_as_long() -> None:
    for length, kind in ((110, None), (111, "long")):
        heading = body(article(f"# {'x' * length}\n\n## {'x' * 200}", "papers/x.md").html)
        assert [heading[0].get("class"), heading[1].get("class")] == [kind, None]


@pytest.mark.parametrize(
    ("words", "width"), [("0 of 100", "0"), ("13 of 100", "27"), ("25 of 100", "52"), ("100 of 100", "52")]
)
def test_a_closeness_is_drawn_with_its_figure_as_its_name(words: str, width: str) -> None:
    (meter,) = body(article(f"*{words}*{{.meter}}", "x.md").html).iter("{http://www.w3.org/2000/svg}svg")
    assert meter.get("aria-label") == f"Closeness {words}"
    assert [bar.get("width") for bar in meter] == [width]


@pytest.mark.parametrize("words", ["101 of 100", "x", "-1 of 100", "13 of 100 *a*"])
def test_what_is_no_closeness_stays_words(words: str) -> None:
    assert "<svg" not in article(f"*{words}*{{.meter}}", "x.md").html


def test_a_formula_becomes_mathml() -> None:
    html = article("About $a&lt;b&#42;c$ and 2$k$3.", "papers/x.md").html
    assert [found.tag for found in body(html).iter(f"{MATH}mo")] == [f"{MATH}mo"] * 2
    assert visible_text(body(html)) == "About a<b*c and 2k3."


def test_tables_are_read() -> None:
    html = article("| a | b |\n|---|---|\n| 1 | 2 |", "papers/x.md").html
    assert [cell.text for cell in ET.fromstring(html).iter("td")] == ["1", "2"]


@pytest.mark.parametrize(
    ("markdown", "headings"),
    [
        ("# A & B\n\n## `c` *d*", [(1, "a-b", "A & B"), (2, "c-d", "c d")]),
        ("## Same\n\n## Same\n\n## Same_1", [(2, "same", "Same"), (2, "same_1", "Same"), (2, "same_2", "Same_1")]),
        ("## 学习\n\n## 学习", [(2, "_1", "学习"), (2, "_2", "学习")]),
        ("# \\[Made\\]\n\n### Três", [(1, "made", "[Made]"), (3, "tres", "Três")]),
        ("no heading", []),
    ],
)
def test_headings_have_the_ids_that_mkdocs_gives(markdown: str, headings: list[tuple[int, str, str]]) -> None:
    made = article(markdown, "papers/x.md")
    assert made.headings == tuple(Heading(*heading) for heading in headings)
    found = [element for element in body(made.html).iter() if element.tag in {"h1", "h2", "h3"}]
    assert [(element.get("id"), visible_text(element)) for element in found] == [h[1:] for h in headings]


# --- the words of a hand-written page --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "title", "words"),
    [
        ("<article><h1>A &amp; <em>B</em></h1><p>one</p><p>two</p></article>", "A & B", "one two"),
        ("<h1>Site</h1><article><h1>T</h1>x<h1>Second</h1></article><p>footer</p>", "T", "x Second"),
        ("<article><h1>T</h1><script>no()</script><style>no</style><noscript>no</noscript>yes</article>", "T", "yes"),
        ("<article>no heading</article>", "", "no heading"),
        ("<article><ul><li>one<ul><li>t<b>w</b>o, <code>x</code>.</li></ul></li></ul></article>", "", "one two, x."),
        ("<p>no article</p>", "", ""),
        ("</h1></article><article>stray ends</article>", "", "stray ends"),
    ],
)
def test_the_words_of_a_page_are_those_of_its_article(html: str, title: str, words: str) -> None:
    assert page_text(f"<header>head</header>{html}", "guide/") == PageText(title, "guide/", words)
