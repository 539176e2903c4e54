"""CSL-JSON comes in whole: each item with its lines, and no line without its place."""

from __future__ import annotations

import json
import time

import pytest
from golden import assert_accounted, assert_example, expected, said, text_of
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import csl_json
from sitegen.model import Author


@pytest.mark.parametrize("name", ["zotero", "broken"])
def test_golden(name: str) -> None:
    text = text_of("csl-json", f"{name}.json")
    parsed = csl_json.parse(text, f"{name}.json", "")
    assert said(parsed) == expected("csl-json", f"{name}.expected.json")
    assert_accounted(text, parsed)
    assert csl_json.identify(text)


def test_the_example() -> None:
    assert_example(csl_json.FORMAT, csl_json.EXAMPLE)


@pytest.mark.parametrize(
    ("entry", "claimed"),
    [
        pytest.param({"type": "article-journal", "title": "x"}, True, id="a type of CSL's own"),
        pytest.param({"type": "article", "title": "x", "genre": "preprint"}, True, id="a preprint"),
        pytest.param({"title": "x", "issued": {"raw": "2020"}}, True, id="no type, but a date as CSL has it"),
        pytest.param({"title": "x"}, False, id="a title alone"),
        pytest.param({"type": "journal-article", "title": ["x"], "DOI": "10.1/x"}, False, id="Crossref"),
        pytest.param({"type": "article", "title": "x", "authorships": []}, False, id="OpenAlex"),
        pytest.param({"type": "article", "title": "x", "added": "2025-01-01T00:00:00Z"}, False, id="our own export"),
        pytest.param({"type": "article-journal"}, False, id="no title"),
    ],
)
@pytest.mark.parametrize("frame", ["{}", "[{}]", '{{"items": [{}]}}', "\ufeff\n[{}]"])
def test_identify(entry: dict[str, object], claimed: bool, frame: str) -> None:
    assert csl_json.identify(frame.format(json.dumps(entry))) is claimed


@pytest.mark.parametrize("text", ["", "title", "# [a](b)", "[", "[1]", "[[]]", "{", "null"])
def test_what_is_no_json_is_not_claimed(text: str) -> None:
    assert not csl_json.identify(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            "<!doctype html>\n<html>",
            "this is a web page, not JSON: the download failed or the address was another's",
            id="an HTML error page",
        ),
        pytest.param("[]", "nothing to import: no entry begins anywhere, with {", id="an empty list"),
        pytest.param('[{"type": "book", "title": "x"', "the text ends within this entry: it was cut", id="cut"),
        pytest.param("[7]", "an item must be an object: {…}", id="a number"),
        pytest.param('[{"type": "book"}]', "the item must have a title", id="no title"),
    ],
)
def test_what_is_no_sound_item_is_said(text: str, why: str) -> None:
    parsed = csl_json.parse(text, "f.json", "")
    assert parsed.drafts == ()
    assert parsed.rejected[0].why.startswith(why)
    assert_accounted(text, parsed)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str) -> None:
    text = text_of("csl-json", "zotero.json")
    changed = "\ufeff" + text.replace("\n", end)
    assert said(csl_json.parse(changed, "f", "")) == said(csl_json.parse(text, "f", ""))


def test_items_on_one_line_share_it() -> None:
    text = json.dumps([json.loads(csl_json.EXAMPLE)[0]] * 3)
    parsed = csl_json.parse(text, "f", "")
    assert [(draft.first_line, draft.last_line) for draft in parsed.drafts] == [(1, 1)] * 3
    assert_accounted(text, parsed, shared=True)


def test_a_broken_item_on_a_line_that_others_share_is_said() -> None:
    parsed = csl_json.parse('[{"type": "book", "title": "x"}, {"type": "book"}]', "f", "")
    assert len(parsed.drafts) == 1
    assert [line.why for line in parsed.rejected] == [
        "the item must have a title (of all entries 2 begin by {, 1 understood)"
    ]


def draft_of(**fields: object) -> object:
    (draft,) = csl_json.parse(json.dumps({"type": "book", "title": "x", **fields}), "f", "").drafts
    return draft


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        pytest.param({"date-parts": [[2020, 5, 12]]}, "2020-05-12", id="a day"),
        pytest.param({"date-parts": [["2020", "05"]]}, "2020-05", id="as text"),
        pytest.param({"date-parts": [[2019], [2021]]}, "2019", id="a range: its beginning"),
        pytest.param({"date-parts": [[None]]}, "", id="Crossref's empty date"),
        pytest.param({"date-parts": []}, "", id="no parts"),
        pytest.param({"date-parts": 2020}, "", id="no list"),
        pytest.param({"raw": "2020-05-12"}, "2020-05-12", id="raw"),
        pytest.param({"literal": "May 2020"}, "2020-05", id="in words"),
        pytest.param("2020-05", "2020-05", id="a text"),
        pytest.param(2020, "", id="a number"),
        pytest.param({"date-parts": [[10**30, 1]]}, "", id="a number of too many digits"),
    ],
)
def test_dates(issued: object, date: str) -> None:
    assert getattr(draft_of(issued=issued), "date", None) == date


@pytest.mark.parametrize(
    ("author", "names"),
    [
        pytest.param([{"family": "Berg", "given": "Jan"}], (Author("Jan Berg", "Berg", "Jan"),), id="two parts"),
        pytest.param([{"literal": "A Team"}], (Author("A Team", literal=True),), id="literal"),
        pytest.param(
            [{"family": "Berg", "given": "Jan", "dropping-particle": "van"}],
            (Author("Jan van Berg", "van Berg", "Jan"),),
            id="a dropping particle",
        ),
        pytest.param([{"family": 7}, "Jan", {}], (Author("7"),), id="what is no name is passed over"),
        pytest.param("Jan Berg", (), id="no list"),
    ],
)
def test_authors(author: object, names: tuple[Author, ...]) -> None:
    assert getattr(draft_of(author=author), "authors", None) == names


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        pytest.param({"DOI": "10.1000/ABC"}, "doi", "10.1000/abc", id="DOI"),
        pytest.param({"DOI": "https://doi.org/10.48550/arXiv.2301.00010"}, "arxiv", "2301.00010", id="arXiv's DOI"),
        pytest.param({"number": "arXiv:2301.00010"}, "arxiv", "2301.00010", id="Zotero's number"),
        pytest.param({"URL": "https://a.org/x.pdf"}, "pdf", "https://a.org/x.pdf", id="a file"),
        pytest.param({"custom": {"code": "https://github.com/a/b"}}, "code", "https://github.com/a/b", id="our custom"),
        pytest.param({"custom": 7, "URL": 7}, "page", "", id="no texts"),
    ],
)
def test_links(fields: dict[str, object], name: str, value: str) -> None:
    assert getattr(getattr(draft_of(**fields), "links", None), name) == value


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        pytest.param({"type": "webpage"}, "type", "other", id="another type"),
        pytest.param({"container-title": "arXiv", "type": "article-journal"}, "type", "preprint", id="arXiv"),
        pytest.param({"container-title": ["Journal"]}, "venue", "Journal", id="a list, as Crossref has it"),
        pytest.param({"event-title": "A Conference"}, "venue", "A Conference", id="an event"),
        pytest.param({"note": "6 authors; year inferred"}, "author_count", 6, id="our own remark"),
        pytest.param({"custom": {"organizations": ["A", 7, ""]}}, "organizations", ("A",), id="organizations"),
        pytest.param({"annote": "Good"}, "note", "Good", id="a note"),
        pytest.param({"volume": True}, "type", "book", id="a volume that is none"),
    ],
)
def test_fields(fields: dict[str, object], name: str, value: object) -> None:
    assert getattr(draft_of(**fields), name) == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["title", "author", "issued", "type", "date-parts", "custom", "URL"]), inner)
    ),
    max_leaves=12,
)


@given(JSON.map(json.dumps) | st.text(alphabet='{}[]",:a1\n\\ ', max_size=40) | st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    csl_json.identify(text)
    assert_accounted(text, csl_json.parse(text, "f", ""), shared=True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 100_000, id="brackets"),
        pytest.param('{"items":' * 11_000, id="envelopes"),
        pytest.param("{}" * 50_000, id="empty items"),
        pytest.param("[" + '{"title":"a","type":"book"},\n' * 3_500 + "]", id="items"),
        pytest.param('[\n{"a":\n' + '{"a":\n' * 15_000, id="items that never end"),
        pytest.param('[{"title":"' + "<a " * 33_000 + '"}]', id="tags"),
    ],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    csl_json.identify(text)
    csl_json.parse(text, "f", "")
    assert time.process_time() - start < 10, "it hangs"
