from __future__ import annotations

import gc
import re
import time
from typing import TYPE_CHECKING

import pytest
from golden import assert_accounted, assert_example, expected, said, text_of
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import abstract_list, awesome_list, hf_daily
from sitegen.formats.awesome_dates import date, listing
from sitegen.formats.awesome_people import people, venue
from sitegen.formats.awesome_places import place_sort
from sitegen.formats.awesome_words import column_sort, detail, is_before, is_furniture, is_topic, label_sort
from sitegen.model import Author, Draft, Links

if TYPE_CHECKING:
    from sitegen.formats.parsed import Parsed

ARXIV = "https://arxiv.org/abs/2301.00001"


def parse(text: str, year: str = "") -> Parsed:
    parsed = awesome_list.FORMAT.parse(text, "list.md", year)
    assert_accounted(text, parsed, shared=True)
    return parsed


def only(text: str) -> Draft:
    (draft,) = parse(text).drafts
    return draft


@pytest.mark.parametrize("name", ["bullets", "tables"])
def test_golden(name: str) -> None:
    text = text_of("awesome-list", f"{name}.md")
    parsed = awesome_list.FORMAT.parse(text, f"{name}.md", "")
    found = said(parsed)
    wanted = expected("awesome-list", f"{name}.json")
    assert found == wanted
    assert_accounted(text, parsed)


def test_the_example() -> None:
    assert_example(awesome_list.FORMAT, awesome_list.EXAMPLE)


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        pytest.param(f"- [A Title]({ARXIV})", True, id="a bullet with a link"),
        pytest.param(f"| **A Title** - words | [Paper]({ARXIV}) |", True, id="a row with a link"),
        pytest.param(f"12. **A Title.** [paper]({ARXIV})", True, id="a number with a link"),
        pytest.param(f"**A Title** [paper]({ARXIV})", True, id="a paragraph that begins in bold"),
        pytest.param("- a bullet\n- another", False, id="bullets without links"),
        pytest.param("- [Contents](#contents)", False, id="a table of contents"),
        pytest.param(f"Some prose with [a link]({ARXIV}).", False, id="prose with a link"),
        pytest.param('[{"title": "- [A](https://example.org)"}]', False, id="JSON"),
        pytest.param("@article{a, note={\n- [A](https://example.org)}}", False, id="BibTeX"),
        pytest.param("<html>\n- [A](https://example.org)", False, id="a web page"),
        pytest.param("TY  - JOUR\n- [A](https://example.org)", False, id="RIS"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_identify(text: str, claimed: bool) -> None:
    assert awesome_list.FORMAT.identify(text) is claimed


def test_the_two_seed_formats_do_not_claim_a_list() -> None:
    for name in ("bullets", "tables"):
        text = text_of("awesome-list", f"{name}.md")
        assert not hf_daily.FORMAT.identify(text)
        assert not abstract_list.FORMAT.identify(text)


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        pytest.param(f"**A Title**: [paper]({ARXIV})", "A Title", id="bold, then a colon"),
        pytest.param(f"**[A Title]({ARXIV})** Ada Byron", "A Title", id="a link in bold"),
        pytest.param(f"[**A Title**]({ARXIV})", "A Title", id="bold in a link"),
        pytest.param(f"[[paper]({ARXIV})] **A Title of Words**", "A Title of Words", id="the label before the title"),
        pytest.param(f"**[ICLR 2023]** [A Title of Words]({ARXIV})", "A Title of Words", id="a venue before the title"),
        pytest.param(f"(2023) [A Title of Words]({ARXIV})", "A Title of Words", id="a year before the title"),
        pytest.param(f"2023.04 [A Title of Words]({ARXIV})", "A Title of Words", id="a bare date before the title"),
        pytest.param(
            f"**BERT** [BERT: A Title of Words]({ARXIV})", "BERT: A Title of Words", id="a name, then the title"
        ),
        pytest.param(f"Ada Byron et al. [A Title of Words]({ARXIV})", "A Title of Words", id="people before the title"),
        pytest.param(f"[Engines:]({ARXIV}) What They Are", "Engines: What They Are", id="a link that ends in a colon"),
        pytest.param(f"[Engines]({ARXIV}) : What They Are", "Engines: What They Are", id="a colon after a link"),
        pytest.param(f"[Who Knows?]({ARXIV}): On Engines", "Who Knows? On Engines", id="a question, then a colon"),
        pytest.param(f"[Ring Engines]({ARXIV}) with Looms for All", "Ring Engines with Looms for All", id="leading on"),
        pytest.param(f"[Engines]({ARXIV}): Engines: What They Are", "Engines: What They Are", id="the name said twice"),
        pytest.param(
            f"[LOOM]({ARXIV}): Weaving of numbers in parallel", "LOOM: Weaving of numbers in parallel", id="name"
        ),
        pytest.param(f"[A Longer Title]({ARXIV}): a tool that does things well.", "A Longer Title", id="a description"),
        pytest.param(f"[Engines]({ARXIV}) - An Engine of Many Parts", "Engines", id="a dash begins a description"),
        pytest.param(f"**Engines: [What They Are]({ARXIV})**", "Engines: What They Are", id="bold around a link"),
        pytest.param(f"**Engines:** What They Are | [paper]({ARXIV})", "Engines: What They Are", id="bold name, colon"),
        pytest.param(f"**Engines**: What They Are [paper]({ARXIV})", "Engines: What They Are", id="bold name, titled"),
        pytest.param(
            f"A Title of Words. Ada Byron. [paper]({ARXIV})", "A Title of Words", id="plain text to a full stop"
        ),
        pytest.param(f"Rules vs. Engines of Today | [paper]({ARXIV})", "Rules vs. Engines of Today", id="a short form"),
        pytest.param(f"A Title of Words [[paper]]({ARXIV})", "A Title of Words", id="plain text to a bracket"),
        pytest.param(f"Engines of Words This paper shows all. [paper]({ARXIV})", "Engines of Words", id="This paper"),
        pytest.param(
            f'"A Quoted Title of Words," Ada Byron. [pdf]({ARXIV})', "A Quoted Title of Words", id="in quotes"
        ),
        pytest.param(
            f"Engines read “a word or two” aloud - x [pdf]({ARXIV})", "Engines read “a word or two” aloud", id="q"
        ),
        pytest.param(f"*A Title in Italics*, [paper]({ARXIV})", "A Title in Italics", id="in italics"),
        pytest.param(f"**“A Title in Quotes.”** [paper]({ARXIV})", "A Title in Quotes", id="bold and quotes"),
        pytest.param(f"**A Title (NeurIPS 2023)** [paper]({ARXIV})", "A Title", id="a venue at its end"),
        pytest.param(f"**A Title (with a Remark)** [paper]({ARXIV})", "A Title (with a Remark)", id="another bracket"),
        pytest.param(
            f"**Open DAC 2023** - introduces a data set. [paper]({ARXIV})", "Open DAC 2023", id="like a venue"
        ),
        pytest.param(f"🔥 [x] 3) **A Title** [paper]({ARXIV})", "A Title", id="pictures, a box and a number"),
        pytest.param(
            f"**Multi-\u00adModal \u200bTitle** [paper]({ARXIV})", "Multi-Modal Title", id="invisible characters"
        ),
        pytest.param(f"**A Title** {ARXIV}", "A Title", id="a bare address"),
        pytest.param(f'<b>A Title</b> <i>Ada</i> <a href="{ARXIV}">paper</a><hr>', "A Title", id="HTML"),
        pytest.param(f"**A Title\n  of Words** [paper]({ARXIV})", "A Title of Words", id="bold over two lines"),
        pytest.param(f"[A Title\n  of Words]({ARXIV})", "A Title of Words", id="a link over two lines"),
        pytest.param(f"2019-ICML - A Title of Words. [pdf]({ARXIV})", "A Title of Words", id="year and venue, a dash"),
        pytest.param(f"2019-ICML_W- A Title of Words. [pdf]({ARXIV})", "A Title of Words", id="a dash without space"),
        pytest.param(
            f"2019-IEEE-TIFS - A Title of Words. [pdf]({ARXIV})", "A Title of Words", id="a venue of two words"
        ),
        pytest.param(
            f"Who weaves? looms of words [pdf]({ARXIV})", "Who weaves? looms of words", id="a question goes on"
        ),
        pytest.param(f"2019 - A Title of Words. [pdf]({ARXIV})", "A Title of Words", id="a year and a dash"),
        pytest.param(
            f"SemEval-2020 Task 4 - A Title [pdf]({ARXIV})", "SemEval-2020 Task 4", id="a number behind a year"
        ),
        pytest.param(f"2019 Engines - x [pdf]({ARXIV})", "2019 Engines", id="a title that begins with a year"),
        pytest.param(f"**2024.5 Engines of Words** [pdf]({ARXIV})", "Engines of Words", id="a date is no number"),
        pytest.param(f"3.5 Engines of Words - x [pdf]({ARXIV})", "3.5 Engines of Words", id="nor is a decimal"),
        pytest.param(f"🔥[**LOOM**] A Title of Words [pdf]({ARXIV})", "A Title of Words", id="a bold tag in brackets"),
        pytest.param(f"[LOOM] A Title of Words [pdf]({ARXIV})", "A Title of Words", id="a tag in brackets"),
        pytest.param(f"[**A Title of Words**] [pdf]({ARXIV})", "A Title of Words", id="a title in brackets"),
        pytest.param(
            f"[**A Title of Words**] Ada Byron, George Boole [pdf]({ARXIV})", "A Title of Words", id="then people"
        ),
        pytest.param(f"**A Title of Words(@Looms)** [pdf]({ARXIV})", "A Title of Words", id="whose it is behind it"),
        pytest.param(
            f"A Title of Words (2016), A. Byron et al. [pdf]({ARXIV})", "A Title of Words", id="a year ends it"
        ),
        pytest.param(
            f"2019-ICML - Rare Loom Noise Modeling and Loss Correction. [pdf]({ARXIV})",
            "Rare Loom Noise Modeling and Loss Correction",
            id="two halves of a title are no people",
        ),
        pytest.param(f"`Code` and a Title of Words - x [paper]({ARXIV})", "Code and a Title of Words", id="code"),
    ],
)
def test_titles(entry: str, title: str) -> None:
    draft = only(f"- {entry}\n")
    assert draft.title == title
    assert draft.links.arxiv == "2301.00001"


@pytest.mark.parametrize(
    ("entry", "name", "value"),
    [
        pytest.param("*Ada Byron.*", "authors", (Author("Ada Byron"),), id="one name in italics"),
        pytest.param("Ada Byron and George Boole.", "authors", (Author("Ada Byron"), Author("George Boole")), id="and"),
        pytest.param("*Nature Methods 2020*", "venue", "Nature Methods", id="a journal in italics is no person"),
        pytest.param("*Ada Byron, George Boole.* ACL 2020.", "venue", "ACL", id="a venue after people"),
        pytest.param("*Ada Byron, George Boole. ACL 2020.*", "venue", "ACL", id="a venue with people"),
        pytest.param("*Ada Byron, George Boole. ACL 2020.*", "date", "2020", id="a year with people"),
        pytest.param("*Ada Byron et al. arXiv.*", "authors", (), id="people left out make no list of authors"),
        pytest.param("*Ada Byron et al. arXiv.*", "note", "Ada Byron et al.", id="but words"),
        pytest.param("arXiv 2019.", "venue", "", id="a preprint has no venue"),
        pytest.param("arXiv 2019.", "date", "2019", id="a preprint's year"),
        pytest.param("(2014), A. Byron et al.", "date", "2014", id="a year in brackets before people"),
        pytest.param("(2014), A. Byron et al.", "note", "A. Byron et al.", id="and the people"),
        pytest.param("*Loomers: we, them.* Arxiv 2024.", "date", "2024", id="a year behind what nobody knows"),
        pytest.param("*Loomers: we, them.* Arxiv 2024.", "note", "Loomers: we, them", id="which is words"),
        pytest.param("*Ada Byron* - Loom Press - May 2024", "date", "2024-05", id="a month behind a dash"),
        pytest.param("*Ada Byron* arXiv – May 2024", "date", "2024-05", id="and behind a preprint"),
        pytest.param("*Ada Byronet al. ACL*", "venue", "ACL", id="a venue behind a slip"),
        pytest.param(
            "*“Ada Byron and George Boole”*", "authors", (Author("Ada Byron"), Author("George Boole")), id="q"
        ),
        pytest.param(
            "\\ \n  Ada Byron, George Boole \\ \n  ACL 2024",
            "authors",
            (Author("Ada Byron"), Author("George Boole")),
            id="backslashes and spaces end lines",
        ),
        pytest.param("*Byron, Boole, Mary Somerville.* Arxiv 2024.", "venue", "", id="unclear names are no venue"),
        pytest.param(
            "*Loom Team: Ada Byron, George Boole, Mary Somerville.* Arxiv 2024.",
            "authors",
            (Author("Ada Byron"), Author("George Boole"), Author("Mary Somerville")),
            id="people of a group",
        ),
        pytest.param(
            "*Loom Team: Ada Byron, George Boole, Mary Somerville.*", "organizations", ("Loom Team",), id="the group"
        ),
        pytest.param(
            "*Ada Byron,\n  George Boole.*", "authors", (Author("Ada Byron"), Author("George Boole")), id="lines"
        ),
        pytest.param(
            "*Ada Byron (Looms), George Boole et al. (9 additional authors not shown).*",
            "organizations",
            ("Looms",),
            id="o",
        ),
        pytest.param("– Analytical Society (May 2024)", "date", "2024-05", id="a date in brackets at the end"),
        pytest.param("– Analytical Society (May 2024)", "note", "Analytical Society", id="words before it"),
        pytest.param(f"[ICLR 2023]({ARXIV})", "venue", "ICLR", id="a venue as a link's words"),
        pytest.param("| 📅 Date: 12 May 2024", "date", "2024-05-12", id="a named fact"),
        pytest.param("| Date: soon", "date", "", id="a named fact that is none"),
        pytest.param("| Venue: Some Gathering", "venue", "Some Gathering", id="a named venue that nobody knows"),
        pytest.param("| Venue: ACL 2021", "date", "2021", id="a named venue with its year"),
        pytest.param("| Authors: Plato!", "note", "Plato!", id="a named author that is none"),
        pytest.param("| Abstract: We show it.", "abstract", "We show it.", id="an abstract"),
        pytest.param("| Institution: ", "organizations", (), id="a name without a fact"),
        pytest.param("a < b & *c*", "note", "a &lt; b &amp; c", id="words are Markdown"),
        pytest.param("[a word](https://example.org/a)", "note", "a word", id="a link in prose is words"),
        pytest.param("", "note", "", id="nothing besides"),
    ],
)
def test_what_stands_beside_a_title(entry: str, name: str, value: object) -> None:
    draft = only(f"- **A Title of Words.** {entry} [[paper]({ARXIV})]\n")
    assert draft.title == "A Title of Words"
    assert getattr(draft, name) == value


@pytest.mark.parametrize(
    ("entry", "links"),
    [
        pytest.param(
            "[pdf](https://a.org/b.pdf) [code](https://a.org/c)",
            Links(pdf="https://a.org/b.pdf", code="https://a.org/c"),
            id="labels",
        ),
        pytest.param(
            "[paper](https://github.com/a/b)", Links(code="https://github.com/a/b"), id="a paper that is code"
        ),
        pytest.param(
            f"[paper]({ARXIV}) like [x y z](https://arxiv.org/abs/2302.00002)",
            Links(arxiv="2301.00001"),
            id="another paper in the prose",
        ),
        pytest.param(f"a b c [x y z]({ARXIV})", Links(arxiv="2301.00001"), id="no other than in the prose"),
        pytest.param(
            "[![Paper](https://img.shields.io/x)](https://doi.org/10.1234/x)",
            Links(doi="10.1234/x"),
            id="a badge that leads there",
        ),
        pytest.param(
            f"[![](https://img.shields.io/x)]({ARXIV}) [tweet](https://x.com/1)",
            Links(arxiv="2301.00001"),
            id="a badge without words",
        ),
        pytest.param(
            "[paper](https://a.org/p) [project](https://a.org)",
            Links(page="https://a.org/p"),
            id="the paper's page first",
        ),
        pytest.param(
            "[project]() [paper](https://a.org/p) [code]()", Links(page="https://a.org/p"), id="links to nowhere"
        ),
        pytest.param(
            f"[paper]({ARXIV}) *x* 2021. [![Static Badge](https://img.shields.io/badge/Home%20page-blue)](https://a.org/p)",
            Links(arxiv="2301.00001", page="https://a.org/p"),
            id="a badge with its maker's words",
        ),
        pytest.param("[paper](https://huggingface.co/papers/2301.00001)", Links(arxiv="2301.00001"), id="huggingface"),
    ],
)
def test_links(entry: str, links: Links) -> None:
    assert only(f"- **A Title of Words** {entry}\n").links == links


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            "- [A Tool](https://github.com/a/b) - does it", "no paper: its link leads to github.com", id="a tool"
        ),
        pytest.param("- [A Page of Words](https://a.org/x)\n- [B](x)", "may be no paper", id="an unknown place"),
        pytest.param(f"- [paper]({ARXIV})", "has links, but no title", id="labels alone"),
        pytest.param(f"- Ada Byron, George Boole [paper]({ARXIV})", "has links, but no title", id="people alone"),
        pytest.param("- **A Title of Words** and no more", "may be a paper, but has no link", id="bold alone"),
        pytest.param("- A Course on Looms | (Club)[https://a.org/x]", "may be no paper", id="an unknown bare address"),
        pytest.param(f"## News\n- **A Title of Words** [paper]({ARXIV})", "stands under 'News'", id="news"),
        pytest.param(f"Read [this paper]({ARXIV}) first.", "names a paper, but is no entry", id="prose"),
        pytest.param(f"**Notable Engines** [paper]({ARXIV})\n\n" + "x " * 10_001, "", id="a long paragraph is prose"),
        pytest.param(
            f"- {'x ' * 8000}\n  {'x ' * 8000}\n  [x y z]({ARXIV})", "names a paper, but is no", id="too long"
        ),
        pytest.param(f"[a]({ARXIV})", "names a paper, but is no entry of a list", id="a short paragraph"),
        pytest.param(f"```\n{ARXIV}\n```", "has a paper's address", id="a fence"),
        pytest.param(f"| {'x ' * 10_001} [x]({ARXIV})", "has a paper's address", id="an endless line"),
    ],
)
def test_what_is_no_paper(text: str, why: str) -> None:
    parsed = parse(text)
    assert bool(parsed.drafts) is (why == "")
    assert [line.why[: len(why)] for line in parsed.rejected[:1]] == ([why] if why else [])


def test_two_papers_in_one_bullet_share_its_line() -> None:
    parsed = parse(f"- [One Paper of Words]({ARXIV}) and [Two Papers of Words](https://arxiv.org/abs/2302.00002)\n")
    assert [(draft.title, draft.links.arxiv, draft.first_line) for draft in parsed.drafts] == [
        ("One Paper of Words", "2301.00001", 1),
        ("Two Papers of Words", "2302.00002", 1),
    ]


def test_an_entry_holds_its_details_and_a_group_its_entries() -> None:
    text = (
        f"- [Engines of Words]({ARXIV})\n"
        "  - Ada Byron, George Boole\n"
        "  - Code: [here](https://github.com/a/b)\n"
        "    - It is deep.\n"
        "- **Looms**\n"
        "  - **Looms of Words** [paper](https://arxiv.org/abs/2302.00002)\n"
        "  - **Note:** what else [there](https://arxiv.org/abs/2303.00003) is\n"
        "  - words\n"
    )
    first, second = parse(text).drafts[:2]
    assert (first.first_line, first.last_line, len(first.authors)) == (1, 4, 2)
    assert first.links == Links(arxiv="2301.00001", code="https://github.com/a/b")
    assert first.note == "It is deep."
    assert (second.title, second.first_line) == ("Looms of Words", 6)


def test_a_paragraph_of_labels_below_an_item_belongs_to_it() -> None:
    text = f"1. **Engines of Words.**\n\n*Ada Byron, George Boole* [[pdf]({ARXIV})], 2021.04\n\nWords.\n"
    draft = only(text)
    assert (draft.first_line, draft.last_line, draft.date, draft.links.arxiv) == (1, 3, "2021-04", "2301.00001")


def test_remarks_below_a_paragraph_that_is_a_paper_belong_to_it() -> None:
    text = (
        f"[Engines of Words]({ARXIV})\n\n- Engines: they turn.\n- They turn [fast](https://example.org/x).\n\n---\n\n"
        f"- Looms of Words. [pdf](https://arxiv.org/abs/2302.00002)\n\n**Looms**\n\n- words\n"
    )
    first, second = parse(text).drafts
    assert (first.title, first.first_line, first.last_line) == ("Engines of Words", 1, 4)
    assert first.note == "Engines: they turn. · They turn fast."
    assert (second.title, second.note) == ("Looms of Words", "")


def test_labelled_links_below_a_bold_paragraph_are_its_links() -> None:
    text = (
        f"**Engines of Words**\n\n- Paper： {ARXIV}\n- Code: https://github.com/a/b\n- [Project](https://a.org/p)\n\n"
        f"**Looms of Words**\n\n- Code: https://github.com/a/c\n\n## Else\n\n- Paper: {ARXIV}\n\n"
        f"- **Paper**: [paper](https://arxiv.org/abs/2302.00002)\n"
    )
    parsed = parse(text)
    (first,) = parsed.drafts
    assert (first.title, first.first_line, first.last_line) == ("Engines of Words", 1, 5)
    assert first.links == Links(arxiv="2301.00001", code="https://github.com/a/b", page="https://a.org/p")
    assert [(line.line, line.why) for line in parsed.rejected] == [
        (7, "no paper: its link leads to github.com"),
        (9, "no paper: its link leads to github.com"),
        (13, "has links, but no title"),
        (15, "has links, but no title"),
    ]


def test_an_overview_may_name_papers_that_say_whose_they_are() -> None:
    text = (
        f"## Overview\n- **Engines of Words.** Ada Byron, George Boole. [pdf]({ARXIV})\n- [Looms of Words]({ARXIV})\n"
    )
    parsed = parse(text)
    assert [draft.title for draft in parsed.drafts] == ["Engines of Words"]
    assert [line.line for line in parsed.rejected] == [3]


def test_parts_of_a_list_may_be_headed_below_its_contents() -> None:
    text = (
        "# List\n## Contents\n- [Looms](#looms)\n"
        f"- [Engines of Words]({ARXIV})\n"
        f"### Looms\n- **Looms of Words** [paper]({ARXIV})\n"
        f"## News\n### 2024\n- **News of Words** [paper]({ARXIV})\n"
    )
    parsed = parse(text)
    assert [(draft.title, draft.topics) for draft in parsed.drafts] == [("Looms of Words", ("Looms",))]
    assert [line.why.partition(",")[0] for line in parsed.rejected] == [
        "stands under 'Contents'",
        "stands under 'News'",
    ]


def test_a_column_of_titles_holds_nothing_else() -> None:
    text = (
        f"|Title|Paper|\n|-|-|\n|Engines  (E) — What. They Are|[pdf]({ARXIV})|\n|Looms<br>Ada Byron|[pdf]({ARXIV})|\n"
    )
    assert [draft.title for draft in parse(text).drafts] == ["Engines (E) — What. They Are", "Looms"]


def test_headings_give_topic_year_and_week() -> None:
    text = (
        f"# List\n## 3. Looms\n- **One of Words** [paper]({ARXIV})\n"
        f"### 2021\n- **Two of Words** [paper]({ARXIV})\n"
        f"## Papers\n- **Three of Words** [paper]({ARXIV})\n"
        f"## Week (December 25 - 31)\n- **Four of Words** [paper]({ARXIV})\n"
    )
    drafts = parse(text, "2023").drafts
    assert [(one.topics, one.date, one.date_source, one.listed) for one in drafts] == [
        (("Looms",), "", "given", ""),
        (("Looms",), "2021", "inferred", ""),
        ((), "", "given", ""),
        ((), "", "given", "2023-12-31"),
    ]
    assert parse(text).drafts[3].listed == ""
    assert parse(text).drafts[3].topics == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str) -> None:
    text = text_of("awesome-list", "bullets.md")
    assert parse("\ufeff" + text.replace("\n", end)).drafts == parse(text).drafts


def test_every_bullet_and_row_with_a_paper_is_understood_or_said() -> None:
    for name in ("bullets", "tables"):
        text = text_of("awesome-list", f"{name}.md")
        sign = re.compile(r"\s*(?:[-*+]|\d+[.)]|\|).*(?:arxiv\.org|doi\.org|aclanthology\.org)/")
        counted = {number for number, line in enumerate(text.split("\n"), start=1) if sign.match(line)}
        parsed = parse(text)
        inside = {number for draft in parsed.drafts for number in range(draft.first_line, draft.last_line + 1)}
        assert counted
        assert counted <= inside | {line.line for line in parsed.rejected}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024/05", "2024-05"),
        ("2024.5.7", "2024-05-07"),
        ("May 7, 2024", "2024-05-07"),
        ("7th May 2024", "2024-05-07"),
        ("2nd of May 2024", "2024-05-02"),
        ("Sept 2024", "2024-09"),
        ("2024, May", "2024-05"),
        ("[2024]", "2024"),
        ("2024-13", ""),
        ("2024-02-31", ""),
        ("2024-00", ""),
        ("soon", ""),
        ("in the year 2024 or so, or later", ""),
    ],
)
def test_dates(text: str, iso: str) -> None:
    assert date(text) == iso


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Week (May 29 - June 4) - 2024", "2024-06-04"),
        ("(May 1-7), 2024", "2024-05-07"),
        ("2024-W20", "2024-05-19"),
        ("Week 60, 2024", ""),
        ("2024-05-07", "2024-05-07"),
        ("Papers of March 2024", "2024-03"),
        ("17th of May 2024", "2024-05-17"),
        ("7 May 2024", "2024-05-07"),
        ("May 7th, 2024", "2024-05-07"),
        ("(May 1 - 7)", ""),
        ("May 7, 2024", "2024-05-07"),
        ("Engines", ""),
    ],
)
def test_days_of_listings(heading: str, day: str) -> None:
    assert listing(heading, "") == day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NeurIPS 2023", ("NeurIPS", "2023")),
        ("SOSP' 23", ("SOSP", "2023")),
        ("COLING '94", ("COLING", "1994")),
        ("neurips 2023", ("neurips", "2023")),
        ("2019-ICML", ("ICML", "2019")),
        ("2019-ICML_W", ("ICML W", "2019")),
        ("SP: Loom", None),
        ("2019-Arxiv", ("", "2019")),
        ("PsyArXiv", ("", "")),
        ("Proc. NeurIPS 2020", ("Proc. NeurIPS", "2020")),
        ("Byronet al. ACL", None),
        ("Loomers. Arxiv 2020", None),
        ("Byron, Boole, Somerville. NeurIPS 2020", None),
        ("ICLR 2024 Oral", ("ICLR Oral", "2024")),
        ("IVA '20", ("IVA", "2020")),
        ("arXiv", ("", "")),
        ("arXiv preprint 2020", ("", "2020")),
        ("Journal of Looms", ("Journal of Looms", "")),
        ("a review of what is new in science", None),
        ("Ada Byron, George Boole 2020", None),
        ("x", None),
        ("Transactions (in part) of Looms", None),
        ("what happened in 2020", None),
        ("Byron et al. 2020", None),
    ],
)
def test_venues(text: str, found: tuple[str, str] | None) -> None:
    assert venue(text) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Byron, Grace M. Hopper", ["Ada Byron", "Grace M. Hopper"]),
        ("Ludwig van Beethoven and Ada Byron", ["Ludwig van Beethoven", "Ada Byron"]),
        ("Byron, Ada and King, Martin L", ["Ada Byron", "Martin L King"]),
        ("Ada Byron*, George Boole1, Sammy Davis Jr.", ["Ada Byron", "George Boole", "Sammy Davis Jr."]),
        (
            "Ada Byron, George Boole, Mary Somerville, Grace Hopper, plato",
            ["Ada Byron", "George Boole", "Mary Somerville", "Grace Hopper", "plato"],
        ),
        ("Ada Byron, George C.K. Boole", ["Ada Byron", "George C.K. Boole"]),
        ("Loomers: Ada Byron, George Boole", None),
        ("Ada Byronet al", ["Ada Byron"]),
        ("Ada Byron al, George Boole", None),
        ("Ada Byron, George Boole et al", ["Ada Byron", "George Boole"]),
        ("Engines That Weave Numbers and Ada Byron", None),
        ("Ada de la Cruz Byron and George Boole", ["Ada de la Cruz Byron", "George Boole"]),
        ("Ofir Press, Jonathan Boole", ["Ofir Press", "Jonathan Boole"]),
        ("Ada Byron", None),
        ("ada byron, george boole", None),
        ("Engines and Looms", None),
        ("x", None),
        ("Byron, Ada and 2020, Year", None),
        ("Ada Byron et al. and then more", None),
        ("Deep Learning, Neural Networks", None),
        ("Ada Byron, George Boole, Mary Somerville, Grace Hopper, what is this?", None),
    ],
)
def test_people(text: str, names: list[str] | None) -> None:
    found = people(text)
    assert ([author.name for author in found.authors] if found else None) == names


def test_words_of_lists() -> None:
    labels = ["[Paper]", "arXiv:2301.00001", "PDF", "Official Code", "Project Page", "Tweet", "🔗", "1", "a b c d e f"]
    sorts = ["paper", "paper", "paper", "code", "project", "other", "other", "other", ""]
    assert [label_sort(label) for label in labels] == sorts
    assert [label_sort(words) for words in ("S3", "Attention Is All", "Engines")] == ["", "", ""]
    assert [column_sort(name) for name in ("Paper Title", "**Paper**", "Pub.", "Colour")] == [
        "title",
        "paper",
        "venue",
        "",
    ]
    assert detail("🔑 Key: [a], [b]") == ("topics", "[a], [b]")
    assert detail("Engines: what they are") == ("", "")
    assert is_furniture("🔔 News")
    assert not is_furniture("Newsreaders")
    assert not is_topic("2023")
    assert not is_topic("")
    assert is_topic("Engines")
    assert [is_before(heading) for heading in ("📖 Table of Contents", "News", "Engines")] == [True, False, False]
    assert is_furniture("Contents")


def test_places() -> None:
    papers = [
        "https://arxiv.org/abs/1",
        "https://www.nature.com/articles/x",
        "https://a.org/b.PDF",
        "https://huggingface.co/papers/2301.00001",
        "https://research.google/pubs/x",
        "https://dl.acm.org/doi/10.1/x",
    ]
    others = [
        "https://github.com/a/b",
        "https://huggingface.co/a/b",
        "https://a.org/blog/x",
        "https://docs.a.org/",
        "mailto:a@b.org",
        "#here",
        "https://[bad",
        "https:///x",
    ]
    assert {place_sort(address) for address in papers} == {"paper"}
    assert {place_sort(address) for address in others} == {"other"}
    assert place_sort("https://example.org/x") == ""


PIECES = (
    "- |\n|  |[|](https://arxiv.org/abs/2301.00001)|]|(|)|A Title|# | - |: |Ada Byron, |et al. |2023|ICLR 2023|paper|"
    "![|<a href=x>|</a>|<br>|`|\r|\u00a0|<!--|-->|>|1. |https://x.org|“|”|\\|**|*"
).split("|")
MARKDOWN = st.lists(st.sampled_from([*PIECES, "|", "\n|-|-|\n"]), max_size=60).map("".join)


@given(st.one_of(st.text(max_size=200), MARKDOWN))
def test_no_text_breaks_it(text: str) -> None:
    awesome_list.FORMAT.identify(text)
    parse(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("![[]()" * 17_000, id="pictures in pictures"),
        pytest.param("- " + "[" * 10_000 + "a" + "]" * 10_000 + f"({ARXIV})", id="nested brackets"),
        pytest.param("".join("  " * depth + "- [a b](https://x.org)\n" for depth in range(300)), id="deep bullets"),
        pytest.param("et al. " * 14_000, id="et al."),
        pytest.param("**a b c**\n\n" + "*d*\n\n" * 20_000, id="paragraphs that go on"),
        pytest.param("|Title|Paper|\n|-|-|\n" + f"|**a b** - c|[Paper]({ARXIV})|\n" * 1800, id="rows"),
        pytest.param("<!--" * 25_000, id="comments that never end"),
        pytest.param(f"- [a b c]({ARXIV}) " + "(" * 90_000, id="brackets that never end"),
    ],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    awesome_list.FORMAT.identify(text)
    awesome_list.FORMAT.parse(text, "list.md", "")
    # A second where nothing else runs; coverage makes it three, and what is quadratic takes minutes.
    assert time.process_time() - start < 10, "it hangs"


def test_thousands_of_lines_are_read_without_looking_for_garbage() -> None:
    passes: list[str] = []

    def note(phase: str, _found: dict[str, int]) -> None:
        passes.append(phase)

    gc.callbacks.append(note)
    try:
        awesome_list.parse("- a\n" * 5_000, "list.md", "")
    finally:
        gc.callbacks.remove(note)
    # One before it rests, one when it is at work again.
    assert passes.count("start") <= 2
    assert gc.isenabled()


def test_people_and_their_places_hold_no_control_characters() -> None:
    entries = ("- Engines at Work *da B(\x8f=)et. NeurIPS*", "- **Mills** *Ada Byron, Bo Chu, Cy Dee (Mill\x8fs Hall)*")
    drafts = parse("\n".join(("## Papers\n", *entries))).drafts
    assert [draft.organizations for draft in drafts if draft.organizations] == [("Mills Hall",)]
    assert not any("\x8f" in author.name for draft in drafts for author in draft.authors)
