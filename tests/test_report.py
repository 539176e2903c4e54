"""Words for problems and imports: exact lines, and nothing in a record that could write lines of its own."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import report
from sitegen.model import Paper
from sitegen.problems import Location, Problem
from sitegen.topics import Suggestion

HOSTILE = "x\n::error::owned\r\n\x1b[31m\u202e%0A::stop-commands::t"


def problem(path: str = "a.yaml", line: int = 3, message: str = "a must be b", hint: str = "") -> Problem:
    return Problem(Location(path, line), "SG004", message, hint)


def test_problems_are_one_line_each_sorted_by_place() -> None:
    warning = Problem(Location("a.yaml", 10), "SG020", "a topic should have a paper", severity="warning")
    found = [warning, problem("b.yaml", 0), problem(line=3, hint="write c"), problem(line=2)]
    assert report.text(found) == (
        "a.yaml:2: SG004 a must be b\n"
        "a.yaml:3: SG004 a must be b (write c)\n"
        "a.yaml:10: SG020 warning: a topic should have a paper\n"
        "b.yaml:1: SG004 a must be b\n"
    )
    assert report.text([]) == ""


# Expected by hand from actions/toolkit, packages/core/src/command.ts: escapeData and escapeProperty.
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(problem(), "::error file=a.yaml,line=3,title=SG004::a must be b\n", id="plain"),
        pytest.param(problem(line=0), "::error file=a.yaml,title=SG004::a must be b\n", id="a whole file"),
        pytest.param(
            problem("a,b:c%.yaml"), "::error file=a%2Cb%3Ac%25.yaml,line=3,title=SG004::a must be b\n", id="path"
        ),
        pytest.param(
            problem(message="100%, a:b"), "::error file=a.yaml,line=3,title=SG004::100%25, a:b\n", id="percent"
        ),
        pytest.param(
            problem(message="x\n::error::y"),
            r"::error file=a.yaml,line=3,title=SG004::x\n::error::y" + "\n",
            id="newline",
        ),
        pytest.param(
            Problem(Location("a.yaml", 1), "SG020", "m", severity="warning"),
            "::warning file=a.yaml,line=1,title=SG020::m\n",
            id="a warning",
        ),
    ],
)
def test_annotations_are_escaped_as_github_reads_them(found: Problem, expected: str) -> None:
    assert report.github([found]) == expected


@pytest.mark.parametrize("write", [report.text, report.github])
@given(st.text(), st.text(), st.text())
def test_no_text_makes_a_second_line(write: object, path: str, message: str, hint: str) -> None:
    words = report.github if write is report.github else report.text
    found = words([problem(path + HOSTILE, 3, message + HOSTILE, hint)])
    assert len(found.splitlines()) == 1
    assert found[:-1].isprintable()
    found.encode("utf-8")


def test_no_line_of_a_log_is_a_command() -> None:
    assert report.text([problem(message="not '##[error]x'")]) == "a.yaml:3: SG004 not '## [error]x'\n"
    assert report.text([problem("::error::x")]) == "\\::error::x:3: SG004 a must be b\n"


def test_problems_as_json() -> None:
    found = report.problems_json([problem("b.yaml\udcff", 0, HOSTILE), problem(hint="write c")])
    assert found.isascii()
    assert json.loads(found) == [
        {
            "path": "a.yaml",
            "line": 3,
            "code": "SG004",
            "severity": "error",
            "message": "a must be b",
            "hint": "write c",
        },
        {"path": "b.yaml\udcff", "line": 0, "code": "SG004", "severity": "error", "message": HOSTILE, "hint": ""},
    ]


def imported() -> report.ImportWords:
    found = SimpleNamespace(
        occurrences=4,
        added=(Paper("new", "New", "2025-11-03T00:00:12Z"),),
        merged=(SimpleNamespace(id="old", file="a.txt", line=5, why="same DOI 10.1/x"),),
        known=("old", "older"),
        possible_duplicates=(SimpleNamespace(id="new", file="a.txt", line=1, other="old", why="titles 95 % alike"),),
        ignored=(SimpleNamespace(file="a.txt", line=2, text="Subscribe", why=""),),
        rejected=(SimpleNamespace(file="a.txt", line=9, text="Bad " * 50 + "\x1b", why="no abstract"),),
    )
    return cast("report.ImportWords", found)


def test_an_import_in_words() -> None:
    assert report.import_text(imported()) == (
        "4 occurrences: 1 paper added, 1 merged, 2 known already, 1 possible duplicate, "
        "1 line ignored, 1 line rejected\n"
        "a.txt:5: merged into old: same DOI 10.1/x\n"
        "a.txt:1: new may be the same paper as old: titles 95 % alike\n"
        "a.txt:9: rejected: no abstract: 'Bad Bad Bad Bad Bad Bad Bad Bad Bad Bad Bad Bad Bad Bad Bad…'\n"
    )


def test_an_import_that_did_nothing() -> None:
    nothing = SimpleNamespace(
        occurrences=0, added=(), merged=(), known=(), possible_duplicates=(), ignored=(), rejected=()
    )
    assert report.import_text(cast("report.ImportWords", nothing)) == (
        "0 occurrences: 0 papers added, 0 merged, 0 possible duplicates, 0 lines ignored, 0 lines rejected\n"
    )


def test_an_import_as_json_has_the_published_shape() -> None:
    assert json.loads(report.import_json(imported())) == {
        "occurrences": 4,
        "added": ["new"],
        "merged": [{"id": "old", "file": "a.txt", "line": 5, "why": "same DOI 10.1/x"}],
        "possible_duplicates": [{"id": "new", "file": "a.txt", "line": 1, "other": "old", "why": "titles 95 % alike"}],
        "ignored": [{"file": "a.txt", "line": 2, "text": "Subscribe"}],
        "rejected": [{"file": "a.txt", "line": 9, "text": "Bad " * 50 + "\x1b", "why": "no abstract"}],
    }


def test_suggested_topics_in_words_and_as_json() -> None:
    found = {"x": (Suggestion("agents", 2.34567, ("llm agent", "tool use")),), "y": ()}
    assert report.topics_text(found) == "x\n  2.35  agents: llm agent, tool use\ny: no suggestion\n"
    assert json.loads(report.topics_json(found)) == {
        "x": [{"topic": "agents", "score": 2.3457, "because": ["llm agent", "tool use"]}],
        "y": [],
    }
