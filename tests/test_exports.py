"""What we write to be cited, read back by others: bibtexparser, pybtex, rispy and the standard library."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from sitegen import exports
from sitegen.corpus import load_corpus
from sitegen.exports import cited_papers, export_pages
from sitegen.formats import bibtex, bibtex_out, csl_json, csl_out, csv_out, csv_table, own_json, ris, ris_out
from sitegen.formats.cited import Cited, name_parts
from sitegen.model import Author, Corpus, Links, Paper, Publication, Topic
from sitegen.problems import SitegenError
from sitegen.render.exports import export_named, export_paths, render_exports
from sitegen.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Dump = Callable[[Sequence[Cited]], str]

CORPUS = Path(__file__).parent.parent / "corpus"
SITE_URL = "https://papers.example.net/repo/"
ADDED = "2025-11-03T00:00:01Z"
# LaTeX's own names for these signs, two of which pylatexenc does not know and one of which it takes for the accent.
LATEX = get_default_latex_context_db()
LATEX.add_context_category(
    "signs",
    macros=[
        MacroTextSpec("textbraceleft", "{"),
        MacroTextSpec("textbraceright", "}"),
        MacroTextSpec("textasciicircum", "^"),
    ],
    prepend=True,
)
DECODER = LatexNodes2Text(LATEX, math_mode="verbatim", keep_comments=True, strict_latex_spaces=True)


@dataclass(frozen=True)
class Seen:
    """What a reader makes of one entry."""

    key: str
    title: str
    names: tuple[str, ...]
    fields: dict[str, Any]


def _cited(title: str = "A Title", **more: Any) -> Cited:
    return Cited(Paper("x", title, ADDED, **more), "key2023word", f"{SITE_URL}papers/x/", ("LLM agents", "Theory"))


def _decoded(value: str) -> str:
    # Two hyphens are two hyphens in the file; that typesetting makes a dash of them is not reading.
    return str(DECODER.latex_to_text(value.replace("--", "-{}-")))


def _whole(first: Sequence[str], von: Sequence[str], last: Sequence[str], jr: Sequence[str]) -> str:
    return _decoded(" ".join([*first, *von, *last, *jr]))


def _by_bibtexparser(written: str) -> list[Seen]:
    library = parse_bibtex(written, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    seen = []
    for entry in library.entries:
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        names = tuple(_whole(name.first, name.von, name.last, name.jr) for name in fields.pop("author", ()))
        seen.append(Seen(entry.key, _decoded(fields["title"]), names, {"ENTRYTYPE": entry.entry_type, **fields}))
    return seen


def _by_pybtex(written: str) -> list[Seen]:
    seen = []
    for key, entry in parse_string(written, "bibtex").entries.items():
        names = tuple(
            _whole(name.first_names + name.middle_names, name.prelast_names, name.last_names, name.lineage_names)
            for name in entry.persons.get("author", ())
        )
        seen.append(Seen(key, _decoded(entry.fields["title"]), names, {"ENTRYTYPE": entry.type, **entry.fields}))
    return seen


def _by_rispy(written: str) -> list[Seen]:
    seen = []
    for entry in rispy.loads(written):
        names = []
        for name in entry.get("authors", ()):
            family, _, rest = name.partition(", ")
            given, _, suffix = rest.partition(", ")
            names.append(" ".join(part for part in (given, family, suffix) if part))
        seen.append(Seen(entry["id"], entry["title"], tuple(names), entry))
    return seen


def _by_json(written: str) -> list[Seen]:
    seen = []
    for entry in json.loads(written):
        order = ("given", "family", "suffix", "literal")
        names = tuple(" ".join(name[part] for part in order if part in name) for name in entry.get("author", ()))
        seen.append(Seen(entry["id"], entry["title"], names, entry))
    return seen


READERS = {
    "bibtexparser": (bibtex_out.dump, _by_bibtexparser),
    "pybtex": (bibtex_out.dump, _by_pybtex),
    "rispy": (ris_out.dump, _by_rispy),
    "csl": (csl_out.dump, _by_json),
}


def _seen(reader: str, papers: Sequence[Cited]) -> list[Seen]:
    dump, read = READERS[reader]
    return read(dump(papers))


@pytest.fixture(scope="module")
def seeds() -> tuple[Cited, ...]:
    corpus, problems = load_corpus(CORPUS)
    assert not problems
    return tuple(cited_papers(corpus, SITE_URL).values())


@pytest.mark.parametrize("reader", READERS)
def test_all_seed_papers_come_back_with_title_names_and_ids(reader: str, seeds: tuple[Cited, ...]) -> None:
    seen = _seen(reader, seeds)
    titles = [f"[{one.paper.title}]" if one.paper.title_source == "derived" else one.paper.title for one in seeds]
    assert len(seeds) >= 167
    assert [entry.key for entry in seen] == [one.citekey for one in seeds]
    assert [entry.title for entry in seen] == titles
    assert [entry.names for entry in seen] == [tuple(a.name for a in one.paper.authors) for one in seeds]
    dois = [entry.fields.get("DOI", entry.fields.get("doi", "")) for entry in seen]
    assert dois == [one.paper.links.doi for one in seeds]


@pytest.mark.parametrize(
    ("dump", "room"),
    [
        pytest.param(bibtex_out.dump, bibtex, id="bibtex"),
        pytest.param(ris_out.dump, ris, id="ris"),
        pytest.param(csl_out.dump, csl_json, id="csl-json"),
        pytest.param(csv_out.dump, csv_table, id="csv"),
    ],
)
def test_our_own_reader_takes_all_seed_papers_back(dump: Dump, room: Any, seeds: tuple[Cited, ...]) -> None:
    written = dump(seeds)
    assert [other for other in (bibtex, ris, csl_json, csv_table, own_json) if other.FORMAT.identify(written)] == [room]
    parsed = room.parse(written, "export", "")
    assert not parsed.rejected
    for draft, one in zip(parsed.drafts, seeds, strict=True):
        paper = one.paper
        # A title that was made is no title of the paper's; two hyphens are BibTeX's dash.
        title = "" if paper.title_source == "derived" else paper.title
        assert draft.title == (title.replace("--", "–") if room is bibtex else title)
        assert draft.authors == paper.authors
        assert draft.author_count == paper.author_count
        assert draft.date == paper.date
        assert draft.links.doi == paper.links.doi


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("title", "read"),
    [
        pytest.param("An open { brace", None, id="an opening brace without its other"),
        pytest.param("A closed } brace", None, id="a closing brace without its other"),
        pytest.param("}{", None, id="braces the wrong way round"),
        pytest.param("The {Team} of {{sets}}", None, id="balanced braces"),
        pytest.param("C:\\temp and \\policy", None, id="backslashes before what is no macro"),
        pytest.param("It costs $5 or $15", None, id="money"),
        pytest.param("50% of #1 & a_b ~ x^2", None, id="what LaTeX reads as commands"),
        pytest.param("mail@example.com and @misc{x, title = {y}}", None, id="an at sign and an entry"),
        pytest.param('Say "hello" <b>now</b> | then', None, id="quotes, angles and bars"),
        pytest.param("One\nof two\tlines", "One of two lines", id="a line break and a tab"),
        pytest.param("TY  - JOUR\nER  - ", "TY - JOUR ER -", id="tags of RIS"),
        pytest.param("A\u2028B\u2029C", "A B C", id="line separators of Unicode"),
        pytest.param("Emoji 🚀 👩‍👩‍👧‍👦", None, id="emoji"),
        pytest.param("עברית العربية 學習", None, id="scripts of the world"),
        pytest.param("Šnajder’s naïve Ελληνικά – ½", None, id="accents and dashes"),
        pytest.param("LLMs, BERT, mT5, VitaBench 2.0, GPT-4o in 3D", None, id="words whose capitals are kept"),
        pytest.param(
            "``Quoted'' and \\textbf{M}edical, 0.5\\%", "“Quoted” and Medical, 0.5%", id="LaTeX of the source"
        ),
        pytest.param('Schr{\\"o}dinger', "Schrödinger", id="an accent in LaTeX"),
        pytest.param("x" * 2000, None, id="a very long word"),
    ],
)
def test_a_hostile_title_comes_back_whole(reader: str, title: str, read: str | None) -> None:
    neighbours = [_cited("Before"), _cited(title), _cited("After")]
    papers = [replace(one, citekey=f"key{place}") for place, one in enumerate(neighbours)]
    assert [entry.title for entry in _seen(reader, papers)] == ["Before", read or title, "After"]


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        pytest.param(r"Learning at $N_{a} \sim 1$ bit", "Learning at N_a ∼1 bit", id="a formula"),
        pytest.param(r"A $\{1$ b", "A {1 b", id="a formula with an open brace"),
        pytest.param("A $}{$ b", "A }{ b", id="braces the wrong way round"),
        pytest.param("A $5%$ and $x#y$ b", "A 5% and x#y b", id="a formula with a comment in it"),
        pytest.param(r"A $5\%$ b", "A 5% b", id="a formula with a percent sign"),
    ],
)
def test_a_formula_stays_one_in_bibtex_and_is_plain_elsewhere(title: str, plain: str) -> None:
    for reader in ("bibtexparser", "pybtex"):
        assert [entry.title for entry in _seen(reader, [_cited(title)])] == [title]
    for reader in ("rispy", "csl"):
        assert [entry.title for entry in _seen(reader, [_cited(title)])] == [plain]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        pytest.param(
            "Do LLMs use VitaBench and mT5?", "Do {LLM}s use {VitaBench} and {mT5}?", id="words with capitals"
        ),
        pytest.param("GPT-4 in 3D: An AI Study", "{GPT}-4 in {3D}: An {AI} Study", id="first letters stay free"),
        pytest.param("It costs $5, 100% & a_b #1", r"It costs \$5, 100\% \& a\_b \#1", id="signs of LaTeX"),
        pytest.param("a { LLM b", r"a \textbraceleft{} {LLM} b", id="an open brace"),
        pytest.param(
            "a {LLM} b}{c",
            r"a \textbraceleft{}{LLM}\textbraceright{} b\textbraceright{}\textbraceleft{}c",
            id="braces the wrong way round",
        ),
        pytest.param("a {LLMs} b", r"a \{{LLM}s\} b", id="braces that belong together"),
        pytest.param(r"At $N_{a}$ bits", r"At {$N_{a}$} bits", id="a formula, whose letters no style makes small"),
    ],
)
def test_a_title_as_bibtex_has_it(title: str, written: str) -> None:
    assert f"  title = {{{written}}},\n" in bibtex_out.dump([_cited(title)])


NAMES = [
    pytest.param(Author("Ada Lovelace"), ("Lovelace", "Ada"), id="two words"),
    pytest.param(Author("Jan Šnajder"), ("Šnajder", "Jan"), id="an accent"),
    pytest.param(Author("Seán O'Neil"), ("O'Neil", "Seán"), id="an apostrophe"),
    pytest.param(Author("Jan van der Berg"), ("van der Berg", "Jan"), id="particles"),
    pytest.param(Author("van Gogh"), ("van Gogh", ""), id="particle and family only"),
    pytest.param(Author("bell hooks"), ("hooks", "bell"), id="all in small letters"),
    pytest.param(Author("J. R. R. Tolkien"), ("Tolkien", "J. R. R."), id="initials"),
    pytest.param(Author("Jean-Pierre Serre"), ("Serre", "Jean-Pierre"), id="a hyphen"),
    pytest.param(Author("Martin Luther King Jr."), ("King", "Martin Luther"), id="a suffix"),
    pytest.param(
        Author("Gabriel García Márquez", family="García Márquez", given="Gabriel"),
        ("García Márquez", "Gabriel"),
        id="a family of two words, known as such",
    ),
    pytest.param(Author("Martin King Jr.", family="King", given="Martin"), ("King", "Martin"), id="parts and a suffix"),
    pytest.param(Author("Ana And", family="And", given="Ana"), ("And", "Ana"), id="a family called And"),
    pytest.param(Author("Ana Others", family="Others", given="Ana"), ("Others", "Ana"), id="a family called Others"),
    pytest.param(Author("Team Alpha", family="Team Alpha"), ("Team Alpha", ""), id="a family of words and no given"),
    pytest.param(Author("Madonna"), ("Madonna", ""), id="one word"),
    pytest.param(Author("{Team}"), None, id="braces"),
    pytest.param(Author("Half } Brace"), None, id="a brace without its other"),
    pytest.param(Author("Qwen Team"), None, id="a team"),
    pytest.param(Author("Barnes and Noble"), None, id="a name with and in it"),
    pytest.param(Author("Acme & Sons 100%"), None, id="signs of LaTeX"),
    pytest.param(Author("others", literal=True), None, id="the word others"),
    pytest.param(Author("OpenAI", literal=True), None, id="a literal"),
    pytest.param(Author("山田 太郎"), None, id="family first"),
    pytest.param(Author("מרים כהן"), ("כהן", "מרים"), id="right to left"),
]


@pytest.mark.parametrize(("author", "parts"), NAMES)
def test_a_name_in_its_parts(author: Author, parts: tuple[str, str] | None) -> None:
    found = name_parts(author)
    assert (found.family, found.given) == (parts or ("", ""))
    assert found.literal == ("" if parts else author.name)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("author", "parts"), NAMES)
def test_a_name_comes_back_between_its_neighbours(reader: str, author: Author, parts: tuple[str, str] | None) -> None:
    del parts
    authors = (Author("Ada Lovelace"), author, Author("Jan van der Berg"))
    (seen,) = _seen(reader, [_cited(authors=authors)])
    assert seen.names == ("Ada Lovelace", author.name, "Jan van der Berg")


@pytest.mark.parametrize(
    ("reader", "name"),
    [("bibtexparser", "Acme, Inc."), ("pybtex", "Acme, Inc."), ("rispy", "Acme Inc."), ("csl", "Acme, Inc.")],
)
def test_a_group_with_a_comma_stays_one_name(reader: str, name: str) -> None:
    (seen,) = _seen(reader, [_cited(authors=(Author("Acme, Inc.", literal=True),))])
    assert seen.names == (name,)


RICH = _cited(
    type="article",
    authors=(Author("Ada Lovelace"),),
    date="2023-08-04",
    venue="Proceedings of A & B",
    publication=Publication("12", "3", "1--10", "ACM & Co"),
    links=Links("2308.00001", "10.1000/a_b%c", "https://x.org/a.pdf?x=1;y=2", "https://github.com/a/b_c", ""),
    abstract="First 50% of it.\n\nSecond $\\sim 1$ part.",
    note="Read *this*.",
    organizations=("NVIDIA",),
)


def test_everything_that_is_known_stands_in_bibtex() -> None:
    for read in (_by_bibtexparser, _by_pybtex):
        (seen,) = read(bibtex_out.dump([RICH]))
        expected = {
            "ENTRYTYPE": "article",
            "organization": "NVIDIA",
            "year": "2023",
            "day": "4",
            "journal": r"Proceedings of A \& B",
            "publisher": r"ACM \& Co",
            "volume": "12",
            "number": "3",
            "pages": "1--10",
            "eprint": "2308.00001",
            "archiveprefix": "arXiv",
            "doi": "10.1000/a_b%c",
            "url": "https://arxiv.org/abs/2308.00001",
            "pdf": "https://x.org/a.pdf?x=1;y=2",
            "code": "https://github.com/a/b_c",
            "keywords": "LLM agents, Theory",
            "annote": "Read *this*.",
            "abstract": r"First 50\% of it. Second $\sim 1$ part.",
        }
        assert {name: seen.fields[name] for name in expected} == expected
        assert seen.fields["month"] in {"aug", "August"}
        assert "note" not in seen.fields


def test_everything_that_is_known_stands_in_ris() -> None:
    written = ris_out.dump([RICH])
    assert written.count("\r\n") == written.count("\n")
    (seen,) = _by_rispy(written)
    assert seen.fields == {
        "type_of_reference": "JOUR",
        "id": "key2023word",
        "title": "A Title",
        "authors": ["Lovelace, Ada"],
        "author_address": "NVIDIA",
        "year": "2023",
        "date": "2023/08/04/",
        "secondary_title": "Proceedings of A & B",
        "volume": "12",
        "number": "3",
        "start_page": "1",
        "end_page": "10",
        "publisher": "ACM & Co",
        "doi": "10.1000/a_b%c",
        "accession_number": "arXiv:2308.00001",
        "urls": ["https://arxiv.org/abs/2308.00001"],
        "file_attachments1": "https://x.org/a.pdf?x=1%3By=2",
        "keywords": ["LLM agents", "Theory"],
        "notes": ["code: https://github.com/a/b_c", "Read *this*."],
        "abstract": "First 50% of it. Second ∼1 part.",
    }


def test_everything_that_is_known_stands_in_csl() -> None:
    (entry,) = json.loads(csl_out.dump([RICH]))
    assert entry == {
        "id": "key2023word",
        "type": "article-journal",
        "title": "A Title",
        "author": [{"family": "Lovelace", "given": "Ada"}],
        "issued": {"date-parts": [[2023, 8, 4]]},
        "container-title": "Proceedings of A & B",
        "volume": "12",
        "issue": "3",
        "page": "1-10",
        "publisher": "ACM & Co",
        "DOI": "10.1000/a_b%c",
        "number": "arXiv:2308.00001",
        "URL": "https://arxiv.org/abs/2308.00001",
        "keyword": "LLM agents, Theory",
        "annote": "Read *this*.",
        "abstract": "First 50% of it.\n\nSecond ∼1 part.",
        "custom": {
            "organizations": ["NVIDIA"],
            "pdf": "https://x.org/a.pdf?x=1;y=2",
            "code": "https://github.com/a/b_c",
        },
    }


@pytest.mark.parametrize(
    ("kind", "bibtex", "field", "ris", "csl"),
    [
        pytest.param("preprint", "misc", "howpublished", "UNPB", "article", id="preprint"),
        pytest.param("article", "article", "journal", "JOUR", "article-journal", id="article"),
        pytest.param("inproceedings", "inproceedings", "booktitle", "CONF", "paper-conference", id="inproceedings"),
        pytest.param("thesis", "phdthesis", "school", "THES", "thesis", id="thesis"),
        pytest.param("report", "techreport", "institution", "RPRT", "report", id="report"),
        pytest.param("book", "book", "series", "BOOK", "book", id="book"),
        pytest.param("other", "misc", "howpublished", "GEN", "document", id="other"),
    ],
)
def test_the_type_and_where_the_venue_stands(kind: str, bibtex: str, field: str, ris: str, csl: str) -> None:
    cited = _cited(type=kind, venue="The Venue")
    (entry,) = _by_pybtex(bibtex_out.dump([cited]))
    assert (entry.fields["ENTRYTYPE"], entry.fields[field]) == (bibtex, "The Venue")
    # "phdthesis" alone would print "PhD thesis".
    assert entry.fields.get("type", "") == ("Thesis" if kind == "thesis" else "")
    assert _by_rispy(ris_out.dump([cited]))[0].fields["type_of_reference"] == ris
    assert json.loads(csl_out.dump([cited]))[0]["type"] == csl


def test_the_house_of_a_thesis_is_its_publisher_where_there_is_one() -> None:
    cited = _cited(type="thesis", venue="Dissertations", publication=Publication(publisher="ETH"))
    (entry,) = _by_pybtex(bibtex_out.dump([cited]))
    assert (entry.fields["school"], entry.fields["series"]) == ("ETH", "Dissertations")


@pytest.mark.parametrize(
    ("pages", "bibtex", "first", "last", "csl"),
    [
        pytest.param("1--10", "1--10", "1", "10", "1-10", id="two hyphens"),
        pytest.param("1-10", "1--10", "1", "10", "1-10", id="one hyphen"),
        pytest.param("1 – 10", "1--10", "1", "10", "1-10", id="a dash with spaces"),
        pytest.param("S12-1--S12-8", "S12-1--S12-8", "S12-1", "S12-8", "S12-1-S12-8", id="pages with hyphens"),
        pytest.param("e1234", "e1234", "e1234", None, "e1234", id="an article number"),
        pytest.param("12-a_3", r"12-a\_3", "12-a_3", None, "12-a_3", id="no range"),
    ],
)
def test_pages_survive(pages: str, bibtex: str, first: str, last: str | None, csl: str) -> None:
    cited = _cited(type="article", publication=Publication(pages=pages))
    assert _by_bibtexparser(bibtex_out.dump([cited]))[0].fields["pages"] == bibtex
    ris = _by_rispy(ris_out.dump([cited]))[0].fields
    assert (ris["start_page"], ris.get("end_page")) == (first, last)
    assert json.loads(csl_out.dump([cited]))[0]["page"] == csl


@pytest.mark.parametrize(
    ("date", "ris", "csl"),
    [
        pytest.param("2023", "2023///", [2023], id="a year"),
        pytest.param("2023-08", "2023/08//", [2023, 8], id="a month"),
        pytest.param("2023-08-04", "2023/08/04/", [2023, 8, 4], id="a day"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(date: str, ris: str, csl: list[int]) -> None:
    cited = _cited(date=date)
    (entry,) = _by_bibtexparser(bibtex_out.dump([cited]))
    assert entry.fields["year"] == "2023"
    assert entry.fields.get("month", "") == ("aug" if len(csl) > 1 else "")
    assert entry.fields.get("day", "") == ("4" if len(csl) > 2 else "")
    assert _by_rispy(ris_out.dump([cited]))[0].fields["date"] == ris
    assert json.loads(csl_out.dump([cited]))[0]["issued"] == {"date-parts": [csl]}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("paper", [{"author_count": 6}, {"organizations": ("NVIDIA",)}, {"authors": (Author(" "),)}])
def test_no_author_is_invented(reader: str, paper: dict[str, Any]) -> None:
    (seen,) = _seen(reader, [_cited(**paper)])
    assert seen.names == ()
    assert not {"author", "authors", "editor", "first_authors", "key"} & seen.fields.keys()


@pytest.mark.parametrize(
    ("paper", "remarks"),
    [
        pytest.param({"author_count": 6}, ["6 authors"], id="a number of authors"),
        pytest.param({"author_count": 1}, ["1 author"], id="one author"),
        pytest.param({"author_count": 6, "authors": (Author("Ada Lovelace"),)}, ["6 authors in all"], id="one of six"),
        pytest.param({"author_count": 1, "authors": (Author("Ada Lovelace"),)}, None, id="all of them"),
        pytest.param({"title_source": "derived"}, ["title made from the abstract"], id="a made title"),
        pytest.param({"date": "2025-09-29", "date_source": "inferred"}, ["year inferred"], id="an inferred year"),
        pytest.param({"status": "retracted", "author_count": 2}, ["retracted", "2 authors"], id="a retracted paper"),
    ],
)
def test_what_is_not_known_is_said(paper: dict[str, Any], remarks: list[str] | None) -> None:
    cited = _cited(**paper)
    assert _by_rispy(ris_out.dump([cited]))[0].fields.get("notes") == remarks
    in_one = "; ".join(remarks) if remarks else None
    assert _by_bibtexparser(bibtex_out.dump([cited]))[0].fields.get("note") == in_one
    assert json.loads(csl_out.dump([cited]))[0].get("note") == in_one


def test_names_that_are_left_out_are_and_others_in_bibtex() -> None:
    written = bibtex_out.dump([_cited(author_count=6, authors=(Author("Ada Lovelace"),))])
    assert "  author = {Lovelace, Ada and others},\n" in written


@pytest.mark.parametrize(
    ("links", "url"),
    [
        pytest.param(Links(), f"{SITE_URL}papers/x/", id="no link: our page"),
        pytest.param(Links(pdf="https://x.org/a.pdf", code="https://x.org/c"), "https://x.org/a.pdf", id="its PDF"),
        pytest.param(
            Links(doi="10.1000/a_b%<c>", pdf="https://x.org/a"), "https://doi.org/10.1000/a_b%25%3Cc%3E", id="DOI"
        ),
        pytest.param(Links("2308.1", pdf="https://x.org/a.pdf"), "https://arxiv.org/abs/2308.1", id="arXiv"),
        pytest.param(Links("2308.1", page="https://x.org/p"), "https://x.org/p", id="its own page"),
        pytest.param(
            Links(page="https://x.org/%20a_b?q={a}\\"), "https://x.org/%20a_b?q=%7Ba%7D%5C", id="hostile signs"
        ),
    ],
)
@pytest.mark.parametrize("reader", READERS)
def test_the_address_that_a_citation_leads_to(reader: str, links: Links, url: str) -> None:
    (seen,) = _seen(reader, [_cited(links=links)])
    assert url in (seen.fields.get("URL"), seen.fields.get("url"), *seen.fields.get("urls", ()))


def test_csv_is_rfc_4180_and_comes_back() -> None:
    nasty = _cited('Says "hi", twice', abstract="One,\n\ntwo", authors=(Author("A; B"), Author("C D")), author_count=2)
    written = csv_out.dump([nasty, RICH])
    assert written.endswith("\r\n")
    header, first, second = csv.reader(io.StringIO(written, newline=""))
    assert header == csv_out.COLUMNS
    row = dict(zip(header, first, strict=True))
    assert (row["title"], row["abstract"], row["authors"]) == ('Says "hi", twice', "One,\n\ntwo", "A, B; C D")
    assert (row["id"], row["citekey"], row["author_count"], row["date_source"]) == ("x", "key2023word", "2", "")
    rich = dict(zip(header, second, strict=True))
    assert (rich["arxiv"], rich["doi"], rich["pages"]) == ("2308.00001", "10.1000/a_b%c", "1--10")
    assert (rich["record"], rich["date"], rich["date_source"]) == (f"{SITE_URL}papers/x/", "2023-08-04", "given")


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1", "－1"])
def test_no_cell_of_csv_is_a_formula(start: str) -> None:
    cited = _cited(start, abstract=start, venue=start, note=start, authors=(Author(start),), organizations=(start,))
    _, row = csv.reader(io.StringIO(csv_out.dump([cited]), newline=""))
    assert not [cell for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}]
    assert row[2] == f"'{start}"


# The shape of the CSL 1.0.2 input schema, as far as we write it.
_TEXT = {"type": "string"}
_NAME = {
    "type": "object",
    "properties": dict.fromkeys(("family", "given", "suffix", "literal"), _TEXT),
    "additionalProperties": False,
    "minProperties": 1,
}
_DATE_PARTS = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
CSL_SHAPE = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id", "title"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys("id genre title container-title volume issue page publisher DOI number".split(), _TEXT),
            **dict.fromkeys("URL keyword note annote abstract".split(), _TEXT),
            "type": {
                "enum": "article article-journal paper-conference thesis report book document".split(),
            },
            "author": {"type": "array", "items": _NAME, "minItems": 1},
            "issued": {
                "type": "object",
                "properties": {"date-parts": {"type": "array", "items": _DATE_PARTS, "minItems": 1, "maxItems": 1}},
                "additionalProperties": False,
            },
            "custom": {"type": "object"},
        },
    },
}


def test_csl_has_the_shape_of_its_schema(seeds: tuple[Cited, ...]) -> None:
    jsonschema.validate(json.loads(csl_out.dump([*seeds, RICH])), CSL_SHAPE)


def test_nothing_to_export_is_sound_too() -> None:
    assert bibtex_out.dump([]) == ""
    assert ris_out.dump([]) == ""
    assert csl_out.dump([]) == "[]\n"
    assert csv_out.dump([]) == ",".join(csv_out.COLUMNS) + "\r\n"


def _corpus(papers: Sequence[Paper]) -> Corpus:
    return Corpus(topics=(Topic("theory", "Theory & practice"), Topic("empty", "Nothing yet")), papers=tuple(papers))


def _files(corpus: Corpus) -> dict[str, str]:
    pages = tuple(export_pages(corpus, cited_papers(corpus, SITE_URL)))
    outputs = [output for page in pages for output in render_exports(page)]
    assert [output.path for output in outputs] == [path for page in pages for path in export_paths(page)]
    return {output.path: output.body.decode() for output in outputs}


ENDS = (".bib", ".ris", ".csl.json", ".csv", ".json")
PAPERS = (
    Paper("a-paper", "Attention", ADDED, topics=("theory", "unknown"), abstract="The abstract."),
    Paper("gone", "Removed", ADDED, topics=("theory",), status="removed"),
    Paper("wrong", "Retracted", ADDED, topics=("theory",), status="retracted"),
    Paper("earlier", "Attention", "2025-11-02T00:00:00Z", topics=("theory",), abstract="Another abstract."),
)


def test_the_files_of_a_site() -> None:
    files = _files(_corpus(PAPERS))
    lists = [f"{stem}{end}" for stem in ("topics/theory", "topics/empty", "exports/papers") for end in ENDS]
    beside = [f"papers/{name}{end}" for name in ("a-paper", "wrong", "earlier") for end in ENDS if end != ".csv"]
    assert sorted(files) == sorted(lists + beside)


def test_lists_hold_what_is_listed_in_the_order_it_was_added() -> None:
    files = _files(_corpus(PAPERS))
    for stem in ("topics/theory", "exports/papers"):
        keys = [entry["id"] for entry in json.loads(files[f"{stem}.csl.json"])]
        assert keys == ["attention", next(iter(parse_string(files["papers/a-paper.bib"], "bibtex").entries))]
        assert [entry["id"] for entry in json.loads(files[f"{stem}.json"])] == ["earlier", "a-paper"]
    assert json.loads(files["topics/empty.csl.json"]) == []


def test_a_retracted_paper_says_so_beside_its_page() -> None:
    files = _files(_corpus(PAPERS))
    assert "  note = {retracted},\n" in files["papers/wrong.bib"]
    assert "N1  - retracted\r\n" in files["papers/wrong.ris"]
    assert "retracted" in json.loads(files["papers/wrong.csl.json"])[0]["note"]


def test_an_export_names_the_topics_and_leads_to_our_page() -> None:
    files = _files(_corpus(PAPERS))
    assert "KW  - Theory & practice\r\n" in files["papers/a-paper.ris"]
    assert f"UR  - {SITE_URL}papers/a-paper/\r\n" in files["papers/a-paper.ris"]
    assert json.loads(files["papers/a-paper.json"])[0]["url"] == f"{SITE_URL}papers/a-paper/"


def test_beyond_the_limit_only_the_json_beside_a_page_has_its_abstract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "FULL_LIMIT", 2)
    assert "The abstract." in _files(_corpus(PAPERS))["exports/papers.csv"]
    monkeypatch.setattr(exports, "FULL_LIMIT", 1)
    files = _files(_corpus(PAPERS))
    assert [path for path, body in files.items() if "The abstract." in body] == ["papers/a-paper.json"]


def test_a_later_paper_changes_no_file_beside_another() -> None:
    before = _files(_corpus(PAPERS))
    later = Paper("later", "Attention", "2025-11-05T00:00:00Z", topics=("theory",))
    after = _files(_corpus([*PAPERS, later]))
    assert {path for path in before if before[path] != after[path]} == {
        f"{stem}{end}" for stem in ("topics/theory", "exports/papers") for end in ENDS
    }


def test_an_unknown_format_is_refused_with_those_known() -> None:
    with pytest.raises(SitegenError, match="must be one of json, csv, bibtex, ris, csl-json, not 'endnote'"):
        export_named("endnote")


# Without what LaTeX decodes on the way in and sets as one sign on the way out: the tables above say what becomes of it.
_PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="\\`'$"), min_size=1, max_size=60)
_SIGNS = st.text(st.sampled_from('{}%#&_~^@,;"<>|=\n'), max_size=6)


@given(st.lists(_PLAIN, min_size=1, max_size=3), _SIGNS, st.sampled_from(["", "$5 ", "$ "]))
def test_any_title_comes_back_from_every_reader(words: list[str], signs: str, money: str) -> None:
    title = one_line(clean(" ".join([*words, signs, money, "end"])))
    for reader in READERS:
        (seen,) = _seen(reader, [_cited(title)])
        assert seen.title == title, reader


@given(st.lists(st.one_of(_PLAIN, _SIGNS), min_size=1, max_size=3), st.booleans())
def test_any_names_come_back_from_every_reader(found: list[str], literal: bool) -> None:
    names = [name for name in (one_line(clean(name)) for name in found) if name]
    authors = tuple(Author(name, literal=literal) for name in names)
    for reader in READERS:
        (seen,) = _seen(reader, [_cited(authors=authors)])
        # RIS knows a comma between the parts of a name only.
        expected = [one_line(name.replace(",", " ")) for name in names] if reader == "rispy" else names
        assert list(seen.names) == [name for name in expected if name], reader
