"""RIS comes in whole: each record from its TY to its ER, and no line without its place."""

from __future__ import annotations

import time

import pytest
import rispy
from golden import assert_accounted, assert_example, expected, said, text_of
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import ris
from sitegen.model import Publication


@pytest.mark.parametrize("name", ["styles", "broken"])
def test_golden(name: str) -> None:
    text = text_of("ris", f"{name}.ris")
    parsed = ris.parse(text, f"{name}.ris", "")
    assert said(parsed) == expected("ris", f"{name}.json")
    assert_accounted(text, parsed)
    assert ris.identify(text)


def test_the_example() -> None:
    assert_example(ris.FORMAT, ris.EXAMPLE)


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        pytest.param("TY  - JOUR", True, id="a record"),
        pytest.param("\ufeffTY  - JOUR", True, id="a byte order mark"),
        pytest.param("Provider: X\nTY - JOUR", True, id="one blank, below a header"),
        pytest.param("NOTTY  - JOUR", False, id="another tag"),
        pytest.param("TY is a tag", False, id="words"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_identify(text: str, claimed: bool) -> None:
    assert ris.identify(text) is claimed


def draft_of(*lines: str) -> object:
    (draft,) = ris.parse("\n".join(("TY  - JOUR", "TI  - x", *lines, "ER  - ")), "f", "").drafts
    return draft


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            "<html><title>403</title></html>",
            "this is a web page, not RIS: the download failed or the address was another's",
            id="an HTML error page",
        ),
        pytest.param(
            "TY  - JOUR\nTI  - x",
            "the record does not end with a line ER  -: the file was cut "
            "(of all entries 1 begin by TY  -, 0 understood)",
            id="a missing ER at the end",
        ),
        pytest.param("Not Found", "belongs to no record: it must stand between TY  - and ER  -", id="words"),
        pytest.param("Provider: X", "nothing to import: no entry begins anywhere, with TY  -", id="only a header"),
    ],
)
def test_what_is_no_sound_record_is_said(text: str, why: str) -> None:
    parsed = ris.parse(text, "f.ris", "")
    assert parsed.drafts == ()
    assert parsed.rejected[0].why == why
    assert_accounted(text, parsed)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str) -> None:
    text = text_of("ris", "styles.ris")
    changed = "\ufeff" + text.replace("\n", end)
    assert said(ris.parse(changed, "f", "")) == said(ris.parse(text, "f", ""))


def test_one_blank_before_the_dash_is_read_where_the_record_begins_so() -> None:
    (draft,) = ris.parse("TY - JOUR\nTI - A Title - with a dash\nAU - Doe, J.\nER -\n", "f", "").drafts
    assert draft.title == "A Title - with a dash"
    assert [author.family for author in draft.authors] == ["Doe"]


def test_a_line_in_the_text_that_looks_like_a_loose_tag_stays_text() -> None:
    draft = draft_of("AB  - We compare", "AI - a field - with it.")
    assert getattr(draft, "abstract", "") == "We compare AI - a field - with it."


@pytest.mark.parametrize(
    ("lines", "name", "value"),
    [
        pytest.param(["PY  - 2020"], "date", "2020", id="a year"),
        pytest.param(["PY  - 2020", "DA  - 2020/05/12"], "date", "2020-05-12", id="the most precise date"),
        pytest.param(["Y1  - 2020/05//"], "date", "2020-05", id="a month"),
        pytest.param(["DA  - May 12, 2020"], "date", "2020-05-12", id="words"),
        pytest.param(["DA  - in press"], "date", "", id="no date"),
        pytest.param(["T2  - arXiv"], "type", "preprint", id="arXiv as journal"),
        pytest.param(["SP  - 1-8", "EP  - 8"], "publication", Publication(pages="1-8"), id="a range in SP"),
        pytest.param(["SP  - e12"], "publication", Publication(pages="e12"), id="an article's number"),
        pytest.param(["AD  - Lab A; Lab B"], "organizations", ("Lab A", "Lab B"), id="addresses of authors"),
        pytest.param(["N1  - 6 authors"], "author_count", 6, id="our own remark"),
        pytest.param(["N1  - Times cited: 6"], "author_count", None, id="another's remark"),
    ],
)
def test_fields(lines: list[str], name: str, value: object) -> None:
    assert getattr(draft_of(*lines), name) == value


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        pytest.param("UR  - https://arxiv.org/abs/2301.00010v2", "arxiv", "2301.00010", id="arXiv"),
        pytest.param("AN  - arXiv:2301.00010", "arxiv", "2301.00010", id="an accession number"),
        pytest.param("DO  - https://doi.org/10.1/ABC", "doi", "", id="no registrant"),
        pytest.param("DO  - https://doi.org/10.1000/ABC", "doi", "10.1000/abc", id="a DOI's address"),
        pytest.param("UR  - https://a.org/x;https://a.org/y.pdf", "pdf", "https://a.org/y.pdf", id="two in one tag"),
        pytest.param("N1  - code: https://github.com/a/b", "code", "https://github.com/a/b", id="our own remark"),
    ],
)
def test_links(line: str, name: str, value: str) -> None:
    assert getattr(getattr(draft_of(line), "links", None), name) == value


def test_records_are_those_that_the_library_reads() -> None:
    text = text_of("ris", "styles.ris")
    oracle = [record.get("title", record.get("primary_title")) for record in rispy.loads(text)]
    ours = [draft.title for draft in ris.parse(text, "f", "").drafts]
    assert len(oracle) == len(ours) == 3
    assert ours[1:] == oracle[1:]


def test_the_library_alone_would_lose_a_record_without_its_end() -> None:
    text = text_of("ris", "broken.ris")
    assert len(rispy.loads(text)) < text.count("TY  -")
    parsed = ris.parse(text, "f", "")
    assert {1, 9, 12} <= {line.line for line in parsed.rejected}


PIECES = ["TY  - ", "ER  - ", "TI  - ", "AU  - ", "UR  - ", "TY - ", "JOUR", "x", "\n", "\r\n", ";", "<", "ZZ  - ", " "]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    ris.identify(text)
    assert_accounted(text, ris.parse(text, "f", ""))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("TY  - \n" * 14_000, id="records that never end"),
        pytest.param("TY  - A\nAB  - x\n" + "y\n" * 45_000 + "ER  -\n", id="a text of many lines"),
        pytest.param("TY  - A\nTI  - x\nUR  - " + "http://" * 14_000 + "\nER  -\n", id="addresses"),
        pytest.param("TY  - A\nTI  - " + "<a " * 33_000 + "\nER  -\n", id="tags"),
    ],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    ris.identify(text)
    ris.parse(text, "f", "")
    assert time.process_time() - start < 10, "it hangs"
