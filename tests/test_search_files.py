"""The chunked index, read back by its format alone: nothing of it is lost, and little of it changes."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_corpus import HOSTILE, MADE, PAGES, listings, search_page, seed_papers
from search_seen import by_path, name_of, payload, read_dates, read_facets, read_index

from sitegen.machine_pages import PageText
from sitegen.model import Author, Paper
from sitegen.pages import Listing, SearchPage, TopicLink
from sitegen.render.search import PAGE_FIELDS, PAPER_FIELDS, render_search, search_documents
from sitegen.search.analysis import Document, Field, terms, words
from sitegen.search.container import short_names
from sitegen.search.index_files import Collection, Entry, Narrowing, index_parts
from sitegen.search.known import DIGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_seen import Index

CORPUS = [*MADE, *seed_papers()]
# A paper that has a title, a year and no more.
SHORT = Paper("short", "Wombats at quantum telescopes", "2025-03-01T00:00:00Z", date="2025")

Postings = dict[str, list[dict[int, tuple[int, int]]]]


def counted(documents: Sequence[Document], fields: int) -> Postings:
    """Count one word after the other: term -> field -> ordinal -> frequency, length."""
    found: Postings = {}
    for ordinal, document in enumerate(documents):
        for field, text in enumerate(document.texts):
            listed = [term for word in words(text) for term in terms(word)]
            for term, frequency in Counter(listed).items():
                found.setdefault(term, [{} for _ in range(fields)])[field][ordinal] = (frequency, len(listed))
    return found


def files_of(documents: Sequence[Document], fields: tuple[Field, ...]) -> dict[str, bytes]:
    """The files of some documents as an index of papers that show nothing but their ref."""
    digests = [hashlib.sha256(repr(document).encode()).digest()[:DIGEST] for document in documents]
    papers = Collection(
        fields,
        [document.ref for document in documents],
        digests,
        lambda at: Entry(documents[at].texts, (documents[at].ref,)),
    )
    no_pages = Collection(PAGE_FIELDS, (), (), lambda _: Entry((), ()))
    return by_path(output for part in index_parts(papers, no_pages, Narrowing())[0] for output in part.outputs())


def titles(*texts: str) -> list[Document]:
    return [Document(f"d{at}", (text,)) for at, text in enumerate(texts)]


def code_units(term: str) -> bytes:
    return term.encode("utf-16-be")


def assert_sorted_and_parted(index: Index) -> None:
    """Every term stands after those before it, and in the last chunk whose separator is not greater, as JavaScript
    compares."""
    found = [term for chunk in index.chunks for term in chunk.all_terms]
    assert all(code_units(first) < code_units(second) for first, second in pairwise(found))
    assert [term for chunk in index.chunks for term in chunk.terms] == index.dictionary
    assert [chunk.separator for chunk in index.chunks][:1] in ([], [""])
    for before, chunk in pairwise(index.chunks):
        assert code_units(before.all_terms[-1]) < code_units(chunk.separator) <= code_units(chunk.all_terms[0])
        assert chunk.all_terms[0].startswith(chunk.separator)
        assert not code_units(before.all_terms[-1]) < code_units(chunk.separator[:-1])


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return by_path(render_search(search_page(CORPUS)))


@pytest.fixture(scope="module")
def papers(files: dict[str, bytes]) -> Index:
    return read_index(files, "papers")


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> Index:
    return read_index(files, "pages")


# ---- what is in it --------------------------------------------------------------------------------------------------


def test_every_posting_of_the_papers_is_the_one_that_counting_finds(papers: Index) -> None:
    truth = counted(search_documents(listings(CORPUS)), len(PAPER_FIELDS))
    assert len(papers.chunks) > 10
    assert len(truth) > 3000
    assert papers.postings == truth


def test_every_posting_of_the_hand_written_pages_is_the_one_that_counting_finds(pages: Index) -> None:
    ordered = sorted(PAGES, key=lambda page: page.url)
    assert pages.postings == counted([Document(page.url, (page.title, page.text)) for page in ordered], 2)
    assert pages.records == [[page.url, page.title, page.text] for page in ordered if len(page.text) <= 300]


def test_a_long_page_is_found_by_all_its_words_and_shown_by_its_first() -> None:
    page = PageText("Long", "long/", "First words. " * 40 + "Okapi.")
    found = read_index(by_path(render_search(search_page(CORPUS, [page]))), "pages")
    assert "okapi" in found.postings
    ((_, _, shown),) = found.records
    assert shown == ("First words. " * 23)[:-2] + "…"


def test_every_term_lies_in_the_chunk_that_the_separators_say(papers: Index, pages: Index) -> None:
    assert_sorted_and_parted(papers)
    assert_sorted_and_parted(pages)


def test_letters_beyond_the_basic_plane_are_ordered_by_their_code_units() -> None:
    # Each letter on its own, and many words of them: D835 (𝒳) and D83D (😀) come before FB01 (ﬁ) and FF59 (ｙ).
    letters = "zé한𝒳😀ﬁｙ"
    many = [f"{a}{b}{c}{d}q" for a in letters for b in letters for c in letters for d in letters]
    index = read_index(files_of(titles(" ".join(many), *letters), (Field("title"),)), "papers")
    assert len(index.chunks) > 3
    assert_sorted_and_parted(index)
    assert index.postings == counted(titles(" ".join(many), *letters), 1)


def test_the_manifest_says_what_scores_are_computed_with(papers: Index, pages: Index) -> None:
    documents = search_documents(listings(CORPUS))
    lengths = [[sum(len(terms(word)) for word in words(text)) for text in document.texts] for document in documents]
    assert papers.facts["averages"] == [float(Fraction(sum(of), len(documents))) for of in zip(*lengths, strict=True)]
    assert {key: papers.facts[key] for key in ("documents", "fields", "boosts", "k1", "b", "group")} == {
        "documents": len(CORPUS),
        "fields": ["title", "authors", "topics", "abstract", "year"],
        "boosts": [10, 5, 2, 1, 1],
        "k1": 1.2,
        "b": 0.75,
        "group": 1,
    }
    assert papers.facts["topics"] == [["robot-learning", "Robots", "g2"], ["untouched", "Untouched", ""]]
    assert (pages.facts["fields"], pages.facts["boosts"]) == (["title", "text"], [10, 1])
    assert (pages.facts["documents"], pages.facts["averages"]) == (2, [1.0, 4.5])


def test_a_record_shows_what_a_result_needs_and_nothing_empty_at_its_end(papers: Index) -> None:
    shown = {record[0]: record for record in papers.records}
    assert [record[0] for record in papers.records] == [paper.id for paper in sorted(CORPUS, key=lambda p: p.order)]
    assert shown["accented"] == [
        "accented",
        "Naïve Bayes revisited",
        "An essay on the café wall illusion. It is always seen.",
        "2023",
        ["Željko Šnajder", "José Müller", "Ann Ø", "Bo Li", "Zoë Ångström"],
        ["robot-learning"],
    ]
    assert shown["derived"][3:] == ["", 6, ["robot-learning"], "", 1]
    assert shown["parts"][1:3] == ["Encoder/Decoder models", "Costs $15; the Medical marsupial."]
    assert shown["hostile"][1] == HOSTILE


def test_a_paper_that_has_only_a_title_shows_no_more() -> None:
    bare = Listing(Paper("x", " Bare\n title", "2025-01-01T00:00:00Z"), "papers/x/", ())
    assert read_index(by_path(render_search(SearchPage("search/current.json", (bare,)))), "papers").records == [
        ["x", "Bare title"]
    ]


def test_a_result_shows_a_part_of_what_it_is_found_by() -> None:
    paper = Paper(
        "much",
        "Much",
        "2025-01-01T00:00:00Z",
        authors=tuple(Author(f"Given{at} Family{at}") for at in range(1000)),
        abstract="word " * 5000 + "needle",
    )
    index = read_index(by_path(render_search(search_page([paper]))), "papers")
    (record,) = index.records
    assert (len(record[4]), record[4][99], len(record[2])) == (100, "Given99 Family99", 20_000)
    assert index.postings["family999"][1] == {0: (1, 2000)}
    assert index.postings["needl"][3] == {0: (1, 5001)}


def test_papers_are_narrowed_by_kind_year_and_topics(files: dict[str, bytes], papers: Index) -> None:
    ordered = sorted(CORPUS, key=lambda paper: paper.order)
    assert read_facets(files, papers.facts) == [
        {"kind": paper.kind, "year": paper.date[:4], "topics": ["robot-learning"]} for paper in ordered
    ]
    assert read_dates(files, papers.facts) == [paper.date for paper in ordered]


def test_values_to_narrow_by_stand_in_their_own_order() -> None:
    kinds = ("survey", "", "dataset", "survey")
    dates = ("", "2021-05", "2024", "2021")
    links = [TopicLink(slug, slug, slug, "", f"topics/{slug}/") for slug in ("b", "a", "unused")]
    shown = tuple(
        Listing(Paper(f"p{at}", "T", "2025-01-01T00:00:00Z", kind=kind, date=date), "", tuple(links[:at]))
        for at, (kind, date) in enumerate(zip(kinds, dates, strict=True))
        if at < 3
    )
    page = SearchPage("search/current.json", shown, tuple(links))
    made = by_path(render_search(page))
    facts = read_index(made, "papers").facts
    body = payload(made[f"search/f-{facts['facets']}.bin"])
    assert body[1 : 1 + body[0]] == b'{"topics":["b","a"],"kinds":["dataset","survey"],"years":["2024","2021",""]}'
    assert read_facets(made, facts) == [
        {"kind": "survey", "year": "", "topics": []},
        {"kind": "", "year": "2021", "topics": ["b"]},
        {"kind": "dataset", "year": "2024", "topics": ["b", "a"]},
    ]
    assert read_dates(made, facts) == ["", "2021-05", "2024"]


@pytest.mark.parametrize(("documents", "group"), [(10_000, 1), (10_001, 4)])
def test_a_file_holds_one_record_up_to_ten_thousand_documents(documents: int, group: int) -> None:
    made = files_of([Document(f"d{at}", ("",)) for at in range(documents)], (Field("title"),))
    index = read_index(made, "papers")
    assert index.facts["group"] == group
    files = sum(path.startswith("search/d/") for path in made)
    assert files == sum(-(-size // group) for _, size in index.segments)
    assert documents / group <= files < 1.02 * documents / group
    assert index.records == [[f"d{at}"] for at in range(documents)]


# ---- names and bytes ------------------------------------------------------------------------------------------------


def test_every_file_but_one_is_named_by_its_content(files: dict[str, bytes]) -> None:
    named = [path for path in files if not path.startswith(("search/d/", "search/current"))]
    assert len(named) == len(files) - len(CORPUS) - len(PAGES) - 1
    for path in named:
        digits = 8 if path.startswith("search/t/") else 12
        assert path.endswith(f"{name_of(files[path], digits=digits)}.bin")
        assert payload(files[path])


def test_bytes_do_not_depend_on_the_order_that_papers_and_pages_come_in(files: dict[str, bytes]) -> None:
    assert by_path(render_search(search_page(CORPUS[::-1], PAGES[::-1]))) == files


def test_chunks_are_of_a_few_kilobytes(files: dict[str, bytes], papers: Index) -> None:
    sizes = {name: len(files[f"search/t/{name}.bin"]) for name in papers.names}
    single = {name for name, chunk in zip(papers.names, papers.chunks, strict=True) if len(chunk.all_terms) == 1}
    assert max(size for name, size in sizes.items() if name not in single) < 6_000
    assert 1_800 < sum(sizes.values()) / len(sizes) < 4_000


# ---- corpora at the edge --------------------------------------------------------------------------------------------


def test_an_empty_site_has_two_indexes_without_anything() -> None:
    made = by_path(render_search(SearchPage("search/current.json", ())))
    for which in ("papers", "pages"):
        index = read_index(made, which)
        assert (index.chunks, index.segments, index.records, index.dictionary) == ([], [], [], [])
        assert index.facts["documents"] == 0
        assert set(index.facts["averages"]) == {0.0}
    assert read_dates(made, read_index(made, "papers").facts) == []


def test_one_paper_is_one_chunk_and_one_record() -> None:
    made = by_path(render_search(search_page([SHORT], ())))
    index = read_index(made, "papers")
    assert [chunk.separator for chunk in index.chunks] == [""]
    assert index.postings == counted(search_documents(listings([SHORT])), len(PAPER_FIELDS))
    assert len([path for path in made if path.startswith("search/d/")]) == 1


def test_a_word_of_every_paper_stands_alone_where_it_is_long() -> None:
    index = read_index(
        files_of(titles(*(f"common w{at}" * (at % 3 + 1) for at in range(9000))), (Field("title"),)), "papers"
    )
    (alone,) = (chunk for chunk in index.chunks if "common" in chunk.terms)
    assert len(alone.terms) <= 3
    assert_sorted_and_parted(index)


@given(st.lists(st.tuples(st.text(), st.text(alphabet="aábc- d.'’学习😀𝒳", max_size=60)), max_size=6))
def test_whatever_texts_hold_is_read_back(texts: list[tuple[str, str]]) -> None:
    documents = [Document(f"d{at}", pair) for at, pair in enumerate(texts)]
    index = read_index(files_of(documents, PAGE_FIELDS), "papers")
    assert index.postings == counted(documents, 2)
    assert_sorted_and_parted(index)


# ---- what a change changes ------------------------------------------------------------------------------------------


def test_one_more_paper_leaves_most_chunks_as_they_are(papers: Index) -> None:
    after = read_index(by_path(render_search(search_page([*CORPUS, SHORT]))), "papers")
    new = set(after.names) - set(papers.names)
    touched = [
        chunk for chunk in after.chunks if set(chunk.terms) & {"wombat", "quantum", "telescop", "2025", "robot_learn"}
    ]
    assert 0 < len(new) <= len(touched) + 2
    assert len(new) < len(after.names) / 3


def test_a_change_of_one_term_changes_its_chunk_alone(papers: Index) -> None:
    last = max(CORPUS, key=lambda paper: paper.order)
    changed = [replace(paper, title=f"{paper.title} zzyzx") if paper is last else paper for paper in CORPUS]
    twice = [replace(paper, title=f"{paper.title} zzyzy") if paper is last else paper for paper in CORPUS]
    before, after = (read_index(by_path(render_search(search_page(of))), "papers") for of in (changed, twice))
    assert before.names[:-1] == after.names[:-1]
    assert before.names[-1] != after.names[-1]
    assert [chunk.separator for chunk in before.chunks] == [chunk.separator for chunk in papers.chunks]


def test_an_edit_renames_the_segment_of_its_paper_alone() -> None:
    many = [Paper(f"p{at:03}", f"Paper {at}", "2025-01-01T00:00:00Z") for at in range(600)]
    edited = [*many[:300], replace(many[300], abstract="New."), *many[301:]]
    before, after = (read_index(by_path(render_search(search_page(of))), "papers") for of in (many, edited))
    assert 600 / 512 < len(before.segments) <= 600 / 64
    assert len(set(before.segments) - set(after.segments)) == 1
    assert [size for _, size in before.segments] == [size for _, size in after.segments]


@pytest.mark.parametrize("gone", [0, 1, 300, 599])
def test_a_paper_that_goes_moves_no_records_but_those_near_it(gone: int) -> None:
    many = [Paper(f"p{at:04}", f"Paper {at}", "2025-01-01T00:00:00Z") for at in range(3000)]
    before, after = (
        read_index(by_path(render_search(search_page(of))), "papers")
        for of in (many, [paper for paper in many if paper is not many[gone]])
    )
    assert [record[0] for record in after.records] == [paper.id for paper in many if paper is not many[gone]]
    assert all(64 <= size <= 512 for _, size in before.segments[:-1])
    assert len(set(before.segments) - set(after.segments)) <= len(before.segments) / 4


def test_one_more_page_changes_nothing_of_the_papers_but_the_names_of_the_chunks_of_its_terms(papers: Index) -> None:
    page = PageText("Help", "help/", "Marsupials helped here.")
    other = by_path(render_search(search_page(CORPUS, [*PAGES, page])))
    after = read_index(other, "papers")
    assert after.postings == papers.postings
    assert replace(after, chunks=[], names=[]) == replace(papers, chunks=[], names=[])
    touched = [chunk for chunk in after.chunks if set(chunk.all_terms) & {"help", "marsupi", "here"}]
    # A chunk that has become too long hands terms to the next.
    assert 0 < len(set(after.names) - set(papers.names)) <= len(touched) + 2
    assert len(read_index(other, "pages").records) == len(PAGES) + 1


def test_terms_of_pages_alone_are_no_terms_of_papers(papers: Index, pages: Index) -> None:
    alone = set(pages.dictionary) - set(papers.dictionary)
    assert "newest" in alone
    assert not alone & set(papers.postings)
    assert {term for chunk in papers.chunks for term in chunk.all_terms} == {*papers.dictionary, *pages.dictionary}


def test_files_whose_digests_begin_alike_have_names_of_their_own() -> None:
    one, other, third = (hashlib.sha256(body).digest() for body in (b"69235", b"95303", b"0"))
    assert one.hex()[:8] == other.hex()[:8] == "c11eb5e6"
    names = list(short_names([one, other, one, other, third]))
    assert names == ["c11eb5e6", "1eb5e6b0", "c11eb5e6", "1eb5e6b0", name_of(b"0", digits=8)]
    assert other.hex().startswith("c11eb5e6b0")
