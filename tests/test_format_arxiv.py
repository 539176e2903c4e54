"""arXiv's feeds become drafts: answers of the API and listings, whole, cut, broken and hostile."""

from __future__ import annotations

import time

import pytest
from drafts_seen import GOLDEN, assert_accounted, assert_golden, seen
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import arxiv_atom
from sitegen.formats.arxiv_atom import FORMAT
from sitegen.formats.ids import arxiv_month, bare_arxiv, bare_doi, bare_orcid
from sitegen.formats.xml_entries import xml_entries

FILES = ("answer.xml", "listing-rss.xml", "listing-atom.xml")
HEAD = '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<!-- arxiv.org -->\n'


def entry(number: int, extra: str = "", title: str = "A Title") -> str:
    return (
        f"<entry>\n<id>http://arxiv.org/abs/2301.{number:05}v1</id>\n<published>2023-01-02T00:00:00Z</published>\n"
        f"<title>{title}</title>\n<summary>Words.</summary>{extra}\n</entry>\n"
    )


def reasons(text: str) -> dict[int, str]:
    return {line.line: line.why for line in arxiv_atom.parse(text, "feed.xml", "").rejected}


@pytest.mark.parametrize("name", FILES)
def test_a_feed_parses_to_what_was_written_by_hand(name: str) -> None:
    assert arxiv_atom.identify((GOLDEN / "arxiv-atom" / name).read_text(encoding="utf-8"))
    assert_golden(FORMAT, GOLDEN / "arxiv-atom" / name)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(name: str, line_end: str) -> None:
    text = (GOLDEN / "arxiv-atom" / name).read_text(encoding="utf-8")
    other = "\ufeff" + text.replace("\n", line_end)
    assert arxiv_atom.identify(other)
    expected = [seen(draft) for draft in arxiv_atom.parse(text, "f", "").drafts]
    assert [seen(draft) for draft in arxiv_atom.parse(other, "f", "").drafts] == expected


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        pytest.param("", False, id="nothing"),
        pytest.param("Title\nAbstract: arxiv.org <feed", False, id="prose that names a feed"),
        pytest.param('<feed xmlns="http://www.w3.org/2005/Atom"><id>http://example.org</id></feed>', False, id="other"),
        pytest.param("<!DOCTYPE html><html><body>arxiv.org <feed></body></html>", False, id="a web page"),
        pytest.param("\ufeff \n" + HEAD + "</feed>", True, id="an empty feed that names arXiv"),
        pytest.param('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><feed>arxiv.org</feed>', True, id="a DOCTYPE"),
    ],
)
def test_identify_claims_feeds_of_arxiv_only(text: str, claimed: bool) -> None:
    assert arxiv_atom.identify(text) is claimed


def test_a_feed_with_entities_is_refused_before_they_are_read() -> None:
    """Billion laughs: ten lines that would be three gigabytes."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 10))
    text = f'<?xml version="1.0"?>\n<!DOCTYPE feed [\n<!ENTITY l0 "laugh">\n{entities}]>\n<feed>arxiv.org'
    text += entry(1, title="&l9;") + "</feed>"
    assert arxiv_atom.identify(text)
    start = time.process_time()
    parsed = arxiv_atom.parse(text, "feed.xml", "")
    assert time.process_time() - start < 10, "it hangs"
    assert not parsed.drafts
    assert "DOCTYPE" in parsed.rejected[1].why
    assert parsed.rejected[1].line == 2
    assert_accounted(text, parsed)


def test_a_broken_entry_costs_no_other() -> None:
    text = HEAD + entry(1) + entry(2, title="R & D") + entry(3) + "</feed>\n"
    parsed = arxiv_atom.parse(text, "feed.xml", "")
    assert [draft.links.arxiv for draft in parsed.drafts] == ["2301.00001", "2301.00003"]
    assert [(draft.first_line, draft.last_line) for draft in parsed.drafts] == [(4, 9), (16, 21)]
    assert "not XML" in parsed.rejected[0].why
    assert "line 13" in parsed.rejected[0].why
    assert [line.line for line in parsed.rejected] == [10, 11, 12, 13, 14, 15]
    assert_accounted(text, parsed)


def test_a_fault_outside_the_entries_is_said_where_it_stands() -> None:
    text = '<feed xmlns="http://www.w3.org/2005/Atom">\n<title>R & D arxiv.org</title>\n' + entry(1) + "</feed>"
    parsed = arxiv_atom.parse(text, "feed.xml", "")
    assert len(parsed.drafts) == 1
    assert list(reasons(text)) == [2]
    assert_accounted(text, parsed)


def test_a_file_cut_within_an_entry_keeps_the_entries_before() -> None:
    text = HEAD + entry(1) + entry(2)[:60]
    parsed = arxiv_atom.parse(text, "feed.xml", "")
    assert len(parsed.drafts) == 1
    assert "cut" in reasons(text)[10]
    assert_accounted(text, parsed)


def test_a_file_cut_between_entries_says_so() -> None:
    text = HEAD + entry(1) + "\n\n"
    parsed = arxiv_atom.parse(text, "feed.xml", "")
    assert len(parsed.drafts) == 1
    assert "the text was cut" in reasons(text)[9]
    assert_accounted(text, parsed, strict=False)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("<!doctype html>\n<html>Rate exceeded</html>", 1, "this is a web page", id="an HTML error page"),
        pytest.param(HEAD + "</feed>", 1, "arXiv found nothing: the feed holds no entries", id="no results"),
        pytest.param("Rate exceeded.", 1, "not XML", id="a word of the server"),
        pytest.param(
            HEAD + "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title>"
            "<summary>incorrect id\n format for 1234</summary></entry></feed>",
            4,
            "arXiv's answer is an error: incorrect id format for 1234",
            id="the API's error entry",
        ),
        pytest.param(HEAD + "<entry><id>http://x.org/1</id></entry></feed>", 4, "must have an arXiv id", id="other id"),
        pytest.param(HEAD + "<entry/></feed>", 4, "the entry has no arXiv id", id="no id at all"),
        pytest.param(
            HEAD + "<entry><id>http://arxiv.org/abs/2301.00010</id></entry></feed>",
            4,
            "neither a title nor an abstract",
            id="an id alone",
        ),
        pytest.param(
            HEAD
            + entry(7, "<x/>").replace("Words.", "This paper has been withdrawn due to an error in Lemma 2.")
            + "</feed>",
            4,
            "2301.00007 was withdrawn (This paper has been withdrawn due to an error in Lemma 2.)",
            id="a withdrawn paper, by its abstract",
        ),
        pytest.param(
            HEAD + entry(1) + "<![CDATA[<entry>]]></feed>",
            1,
            "the feed holds 2 entry tags, but 1 could be told apart",
            id="the second count differs",
        ),
    ],
)
def test_what_is_no_paper_is_rejected_in_words(text: str, line: int, words: str) -> None:
    assert words in reasons(text)[line]
    assert_accounted(text, arxiv_atom.parse(text, "feed.xml", ""), strict=False)


@pytest.mark.parametrize(
    ("words", "withdrawn"),
    [
        ("Withdrawn by the author.", True),
        ("This submission (v1) was temporarily withdrawn", True),
        ("The article has been withdrawn", True),
        ("Paper withdrawn", True),
        ("We study drugs withdrawn from the market.", False),
        ("Withdrawal of troops is modelled.", False),
        ("This paper studies withdrawn users.", False),
    ],
)
def test_a_notice_of_withdrawal_is_told_from_prose(words: str, withdrawn: bool) -> None:
    parsed = arxiv_atom.parse(HEAD + entry(1, f"<arxiv:comment>{words}</arxiv:comment>") + "</feed>", "f", "")
    assert bool(parsed.rejected) is withdrawn


def test_a_date_that_is_none_leaves_the_month_of_the_id() -> None:
    text = "<rss><channel><item><title>T arxiv.org</title><link>https://arxiv.org/abs/2402.00100</link>"
    text += (
        "<description>arXiv:2402.00100v1 Announce Type: new Abstract: A.</description><pubDate>soon</pubDate></item>"
    )
    (draft,) = arxiv_atom.parse(text + "</channel></rss>", "f", "").drafts
    assert (draft.date, draft.listed) == ("2024-02", "")


def test_depth_beyond_any_feed_is_left_out() -> None:
    text = HEAD + entry(1, "<x>" * 3000 + "</x>" * 3000) + "</feed>"
    assert len(arxiv_atom.parse(text, "f", "").drafts) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "<entry>",
        "<entry></entry",
        "<entry>&</entry>\n",
        "<item><entry>",
        "<!--",
        "<![CDATA[",
        "<a b='",
        "&amp;",
        "</entry>",
        "<entry/>",
        "\ud800<",
    ],
)
def test_100_kb_of_anything_take_under_a_second(hostile: str) -> None:
    for head in ("", HEAD):
        text = head + hostile * (100_000 // len(hostile))
        start = time.process_time()
        arxiv_atom.identify(text)
        parsed = arxiv_atom.parse(text, "f", "")
        assert time.process_time() - start < 10, "it hangs"
        assert_accounted(text, parsed, strict=False)


@given(
    st.text()
    | st.lists(st.sampled_from(["<entry>", "</entry>", "<id>", "</id>", "\n", "&", "<", "arXiv"])).map("".join)
)
def test_no_text_whatever_makes_it_raise(text: str) -> None:
    for whole in (text, HEAD + text, HEAD + entry(1) + text + "</feed>"):
        assert arxiv_atom.identify(whole) in {True, False}
        assert_accounted(whole, arxiv_atom.parse(whole, "f", ""), strict=False)


def test_entries_in_elements_of_other_prefixes_are_found() -> None:
    found, fault = xml_entries('<a:feed xmlns:a="x"><a:entry><a:id>1</a:id></a:entry></a:feed>')
    assert fault is None
    assert [(first, last) for _, first, last in found] == [(1, 1)]


@pytest.mark.parametrize(
    ("written", "bare", "month"),
    [
        ("2301.00010", "2301.00010", "2023-01"),
        ("arXiv:2301.00010v12", "2301.00010", "2023-01"),
        ("https://arxiv.org/pdf/2301.00010v2.pdf", "2301.00010", "2023-01"),
        ("http://export.arxiv.org/abs/0704.0001", "0704.0001", "2007-04"),
        ("https://huggingface.co/papers/2510.12345", "2510.12345", "2025-10"),
        ("https://arxiv.org/abs/2301.00010?context=cs", "2301.00010", "2023-01"),
        ("https://doi.org/10.48550/arXiv.2301.00010", "2301.00010", "2023-01"),
        ("10.48550/arxiv.hep-th/9901001", "hep-th/9901001", "1999-01"),
        ("math.GT/0309136v1", "math.GT/0309136", "2003-09"),
        ("cs/0703001", "cs/0703001", "2007-03"),
        ("hep-th/9108001", "hep-th/9108001", "1991-08"),
        ("hep-th/9107001", "", ""),
        ("cs/0801001", "", ""),
        ("2313.00010", "", ""),
        ("0703.0001", "", ""),
        ("2301.0001", "", ""),
        ("1412.00001", "", ""),
        ("2301.00010 and more", "", ""),
        ("10.1145/2301.00010", "", ""),
        ("", "", ""),
    ],
)
def test_arxiv_ids_are_brought_to_their_bare_form(written: str, bare: str, month: str) -> None:
    assert bare_arxiv(written) == bare
    assert arxiv_month(bare) == month


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://dx.doi.org/10.1000/ABC", "10.1000/abc"),
        ("doi:10.1016/S0140-6736(20)30183-5", "10.1016/s0140-6736(20)30183-5"),
        ("10.1/x", ""),
        ("https://example.org/10.1000/abc", ""),
        ("10.1000/a b", ""),
    ],
)
def test_dois_are_brought_to_their_bare_form(written: str, bare: str) -> None:
    assert bare_doi(written) == bare


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", ""),
        ("0000", ""),
        (None, ""),
        ("0" * 200, ""),
    ],
)
def test_orcids_with_a_wrong_check_digit_are_left_out(written: object, bare: str) -> None:
    assert bare_orcid(written) == bare
