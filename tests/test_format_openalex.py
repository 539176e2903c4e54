"""Works of OpenAlex become drafts; and the locator of JSON entries that all rooms of JSON stand on."""

from __future__ import annotations

import json
import time

import pytest
from drafts_seen import GOLDEN, assert_accounted, assert_golden, seen
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import openalex
from sitegen.formats.json_lines import Broken, located
from sitegen.formats.markup import without_tags
from sitegen.formats.openalex import FORMAT

ANSWER = GOLDEN / "openalex" / "answer.txt"


def work(**fields: object) -> dict[str, object]:
    return {"id": "https://openalex.org/W1", "title": "A Title", **fields}


def drafted(**fields: object) -> dict[str, object]:
    (draft,) = openalex.parse(json.dumps(work(**fields)), "f", "").drafts
    return seen(draft)


def reasons(text: str) -> dict[int, str]:
    return {line.line: line.why for line in openalex.parse(text, "f", "").rejected}


def test_an_answer_parses_to_what_was_written_by_hand() -> None:
    assert openalex.identify(ANSWER.read_text(encoding="utf-8"))
    assert_golden(FORMAT, ANSWER)


@pytest.mark.parametrize("line_end", ["\r\n", "\r", " "])
def test_line_ends_and_a_byte_order_mark_change_no_draft(line_end: str) -> None:
    text = ANSWER.read_text(encoding="utf-8")
    other = "\ufeff" + text.replace("\n", line_end)
    assert openalex.identify(other)
    expected = [draft.title for draft in openalex.parse(text, "f", "").drafts]
    assert [draft.title for draft in openalex.parse(other, "f", "").drafts] == expected
    assert_accounted(other, openalex.parse(other, "f", ""), strict=line_end != " ")


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        pytest.param(json.dumps(work()), True, id="one work"),
        pytest.param(json.dumps([work(), work()]), True, id="a list"),
        pytest.param(json.dumps(work()) + "\n" + json.dumps(work()), True, id="one a line"),
        pytest.param('[{"id": bad},\n' + json.dumps(work()) + "]", True, id="a broken work first"),
        pytest.param('{"meta": {"count": 0, "db_response_time_ms": 4}, "results": []}', True, id="an empty answer"),
        pytest.param('{"results": []}', False, id="results of anybody"),
        pytest.param('[{"id": "https://openalex.org/A5023888391"}]', False, id="an author"),
        pytest.param('[{"id": 1}]', False, id="another array"),
        pytest.param("<html>https://openalex.org/W1</html>", False, id="a web page"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_identify_claims_works_of_openalex_only(text: str, claimed: bool) -> None:
    assert openalex.identify(text) is claimed


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("<!DOCTYPE html>\n<html></html>", 1, "this is a web page", id="an HTML error page"),
        pytest.param("\n\n<html>\n\nx</html>", 3, "this is a web page", id="one behind blank lines"),
        pytest.param("<html>\n\nx</html>", 3, "not read, because of line 1", id="what follows on the page"),
        pytest.param('{"meta": {},\n "results": []}', 1, "OpenAlex found nothing", id="empty results"),
        pytest.param(
            '{"error": "Invalid query parameters error.", "message": "x is not a valid field."}',
            1,
            "OpenAlex's answer is an error: x is not a valid field.",
            id="the API's error",
        ),
        pytest.param('{"error": "Forbidden"}', 1, "is an error: Forbidden", id="an error without message"),
        pytest.param('{"id": "https://openalex.org/A1", "display_name": "Ada"}', 1, "is no work", id="an author"),
        pytest.param('[\n{"id": "https://openalex.org/W1",\n "title": "A"', 2, "was cut", id="cut within a work"),
        pytest.param('[\n{"id": "https://openalex.org/W1"},\n', 2, "neither a title nor", id="no title"),
        pytest.param("[3]", 1, "it must be an object", id="a number"),
        pytest.param("[{}]", 1, "with something in it", id="an empty object"),
        pytest.param('["x", ' + "[" * 3000 + "]" * 3000 + "]", 1, "nested too deep", id="a tower"),
        pytest.param(
            json.dumps(work(x={"id": "https://openalex.org/W2"})),
            1,
            "2 works by another count, but 1",
            id="hidden work",
        ),
    ],
)
def test_what_is_no_paper_is_rejected_in_words(text: str, line: int, words: str) -> None:
    assert words in reasons(text)[line]
    assert_accounted(text, openalex.parse(text, "f", ""), strict=False)


def test_a_broken_work_costs_no_other() -> None:
    lines = ANSWER.read_text(encoding="utf-8").split("\n")
    lines[6] = lines[6].rstrip(",")
    text = "\n".join(lines)
    parsed = openalex.parse(text, "f", "")
    assert [draft.title for draft in parsed.drafts] == ["A Preprint"]
    assert "not JSON" in parsed.rejected[0].why
    assert_accounted(text, parsed)


def test_a_cut_answer_keeps_what_came_whole() -> None:
    text = "\n".join(ANSWER.read_text(encoding="utf-8").split("\n")[:40])
    parsed = openalex.parse(text, "f", "")
    assert len(parsed.drafts) == 1
    assert "it was cut" in reasons(text)[37]
    assert_accounted(text, parsed)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"publication_date": "2020-01-01"}, {"date": "2020"}, id="1 January is a year"),
        pytest.param({"publication_date": None, "publication_year": 2020}, {"date": "2020"}, id="a year only"),
        pytest.param({"publication_date": "soon"}, {}, id="a date that is none"),
        pytest.param({"type": "dissertation"}, {"type": "thesis"}, id="a thesis"),
        pytest.param({"type": "paratext"}, {"type": "other"}, id="a type of their own"),
        pytest.param({"type_crossref": "proceedings-article"}, {"type": "inproceedings"}, id="in proceedings"),
        pytest.param(
            {"type": "article", "primary_location": {"source": {"type": "repository", "display_name": "Zenodo"}}},
            {"type": "preprint"},
            id="a repository is no venue",
        ),
        pytest.param(
            {"type": "article", "primary_location": {"source": {"type": "conference", "display_name": "ACL"}}},
            {"type": "inproceedings", "venue": "ACL"},
            id="a conference",
        ),
        pytest.param({"biblio": {"first_page": "1", "last_page": 9}}, {"publication": {"pages": "1-9"}}, id="pages"),
        pytest.param({"biblio": {"last_page": "9"}}, {"publication": {"pages": "9"}}, id="a last page"),
        pytest.param({"ids": {"doi": "https://doi.org/10.1000/X"}}, {"links": {"doi": "10.1000/x"}}, id="doi in ids"),
        pytest.param(
            {"locations": [{"landing_page_url": "http://arxiv.org/abs/2301.00010"}], "doi": "10.1000/x"},
            {"links": {"arxiv": "2301.00010", "doi": "10.1000/x"}},
            id="an arXiv id beside a DOI",
        ),
        pytest.param(
            {"best_oa_location": {"pdf_url": "https://x.example.org/get/7"}},
            {"links": {"pdf": "https://x.example.org/get/7"}},
            id="a PDF whose address does not say so",
        ),
        pytest.param({"best_oa_location": {"pdf_url": "javascript:alert(1)"}}, {}, id="a link that is none"),
        pytest.param(
            {"authorships": [{"raw_author_name": "A. B."}, {"author": {"display_name": " "}}, 7]},
            {"authors": [{"name": "A. B."}]},
            id="a raw name, an empty one, and nonsense",
        ),
        pytest.param(
            {"abstract_inverted_index": {"b": [1, "x", None], "a": [0], "c": 3, "d": [10**12, -1]}},
            {"abstract": "d a b d"},
            id="a hostile index",
        ),
        pytest.param({"title": True, "display_name": "Shown"}, {"title": "Shown"}, id="a title that is no text"),
        pytest.param(
            {"abstract_inverted_index": {"https://github.com/a/b": [0]}},
            {"abstract": "https://github.com/a/b", "links": {"code": "https://github.com/a/b"}},
            id="code",
        ),
    ],
)
def test_fields_are_read_as_openalex_means_them(fields: dict[str, object], expected: dict[str, object]) -> None:
    found = drafted(**fields)
    assert found == {"title": "A Title", "ordinal": 1, "first_line": 1, "last_line": 1, **expected}


# The locator.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('[{"a": 1},\n {"b":\n 2}]', [({"a": 1}, 1, 1), ({"b": 2}, 2, 3)], id="an array"),
        pytest.param('{"x": [1], "results": [\n1\n], "y": {"z": []}}', [(1, 2, 2)], id="results"),
        pytest.param('{"items": [1, 2]}', [(1, 1, 1), (2, 1, 1)], id="items"),
        pytest.param('{"message": {"x": 0, "items": [\n"a"]}, "b": 1}\n', [("a", 2, 2)], id="message.items"),
        pytest.param('{"message":\n {"a": 1},\n "b": 2}', [({"a": 1}, 2, 2)], id="message"),
        pytest.param('{"message": [1]}', [({"message": [1]}, 1, 1)], id="a message that is a list is a value"),
        pytest.param('{"items": 3}', [({"items": 3}, 1, 1)], id="items that are no list"),
        pytest.param('{"a": 1}\n\n{"a": 2}', [({"a": 1}, 1, 1), ({"a": 2}, 3, 3)], id="one a line"),
        pytest.param('{"items": [1]}\r\n{"items": [2]}', [(1, 1, 1), (2, 2, 2)], id="two answers"),
        pytest.param("\ufeff []", [], id="an empty array"),
        pytest.param("", [], id="nothing"),
        pytest.param("[1 2,,3]", [(1, 1, 1), (2, 1, 1), (3, 1, 1)], id="commas amiss"),
    ],
)
def test_entries_are_found_with_their_lines(text: str, expected: list[tuple[object, int, int]]) -> None:
    assert located(text) == expected


@pytest.mark.parametrize(
    ("text", "whole", "words"),
    [
        pytest.param('[\n {"a": 1}\n {"b" 2},\n {"c": 3}\n]', [1, 3], "not JSON: Expecting ':'", id="a missing colon"),
        pytest.param('[\n {"a": [},\n {"c": 3}\n]', [3], "not JSON", id="a missing bracket"),
        pytest.param('[{"a": "}, {"c": 3}]', [], "it was cut", id="a missing quote takes all, and is said"),
        pytest.param('[{"a": x}, {"c": 3}]', [3], "not JSON", id="a bare word within"),
        pytest.param('[x, {"c": 3}]', [3], "not JSON", id="a bare word"),
        pytest.param('["x\n, {"c": 3}]', [3], "not JSON", id="a text that does not end"),
        pytest.param('{"c": 3}\nhello\n', [3], "an entry must begin with {", id="prose behind"),
        pytest.param("[" + "9" * 5000 + "]", [], "too many digits", id="a number of 5,000 digits"),
        pytest.param("[1,", [1], "the text ends within the list", id="cut in the list"),
        pytest.param('{"message": {"items": [{"c": 3}', [3], "the text ends within the list", id="cut in an answer"),
        pytest.param('{"a" 1}', [], "not JSON", id="no colon in the only object"),
        pytest.param('{"a": 1', [], "it was cut", id="the only object cut"),
        pytest.param("{a: 1}", [], "not JSON", id="no JSON at all"),
    ],
)
def test_a_broken_entry_is_said_and_costs_no_other(text: str, whole: list[int], words: str) -> None:
    found = [value for value, _, _ in located(text)]
    read = [
        one
        for value in found
        if not isinstance(value, Broken)
        for one in (value.values() if isinstance(value, dict) else [value])
    ]
    assert read == whole
    assert any(isinstance(value, Broken) and words in value.why for value in found)


def test_no_more_than_a_thousand_broken_entries_are_told_apart() -> None:
    found = located("{x\n" * 5000)
    assert len(found) == 1001
    assert found[-1] == (Broken("not read: more than 1000 entries before it are broken"), 1001, 5000)
    assert len(located("[" + "x," * 5000)) == 1001


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_an_array_of_anything_is_found_whole(value: object) -> None:
    for indent in (None, 1):
        assert [found for found, _, _ in located(json.dumps([value], indent=indent))] == [value]


HOSTILE = [
    "[",
    '{"a":',
    "{bad\n",
    '"\\',
    '{"results":[',
    "[x,",
    '[{"a":"',
    "x\n",
    "{}",
    "[{]\n",
    '{"items":[]',
    '{"message":{',
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_100_kb_of_anything_take_under_a_second(hostile: str) -> None:
    text = hostile * (100_000 // len(hostile))
    start = time.process_time()
    openalex.identify(text)
    parsed = openalex.parse(text, "f", "")
    assert time.process_time() - start < 10, "it hangs"
    assert_accounted(text, parsed, strict=False)


PIECES = st.sampled_from(
    ["{", "}", "[", "]", '"', ",", ":", "\n", '"results"', '"id": "https://openalex.org/W1"', "1", "\\"]
)


@given(st.text() | st.lists(PIECES).map("".join))
def test_no_text_whatever_makes_it_raise(text: str) -> None:
    assert openalex.identify(text) in {True, False}
    assert_accounted(text, openalex.parse(text, "f", ""), strict=False)


KEYS = ["title", "authorships", "author", "display_name", "primary_location", "source", "biblio", "ids", "locations"]
KEYS += [
    "abstract_inverted_index",
    "institutions",
    "doi",
    "publication_date",
    "type",
    "open_access",
    "pdf_url",
    "orcid",
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING))
def test_no_work_whatever_makes_it_raise(fields: dict[str, object]) -> None:
    text = json.dumps([work(**fields)])
    assert_accounted(text, openalex.parse(text, "f", ""), strict=False)


# Markup.

DOCUMENT = "\\documentclass[12pt]{minimal} \\usepackage{amsmath} \\begin{document}$$x^2$$\\end{document}"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("R&D &amp; more", "R&D & more"),
        ("&lt;i&gt;Sheep&lt;/i&gt;", "Sheep"),
        ("x &lt; y<br/>z", "x < y z"),
        ("<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two."),
        ("<title>Methods:</title> <p>We did.</p>", "Methods: We did."),
        ("H<sub>2</sub>O<!-- no -->", "H2O"),
        ("<![CDATA[x]]> &amp;", "x &"),
        (f"<tex-math>{DOCUMENT}</tex-math><mml:math><mml:mi>x</mml:mi></mml:math> is", "$x^2$ is"),
        ("<mml:math><mml:mi>x</mml:mi></mml:math>", "x"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("  two\n   lines ", "two lines"),
    ],
)
def test_markup_becomes_plain_text(written: str, plain: str) -> None:
    assert without_tags(written) == plain


@pytest.mark.parametrize(
    "hostile", ["<", "<p ", "&amp;", "<mml:math>", "<jats:tex-math><mml:math>", "<title>", "\\documentclass", "<!--"]
)
def test_100_kb_of_markup_take_under_a_second(hostile: str) -> None:
    start = time.process_time()
    without_tags(hostile * (100_000 // len(hostile)))
    assert time.process_time() - start < 10, "it hangs"
