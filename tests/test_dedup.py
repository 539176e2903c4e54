"""What is merged without asking, and what a curator is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from sitegen.dedup import Index, Match, Pair, draft_key, match, possible_duplicates, unsettled_pairs
from sitegen.model import Links, Paper

ABSTRACT = (
    "We translate news between English and Czech with a system that was trained on parallel text of the web. " * 4
)
OTHER_WORDS = "Plants in deserts grow slowly because water is scarce; we measure how slowly over ten seasons in all."
KNOWN = Paper(
    "known",
    "Findings of the Workshop on Machine Translation",
    "2025-01-01T00:00:00Z",
    abstract=ABSTRACT,
    key=draft_key("Findings of the Workshop on Machine Translation", ABSTRACT),
)


def new(**fields: object) -> Paper:
    """A paper that shares nothing with the known one, but for the fields given."""
    return replace(Paper("new", "Of Desert Plants", "", abstract=OTHER_WORDS, key="0" * 16), **fields)  # type: ignore[arg-type]


def known(**fields: object) -> Index:
    return Index([replace(KNOWN, **fields)])  # type: ignore[arg-type]


def links(**fields: str) -> Links:
    return Links(**fields)


@pytest.mark.parametrize(
    ("paper", "index", "why"),
    [
        pytest.param(new(key=KNOWN.key), known(), "same title and abstract", id="the key"),
        pytest.param(
            new(key=KNOWN.key, title_source="derived"), known(), "same abstract", id="the key of an untitled one"
        ),
        pytest.param(
            new(links=links(doi="10.1/ab")), known(links=links(doi="10.1/AB")), "same DOI 10.1/ab", id="DOI in any case"
        ),
        pytest.param(
            new(links=links(arxiv="2301.00010")),
            known(links=links(arxiv="2301.00010v3")),
            "same arXiv id 2301.00010",
            id="arXiv id of any version",
        ),
        pytest.param(
            new(
                title="FINDINGS of the workshop on {Machine} Translation (v2)",
                abstract=ABSTRACT.replace("news", "texts", 1),
            ),
            known(),
            "same title, nearly the same abstract",
            id="title in another writing, abstract a word apart",
        ),
        pytest.param(
            new(title=KNOWN.title, abstract=ABSTRACT, links=links(doi="10.1/a")),
            known(links=links(arxiv="2301.00010")),
            "same title, nearly the same abstract",
            id="an identifier each, of two sorts",
        ),
    ],
)
def test_papers_that_are_one_beyond_doubt_match(paper: Paper, index: Index, why: str) -> None:
    assert match(paper, index) == Match("known", why)


@pytest.mark.parametrize(
    ("paper", "index", "why"),
    [
        pytest.param(new(), known(), "", id="nothing in common"),
        pytest.param(new(title=KNOWN.title), known(), "same title, but another abstract", id="the title alone"),
        pytest.param(
            new(title=KNOWN.title, abstract=""), known(), "same title, but no abstract to compare", id="no abstract"
        ),
        pytest.param(
            new(title=KNOWN.title, abstract=ABSTRACT + "In 2011."),
            known(abstract=ABSTRACT + "In 2012."),
            "same title, but the abstracts differ in a number",
            id="a number in the abstract",
        ),
        pytest.param(
            new(title=f"{KNOWN.title} 1.1", abstract=ABSTRACT),
            known(title=f"{KNOWN.title} 11"),
            "same title but for a number",
            id="a number in the title that has the same digits",
        ),
        pytest.param(
            new(title=KNOWN.title, abstract=ABSTRACT + "From 1.5 to 2.3."),
            known(abstract=ABSTRACT + "From 2.5 to 1.3."),
            "same title, but the abstracts differ in a number",
            id="numbers of the same digits",
        ),
        pytest.param(
            new(title=KNOWN.title, abstract=ABSTRACT + "In x²."),
            known(abstract=ABSTRACT + "In x³."),
            "same title, but the abstracts differ in a number",
            id="a raised number",
        ),
        pytest.param(
            new(title=f"{KNOWN.title} 2011"),
            known(title=f"{KNOWN.title} 2012"),
            "titles alike (98%), but they differ in a number",
            id="a number in the title",
        ),
        pytest.param(
            new(title=f"{KNOWN.title} I", abstract=ABSTRACT + "x"),
            known(),
            "titles alike (97%)",
            id="titles a letter apart",
        ),
        pytest.param(
            new(title=KNOWN.title, abstract=ABSTRACT, links=links(doi="10.1/a")),
            known(links=links(doi="10.1/b")),
            "same title, but two DOIs",
            id="two DOIs",
        ),
        pytest.param(
            new(title=KNOWN.title, abstract=ABSTRACT, links=links(arxiv="2301.00010")),
            known(links=links(arxiv="2301.00011")),
            "same title, but two arXiv ids",
            id="two arXiv ids",
        ),
        pytest.param(
            new(title="Anything", title_source="derived", abstract=ABSTRACT),
            known(),
            "same abstract, but another title",
            id="an untitled one of the same abstract",
        ),
        pytest.param(
            new(title=KNOWN.title, title_source="derived", abstract=ABSTRACT + "x"),
            known(),
            "titles alike (100%)",
            id="a title we made proves nothing",
        ),
        pytest.param(
            new(title="深度学习", abstract="甲"),
            known(title="深度学习", abstract="乙"),
            "same title, but another abstract",
            id="no Latin",
        ),
    ],
)
def test_papers_that_may_be_one_are_reported_and_never_merged(paper: Paper, index: Index, why: str) -> None:
    assert match(paper, index) is None
    assert possible_duplicates(paper, index) == ((Match("known", why),) if why else ())


@pytest.mark.parametrize("settles", ["same_as", "not_same_as"])
def test_a_pair_that_either_record_settles_is_reported_no_more(settles: str) -> None:
    paper = new(title=KNOWN.title)
    assert possible_duplicates(paper, known(**{settles: ("new",)})) == ()
    assert possible_duplicates(replace(paper, **{settles: ("known",)}), known()) == ()  # type: ignore[arg-type]


def test_a_record_is_no_duplicate_of_itself() -> None:
    with_ids = replace(KNOWN, links=links(doi="10.1/a"))
    assert match(with_ids, Index([with_ids])) is None
    assert possible_duplicates(with_ids, Index([with_ids])) == ()


def test_a_changed_record_takes_the_place_of_the_old_one() -> None:
    index = known()
    index.add(replace(KNOWN, links=links(doi="10.1/a")))
    assert index.at(f"key {KNOWN.key}") == ["known"]
    assert match(new(links=links(doi="10.1/a")), index) == Match("known", "same DOI 10.1/a")


def test_each_unsettled_pair_of_a_corpus_is_given_once() -> None:
    papers = [replace(KNOWN, id="b"), new(), replace(KNOWN, id="a", abstract=OTHER_WORDS + "x", key="1" * 16)]
    assert unsettled_pairs(papers) == (Pair("a", "b", "same title, but another abstract"),)


def test_only_rare_words_are_looked_through_but_common_titles_still_meet() -> None:
    """Among many papers that share every word, a pair is still found, by what else it shares."""
    many = [replace(KNOWN, id=f"p{number}", title=f"Machine Translation {number}", key="") for number in range(500)]
    index = Index(many)
    found = possible_duplicates(new(title="Machine Translation 7 (v2)"), index)
    assert [doubt.id for doubt in found] == ["p7"]
    assert possible_duplicates(new(title="Machine Translation"), index)


TITLES = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "a", "7"]), min_size=1, max_size=9).map(" ".join)


@given(st.lists(TITLES, min_size=2, max_size=12))
def test_no_pair_of_like_titles_with_half_the_words_in_common_is_missed(titles: list[str]) -> None:
    asked, *others = (replace(KNOWN, id=f"p{at}", title=title, abstract="", key="") for at, title in enumerate(titles))
    words = set(asked.title.split())
    expected = [
        other.id
        for other in others
        if fuzz.ratio(asked.title, other.title) >= 90 and 2 * len(words & set(other.title.split())) >= len(words)
    ]
    found = possible_duplicates(asked, Index([asked, *others]))
    assert [doubt.id for doubt in found] == sorted(expected)


def test_the_key_is_the_hash_of_title_and_abstract_however_spaced() -> None:
    # echo -ne 'A title\nAn abstract' | sha256sum
    assert draft_key(" A  title\n", "An\tabstract ") == "c803f34b9bfdd625"
    assert draft_key("A title An", "abstract") != draft_key("A title", "An abstract")
