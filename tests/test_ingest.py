"""Importing texts: what is added, merged, known and left to the curator."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.ingest import Import, ingest, record_path
from sitegen.model import Author, Corpus, Links, Origin, Paper, Source, Topic
from sitegen.problems import SitegenError

SEEDS = Path(__file__).parent / "seeds"
TEXTS = tuple((path.name, path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt")))
PER_SEED = {"000": 10, "001": 10, "002": 119, "003": 22, "004": 10}
# The four titles that stand in both pages, found with `comm -12` over their sorted lines.
TWICE = {
    (
        'Can "consciousness" be observed from large language model (LLM) internal states? Dissecting LLM '
        "representations obtained from Theory of Mind test with Integrated Information Theory and Span Representation "
        "analysis"
    ),
    "Hybrid Latent Reasoning via Reinforcement Learning",
    "Looking Inward: Language Models Can Learn About Themselves by Introspection",
    "Need is All You Need: Homeostatic Neural Networks Adapt to Concept Shift",
}


def suggest(title: str, abstract: str) -> tuple[tuple[str, ...], str]:
    return (("reasoning",), "method") if "eason" in title + abstract else ((), "")


def run(
    texts: object = TEXTS, papers: tuple[Paper, ...] = (), *, form: str = "", year: str = "", announce: bool = True
) -> Import:
    assert isinstance(texts, list | tuple)
    return ingest(
        texts,
        Corpus(papers=papers),
        format_name=form,
        added="2025-11-03T00:00:00Z",
        year=year,
        announce=announce,
        suggest=suggest,
    )


def page(title: str, abstract: str, block: str = "") -> str:
    return f"Daily Papers\n\n{title}\n\n{abstract}\n{block}"


BLOCK = "\n  • 6 authors\n·\nMay 1, 2023 4\n"


# The seeds.


def test_the_seeds_give_167_papers_of_171_occurrences() -> None:
    done = run()
    assert done.occurrences == 171 == sum(PER_SEED.values())
    assert len(done.added) == 167 == len(done.papers) == len({paper.id for paper in done.added})
    assert len(done.merged) == 4
    assert (done.known, done.possible_duplicates, done.rejected) == ((), (), ())
    assert [line.text for line in done.ignored].count("May") == 1
    assert len(done.ignored) == 1 + 6 + 6


def test_every_seed_stays_listed_as_a_source() -> None:
    sources = [source for paper in run().papers for source in paper.sources]
    assert len(sources) == len({(source.file, source.ordinal) for source in sources}) == 171
    assert {name[:3]: sum(source.file == name for source in sources) for name, _ in TEXTS} == PER_SEED


def test_the_four_papers_of_both_pages_are_merged_and_keep_their_metadata() -> None:
    done = run()
    assert {merge.paper.title for merge in done.merged} == TWICE
    assert {(merge.file[:3], merge.why) for merge in done.merged} == {("003", "same title and abstract")}
    short_page = dict(TEXTS)["003_28459a1b3873f4b0.txt"].split("\n")
    for merge in done.merged:
        assert short_page[merge.line - 1] == merge.paper.title
        assert merge.paper.date
        assert merge.paper.author_count
        assert [source.file[:3] for source in merge.paper.sources] == ["002", "003"]


@pytest.mark.parametrize("order", list(permutations(range(5)))[::17], ids=str)
def test_any_order_of_files_gives_the_same_records(order: tuple[int, ...]) -> None:
    def comparable(done: Import) -> dict[str, Paper]:
        return {
            paper.id: replace(paper, added="", sources=tuple(sorted(paper.sources, key=str))) for paper in done.papers
        }

    assert comparable(run([TEXTS[place] for place in order])) == comparable(run())


def test_importing_the_same_again_changes_nothing() -> None:
    papers = run().papers
    again = run(papers=papers)
    assert (again.added, again.merged, again.papers, again.possible_duplicates) == ((), (), (), ())
    assert again.occurrences == len(again.known) == 171


@pytest.mark.parametrize("split", range(1, 5))
def test_files_imported_one_after_the_other_give_the_same_records(split: int) -> None:
    first = run(TEXTS[:split])
    second = run(TEXTS[split:], first.papers)
    kept = {paper.id: paper for paper in (*first.papers, *second.papers)}
    assert {known_as: replace(paper, added="") for known_as, paper in kept.items()} == {
        paper.id: replace(paper, added="") for paper in run().papers
    }


def test_new_records_are_seconds_apart_in_the_order_of_occurrence() -> None:
    added = [paper.added for paper in run().added]
    assert added == sorted(set(added))
    assert (added[0], added[59], added[60], added[-1]) == (
        "2025-11-03T00:00:00Z",
        "2025-11-03T00:00:59Z",
        "2025-11-03T00:01:00Z",
        "2025-11-03T00:02:46Z",
    )


def test_records_carry_what_the_import_was_told() -> None:
    done = run(announce=False)
    assert {paper.announce for paper in done.added} == {False}
    assert {paper.type for paper in done.added} == {"preprint"}
    assert {(paper.topics, paper.kind) for paper in done.added} == {(("reasoning",), "method"), ((), "")}
    derived = {paper.title_source for paper in done.added if paper.sources[0].format == "abstract-list"}
    assert derived == {"derived"}
    assert all(re.fullmatch(r"[0-9a-f]{16}", paper.key) for paper in done.added)


def test_a_record_goes_below_its_year() -> None:
    assert record_path(Paper("a", "A", "", date="2023-05-01")) == "papers/2023/a.yaml"
    assert record_path(Paper("a", "A", "")) == "papers/undated/a.yaml"


@pytest.mark.parametrize(
    ("read", "folder", "expected"),
    [
        pytest.param("corpus/papers/undated/a.yaml", "corpus", "papers/undated/a.yaml", id="below the current folder"),
        pytest.param("papers/b/papers/a.yaml", ".", "papers/b/papers/a.yaml", id="in the current folder"),
        pytest.param("/home/papers/c/papers/a.yaml", "/home/papers/c", "papers/a.yaml", id="an absolute path"),
        pytest.param("/home/papers/c/papers/a.yaml", None, "papers/a.yaml", id="no folder named"),
    ],
)
def test_a_record_that_is_there_stays_where_it_is(read: str, folder: str | None, expected: str) -> None:
    paper = Paper("a", "A", "", date="2023-05-01", origin=Origin(read))
    assert record_path(paper, Path(folder) if folder else None) == expected


def test_filling_keeps_the_origin() -> None:
    (bare,) = run([("a.txt", page("A Title", "An abstract."))]).papers
    there = replace(bare, origin=Origin("corpus/papers/undated/a-title.yaml"))
    (filled,) = run([("b.txt", page("A Title", "An abstract.", BLOCK))], (there,)).papers
    assert (filled.date, filled.origin) == ("2023-05-01", there.origin)


# Merging.


def test_filling_adds_what_is_missing_and_overwrites_nothing() -> None:
    (bare,) = run([("a.txt", page("A Title", "An abstract."))]).papers
    done = run([("b.txt", page("A Title", "An abstract.", BLOCK))], (bare,))
    (filled,) = done.papers
    assert filled == replace(
        bare,
        author_count=6,
        date="2023-05-01",
        sources=(*bare.sources, Source("b.txt", "hf-daily", 1, "", 4)),
    )
    assert [(merge.id, merge.file, merge.line, merge.paper) for merge in done.merged] == [
        ("a-title", "b.txt", 3, filled)
    ]

    own = replace(
        bare,
        author_count=7,
        authors=(Author("Ada Lovelace"),),
        organizations=("ACM",),
        date="2020",
        links=Links(code="https://a.org/code"),
        topics=("privacy",),
        kind="survey",
    )
    (kept,) = run([("b.txt", page("A Title", "An abstract.", BLOCK))], (own,)).papers
    assert kept == replace(own, sources=(*own.sources, Source("b.txt", "hf-daily", 1, "", 4)))


def test_a_number_of_authors_does_not_stand_beside_known_authors() -> None:
    (bare,) = run([("a.txt", page("A Title", "An abstract."))]).papers
    named = replace(bare, authors=(Author("Ada Lovelace"),))
    (kept,) = run([("b.txt", page("A Title", "An abstract.", BLOCK))], (named,)).papers
    assert kept.author_count is None


def test_an_inferred_date_fills_with_its_mark() -> None:
    text = page("A Title", "An abstract.", BLOCK.replace(", 2023 4", "")).replace("Papers\n", "Papers\nNov 3, 2025\n")
    (paper,) = run([("a.txt", text)]).papers
    assert (paper.date, paper.date_source, paper.sources[0].listed) == ("2025-05-01", "inferred", "2025-11-03")


def test_a_year_given_dates_the_listing_too() -> None:
    text = page("A Title", "An abstract.", BLOCK.replace(", 2023 4", "")).replace("Papers\n", "Papers\nNov 3\n")
    (paper,) = run([("a.txt", text)], year="2024").papers
    assert (paper.date, paper.date_source, paper.sources[0].listed) == ("2024-05-01", "given", "2024-11-03")


def test_a_paper_twice_in_one_file_is_one_record_with_two_sources() -> None:
    done = run([("a.txt", page("A Title", "An abstract.\n\nA Title\n\nAn abstract."))])
    assert (done.occurrences, len(done.added), len(done.merged)) == (2, 1, 1)
    assert [source.ordinal for source in done.papers[0].sources] == [1, 2]


def test_a_merge_by_identifier_says_which_title_was_not_taken_over() -> None:
    (first,) = run([("a.txt", "Abstract: We sort. https://arxiv.org/abs/2301.00010v1")]).papers
    done = run([("b.txt", page("On Sorting", "We sort well: https://arxiv.org/abs/2301.00010v2."))], (first,))
    assert [merge.why for merge in done.merged] == [
        "same arXiv id 2301.00010; its title was not taken over: On Sorting"
    ]
    assert done.papers[0].title == first.title


def test_a_removed_record_is_not_filled_again() -> None:
    (paper,) = run([("a.txt", page("A Title", "An abstract."))]).papers
    removed = replace(paper, status="removed", abstract="")
    done = run([("b.txt", page("A Title", "An abstract.", BLOCK))], (removed,))
    assert (done.papers, done.merged, done.known) == ((), (), ("a-title",))


# What a curator is asked.


def test_a_possible_duplicate_is_added_and_reported_once() -> None:
    texts = [
        ("a.txt", page("Findings of 2011", "About that year.")),
        ("b.txt", page("Findings of 2012", "About this year.")),
    ]
    done = run(texts)
    assert len(done.added) == 2
    (doubt,) = done.possible_duplicates
    assert (doubt.id, doubt.file, doubt.line, doubt.other) == ("findings-of-2012", "b.txt", 3, "findings-of-2011")
    assert doubt.why == "titles alike (93%), but they differ in a number"

    again = run(texts, done.papers)
    assert (again.papers, len(again.possible_duplicates)) == ((), 1)
    settled = (replace(done.papers[0], not_same_as=("findings-of-2012",)), done.papers[1])
    assert run(texts, settled).possible_duplicates == ()


# Ids.


def test_an_id_or_alias_of_the_corpus_is_never_given_again() -> None:
    there = Paper("on-sorting", "Something Else", "2025-01-01T00:00:00Z", aliases=("on-search",))
    done = run([("a.txt", page("On Sorting", "We sort.\n\nOn Search\n\nWe seek."))], (there,))
    assert [paper.id for paper in done.added] == [
        f"on-sorting-{done.added[0].key[:6]}",
        f"on-search-{done.added[1].key[:6]}",
    ]


TITLES = st.sampled_from(["On Sorting", "On sorting!", "On Sorting: Part 1", "On Search", "排序", "Index", "404"])
PAPERS = st.lists(st.tuples(TITLES, st.sampled_from(["We sort.", "We seek.", "We do neither."])), max_size=8)


@given(PAPERS, st.randoms(use_true_random=False))
def test_ids_of_a_batch_do_not_depend_on_its_order(papers: list[tuple[str, str]], chance: object) -> None:
    texts = [(f"{number}.txt", page(title, abstract)) for number, (title, abstract) in enumerate(papers)]
    shuffled = list(texts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = run(texts), run(shuffled)
    if {paper.key for paper in one.added} == {paper.key for paper in two.added}:
        assert {paper.key: paper.id for paper in one.added} == {paper.key: paper.id for paper in two.added}
    assert one.occurrences == len(one.added) + len(one.merged) + len(one.known)
    assert run(texts, one.papers).papers == ()


# Misuse.


@pytest.mark.parametrize(
    "added", ["", "soon", "2025-11-03", "2025-11-03T00:00:00", "2025-1-3T0:0:0Z", "9999-12-31T23:59:59Z"]
)
def test_a_time_that_is_none_is_refused(added: str) -> None:
    with pytest.raises(SitegenError, match="--added must be a time"):
        ingest([], Corpus(), format_name="", added=added, year="", announce=True, suggest=suggest)


@pytest.mark.parametrize("year", ["25", "0000", "soon", "２０２５", "2025 "])
def test_a_year_that_is_none_is_refused(year: str) -> None:
    with pytest.raises(SitegenError, match="--year must be YYYY"):
        run(year=year)


def test_a_text_in_no_known_format_is_refused_and_a_format_can_be_named() -> None:
    with pytest.raises(SitegenError, match=r"a\.txt: is in no known format"):
        run([("a.txt", "A Title\n\nAn abstract.")])
    assert [paper.id for paper in run([("a.txt", "A Title\n\nAn abstract.")], form="hf-daily").added] == ["a-title"]


# What a source knows beside its text.


def test_what_a_source_says_of_topics_and_venue_is_taken_over() -> None:
    topics = (Topic("llm-agents", "LLM agents and tool use", "LLM agents"), Topic("code", "Code"))
    table = "title,topics,venue\nCounting Sheep with Reason,LLM agents; code; unheard-of,Journal of Sheep\n"
    found = ingest(
        [("a.csv", table)],
        Corpus(topics=topics),
        format_name="csv",
        added="2025-11-03T00:00:00Z",
        year="",
        announce=True,
        suggest=suggest,
    )
    (paper,) = found.added
    assert (paper.topics, paper.venue) == (("llm-agents", "code"), "Journal of Sheep")
