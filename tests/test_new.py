"""A paper named by hand, and the formats shown to people."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from drafts_seen import seen
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats.examples import formats_text
from sitegen.formats.incoming import FORMATS
from sitegen.formats.typed import draft_from_typed, titled_draft
from sitegen.model import Links
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from sitegen.formats.parsed import Format

ARXIV = {"date": "2023-01", "links": {"arxiv": "2301.00010"}, "type": "preprint"}
ACL_LINKS = {
    "page": "https://aclanthology.org/2023.acl-long.1/",
    "pdf": "https://aclanthology.org/2023.acl-long.1.pdf",
}
ACL = {"date": "2023", "links": ACL_LINKS, "type": "inproceedings"}


def typed(words: str) -> dict[str, object]:
    found = seen(draft_from_typed(words))
    return {key: value for key, value in found.items() if key not in {"ordinal", "first_line", "last_line"}}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("2301.00010", ARXIV, id="an arXiv id"),
        pytest.param("2301.00010v3", ARXIV, id="with a version"),
        pytest.param("arXiv:2301.00010v3 [cs.CL]", ARXIV, id="as arXiv cites itself"),
        pytest.param("arXiv: 2301.00010", ARXIV, id="with a space"),
        pytest.param("https://arxiv.org/pdf/2301.00010v1.pdf", ARXIV, id="its PDF"),
        pytest.param("arxiv.org/abs/2301.00010", ARXIV, id="without https"),
        pytest.param("https://huggingface.co/papers/2301.00010", ARXIV, id="its page at Hugging Face"),
        pytest.param("10.48550/arXiv.2301.00010", ARXIV, id="arXiv's DOI"),
        pytest.param("https://doi.org/10.48550/ARXIV.2301.00010", ARXIV, id="the address of arXiv's DOI"),
        pytest.param("hep-th/9901001",
                     {"date": "1999-01", "links": {"arxiv": "hep-th/9901001"}, "type": "preprint"}, id="an old id"),
        pytest.param("2301.00010 On Sheep and Dogs", {**ARXIV, "title": "On Sheep and Dogs"}, id="an id and a title"),
        pytest.param("10.1145/3292500.3330701", {"links": {"doi": "10.1145/3292500.3330701"}}, id="a DOI"),
        pytest.param("doi: 10.1000/ABC \u201cOn Sheep\u201d",
                     {"links": {"doi": "10.1000/abc"}, "title": "On Sheep"}, id="a DOI and a title in quotes"),
        pytest.param("http://dx.doi.org/10.1000/ABC", {"links": {"doi": "10.1000/abc"}}, id="a DOI's address"),
        pytest.param("10.1101/2020.01.02.123456",
                     {"date": "2020-01-02", "links": {"doi": "10.1101/2020.01.02.123456"}, "type": "preprint"},
                     id="bioRxiv's DOI has the day"),
        pytest.param("https://aclanthology.org/2023.acl-long.1/", ACL, id="a page of the ACL Anthology"),
        pytest.param("https://aclanthology.org/2023.acl-long.1.pdf", ACL, id="its PDF there"),
        pytest.param("10.18653/v1/2023.acl-long.1",
                     {**ACL, "links": {**ACL_LINKS, "doi": "10.18653/v1/2023.acl-long.1"}}, id="its DOI"),
        pytest.param("https://aclanthology.org/Q13-1001",
                     {"date": "2013", "type": "article", "links": {"page": "https://aclanthology.org/Q13-1001/",
                                                                   "pdf": "https://aclanthology.org/Q13-1001.pdf"}},
                     id="an old id of a journal"),
        pytest.param("https://openreview.net/forum?id=abc_DEF-12",
                     {"links": {"page": "https://openreview.net/forum?id=abc_DEF-12",
                                "pdf": "https://openreview.net/pdf?id=abc_DEF-12"}}, id="OpenReview"),
        pytest.param("https://github.com/a/b", {"links": {"code": "https://github.com/a/b"}}, id="code"),
        pytest.param("https://example.org/paper.pdf", {"links": {"pdf": "https://example.org/paper.pdf"}}, id="a PDF"),
        pytest.param("  On  Sheep,\nand Dogs ", {"title": "On Sheep, and Dogs"}, id="a title"),
        pytest.param("A Title In Title Case", {"title": "A Title In Title Case"}, id="its case stays"),
        pytest.param('"Quoted" and "Again"', {"title": '"Quoted" and "Again"'}, id="quotes within"),
        pytest.param("GPT-4 in 2023.12 Steps", {"title": "GPT-4 in 2023.12 Steps"}, id="numbers in a title"),
        pytest.param("1984", {"title": "1984"}, id="a number for a title"),
    ],
)  # fmt: skip
def test_everything_that_is_typed_says_is_filled_in(words: str, expected: dict[str, object]) -> None:
    assert typed(words) == expected


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(" \n", "name a paper", id="nothing"),
        pytest.param("2313.00010", "'2313.00010' is no arXiv id", id="a month that does not exist"),
        pytest.param("2301.0001", "is no arXiv id", id="a digit too few"),
        pytest.param("https://arxiv.org/list/cs.CL/new", "is no arXiv id", id="another page of arXiv"),
        pytest.param("doi:10.1/x", "'doi:10.1/x' is no DOI", id="a DOI too short"),
        pytest.param("https://user@example.org/x", "is no address that can be followed", id="an address in disguise"),
    ],
)
def test_an_id_that_is_none_is_said_to_be_wrong(words: str, message: str) -> None:
    with pytest.raises(SitegenError, match=message):
        draft_from_typed(words)


def test_a_title_stands_behind_the_id_or_apart_and_its_characters_are_its_own() -> None:
    behind = titled_draft("2301.00010 On Sheep and Dogs")
    assert behind == titled_draft("2301.00010", " On  Sheep\nand Dogs ")
    assert behind.title == "On Sheep and Dogs"
    assert titled_draft("2301.00010", '"Sheep"').title == '"Sheep"'


@pytest.mark.parametrize(
    ("words", "title", "message"),
    [
        pytest.param("2301.00010", "", "the title is missing: '2301.00010' says none", id="no title"),
        pytest.param("10.1145/3292500.3330701", " \n", "the title is missing", id="a blank title"),
        pytest.param("arXiv: 2301.00010\n[cs.CL]", "", "the title is missing", id="a subject is no title"),
        pytest.param("2301.00010 Sheep", "Dogs", "two titles: 'Sheep' and 'Dogs'", id="two titles"),
        pytest.param("Sheep", "Dogs", "two titles: 'Sheep' and 'Dogs'", id="a title with a title"),
    ],
)
def test_no_title_and_two_titles_are_refused_in_one_line(words: str, title: str, message: str) -> None:
    with pytest.raises(SitegenError, match=message) as refused:
        titled_draft(words, title)
    assert "\n" not in refused.value.message + refused.value.hint


@given(st.text())
def test_anything_typed_is_a_draft_or_refused_in_words(words: str) -> None:
    try:
        draft = draft_from_typed(words)
    except SitegenError:
        return
    assert draft.title or draft.links != Links()


def test_100_kb_typed_take_under_a_second() -> None:
    for hostile in ("10.1000/", "arxiv:", "https://", '"', "2301.", "a ", "doi: "):
        start = time.process_time()
        try:
            draft_from_typed(hostile * (100_000 // len(hostile)))
        except SitegenError:
            continue
        assert time.process_time() - start < 10, "it hangs"


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_an_example_is_of_its_format_only_and_one_draft(known: Format) -> None:
    assert [one.name for one in FORMATS if one.identify(known.example)] == [known.name]
    parsed = known.parse(known.example, "example", "2025")
    assert len(parsed.drafts) == 1
    assert not parsed.rejected


def test_formats_are_shown_with_their_examples() -> None:
    text = formats_text()
    for known in FORMATS:
        assert f"{known.name}: {known.description}\n" in text
    assert "    <title>Attention Is All You Need</title>" in text
    assert all(line == line.rstrip() for line in text.splitlines())
    assert text.endswith("\n")
