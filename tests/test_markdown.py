"""Record text as Markdown: whoever reads it back, ours or Python-Markdown, finds that text and nothing else."""

from __future__ import annotations

import html
import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from dom import body, visible_text
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown  # type: ignore[import-untyped]  # its stubs would be one more package for one call

from sitegen import latex, text
from sitegen.feed_rows import FeedRow
from sitegen.figures import Spark
from sitegen.model import Author, Change, Links, Paper, Source
from sitegen.pages import (
    FeedLink,
    FeedsPage,
    FileLink,
    Listing,
    ListPage,
    MovedPage,
    PaperPage,
    Section,
    TopicLink,
    Way,
    WayGroup,
)
from sitegen.paper_parts import CitedAs, PaperLink, RelatedLink, TopicFigures, Turn
from sitegen.render.article import article
from sitegen.render.docs import docs_markdown, without_fences
from sitegen.render.entries import RowStyle, entry
from sitegen.render.markdown import markdown
from sitegen.render.prose import link, prose

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree import ElementTree as ET

PATH = "papers/x.md"
MATH = "{http://www.w3.org/1998/Math/MathML}"
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![](x)",
    "![x](javascript:alert(1))",
    "{: onclick=alert(1)}",
    "*x*{onclick=alert(1)}",
    "`x`{: onclick=alert(1) }",
    "# heading {#id onclick=alert(1)}",
    "## heading ##",
    "`code` and ``code``",
    "```",
    "~~~ js",
    "``x'' quotes",
    "$<script>$ and $$<script>$$",
    r"$\text{<script>alert(1)</script>}$",
    r"$\hat{x}_{t} + \hat{y}_{onclick=alert(1)}$",
    "$*x*{onclick=alert(1)}$",
    "$`x`{onclick=alert(1)}$",
    "$[x](javascript:alert(1))$",
    "| table | x |\n|---|---|\n| a | b |",
    "1. list",
    "1) list",
    "- list",
    "+ list",
    "* list",
    "::: container",
    "!!! note",
    "???+ note",
    "---",
    "===",
    "> quote",
    "    indented code",
    "&lt;b&gt; &amp; &copy; &#60;script&#62; &bogus;",
    "]]> <!-- x --> <?php ?> <![CDATA[ x ]]>",
    "\u202eRTL\u202c עברית العربية \u200f",
    "line\\\nbreak  \nhere",
    "a\n===",
    "[^1]: note [^1]",
    "*[HTML]: abbreviation",
    "[TOC]",
    "_a_ __b__ *c* **d** ***e*** ~~f~~ ^g^ ==h==",
    "term\n: definition",
    "\\# \\* \\_ \\\\ \\",
    "www.example.net ftp://example.net me@example.net <me@example.net>",
    "{{ page.title }} {% raw %}",
    "--8<-- 'file'",
    ":smile: :material-home:",
]


def ours(source: str) -> ET.Element:
    return body(article(source, PATH).html)


def theirs(source: str) -> ET.Element:
    """Read Markdown as stock MkDocs reads docs/ with this project's settings."""
    return body(Markdown(extensions=["attr_list", "tables", "toc"]).convert(source))


READERS = [pytest.param(ours, id="sitegen"), pytest.param(theirs, id="Python-Markdown")]


def folded(words: str) -> str:
    return " ".join(words.split())


def elements(root: ET.Element) -> set[str]:
    return {element.tag.removeprefix(MATH) for element in root.iter()} - {"body"}


# --- text comes back as it went in -----------------------------------------------------------------------------------

_NASTY = st.text(alphabet="\\`*_{}[]()<>&$|~^#+-=.:!\"' 1a\n\t@/;", max_size=30)
_WORDS = st.lists(st.one_of(_NASTY, st.sampled_from(HOSTILE), st.text(max_size=12)), max_size=5)
TEXTS = _WORDS.map(lambda parts: text.clean("".join(parts))).filter(lambda words: words.strip() != "")


def _examples(test: Any) -> Any:
    for words in HOSTILE:
        test = example(words)(test)
    return test


@settings(deadline=None, max_examples=300)
@given(TEXTS)
@_examples
def test_escaped_text_is_read_back_exactly(words: str) -> None:
    words = text.clean(words)
    for read in (ours, theirs):
        root = read(text.escape_markdown(words))
        assert visible_text(root) == folded(words), read.__name__
        assert elements(root) == {"p"}, read.__name__


_TEX = re.compile(r"[\\$]|``|''|https?://")


@settings(deadline=None, max_examples=200)
@given(TEXTS.filter(lambda words: not _TEX.search(words)))
def test_prose_without_latex_and_addresses_is_read_back_exactly(words: str) -> None:
    for read in (ours, theirs):
        root = read(prose(words))
        assert visible_text(root) == folded(words), read.__name__
        assert elements(root) == {"p"}, read.__name__


PIECES = (
    "a",
    "B ",
    "é",
    " ",
    "-",
    "12.",
    "٣)",
    "=",
    ":",
    "!",
    "#",
    "*",
    "_",
    "`",
    "``",
    "''",
    "'",
    "&",
    "<",
    "|",
    "~",
    "h",
)


@given(
    st.lists(st.sampled_from((*PIECES, "http", "https://", "http://x.org/", "://")) | st.text(max_size=2), max_size=6)
)
@settings(max_examples=1000)
def test_a_formula_behind_it_changes_nothing_of_what_prose_becomes(pieces: list[str]) -> None:
    words = text.one_line("".join(pieces).replace("$", "").replace("\\", ""))
    for linked in (True, False):
        made = (prose(f"{words} $x$", linked=linked), f"{prose(words, linked=linked)} $x$")
        assert text.one_line(made[0]) == text.one_line(made[1])


_MATH_ELEMENTS = (
    "math mrow mi mo mn ms mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot mtable mtr mtd "
    "mstyle mpadded mphantom menclose".split()
)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
@_examples
def test_prose_has_no_element_but_paragraph_link_and_formula(words: str) -> None:
    root = ours(prose(text.clean(words)))
    assert elements(root) <= {"p", "a", "code", "span", *_MATH_ELEMENTS}
    plain = theirs(prose(text.clean(words)))
    assert elements(plain) <= {"p", "a"}
    for found in (*root.iter("a"), *plain.iter("a")):
        assert list(found.attrib) == ["href"]
        assert re.match("https?://", found.attrib["href"])


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.tuples(TEXTS, st.sampled_from(["$k$", r"$\sim 1$", "$x_{i}$", r"$\hat{a}_{b}$", "$a*b<c$"])), max_size=4
    )
)
def test_formulas_between_any_words_stay_formulas(parts: list[tuple[str, str]]) -> None:
    quiet = [(_TEX.sub(" ", words).replace("$", " "), formula) for words, formula in parts]
    root = ours(prose(" ".join(f"x {words} {formula}" for words, formula in quiet) + " end"))
    assert [found.tag for found in root.iter() if found.tag == f"{MATH}math"] == [f"{MATH}math"] * len(parts)


@pytest.mark.parametrize(
    ("words", "hrefs", "shown"),
    [
        ("See https://github.com/a_b/c.", ["https://github.com/a_b/c"], "See github.com/a_b/c."),
        ("(https://x.org/a(b)) and", ["https://x.org/a(b)"], "(x.org/a(b)) and"),
        ("https://x.org/, then", ["https://x.org/"], "x.org, then"),
        ("http://x.org/*a*_b_", ["http://x.org/*a*_b"], "http://x.org/*a*_b_"),
        ("https://x.org/?a=1&copy=2&lt;b", ["https://x.org/?a=1&copy=2&lt;b"], "x.org/?a=1&copy=2&lt;b"),
        ("https://x.org/~me/$5|b", ["https://x.org/~me/$5"], "x.org/~me/$5|b"),
        ("a https://x.org/a b https://y.org c", ["https://x.org/a", "https://y.org"], "a x.org/a b y.org c"),
        ("https://x.org/%20`code`", ["https://x.org/%20"], "x.org/%20`code`"),
        ("https://[::1]/x", ["https://[::1]/x"], "[::1]/x"),
        ("javascript:https://x.org/", ["https://x.org/"], "javascript:x.org"),
        ("https:// alone", [], "https:// alone"),
        ("(see (https://x.org/a_(b)).).", ["https://x.org/a_(b)"], "(see (x.org/a_(b)).)."),
    ],
)
@pytest.mark.parametrize("read", READERS)
def test_addresses_in_prose_become_links(
    read: Callable[[str], ET.Element], words: str, hrefs: list[str], shown: str
) -> None:
    root = read(prose(words))
    assert [found.get("href") for found in root.iter("a")] == hrefs
    assert visible_text(root) == shown


# --- pages -----------------------------------------------------------------------------------------------------------

AGENTS = TopicLink("agents", "Agents & tools", "Agents", "Action", "topics/agents/", 8)
ABSTRACT = "What it says: `x`, $15 and $\\sim 1$.\n\nA second paragraph."
PAPER = Paper(
    "x",
    "A *starred* title at https://example.net/",
    "2025-11-03T00:00:12Z",
    authors=(Author("Ada <b>Lovelace</b>"), Author("*B*"), Author("C")),
    organizations=("# Org",),
    date="2025-09-29",
    date_source="inferred",
    kind="method",
    venue="Proceedings | of [A](b)",
    topics=("agents",),
    links=Links(
        arxiv="2301.00010", doi="10.1000/a<b>(c)#d", code="https://x.org/ü?a=1&lt;=2", page="javascript:alert(1)"
    ),
    abstract=ABSTRACT,
    note="Read `this`.\n\nAnd that.",
    changes=(Change("2025-12-24T18:00:00Z", "corrected", "*title*"),),
    sources=(Source("002_a.txt", "hf-daily", 3, "2025-11-03", 2), Source("b.txt", "abstract-list", 1)),
)


FIGURES = TopicFigures(3, Spark(2021, (0, 0, 0, 1, 2)))
NEAR = RelatedLink("y", "Y $k$ *z*", "derived", "2024-07-01", ("tool use", "<b>"), 12, ("agents",))


def page_of(paper: Paper, **facts: Any) -> PaperPage:
    listing = Listing(paper, f"papers/{paper.id}/", (AGENTS,))
    feeds = (FeedLink("topics/agents", "Agents & tools"),)
    return PaperPage(f"papers/{paper.id}.md", paper.title, listing, feeds, figures=(FIGURES,), **facts)


def whole_page() -> PaperPage:
    """Give a page that has all that a paper's page may have."""
    return page_of(
        PAPER,
        related=(NEAR,),
        files=(FileLink("BibTeX", "papers/x.bib"), FileLink("JSON", "papers/x.json")),
        turn=Turn(2, 3, PaperLink("n", "New <b>", "given"), PaperLink("o", "Old", "derived")),
        cited=CitedAs("byron2025", "https://example.net/papers/x/"),
        edit="https://github.com/owner/name/edit/main/corpus/papers/x.yaml",
        form="https://github.com/owner/name/issues/new?paper=x&y=z",
    )


def test_a_paper_page_says_what_the_paper_is() -> None:
    top = markdown(whole_page()).partition("## Cite\n\n")[0]
    assert top.split("\n\n") == [
        "# A \\*starred\\* title at https://example.net/",
        (
            "::: crumbs\n[Home](<../index.md>) / [Topics](<../topics/index.md>) / "
            "[Agents &amp; tools](<../topics/agents.md>)\n:::"
        ),
        (
            "29 September 2025 (year inferred) · **Method** · Ada &lt;b&gt;Lovelace&lt;/b&gt;, \\*B\\*, C · \\# Org · "
            "Proceedings &#124; of \\[A\\](b)"
        ),
        "[Agents &amp; tools](<../topics/agents.md>){.topic .g1}",
        (
            "[arXiv](<https://arxiv.org/abs/2301.00010>){.button} [PDF](<https://arxiv.org/pdf/2301.00010>){.button} "
            "[DOI](<https://doi.org/10.1000/a%3Cb%3E(c)%23d>){.button} "
            "[Code](<https://x.org/%C3%BC?a=1&amp;lt;=2>){.button} "
            "[Cite](<#cite>){.button .jump} [Related](<#related-papers>){.button .jump}"
        ),
        "## Abstract",
        "*11 words; the key sentence is bold*{.side}",
        "*What it says: \\`x\\`, &#36;15 and $\\sim 1$.*{.key}",
        "A second paragraph.",
        "::: note",
        "## Curator’s note",
        "Read `this`.",
        "And that.",
        ":::",
        "## Related papers",
        "*closest first*{.side}",
        (
            "- [\\[Y $k$ \\*z\\*\\]](<y.md>){.title}\n  *Jul 2024*{.date} *12 of 100*{.meter} "
            "*Both on tool use, &lt;b&gt;*{.why} [Agents](<../topics/agents.md>){.topic .g1}"
        ),
        "",
    ]


def test_behind_its_citation_come_its_neighbours_in_the_topic() -> None:
    turn = markdown(whole_page()).partition("::: turn\n\n")[2].partition("\n\n::: aside")[0]
    assert turn.split("\n\n") == [
        "## Agents &amp; tools",
        "*2 of 3, newest first*{.side}",
        "*Newer*{.which} [New &lt;b&gt;](<n.md>){.newer}",
        "*Older*{.which} [\\[Old\\]](<o.md>){.older}",
        ":::",
    ]


def test_beside_a_paper_stands_its_record_where_it_sits_and_how_to_correct_it() -> None:
    aside = markdown(whole_page()).partition("::: aside\n\n")[2]
    assert aside.split("\n\n") == [
        "## Record",
        (
            "- *Date*{.term} 29 September 2025 (year inferred)\n"
            "- *arXiv*{.term} &#50;301.00010\n- *DOI*{.term} &#49;0.1000/a&lt;b&gt;(c)\\#d\n"
            "- *Code*{.term} [x.org/%C3%BC?a=1&amp;lt;=2](<https://x.org/%C3%BC?a=1&amp;lt;=2>)\n"
            "- *Added*{.term} 3 November 2025\n- *Corrected*{.term} 24 December 2025: \\*title\\*\n"
            "- *Found in*{.term} 002\\_a.txt, number 3, listed 3 November 2025\n"
            "- *Found in*{.term} b.txt, number 1\n- *As data*{.term} [JSON](<x.json>){.file}"
        ),
        "## Where it sits",
        "*2021 to 2025*{.tally}",
        "- [Agents](<../topics/agents.md>){.topic .g1} *2021 to 2025: 0 0 0 1 2*{.spark} *3*{.count}",
        "## Follow",
        (
            "- *Agents &amp; tools*{.name} [Atom](<../feeds/topics/agents.atom.xml>){.feed} "
            "[RSS](<../feeds/topics/agents.rss.xml>){.feed} "
            "[JSON](<../feeds/topics/agents.json>){.feed}"
        ),
        "## Something wrong?",
        "Names, title, date, topics: whoever knows better may correct the record.",
        "[Suggest a correction](<https://github.com/owner/name/edit/main/corpus/papers/x.yaml>){.button .edit}",
        "[Say what is wrong](<https://github.com/owner/name/issues/new?paper=x&y=z>){.button .edit}",
        ":::\n",
    ]


def test_a_citation_is_shown_without_the_abstract_or_offered_as_a_file() -> None:
    paper = replace(PAPER, links=Links(doi="10.1000/`` ```x"), venue="", organizations=())
    page = page_of(
        paper,
        cited=CitedAs("byron2025", ""),
        files=(FileLink("BibTeX", "papers/x.bib"), FileLink("RIS", "papers/x.ris")),
    )
    forms = re.findall(r"^::: form (.+?)\n\n(.*?)\n\n:::$", markdown(page), re.MULTILINE | re.DOTALL)
    assert [name for name, _ in forms] == ["Text", "BibTeX", "RIS"]
    assert forms[0][1] == (
        "Ada &lt;b&gt;Lovelace&lt;/b&gt;, \\*B\\* and C. A \\*starred\\* title at https://example.net/. 2025. "
        "doi:10.1000/\\`\\` \\`\\`\\`x \\[year inferred\\]"
    )
    assert forms[1][1].startswith("````\n@misc{byron2025,\n")
    assert forms[1][1].endswith("}\n````\n\n[Download BibTeX](<x.bib>){.file}")
    assert forms[2][1] == "[Download RIS](<x.ris>){.file}"
    assert not [shown for _, shown in forms if "A second paragraph" in shown]


@pytest.mark.parametrize(
    ("paper", "facts"),
    [
        pytest.param(Paper("x", "T", "2025-01-01T00:00:00Z"), "No date · Authors not given", id="nothing known"),
        pytest.param(
            Paper("x", "T", "2025-01-01T00:00:00Z", author_count=1, date="2024"), "2024 · 1 author", id="one author"
        ),
        pytest.param(
            Paper("x", "T", "2025-01-01T00:00:00Z", author_count=2, date="2024"),
            "2024 · 2 authors",
            id="a number of authors",
        ),
        pytest.param(
            Paper("x", "T", "2025-01-01T00:00:00Z", organizations=("NVIDIA",), date="2024-02"),
            "February 2024 · NVIDIA",
            id="an organisation instead of authors",
        ),
        pytest.param(
            Paper("x", "T", "2025-01-01T00:00:00Z", authors=(Author("A"), Author("B")), author_count=5),
            "No date · A, B, 3 not named",
            id="some authors of more",
        ),
    ],
)
def test_what_is_not_known_is_said(paper: Paper, facts: str) -> None:
    assert markdown(page_of(paper)).split("\n\n")[2] == facts


def test_more_than_forty_names_open_behind_words() -> None:
    names = tuple(Author(f"N{number}") for number in range(1, 42))
    blocks = markdown(page_of(replace(PAPER, authors=names, author_count=50))).split("\n\n")
    assert ", N19, N20, 21 more, 9 not named · " in blocks[2]
    assert blocks[3] == f"::: more 21 more names\n{', '.join(f'N{number}' for number in range(21, 42))}\n:::"


@pytest.mark.parametrize(
    ("facts", "edit", "flags"),
    [
        ({}, "", []),
        (
            {"author_count": 6},
            "https://x.org/edit",
            [
                "**Names unknown** The source counts 6 authors without naming them. [Add the names](<https://x.org/edit>)",
            ],
        ),
        ({"author_count": 1}, "", ["**Names unknown** The source counts 1 author without naming the author."]),
        (
            {"author_count": 2, "title_source": "derived", "status": "retracted"},
            "",
            [
                "**Retracted** This paper was retracted.",
                "**Derived title** The source gives only an abstract; the title in brackets was made from it.",
            ],
        ),
        ({"status": "withdrawn"}, "", ["**Withdrawn** This paper was withdrawn by its authors."]),
        (
            {"status": "removed", "title_source": "derived"},
            "",
            ["**Removed** This record was removed from the list."],
        ),
    ],
)
def test_at_most_two_flags_say_what_must_be_known_first(facts: dict[str, Any], edit: str, flags: list[str]) -> None:
    made = markdown(page_of(Paper("x", "T", "2025-01-01T00:00:00Z", **facts), edit=edit))
    box = re.search(r"^::: flags\n\n(.*?)\n\n:::$", made, re.MULTILINE | re.DOTALL)
    assert (box[1].split("\n\n") if box else []) == flags


@pytest.mark.parametrize("status", ["retracted", "withdrawn", "removed"])
def test_a_paper_that_is_no_longer_listed_is_not_followed(status: str) -> None:
    blocks = markdown(page_of(replace(PAPER, status=status))).split("\n\n")
    assert "## Follow" not in blocks
    assert "## Where it sits" not in blocks
    assert ("## Abstract" in blocks) is (status != "removed")


def test_a_derived_title_stands_in_brackets_and_is_explained() -> None:
    made = markdown(page_of(replace(PAPER, title="Made", title_source="derived")))
    assert made.startswith("# \\[Made\\]\n")
    assert "- *Title*{.term} made from the abstract; the source gives none\n" in made


@pytest.mark.parametrize(
    ("links", "buttons"),
    [
        (Links(), ["Find on Scholar"]),
        (Links(page="https://x.org/"), ["Project page", "Find on Scholar"]),
        (Links(doi="10.1/x"), ["DOI"]),
        (Links(pdf="https://x.org/x.pdf", code="https://x.org/"), ["PDF", "Code"]),
    ],
)
def test_a_paper_that_leads_nowhere_is_looked_for(links: Links, buttons: list[str]) -> None:
    made = markdown(page_of(replace(PAPER, links=links, title='A "b" $k$ & <c>')))
    assert re.findall(r"\[([^]]+)\]\(<[^>]+>\)\{\.button", made) == buttons
    if "Find on Scholar" in buttons:
        assert "(<https://scholar.google.com/scholar?q=A+%22b%22+k+%26+%3Cc%3E>)" in made


def listing_of(**facts: Any) -> Listing:
    return Listing(replace(PAPER, **facts), "papers/x/", (AGENTS,) * 4)


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        (
            {"authors": (Author("Ada <b>Lovelace</b>"), Author("Grace"))},
            "*Ada &lt;b&gt;Lovelace&lt;/b&gt;, Grace*{.people}",
        ),
        ({"authors": tuple(map(Author, "ABCDE")), "author_count": 5}, "*A, B, C and 2 more*{.people}"),
        ({"authors": (Author("Ada"),), "author_count": 6}, "*Ada and 5 more*{.people}"),
        ({"authors": ()}, "*\\# Org*{.names}"),
        ({"authors": (), "organizations": (), "author_count": 6}, "*6 authors*{.names}"),
    ],
)
def test_an_entry_names_who_in_a_few_words(facts: dict[str, Any], names: str) -> None:
    found = re.findall(r"\*[^*]+\*\{\.(?:people|names)\}", entry(listing_of(**facts), "browse/2024.md"))
    assert found == [names]


@pytest.mark.parametrize("title", [*HOSTILE, PAPER.title, "$k$-means", "[brackets] and ](x)"])
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("source", ["given", "derived"])
def test_any_title_leads_to_its_paper(read: Callable[[str], ET.Element], title: str, source: str) -> None:
    root = read(entry(listing_of(title=text.clean(title), title_source=source), "index.md"))
    titles = [found for found in root.iter("a") if found.get("class") == "title row"]
    assert [found.get("href") for found in titles] == ["papers/x/" if read is ours else "papers/x.md"] or read is ours
    assert len(titles) == 1
    assert [found.get("class") for found in root.iter("em")] == ["people", "date", "kind", "gist"]
    assert len([found for found in root.iter("a") if found.get("class") == "topic g1"]) == 3


def test_a_list_page_leads_on() -> None:
    page = ListPage(
        "topics/agents.md",
        "Agents & tools",
        "Programs that act.",
        "2 papers",
        groups=(
            WayGroup(
                "By year", (Way("2024", "topics/agents/2024.md", 2), Way("2023", "browse/2023.md", 1, "an *about*"))
            ),
            WayGroup("", (Way("Home", "index.md", 0),)),
        ),
        sections=(Section("", (listing_of(authors=(), organizations=(), kind="", date=""),)),),
        feeds=(FeedLink("topics/agents", "Agents"),),
        abstracts=False,
    )
    assert markdown(page).split("\n\n") == [
        "# Agents &amp; tools",
        "Programs that act.",
        "2 papers",
        "- [A \\*starred\\* title at https://example.net/](<../papers/x.md>){.title .row}\n"
        "  *no date*{.date} [Code](<https://x.org/%C3%BC?a=1&amp;lt;=2>){.code} "
        + " ".join(["[Agents](<agents.md>){.topic .g1}"] * 3)
        + "\n  *What it says: \\`x\\`, &#36;15 and $\\sim 1$.*{.gist}",
        "## By year",
        (
            "- [2024](<agents/2024.md>){.way} *2*{.count}\n"
            "- [2023](<../browse/2023.md>){.way} *1*{.count}\n  *an \\*about\\**{.about}"
        ),
        "- [Home](<../index.md>){.way} *0*{.count}",
        "::: aside",
        "## Follow",
        "New papers by feed.",
        (
            "[Atom](<../feeds/topics/agents.atom.xml>){.feed} "
            "[RSS](<../feeds/topics/agents.rss.xml>){.feed} "
            "[JSON](<../feeds/topics/agents.json>){.feed}"
        ),
        ":::\n",
    ]


def test_a_row_opens_its_abstract_at_the_key_sentence_unless_that_is_all_of_it() -> None:
    opening = RowStyle(abstracts=True, years=False)
    whole = "Maps are *old*.\n\nIn this paper, we propose new ones. So."
    row = entry(listing_of(abstract=whole, links=Links()), "topics/a.md", opening).split("\n", 2)
    assert row[1].partition("{.people} ")[2].startswith("*29 Sep*{.date} *Method*{.kind} [")
    assert row[2] == (
        "  ::: more … we propose new ones.\n"
        "  Maps are \\*old\\*.\n\n"
        "  *In this paper, we propose new ones.*{.key} So.\n"
        "  :::"
    )
    short = entry(listing_of(abstract="We propose new maps of the known world."), "topics/a.md", opening)
    assert short.endswith("\n  *We propose new maps of the known world.*{.gist}")
    assert entry(listing_of(abstract=""), "topics/a.md", opening).count("\n") == 1


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_abstracts_open_within_their_own_row(words: str) -> None:
    abstract = text.clean(f"{words}\n\nWe propose {words} and no more. {words}")
    rows = [entry(listing_of(abstract=abstract), "index.md", RowStyle(abstracts=True)) for _ in range(2)]
    listed = ours("\n".join(rows)).findall("ul")
    assert [[child.tag for child in row] for row in listed[0]] == [["a", "em", "span", "span", "details"]] * 2
    assert len(listed) == 1
    assert all(row.find("details/summary") is not None for row in listed[0])


def test_a_merged_record_says_where_it_went() -> None:
    page = MovedPage("papers/old.md", PAPER.title, Listing(replace(PAPER, title="New $k$"), "papers/x/", ()))
    assert markdown(page) == "# New $k$\n\nThis record was merged into another: [New $k$](<x.md>).\n"


def test_the_feeds_page_lists_every_feed_in_every_format() -> None:
    newest = ("On $k$ *and*", "papers/x.md")
    rows = (
        FeedRow("all", "All papers", "Everything", "", "Every paper.", "3 papers", "about 2 a month", (newest,)),
        FeedRow("topics/a", "*A*", "Topics", "topics/a/", "", "1 paper"),
    )
    page = FeedsPage("feeds/index.md", "Feeds", "", rows, "https://example.net/repo/")
    assert markdown(page).split("\n\n", 3)[3] == (
        "## Everything\n\n"
        "- *All papers*{.name} [Atom](<all.atom.xml>){.feed} [RSS](<all.rss.xml>){.feed} [JSON](<all.json>){.feed} "
        "[Open in a reader](<feed:https://example.net/repo/feeds/all.atom.xml>){.opens}\n"
        "  *Every paper. 3 papers, about 2 a month.*{.about}\n"
        "  [On k \\*and\\*](<../papers/x.md>){.newest}\n\n"
        "## Topics\n\n"
        "- [\\*A\\*](<../topics/a.md>){.name} [Atom](<topics/a.atom.xml>){.feed} [RSS](<topics/a.rss.xml>){.feed} "
        "[JSON](<topics/a.json>){.feed} "
        "[Open in a reader](<feed:https://example.net/repo/feeds/topics/a.atom.xml>){.opens}\n"
        "  *1 paper.*{.about}\n"
    )


def test_a_link_cannot_be_left() -> None:
    assert link("words", "https://x.org/a b<c>\\d&lt;") == "[words](<https://x.org/a%20b%3Cc%3E%5Cd&amp;lt;>)"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("::: aside\na\n:::", "a"),
        ("- a\n  ::: more b *c*\n  d\n  :::", "- a\n  b *c*\n  d"),
        (":::: cite\n::: more b\nd\n:::\n::::", "b\nd"),
        ("a ::: more b", "a ::: more b"),
    ],
)
def test_plain_copies_have_no_fences_of_containers(source: str, expected: str) -> None:
    assert without_fences(source).strip() == expected


def test_only_articles_have_markdown() -> None:
    with pytest.raises(KeyError):
        markdown("a page")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("page", "start"),
    [
        pytest.param(page_of(PAPER), "# A", id="paper"),
        pytest.param(ListPage("index.md", "Home", "A <lead>", feeds=(FeedLink("all", "All"),)), "# Home", id="list"),
        pytest.param(
            FeedsPage("feeds/index.md", "Feeds", "", (FeedRow("all", "All", "All", ""),)), "# Feeds", id="feeds"
        ),
        pytest.param(MovedPage("papers/o.md", "T", Listing(PAPER, "papers/x/", ())), "# A", id="moved"),
    ],
)
def test_in_docs_a_page_has_front_matter_and_no_feeds(page: Any, start: str) -> None:
    made = docs_markdown(page)
    _, front, article_ = made.split("---\n", 2)
    facts = yaml.safe_load(front)
    assert list(facts) == ["title", "description"]
    assert not re.search("[<>]", facts["title"] + facts["description"])
    assert article_.startswith(f"\n{start}")
    assert ".xml" not in article_


@pytest.mark.parametrize("title", [*HOSTILE, '"quotes"', "\U0001f600 \u2028 \x85 ---\n---", "a: b # c"])
def test_front_matter_holds_any_title(title: str) -> None:
    words = text.clean(title)
    made = docs_markdown(page_of(replace(PAPER, title=words, abstract="")))
    facts = yaml.safe_load(made.split("\n---\n")[0])
    assert html.unescape(facts["title"]) == folded(latex.plain_text(folded(words)))


@pytest.mark.parametrize(
    "words", ["https://x.org/" + "." * 10_000 + "x", "https://x.org/" + ")" * 10_000, "$\\frac{$" * 2_000]
)
def test_a_hostile_abstract_costs_no_time(words: str) -> None:
    # Found by measuring: half a second each before; a second leaves a slow machine room.
    start = time.process_time()
    article(prose(words), PATH)
    assert time.process_time() - start < 10, "it hangs"
