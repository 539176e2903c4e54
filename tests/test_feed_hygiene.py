"""Whatever a record holds, its feed is well-formed and no other paper pays for it."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from feed_corpus import KINDS, SITE_URL, feed_of, rendered, truth, written
from feed_seen import MATH, fragment, seen_in, visible
from feed_truth import Record, faults

from sitegen.windows import FEED_ABSTRACT_CAP

GOOD: Record = {"id": "good", "title": "Good", "added": "2025-11-03T00:00:00Z", "abstract": "Still here."}
HOSTILE = [
    pytest.param({"title": "a\x00b\x1b[31mc\x85d\ufffee"}, "ab[31mcde", "", id="control characters and non-characters"),
    pytest.param({"title": "a\ud800b", "abstract": "x\udfffy"}, "ab", "xy", id="lone surrogates"),
    pytest.param({"abstract": "<script>alert(1)</script>]]><!-- &#0; &bogus;"}, "T", None, id="markup and entities"),
    pytest.param({"title": "]]>", "abstract": "]]]]><![CDATA[>"}, "]]>", None, id="the end of a CDATA section"),
    pytest.param({"title": "\u202eright to left\u202c עברית"}, None, "", id="right to left"),
    pytest.param({"title": "👩‍👩‍👧‍👦"}, "👩‍👩‍👧‍👦", "", id="emoji joined by ZWJ"),
    pytest.param({"title": "\n\t "}, "x", "", id="a title of white space gives the id"),
    pytest.param(
        {"abstract": r"$\text{<script>}$ $\href{javascript:x}{y}$"}, "T", None, id="formulas that are refused"
    ),
    pytest.param({"abstract": "at https://) or http://"}, "T", "at https://) or http://", id="no address"),
    pytest.param({"abstract": "{" * 20_000 + "\\x"}, "T", None, id="20,000 open braces"),
    pytest.param(
        {"links": {"pdf": "javascript:1", "page": "http://[", "doi": '10.1/"<>#', "arxiv": "a b"}},
        "T",
        "",
        id="addresses that are none",
    ),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("fields", "title", "abstract"), HOSTILE)
def test_one_poisoned_paper_costs_no_other_its_place(
    fields: Record, title: str | None, abstract: str | None, kind: str
) -> None:
    poisoned = {"id": "x", "title": "T", "added": "2025-11-03T00:00:01Z", **fields}
    document = rendered([GOOD, poisoned], kind)
    bad, good = seen_in(document).entries
    assert faults(rendered([GOOD], kind), truth([GOOD], kind)) == []
    assert visible(good.content) == "Authors not given Still here."
    assert bad.id == "tag:example.org,2025:paper/x"
    if title is not None:
        assert bad.title == title
    assert visible(bad.content).startswith(f"Authors not given {abstract or ''}".strip())
    assert {str(e.tag) for e in fragment(bad.content).iter()} <= {"DOCUMENT_FRAGMENT", "p", "a", "code"}
    hrefs = [anchor.get("href", "") for anchor in fragment(bad.content).iter("a")]
    assert all(re.match(r"https?://[!-~]+$", href) for href in [*hrefs, *(href for _, href, _ in bad.links)])


@pytest.mark.parametrize("kind", KINDS)
def test_3000_authors_are_all_there(kind: str) -> None:
    names = [f"Person {number}" for number in range(3_000)]
    record = {**GOOD, "authors": names}
    document = rendered([record], kind)
    assert faults(document, truth([record], kind)) == []
    assert len(document) < 300_000


@pytest.mark.parametrize("kind", KINDS)
def test_an_abstract_of_a_megabyte_is_cut_and_says_where_the_rest_is(kind: str) -> None:
    record = {**GOOD, "id": "long", "abstract": "word " * 200_000}
    document = rendered([GOOD, record], kind)
    long, good = sorted(seen_in(document).entries, key=lambda entry: entry.id, reverse=True)
    assert visible(good.content) == "Authors not given Still here."
    assert len(visible(long.content)) < FEED_ABSTRACT_CAP + 100
    assert "word word… The whole abstract is on the paper’s page." in visible(long.content)
    assert f'href="{SITE_URL}papers/long/"' in long.content
    unbroken = rendered([{**GOOD, "abstract": "x" * 1_000_000}], kind)
    assert len(unbroken) < FEED_ABSTRACT_CAP + 3_000


def test_an_abstract_of_ordinary_length_is_whole() -> None:
    record = {**GOOD, "abstract": "word " * 2_000 + "end."}
    assert faults(rendered([record], "atom"), truth([record], "atom")) == []


def test_a_formula_carries_its_text_and_one_that_cannot_be_shown_its_source() -> None:
    record = {**GOOD, "abstract": r"With $\frac{a}{b}$ and $\href{javascript:x}{y}$ and $x<y$."}
    (entry,) = seen_in(rendered([record], "rss")).entries
    formulas = list(fragment(entry.content).iter(MATH))
    assert [formula.get("alttext") for formula in formulas] == ["a/b", "x<y"]
    assert ["".join(formula.itertext()) for formula in formulas] == ["ab", "x<y"]
    assert r"<code>\href{javascript:x}{y}</code>" in entry.content


def test_a_feed_without_words_still_has_what_its_format_requires() -> None:
    bare = replace(feed_of([]), title=" ", description="")
    channel = ET.fromstring(written(bare, "rss")).find("channel")
    assert channel is not None
    assert (channel.findtext("title"), channel.findtext("description")) == ("all", "all")
