from __future__ import annotations

import csv
import io
import time

import pytest
from golden import assert_accounted, assert_example, expected, said, text_of
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import csv_out, csv_table, own_json
from sitegen.formats.cited import Cited
from sitegen.formats.csv_rows import rows
from sitegen.model import Author, Draft, Links, Paper, Publication


def only(text: str) -> Draft:
    parsed = csv_table.FORMAT.parse(text, "table.csv", "")
    assert_accounted(text, parsed)
    (draft,) = parsed.drafts
    return draft


@pytest.mark.parametrize("name", ["table", "semicolons"])
def test_golden(name: str) -> None:
    text = text_of("csv", f"{name}.csv")
    parsed = csv_table.FORMAT.parse(text, f"{name}.csv", "")
    assert said(parsed) == expected("csv", f"{name}.expected.json")
    assert_accounted(text, parsed)


def test_the_example() -> None:
    assert_example(csv_table.FORMAT, csv_table.EXAMPLE)


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        pytest.param("title,year\nA,2020", True, id="a title and a year"),
        pytest.param("\ufeffTITLE;Publication Year\nA;2020", True, id="semicolons, a byte order mark, capitals"),
        pytest.param("Abstract Note\tDOI\n", True, id="tabs, and no row yet"),
        pytest.param("sep=;\r\ntitle;year\r\n", True, id="the delimiter is said"),
        pytest.param("\n\ntitle,year\n", True, id="blank lines above"),
        pytest.param("title\nA", False, id="one column"),
        pytest.param("title,colour\nA,red", False, id="a title and nothing else that a paper has"),
        pytest.param("year,doi\n2020,10.1/x", False, id="neither title nor abstract"),
        pytest.param('"title,year\nA', False, id="a header whose quotation mark is not closed"),
        pytest.param(
            "A Title, a year and a long sentence that goes on and on to sixty letters,year", False, id="prose"
        ),
        pytest.param("| title | year |", False, id="a table in Markdown"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_identify(text: str, claimed: bool) -> None:
    assert csv_table.FORMAT.identify(text) is claimed


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        pytest.param("author", "Ada Byron", "authors", (Author("Ada Byron"),), id="one author"),
        pytest.param(
            "authors", '"Byron, Ada"', "authors", (Author("Ada Byron", "Byron", "Ada"),), id="a name inverted"
        ),
        pytest.param("creators", "; Plato ;", "authors", (Author("Plato"),), id="empty names"),
        pytest.param("authors", "A B & C D", "authors", (Author("A B"), Author("C D")), id="an ampersand"),
        pytest.param("authors", "...", "authors", (), id="no name at all"),
        pytest.param("authors", "-", "authors", (), id="a dash is nothing"),
        pytest.param("author count", "6", "author_count", 6, id="a number of authors"),
        pytest.param("published", "12 May 2020", "date", "2020-05-12", id="a date in words"),
        pytest.param("year", "2020", "date", "2020", id="a year"),
        pytest.param("doi", "10.1234/X", "links", Links(doi="10.1234/x"), id="a bare DOI"),
        pytest.param("doi", "soon", "note", "doi as given: soon", id="no DOI"),
        pytest.param("eprint", "arXiv:2301.00001v2", "links", Links(arxiv="2301.00001"), id="an arXiv id with version"),
        pytest.param("pdf", "https://a.org/b", "links", Links(pdf="https://a.org/b"), id="a file without .pdf"),
        pytest.param("code", "https://a.org/b", "links", Links(code="https://a.org/b"), id="code anywhere"),
        pytest.param(
            "url", "https://doi.org/10.1234/x", "links", Links(doi="10.1234/x"), id="an address that is a DOI"
        ),
        pytest.param("url", "https://a.org/x.pdf", "links", Links(pdf="https://a.org/x.pdf"), id="one that is a file"),
        pytest.param("journal", "Looms", "venue", "Looms", id="a journal"),
        pytest.param("pages", "1-8", "publication", Publication(pages="1-8"), id="pages"),
        pytest.param("tags", '"a, b"', "topics", ("a", "b"), id="topics parted by commas"),
        pytest.param("item type", "journalArticle", "type", "article", id="Zotero's type"),
        pytest.param("type", "poem", "type", "", id="no type"),
        pytest.param("kind", "survey", "kind", "survey", id="a kind"),
        pytest.param("kind", "kind", "kind", "", id="no kind"),
        pytest.param("affiliation", "A; B", "organizations", ("A", "B"), id="organisations"),
        pytest.param("title source", "derived", "title", "A Title", id="made from an abstract that is not here"),
        pytest.param("date source", "inferred", "date_source", "given", id="no date to infer"),
        pytest.param("status", "read", "note", "", id="a status of readers"),
    ],
)
def test_columns(column: str, cell: str, field: str, value: object) -> None:
    assert getattr(only(f"title,{column},abstract\nA Title,{cell},\n"), field) == value


def test_a_date_wins_over_a_year_and_may_be_inferred() -> None:
    draft = only("title,year,date,date_source\nA,2020,2021-05,inferred\n")
    assert (draft.date, draft.date_source) == ("2021-05", "inferred")


def test_the_first_of_two_columns_of_one_sort_is_taken_and_the_other_named() -> None:
    parsed = csv_table.FORMAT.parse("title,url,Website,\nA,https://a.org/x,https://a.org/y,\n", "t", "")
    assert parsed.drafts[0].links.page == "https://a.org/x"
    assert parsed.ignored[0].why == "columns not taken over: Website, one without a name"


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        pytest.param("<!DOCTYPE html><html></html>", 1, "this is a web page, not CSV", id="a web page"),
        pytest.param("a,b\n1,2\n", 1, "the first row must name the columns", id="no header"),
        pytest.param("title,year\nA,2020,x\n", 2, "the row has 3 cells, the header 2", id="a cell too many"),
        pytest.param("title,year\n,2020\n", 2, "the row has neither a title nor an abstract", id="no title"),
        pytest.param('title,year\n"A,2020\nB,2020\n', 2, "a quotation mark is not closed", id="never closed"),
        pytest.param('title,year\n"A,1\n"B",1\n', 2, "a quotation mark is not closed", id="closed by another's"),
        pytest.param("title,status,year\nA,retracted,1\n", 2, "the paper is retracted", id="a retracted paper"),
        pytest.param("title,year\n", 1, "nothing to import: there is no row below the header", id="no row"),
        pytest.param('title,year\n"A\nB,1\n"C\n', 1, "by another reader's count this table has 1 row, 1", id="count"),
    ],
)
def test_what_is_no_sound_row_is_said(text: str, number: int, why: str) -> None:
    parsed = csv_table.FORMAT.parse(text, "t", "")
    assert_accounted(text, parsed)
    assert any(line.line == number and line.why.startswith(why) for line in parsed.rejected)


def test_a_row_that_is_never_closed_costs_no_other() -> None:
    parsed = csv_table.FORMAT.parse('title,year\n"A,2020\nB,2021\nC,2022\n', "t", "")
    assert [draft.title for draft in parsed.drafts] == ["B", "C"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str) -> None:
    text = text_of("csv", "table.csv").replace("\n", end)
    parsed = csv_table.FORMAT.parse("\ufeff" + text, "table.csv", "")
    assert said(parsed) == expected("csv", "table.expected.json")


CELL = st.text(st.sampled_from('ab ,;"\n\r\té'), max_size=8)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=6), st.sampled_from(",;\t"))
def test_rows_are_those_that_python_wrote(table: list[list[str]], delimiter: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    read = [list(row.cells) for row in rows(written.getvalue(), delimiter)]
    assert read == [row for row in table if any(cell.strip() for cell in row)]


def test_our_own_table_is_read_back() -> None:
    paper = Paper(
        id="engines",
        title="=Engines, “Looms” and more",
        added="2025-11-03T00:00:00Z",
        type="article",
        kind="survey",
        authors=(Author("Ada Byron"), Author("Plato")),
        author_count=7,
        organizations=("Analytical Society",),
        date="2024-05",
        date_source="inferred",
        topics=("looms",),
        links=Links("2405.00001", "10.1234/x", "https://a.org/p", "https://a.org/c", "https://a.org/"),
        venue="Journal of Engines",
        publication=Publication("1", "2", "3-4", "Press"),
        abstract="Two\nlines.",
        note="- Read *it*.",
    )
    text = csv_out.dump([Cited(paper, "byron2024engines", "https://example.org/papers/engines/")])
    draft = only(text)
    same = (
        "title type kind authors author_count organizations date date_source topics links venue publication "
        "abstract note"
    )
    for name in same.split():
        assert getattr(draft, name) == getattr(paper, name)
    assert not own_json.FORMAT.identify(text)


@given(st.one_of(st.text(max_size=200), st.lists(CELL, max_size=20).map(lambda cells: "title,year\n" + "".join(cells))))
def test_no_text_breaks_it(text: str) -> None:
    csv_table.FORMAT.identify(text)
    assert_accounted(text, csv_table.FORMAT.parse(text, "t", ""))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("title,url\n" + '"' * 100_000, id="quotation marks"),
        pytest.param("title,url\n" + 'a,"b\n' * 20_000, id="marks that are never closed"),
        pytest.param("title,url\n" + '"a""\n' * 20_000, id="marks within"),
        pytest.param("title,url\n" + '"""\n' * 25_000, id="marks in threes"),
        pytest.param("," * 100_000, id="commas"),
        pytest.param("title,authors\na," + "A B;" * 25_000, id="authors"),
        pytest.param("title,url\na," + "http://a.b " * 9_000, id="addresses"),
        pytest.param("title,year\n" + "#\n" * 50_000, id="rows of one sign"),
    ],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    csv_table.FORMAT.identify(text)
    csv_table.FORMAT.parse(text, "t", "")
    # A second where nothing else runs; coverage makes it three, and what is quadratic takes minutes.
    assert time.process_time() - start < 10, "it hangs"
