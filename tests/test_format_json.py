from __future__ import annotations

import json
import time
from dataclasses import asdict, fields
from typing import Any

import pytest
from golden import assert_accounted, assert_example, expected, said, text_of
from hypothesis import given
from hypothesis import strategies as st

from sitegen import text as strings
from sitegen.corpus.schema import PAPER_KEYS
from sitegen.formats import csl_json, own_json
from sitegen.model import Author, Change, Draft, Links, Paper, Publication, Source

ADDED = "2025-11-03T00:00:00Z"
FULL = Paper(
    id="engines",
    title="Engines & “Looms”",
    added=ADDED,
    title_source="given",
    type="article",
    kind="survey",
    status="",
    authors=(Author("Ada Byron"), Author("Grace Hopper", "Hopper", "Grace", orcid="0000-0002-1825-0097")),
    author_count=7,
    organizations=("Analytical Society",),
    date="2024-05",
    date_source="inferred",
    announce=False,
    topics=("looms", "cards"),
    links=Links("2405.00010", "10.1234/x", "https://a.org/p", "https://a.org/c", "https://a.org/"),
    venue="Journal of Engines",
    publication=Publication("1", "2", "3-4", "Press"),
    abstract="Two\nlines.",
    note="Read *it*.",
    changes=(Change(ADDED, "corrected", "A name."),),
    aliases=("old-engines",),
    same_as=("engines-again",),
    not_same_as=("engines-2",),
    key="9f2c61d0a4b7e835",
    sources=(Source("a.txt", "hf-daily", 1, "2024-05-07", 0), Source("b.txt", "csv", 2)),
)


def read(text: str) -> list[Paper | str]:
    return [paper for paper, _, _ in own_json.records(text)]


def test_golden() -> None:
    text = text_of("json", "export.json")
    parsed = own_json.FORMAT.parse(text, "export.json", "")
    assert said(parsed) == expected("json", "export.expected.json")
    assert_accounted(text, parsed, shared=True)
    assert [line.why for line in parsed.ignored if line.why] == ["keys that no record has were not taken over: colour"]


def test_the_example() -> None:
    assert_example(own_json.FORMAT, own_json.EXAMPLE)


def test_the_keys_are_those_of_a_record_in_its_order() -> None:
    assert list(own_json.KEYS) == list(PAPER_KEYS)
    entry = json.loads(own_json.dump([FULL], {"engines": "https://example.org/papers/engines/"}))[0]
    assert [key for key in entry if key not in ("id", "url")] == [key for key in PAPER_KEYS if key != "status"]
    assert entry["id"] == "engines"
    assert entry["url"] == "https://example.org/papers/engines/"


def test_empty_keys_are_left_out() -> None:
    written = own_json.dump([Paper("a", "", "")], {})
    assert json.loads(written) == [
        {"id": "a", "title": "", "title_source": "given", "type": "preprint", "added": "", "announce": True}
    ]
    assert own_json.dump([], {}) == b"[]\n"


def test_every_record_is_on_a_line_of_its_own_and_equal_papers_give_equal_bytes() -> None:
    written = own_json.dump([FULL, FULL], {})
    assert written.decode().count("\n") == 4
    assert written == own_json.dump((FULL, FULL), {"other": "https://a.org"})


def test_all_of_a_record_is_read_back() -> None:
    assert read(own_json.dump([FULL], {}).decode()) == [FULL]


def by_schema(paper: Paper) -> dict[str, Any]:
    """A record as the schema's keys name it, written without a look at the writer under test."""
    found = asdict(paper)
    return {"id": paper.id} | {key: found[key] for key in PAPER_KEYS if found[key] not in ("", (), None)}


def given_only(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: given_only(one) for key, one in value.items() if one not in ("", None)}
    return [given_only(one) for one in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("indent", [None, 2])
def test_what_others_write_by_the_schema_is_read(indent: int | None) -> None:
    assert read(json.dumps([given_only(by_schema(FULL))], indent=indent)) == [FULL]


WORDS = st.text(max_size=40).map(strings.clean)
LINE = st.text(min_size=1, max_size=20).map(strings.clean).filter(bool)
PAPERS = st.builds(
    Paper,
    id=st.just("a"),
    title=WORDS,
    added=st.just(ADDED),
    title_source=st.sampled_from(["given", "derived"]),
    authors=st.lists(st.builds(Author, LINE, family=LINE, literal=st.booleans()), max_size=3).map(tuple),
    author_count=st.one_of(st.none(), st.integers(1, 99)),
    organizations=st.lists(LINE, max_size=2).map(tuple),
    date=st.sampled_from(["", "2024", "2024-05", "2024-05-07"]),
    announce=st.booleans(),
    venue=WORDS,
    publication=st.builds(Publication, WORDS, WORDS),
    abstract=WORDS,
    note=WORDS,
    sources=st.lists(st.builds(Source, LINE, LINE, st.integers(1, 9), st.just(""), st.none()), max_size=2).map(tuple),
)


@given(st.lists(PAPERS, max_size=3))
def test_round_trip(papers: list[Paper]) -> None:
    text = own_json.dump(papers, {}).decode()
    assert read(text) == papers
    assert [found for line in text.split("\n")[1:-2] for found in read(line.rstrip(","))] == papers or not papers
    parsed = own_json.FORMAT.parse(text, "a.json", "")
    assert_accounted(text, parsed)
    assert len(parsed.drafts) == sum(bool(paper.title or paper.abstract) for paper in papers)


def test_a_draft_has_all_that_it_can_hold() -> None:
    (draft,) = own_json.FORMAT.parse(own_json.dump([FULL], {}).decode(), "a.json", "").drafts
    same = {field.name for field in fields(Draft)} & {field.name for field in fields(Paper)}
    assert len(same) == 14
    assert {name: getattr(draft, name) for name in same} == {name: getattr(FULL, name) for name in same}
    assert (draft.listed, draft.count) == ("2024-05-07", 0)


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        pytest.param('[{"title": "A", "added": "2025"}]', True, id="an array"),
        pytest.param('{"title": "A", "added": "2025"}\n{"title": "B"}', True, id="one object a line"),
        pytest.param('\ufeff\n [{"title": "A", "added": "x"}', True, id="a byte order mark, and cut"),
        pytest.param('[{"title": "A"}]', False, id="no time when it was added"),
        pytest.param('[{"added": "x"}]', False, id="no title"),
        pytest.param('[{"title": "A", "added": 1}]', False, id="another's added"),
        pytest.param('["title", "added"]', False, id="no objects"),
        pytest.param("title,added\n", False, id="a table"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_identify(text: str, claimed: bool) -> None:
    assert own_json.FORMAT.identify(text) is claimed


def test_csl_and_our_own_export_do_not_claim_each_other() -> None:
    written = own_json.dump([FULL], {}).decode()
    assert (own_json.FORMAT.identify(written), csl_json.FORMAT.identify(written)) == (True, False)
    assert (own_json.FORMAT.identify(csl_json.EXAMPLE), csl_json.FORMAT.identify(csl_json.EXAMPLE)) == (False, True)


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        pytest.param("title", [], "title must be text, not a list", id="a title that is a list"),
        pytest.param("title", True, "title must be text, not 'true'", id="a title that is true"),
        pytest.param("id", "A B", "id must be an id, not 'A B'", id="no id"),
        pytest.param("kind", "poem", "kind must be survey or ", id="no kind"),
        pytest.param("date", "soon", "date must be YYYY, YYYY-MM or YYYY-MM-DD, not 'soon'", id="no date"),
        pytest.param("announce", "no", "announce must be true or false, not 'no'", id="no flag"),
        pytest.param("author_count", 0, "author_count must be a whole number of at least 1, not '0'", id="no author"),
        pytest.param("author_count", True, "author_count must be a whole number", id="true is no number"),
        pytest.param("authors", [""], "authors must be a list of names, not a list", id="an author without a name"),
        pytest.param("authors", [{"orcid": "x"}], "authors must be a list of names", id="an author with an id only"),
        pytest.param("links", {"pdf": "here"}, "links must be an address that begins with http", id="no address"),
        pytest.param("links", {"blog": "x"}, "links must be an object with the keys arxiv, doi", id="no such link"),
        pytest.param("links", "x", "links must be an object, not 'x'", id="no links"),
        pytest.param("changes", [{"at": ADDED}], "changes must be an object with the keys at, kind, note", id="half"),
        pytest.param("topics", ["A b"], "topics must be a list of ids", id="topics that are no slugs"),
    ],
)
def test_what_does_not_fit_is_said(key: str, value: object, why: str) -> None:
    text = json.dumps([{"title": "A", "added": ADDED} | {key: value}])
    parsed = own_json.FORMAT.parse(text, "a.json", "")
    assert_accounted(text, parsed)
    assert parsed.drafts == ()
    assert parsed.rejected[0].why.startswith(why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("<!DOCTYPE html><html></html>", "this is a web page, not JSON", id="a web page"),
        pytest.param("[]", "nothing to import: no entry begins anywhere", id="an empty list"),
        pytest.param("[null]", "a record must be an object", id="null"),
        pytest.param('[{"title": "A", "added": "', "the text ends within this entry: it was cut", id="cut"),
        pytest.param('[{"title": "A", "status": "removed"}]', "the paper is removed", id="a removed paper"),
    ],
)
def test_what_is_no_sound_record_is_said(text: str, why: str) -> None:
    parsed = own_json.FORMAT.parse(text, "a.json", "")
    assert_accounted(text, parsed)
    assert parsed.rejected[0].why.startswith(why)


def test_the_second_count_is_said_where_it_differs() -> None:
    text = f'[\n{{"title": "A", "added": "{ADDED}"}},\n{{"title": "B", "added": "{ADDED}", "authors": [}}\n]'
    parsed = own_json.FORMAT.parse(text, "a.json", "")
    assert len(parsed.drafts) == 1
    assert parsed.rejected[0].why.endswith('(of all entries 2 begin by key "added", 1 understood)')


def test_null_stands_for_a_key_left_out() -> None:
    (paper,) = read(f'[{{"title": "A", "added": "{ADDED}", "venue": null, "links": {{"doi": null}}, "authors": null}}]')
    assert paper == Paper("", "A", ADDED)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str) -> None:
    text = text_of("json", "export.json").replace("\n", end)
    assert said(own_json.FORMAT.parse("\ufeff" + text, "a.json", "")) == expected("json", "export.expected.json")


def test_a_line_that_is_rejected_is_not_told_again_for_its_unknown_keys() -> None:
    text = '{"unknown": 0, "other": ""}'
    parsed = own_json.FORMAT.parse(text, "a.json", "")
    assert_accounted(text, parsed)
    assert [line.why for line in parsed.rejected] == ["a record must have a title or an abstract"]
    assert parsed.ignored == ()


PIECES = ["[", "]", "{", "}", ",", '"title"', '"added"', ":", '"A"', "1", "null", "\n", f'"{ADDED}"', '"authors"', '"']


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_no_text_breaks_it(text: str) -> None:
    own_json.FORMAT.identify(text)
    assert_accounted(text, own_json.FORMAT.parse(text, "a.json", ""), shared=True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[{"title":"a","added":' + "[" * 50_000, id="deep"),
        pytest.param(
            '[{"title":"a","added":"b","authors":' + "[" * 900 + "]" * 900 + "}]", id="as deep as can be read"
        ),
        pytest.param('[{"title":"a","added":' + "9" * 5_000 + "}]", id="a number of too many digits"),
        pytest.param('{"title":"a","added":"b"\n' * 4_000, id="broken lines"),
        pytest.param("[{" * 50_000, id="brackets"),
        pytest.param(json.dumps([{f"k{number}": 1 for number in range(9_000)}]), id="unknown keys"),
    ],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    own_json.FORMAT.identify(text)
    own_json.FORMAT.parse(text, "a.json", "")
    # A second where nothing else runs; coverage makes it three, and what is quadratic takes minutes.
    assert time.process_time() - start < 10, "it hangs"
