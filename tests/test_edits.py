"""Edits of a record's file change what they are told to and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.corpus.dump import dump_paper
from sitegen.corpus.schema import parse_paper
from sitegen.edits import edited
from sitegen.model import Author, Change, Links, Paper, Publication
from sitegen.problems import SitegenError
from sitegen.text import clean

RECORDS = sorted((Path(__file__).parent.parent / "corpus" / "papers").rglob("*.yaml"))
HAND_MADE = """\
# A record with a curator's notes.
title: A  # short
added: 2025-11-03T00:00:12Z
# why these
topics: [a, b]  # two
links:
  arxiv: 2301.00010   # the first version
  page: https://example.org/#a

# before the abstract
abstract: |-
  # not a comment
  text
changes:
- at: 2025-01-01T00:00:00Z  # first
  kind: version
  note: x
# end
"""


def read(text: str) -> Paper:
    paper, problems = parse_paper(text.encode(), "x.yaml")
    assert paper
    assert not problems
    return paper


def replaced(old: str, new: str) -> str:
    assert old in HAND_MADE
    return HAND_MADE.replace(old, new)


def test_there_are_records_to_try() -> None:
    assert len(RECORDS) == 167


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_no_change_changes_no_byte_and_one_change_one_key(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert edited(text, {}) == text
    paper = read(text)
    found = edited(text, {"note": "Read this.", "status": "withdrawn"})
    assert [line for line in found.splitlines() if line not in {"note: |-", "  Read this.", "status: withdrawn"}] == (
        text.splitlines()
    )
    assert edited(found, {"note": paper.note, "status": paper.status}) == text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"title": "B: yes"}, replaced("A  # short", '"B: yes" # short'), id="a title keeps its comment"),
        pytest.param({"topics": ("a", "c")}, replaced("[a, b]  # two", "[a, c]  # two"), id="topics keep theirs"),
        pytest.param({"topics": ("b", "a")}, replaced("[a, b]  # two", "[b, a]  # two"), id="another order"),
        pytest.param({"topics": ()}, replaced("topics: [a, b]  # two\n", ""), id="an empty value goes"),
        pytest.param({"date": "2023-01"}, replaced("added:", "date: 2023-01\nadded:"), id="a new key at its place"),
        pytest.param(
            {"date": "2023", "date_source": "inferred"},
            replaced("added:", "date: 2023\ndate_source: inferred\nadded:"),
            id="two new keys",
        ),
        pytest.param(
            {"links": Links(arxiv="2301.00010", code="https://github.com/a/b")},
            replaced(
                "  arxiv: 2301.00010   # the first version\n  page: https://example.org/#a\n",
                '  arxiv: "2301.00010" # the first version\n  code: https://github.com/a/b\n',
            ),
            id="links keep the comments of those that stay",
        ),
        pytest.param({"abstract": "new\ntext"}, replaced("# not a comment\n", "new\n"), id="a text of two lines"),
        pytest.param({"abstract": ""}, replaced("abstract: |-\n  # not a comment\n  text\n", ""), id="no abstract"),
        pytest.param(
            {
                "changes": (
                    Change("2025-01-01T00:00:00Z", "version", "x"),
                    Change("2025-01-02T00:00:00Z", "corrected", "no"),
                )
            },
            replaced("  note: x\n", '  note: x\n- at: 2025-01-02T00:00:00Z\n  kind: corrected\n  note: "no"\n'),
            id="one more change",
        ),
        pytest.param({"status": None}, HAND_MADE, id="taking out what is not there"),
    ],
)
def test_an_edit_keeps_comments_and_order(changes: dict[str, object], expected: str) -> None:
    assert edited(HAND_MADE, changes) == expected
    empty = {"topics": (), "abstract": "", "status": ""}
    for key, value in changes.items():
        assert getattr(read(expected), key) == (empty[key] if value is None else value)


def test_line_ends_stay() -> None:
    text = HAND_MADE.replace("\n", "\r\n")
    found = edited(text, {"topics": ("c",), "kind": "survey"})
    assert found.count("\r\n") == found.count("\n") == text.count("\n") + 1


def test_blank_lines_that_belong_to_a_text_stay_in_it() -> None:
    text = "title: A\nadded: 2025-11-03T00:00:12Z\nabstract: |+\n  x\n\n\nkey: 9f2c61d0a4b7e835\n"
    found = edited(text, {"note": "n"})
    assert read(found).abstract == "x\n\n\n"
    assert read(found).note == "n"


def test_a_file_without_a_last_line_end_gets_one() -> None:
    assert edited("title: A\nadded: 2025-11-03T00:00:12Z", {"kind": "survey"}) == (
        "title: A\nkind: survey\nadded: 2025-11-03T00:00:12Z\n"
    )


def test_a_value_in_a_form_that_cannot_take_the_new_one_is_written_anew() -> None:
    text = "title: A # it's\nadded: 2025-11-03T00:00:12Z\ntopics: # none\nlinks: none # yet\n"
    found = read(edited(text, {"links": Links(arxiv="2301.00010"), "topics": ("a",)}))
    assert found.links == Links(arxiv="2301.00010")
    assert found.topics == ("a",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("title: [", "cannot be edited", id="broken YAML"),
        pytest.param("- a\n", "it has no keys", id="a list"),
        pytest.param("{title: A, added: B}\n", "a line of its own", id="all keys on one line"),
        pytest.param('"title": A\n', "without quotes", id="a key in quotes"),
    ],
)
def test_what_cannot_be_edited_line_by_line_is_refused(text: str, words: str) -> None:
    with pytest.raises(SitegenError, match=words):
        edited(text, {"kind": "survey"})


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(SitegenError, match="no key 'id'"):
        edited(HAND_MADE, {"id": "x", "title": "B"})


LINE = st.text(max_size=30).map(clean).map(lambda text: " ".join(text.split())).filter(bool)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": LINE,
        "abstract": st.text(max_size=60).map(clean).filter(lambda text: not text or bool(text.strip())),
        "authors": st.lists(LINE.map(Author), max_size=3).map(tuple),
        "topics": st.lists(st.sampled_from("abc"), max_size=3, unique=True).map(tuple),
        "venue": LINE,
        "publication": st.builds(Publication, volume=LINE),
        "links": st.builds(Links, page=LINE),
        "announce": st.booleans(),
    },
)


@given(CHANGES, CHANGES)
def test_what_was_changed_is_read_back_and_the_rest_stays(first: dict[str, object], second: dict[str, object]) -> None:
    text = edited(edited(HAND_MADE, first), second)
    paper, before = read(text), read(HAND_MADE)
    for key in (
        "title",
        "abstract",
        "authors",
        "topics",
        "venue",
        "publication",
        "links",
        "announce",
        "changes",
        "added",
    ):
        assert getattr(paper, key) == {key: getattr(before, key), **first, **second}[key]
    assert all(line in text.splitlines() for line in ("# A record with a curator's notes.", "# why these", "# end"))


@given(CHANGES)
def test_editing_a_new_record_gives_the_form_of_a_new_record(changes: dict[str, Any]) -> None:
    text = dump_paper(Paper("x", "A", "2025-11-03T00:00:12Z")).decode()
    fields: dict[str, Any] = {"title": "A", "added": "2025-11-03T00:00:12Z", **changes}
    assert edited(text, changes) == dump_paper(Paper(id="x", **fields)).decode()
