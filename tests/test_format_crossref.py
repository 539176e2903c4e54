"""Works of Crossref become drafts."""

from __future__ import annotations

import json
import time

import pytest
from drafts_seen import GOLDEN, assert_accounted, assert_golden, seen
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import crossref
from sitegen.formats.crossref import FORMAT

ANSWER = GOLDEN / "crossref" / "answer.txt"
WORK = {"DOI": "10.1000/x", "title": ["A Title"]}


def drafted(**fields: object) -> dict[str, object]:
    (draft,) = crossref.parse(json.dumps({"message": {**WORK, **fields}}), "f", "").drafts
    found = seen(draft)
    return {key: value for key, value in found.items() if key not in {"ordinal", "first_line", "last_line"}}


def reasons(text: str) -> dict[int, str]:
    return {line.line: line.why for line in crossref.parse(text, "f", "").rejected}


def test_an_answer_parses_to_what_was_written_by_hand() -> None:
    assert crossref.identify(ANSWER.read_text(encoding="utf-8"))
    assert_golden(FORMAT, ANSWER)


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        pytest.param(json.dumps(WORK), True, id="one work alone"),
        pytest.param(json.dumps([WORK]), True, id="an array"),
        pytest.param(json.dumps({"message": WORK}), True, id="one message"),
        pytest.param('{"status": "ok", "message-type": "work-list", "message": {"items": []}}', True, id="no results"),
        pytest.param('[{"DOI": "10.1000/x", "is-referenced-by-count": 0}]', True, id="no title, but its own keys"),
        pytest.param('[{"DOI": "10.1000/x", "title": "A"}]', False, id="CSL-JSON: a title that is text"),
        pytest.param('[{"DOI": "10.1000/x"}]', False, id="a DOI alone"),
        pytest.param('[{"title": ["A"]}]', False, id="no DOI"),
        pytest.param("Resource not found.", False, id="a word of the server"),
        pytest.param('"message-type": "work"', False, id="no object"),
    ],
)
def test_identify_claims_works_of_crossref_only(text: str, claimed: bool) -> None:
    assert crossref.identify(text) is claimed


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("<html>\n503</html>", 1, "this is a web page", id="an HTML error page"),
        pytest.param("Resource not found.", 1, "not JSON", id="a word of the server"),
        pytest.param('{"message": {"items": []}}', 1, "Crossref found nothing: the answer holds no works", id="empty"),
        pytest.param(
            '{"status": "failed", "message-type": "validation-failure", "message": [{"message": "x is no filter"}]}',
            1,
            "Crossref's answer is an error: x is no filter",
            id="the API's error",
        ),
        pytest.param('{"status": "failed"}', 1, "Crossref's answer is an error", id="an error without words"),
        pytest.param(
            json.dumps({**WORK, "update-to": [{"type": "retraction", "DOI": "10.1000/y"}]}),
            1,
            "this is the notice of a retraction",
            id="a notice",
        ),
        pytest.param(
            json.dumps({**WORK, "is-referenced-by-count": 1, "x": {"is-referenced-by-count": 1}}),
            1,
            "2 works by another count, but 1 could",
            id="the second count differs",
        ),
        pytest.param('{"message": {"items": [\n{"DOI": "10.1000/x", "title": ["A"]},\n{"DOI"', 3, "cut", id="cut"),
    ],
)
def test_what_is_no_paper_is_rejected_in_words(text: str, line: int, words: str) -> None:
    assert words in reasons(text)[line]
    assert_accounted(text, crossref.parse(text, "f", ""), strict=False)


def test_a_correction_is_a_paper() -> None:
    assert drafted(**{"update-to": [{"type": "new_version"}]})["title"] == "A Title"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"issued": {"date-parts": [[2020]]}}, {"date": "2020"}, id="a year"),
        pytest.param({"issued": {"date-parts": [[2020, 2, 29]]}}, {"date": "2020-02-29"}, id="a leap day"),
        pytest.param({"issued": {"date-parts": [["2020", "3"]]}}, {"date": "2020-03"}, id="numbers as text"),
        pytest.param({"issued": {"date-parts": [[2021, 2, 29]]}}, {}, id="a day that does not exist"),
        pytest.param({"issued": {"date-parts": [[20]]}}, {}, id="no year"),
        pytest.param({"issued": {"date-parts": [[2020, -1]]}}, {}, id="a negative month"),
        pytest.param({"issued": {"date-parts": []}, "posted": {"date-parts": [[2019]]}}, {"date": "2019"}, id="posted"),
        pytest.param({"type": "book-chapter", "event": {"name": "ECCV"}},
                     {"type": "inproceedings", "venue": "ECCV"}, id="a chapter of proceedings"),
        pytest.param({"type": "book-chapter"}, {"type": "other"}, id="a chapter of a book"),
        pytest.param({"type": "dissertation", "institution": [{"name": "MIT"}]},
                     {"type": "thesis", "venue": "MIT"}, id="a thesis"),
        pytest.param({"article-number": "e7"}, {"publication": {"pages": "e7"}}, id="an article number"),
        pytest.param({"title": ["On Sheep:"], "subtitle": ["Dogs"]}, {"title": "On Sheep: Dogs"}, id="a colon"),
        pytest.param({"title": [], "abstract": "<p>Words.</p>"}, {"title": None, "abstract": "Words."}, id="no title"),
        pytest.param({"DOI": "10.48550/arXiv.2301.00010"}, {"links": {"arxiv": "2301.00010"}}, id="arXiv's own DOI"),
        pytest.param({"author": [{"given": "Ada"}, {"name": "T <i>x</i>"}, {}, 3]},
                     {"authors": [{"name": "Ada"}, {"name": "T x", "literal": True}]}, id="odd authors"),
        pytest.param({"author": "Ada", "issued": [], "link": {}, "event": 3, "relation": [], "resource": "x"}, {},
                     id="fields of other types"),
    ],
)  # fmt: skip
def test_fields_are_read_as_crossref_means_them(fields: dict[str, object], expected: dict[str, object]) -> None:
    whole = {"title": "A Title", "links": {"doi": "10.1000/x"}, **expected}
    assert drafted(**fields) == {key: value for key, value in whole.items() if value is not None}


@pytest.mark.parametrize("hostile", ["[", '{"DOI":', '{"message":{"items":[', '{"a"\n', '{"title":["'])
def test_100_kb_of_anything_take_under_a_second(hostile: str) -> None:
    text = hostile * (100_000 // len(hostile))
    start = time.process_time()
    crossref.identify(text)
    assert_accounted(text, crossref.parse(text, "f", ""), strict=False)
    assert time.process_time() - start < 10, "it hangs"


KEYS = ["title", "subtitle", "author", "given", "family", "name", "issued", "date-parts", "link", "URL", "event"]
KEYS += ["relation", "has-preprint", "id", "update-to", "updated-by", "type", "institution", "affiliation", "abstract"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING))
def test_no_work_whatever_makes_it_raise(fields: dict[str, object]) -> None:
    text = json.dumps({"message": {"items": [{**WORK, **fields}]}}, indent=1)
    assert_accounted(text, crossref.parse(text, "f", ""))


@given(st.text())
def test_no_text_whatever_makes_it_raise(text: str) -> None:
    assert crossref.identify(text) in {True, False}
    assert_accounted(text, crossref.parse(text, "f", ""), strict=False)
