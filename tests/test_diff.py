"""What changed between two corpora: worked out by hand, and every random edit named."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.diff import Changes, FieldChange, content_changes, diff, touched_topics
from sitegen.model import (
    Author,
    Change,
    Corpus,
    CorpusSettings,
    FeedSettings,
    Links,
    Origin,
    Paper,
    Publication,
    Source,
    Topic,
)
from sitegen.report.differences import differences

ADDED = "2025-11-03T00:00:00Z"
ONE = Paper("one", "One", ADDED, topics=("a",), links=Links(arxiv="2301.00010"), abstract="Words.")
TWO = Paper("two", "Two", "2025-11-04T00:00:00Z", topics=("a", "b"))
TOPICS = (Topic("a", "A"), Topic("b", "B"))
CORPUS = Corpus(topics=TOPICS, papers=(ONE, TWO))


def names(changes: Changes) -> dict[str, Any]:
    """Say a difference in ids and names of fields."""
    return {
        "added": [paper.id for paper in changes.added],
        "changed": {one.after.id: [field.name for field in one.fields] for one in changes.changed},
        "removed": [paper.id for paper in changes.removed],
        "merged": [(old.id, new.id) for old, new in changes.merged],
        "topics": [
            [topic.slug for topic in changes.topics_added],
            {one.after.slug: [field.name for field in one.fields] for one in changes.topics_changed},
            [topic.slug for topic in changes.topics_removed],
        ],
    }


NOTHING: dict[str, Any] = {"added": [], "changed": {}, "removed": [], "merged": [], "topics": [[], {}, []]}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(CORPUS, {}, id="nothing"),
        pytest.param(replace(CORPUS, papers=(TWO, ONE)), {}, id="another order of files"),
        pytest.param(
            replace(CORPUS, papers=(replace(ONE, origin=Origin("elsewhere.yaml")), TWO)), {}, id="another folder"
        ),
        pytest.param(
            replace(CORPUS, papers=(ONE, TWO, Paper("three", "3", ADDED), Paper("four", "4", ADDED))),
            {"added": ["four", "three"]},
            id="new papers in the order (added, id)",
        ),
        pytest.param(replace(CORPUS, papers=(ONE,)), {"removed": ["two"]}, id="a paper is gone"),
        pytest.param(
            replace(CORPUS, papers=(replace(ONE, aliases=("two",)),)),
            {"changed": {"one": ["aliases"]}, "merged": [("two", "one")]},
            id="a paper became part of another",
        ),
        pytest.param(
            replace(CORPUS, papers=(replace(ONE, title="1", links=Links(doi="10.1000/1")), TWO)),
            {"changed": {"one": ["title", "links.arxiv", "links.doi"]}},
            id="fields within a field are named",
        ),
        pytest.param(
            replace(CORPUS, topics=(replace(TOPICS[1], name="Bee", parent="c"), Topic("c", "C"))),
            {"topics": [["c"], {"b": ["name", "parent"]}, ["a"]]},
            id="topics",
        ),
    ],
)
def test_differences_are_those_found_by_hand(head: Corpus, expected: dict[str, object]) -> None:
    assert names(diff(CORPUS, head)) == {**NOTHING, **expected}


def test_values_are_given_as_they_were_and_are() -> None:
    head = replace(CORPUS, papers=(replace(ONE, announce=False, links=Links(arxiv="2301.00011")), TWO))
    assert diff(CORPUS, head).changed[0].fields == (
        FieldChange("announce", before=True, after=False),
        FieldChange("links.arxiv", "2301.00010", "2301.00011"),
    )


def test_settings_are_compared_too() -> None:
    head = replace(CORPUS, settings=CorpusSettings(title="Other", feed=FeedSettings(since="2024")))
    assert [field.name for field in diff(CORPUS, head).settings] == ["title", "feed.since"]


def test_what_could_not_be_read_is_neither_new_nor_removed() -> None:
    bare = replace(CORPUS, papers=(ONE,))
    assert names(diff(CORPUS, bare, {"two"})) == NOTHING
    assert names(diff(bare, CORPUS, {"two"})) == NOTHING


def test_content_is_what_readers_have_seen() -> None:
    everything = replace(
        ONE,
        title="T",
        kind="survey",
        topics=(),
        authors=(Author("A"),),
        date="2023",
        venue="V",
        links=Links(),
        abstract="",
        note="N",
        status="retracted",
        announce=False,
        aliases=("x",),
        key="k",
        sources=(Source("f", "csv", 1),),
    )
    (change,) = diff(CORPUS, replace(CORPUS, papers=(everything, TWO))).changed
    found = {field.name for field in content_changes(change)}
    assert found == {"title", "authors", "date", "venue", "links.arxiv", "abstract", "note", "status"}


def test_touched_topics_are_those_before_and_after() -> None:
    head = Corpus(topics=(Topic("a", "A"), Topic("c", "C")), papers=(ONE, replace(TWO, topics=("a", "c"))))
    assert touched_topics(diff(CORPUS, head)) == ("a", "b", "c")
    assert touched_topics(diff(CORPUS, CORPUS)) == ()


WORD = st.text("abc é", min_size=1, max_size=8)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("title", "added", "kind", "status", "date", "venue", "abstract", "note", "key", "type"), WORD),
    **dict.fromkeys(("title_source", "date_source"), WORD),
    "authors": st.lists(st.builds(Author, WORD, orcid=WORD), max_size=3).map(tuple),
    "author_count": st.none() | st.integers(1, 9),
    "announce": st.booleans(),
    "links": st.builds(Links, WORD, WORD),
    "publication": st.builds(Publication, WORD),
    "changes": st.lists(st.builds(Change, WORD, WORD, WORD), max_size=2).map(tuple),
    "sources": st.lists(st.builds(Source, WORD, WORD, st.integers(1, 9)), max_size=2).map(tuple),
    **dict.fromkeys(
        ("topics", "aliases", "same_as", "not_same_as", "organizations"), st.lists(WORD, max_size=3).map(tuple)
    ),
}
EDITS = st.fixed_dictionaries({}, optional=VALUES)


def test_every_field_of_a_record_is_edited() -> None:
    assert set(VALUES) == {field.name for field in fields(Paper)} - {"id", "origin"}


@given(EDITS, EDITS)
def test_every_changed_field_is_named_and_no_other(first: dict[str, Any], second: dict[str, Any]) -> None:
    before = replace(ONE, **first)
    after = replace(before, **second)
    found = diff(replace(CORPUS, papers=(before, TWO)), replace(CORPUS, papers=(after, TWO)))
    named = {field.name.partition(".")[0] for change in found.changed for field in change.fields}
    assert named == {key for key in second if getattr(before, key) != getattr(after, key)}
    for change in found.changed:
        for field in change.fields:
            said = differences(field)
            assert said, field
            assert all(line[:1] in ("-", "+") for line in said)


@given(EDITS)
def test_a_corpus_does_not_differ_from_itself(edits: dict[str, Any]) -> None:
    corpus = replace(CORPUS, papers=(replace(ONE, **edits), TWO))
    assert diff(corpus, corpus) == Changes()


LONG = (
    "We say this of animals. The quick brown fox jumps over the lazy dog while twelve more dogs sleep in the sun and "
    "one of them barks."
)


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        pytest.param(FieldChange("title", "One", "Two"), ("- One", "+ Two"), id="a short text"),
        pytest.param(FieldChange("note", "", "Two"), ("+ Two",), id="something where nothing was"),
        pytest.param(FieldChange("author_count", 6, None), ("- 6",), id="a number is gone"),
        pytest.param(FieldChange("announce", before=True, after=False), ("- true", "+ false"), id="yes or no"),
        pytest.param(FieldChange("topics", ("a", "b"), ("b", "c")), ("- a", "+ c"), id="a list"),
        pytest.param(FieldChange("topics", ("a", "b"), ("b", "a")), ("- a, b", "+ b, a"), id="another order"),
        pytest.param(
            FieldChange("authors", (Author("A B"),), (Author("A B", orcid="0"),)),
            ("- A B", "+ A B (orcid: 0)"),
            id="what is not in the name",
        ),
        pytest.param(
            FieldChange("sources", (), (Source("f.txt", "csv", 3, "2025-11-03", 2),)),
            ("+ f.txt, csv, number 3, listed 2025-11-03, count 2",),
            id="a source",
        ),
        pytest.param(
            FieldChange("changes", (), (Change(ADDED, "version", "N"),)), (f"+ {ADDED} version: N",), id="a change"
        ),
        pytest.param(
            FieldChange("abstract", LONG, LONG.replace("lazy", "very lazy").replace("one of", "some of")),
            (
                "- … fox jumps over the lazy dog while twelve …",
                "+ … fox jumps over the very lazy dog while twelve …",
                "- … in the sun and one of them barks.",
                "+ … in the sun and some of them barks.",
            ),
            id="words of a long text",
        ),
        pytest.param(
            FieldChange("abstract", LONG, LONG.replace(" fox", "\nfox")),
            ("- its spaces and line ends", "+ others"),
            id="only spaces",
        ),
    ],
)
def test_differences_in_words(change: FieldChange, lines: tuple[str, ...]) -> None:
    assert differences(change) == lines


def test_long_texts_of_few_words_are_compared_at_once() -> None:
    before, after = "a b " * 2_500, "b a " * 2_499 + "c"
    assert sum(map(len, differences(FieldChange("abstract", before, after)))) < 3_000
