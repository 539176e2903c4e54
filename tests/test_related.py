"""Neighbours of papers, held to corpora made by hand, to brute force, and to the topics people gave our own papers."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import related as room
from sitegen.corpus import load_corpus
from sitegen.model import Paper
from sitegen.related import Neighbour, bags, read_known, related, related_after, related_kept, search, write_known
from sitegen.related.index import Index
from sitegen.related.lexicon import Lexicon
from sitegen.related.table import Table
from sitegen.related.terms import Keys, terms_of, written
from sitegen.text import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

OWN = Path(__file__).parents[1] / "corpus"


def paper(id_: str, title: str, abstract: str = "") -> Paper:
    return Paper(id_, title, "2025-01-01T00:00:00Z", abstract=abstract)


@cache
def own_papers() -> tuple[Paper, ...]:
    return load_corpus(OWN)[0].papers


@cache
def own_neighbours() -> dict[str, tuple[Neighbour, ...]]:
    return dict(related(own_papers()))


def ids(near: tuple[Neighbour, ...]) -> list[str]:
    return [neighbour.id for neighbour in near]


FEW = (
    paper("bees", "Dances of honey bees", "Honey bees dance. A dance says where the nectar is."),
    paper("hives", "A hive seen from within", "Of nectar, honey bees are told by dances; a dance is short."),
    paper("ants", "Trails of ants", "Ants follow pheromone trails to sugar. Pheromone trails fade."),
    paper("routes", "Routing by pheromone trails", "Packets follow virtual pheromone trails through a network."),
    paper("bread", "Sourdough", "Flour, water, salt and patience."),
)


def test_papers_that_share_a_subject_are_neighbours_and_the_shared_terms_say_why() -> None:
    found = related(FEW)
    assert ids(found["bees"]) == ["hives"]
    assert set(found["bees"][0].because) == {"honey bees", "dance"}
    assert ids(found["ants"]) == ["routes"]
    assert found["ants"][0].because == ("pheromone trails",)
    assert ids(found["routes"]) == ["ants"]


def test_a_paper_that_shares_nothing_has_no_neighbours() -> None:
    assert related(FEW)["bread"] == ()


def test_nearest_come_first_and_equals_by_id() -> None:
    twins = [paper(id_, "Glass harps", "Glass harps ring. A glass harp sings.") for id_ in ("c", "a", "b")]
    found = related([*twins, paper("d", "Harps of wood", "A harp of wood.")])
    assert ids(found["a"]) == ["b", "c", "d"]
    assert found["a"][0].closeness == found["a"][1].closeness > found["a"][2].closeness
    assert ids(found["d"]) == ["a", "b", "c"]


def test_two_equal_papers_whose_words_nobody_else_has_are_as_close_as_can_be() -> None:
    assert [near.closeness for near in related([paper("a", "Zyx wvu"), paper("b", "Zyx wvu")])["a"]] == [1.0]


def test_at_most_so_many_neighbours_are_given() -> None:
    many = [paper(f"p{number}", "Glass harps") for number in range(9)]
    assert {len(near) for near in related(many).values()} == {5}
    assert {len(near) for near in related(many, 2).values()} == {2}
    assert {len(near) for near in related(many, 0).values()} == {0}


@pytest.mark.parametrize("status", ["retracted", "withdrawn", "removed"])
def test_a_paper_with_a_status_has_no_neighbours_and_is_nobodys(status: str) -> None:
    found = related([FEW[0], replace(FEW[1], status=status)])
    assert found == {"bees": ()}


def test_papers_without_abstract_are_found_by_their_titles() -> None:
    found = related([paper("a", "Tagging Sinhala verbs"), paper("b", "Sinhala verbs in chat"), paper("c", "Soup")])
    assert found["a"] == (Neighbour("b", found["a"][0].closeness, ("Sinhala verbs",)),)


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        pytest.param(("A", "An otter swims."), ("B", "The otter eats."), [], id="a word in passing is no reason"),
        pytest.param(
            ("A", "An otter swims with an otter."), ("B", "The otter eats."), [], id="nor one that only one uses twice"
        ),
        pytest.param(
            ("A", "An otter swims with an otter."),
            ("B", "The otter eats; otters sleep."),
            ["otter"],
            id="a word that both use twice is",
        ),
        pytest.param(("Otters", "They swim."), ("B", "The otter eats."), ["Otters"], id="so is a word of a title"),
        pytest.param(("A", "The otter eats."), ("Otters", "They swim."), ["otter"], id="of the other's title too"),
        pytest.param(
            ("A", "Sea otters swim."), ("B", "A sea otter eats."), ["Sea otters"], id="a pair is, once in each"
        ),
        pytest.param(
            ("A", "Otters, sea and sky."), ("B", "Sea otters."), [], id="a pair is two neighbours, in this order"
        ),
        pytest.param(
            ("Sea otters", "Otter, sea, otter, sea."),
            ("Sea otters", "Otter, sea, otter, sea."),
            ["sea otter"],
            id="no word is said twice, and a pair stands for its words",
        ),
        pytest.param(
            ("Moss", "We propose a method. Results show improvements."),
            ("Snow", "We propose a method. Results show improvements."),
            [],
            id="what every abstract says is no reason",
        ),
        pytest.param(
            ("Kelp, krill, squid, whale", ""), ("Kelp, krill, squid, whale", ""), ["Kelp", "krill", "squid"], id="three"
        ),
    ],
)
def test_reasons(one: tuple[str, str], other: tuple[str, str], because: list[str]) -> None:
    near = related([paper("one", *one), paper("other", *other)])["one"]
    found = [term for neighbour in near for term in neighbour.because]
    assert [term.casefold().rstrip("s") for term in found] == [term.casefold().rstrip("s") for term in because]


@pytest.mark.parametrize(
    ("title", "abstract", "term", "form"),
    [
        pytest.param("X", "We like language models.", "language model", "language models", id="plural as written"),
        pytest.param("X", "Parsing is hard.", "parsing", "parsing", id="a sentence's first word in lower case"),
        pytest.param("X", "Parsing Hindi is hard.", "parsing hindi", "Parsing Hindi", id="not before a capital"),
        pytest.param("X", "BERTs are big.", "bert", "BERTs", id="an acronym keeps its capitals"),
        pytest.param(
            "Parsing", "We parse. Now parsing.", "parsing", "parsing", id="rather the abstract than the title"
        ),
        pytest.param("Tree Banks", "", "tree bank", "Tree Banks", id="a title as it stands"),
        pytest.param("In-context learning", "", "context learning", "In-context learning", id="little words tie left"),
        pytest.param("Sequence-to-sequence parsing", "", "sequence", "Sequence-to-sequence", id="and right"),
        pytest.param("X", "A vision-language model.", "language model", "language model", id="other words do not"),
        pytest.param("X", "By Zipf\u2019s law.", "zipf law", "Zipf\u2019s law", id="a possessive within stays"),
        pytest.param("X", "The law of Zipf's.", "zipf", "Zipf", id="a possessive ending goes"),
    ],
)
def test_a_term_is_shown_as_the_paper_writes_it(title: str, abstract: str, term: str, form: str) -> None:
    assert written(paper("x", title, abstract), Keys(), {term}) == {term: form}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("corpora", "Corpus"),
        ("biases", "bias"),
        ("boxes", "box"),
        ("studies", "study"),
        ("glasses", "glass"),
        ("optimisation", "optimizations"),
        ("behaviour", "behavior"),
        ("modelling", "modeling"),
        ("dialog", "dialogues"),
        ("Šnajder", "snajder's"),
    ],
)
def test_spellings_of_one_word_are_one_term(one: str, other: str) -> None:
    assert Keys()[one] == Keys()[other] != ""


@pytest.mark.parametrize("word", ["the", "2019", "a", "!", "x" * 41])
def test_no_term_reaches_across(word: str) -> None:
    assert Keys()[word] == ""
    assert terms_of(paper("x", f"kelp {word} krill"), Keys()).counts == {"kelp": 2, "krill": 2}


def test_addresses_and_formulas_are_no_reasons() -> None:
    one = paper("a", "Moss", r"See https://github.com/kelp/krill for $\alpha_{kelp}$.")
    other = paper("b", "Snow", "See https://github.com/kelp/krill for more.")
    assert related([one, other])["a"] == ()


def by_brute_force(papers: list[Paper]) -> dict[str, list[tuple[float, str]]]:
    """All pairs, from the definition: counts damped by their logarithm, a term's weight by its bit length."""
    keys = Keys()
    counts = {one.id: terms_of(one, keys).counts for one in papers}
    having = Counter(term for terms in counts.values() for term in terms)
    strengths = {
        id_: {term: round(4 + 4 * math.log2(min(times, 9))) for term, times in terms.items()}
        for id_, terms in counts.items()
    }
    lengths = {id_: math.sqrt(sum(value**2 for value in terms.values())) for id_, terms in strengths.items()}
    found: dict[str, list[tuple[float, str]]] = {}
    for one, ours in strengths.items():
        found[one] = []
        for other, theirs in strengths.items():
            total = sum(
                ours[term] * theirs[term] * max(0, 11 - having[term].bit_length()) ** 2 for term in ours.keys() & theirs
            )
            closeness = round(total / (81 * lengths[one] * lengths[other]), 4) if total else 0.0
            if one != other and closeness >= 0.02:
                found[one].append((-closeness, other))
        found[one].sort()
    return found


def of_few_words(number: int) -> list[Paper]:
    """Titles of three or four words out of forty: most words are in many titles, some in more than half."""
    words = [
        f"{first}{second}"
        for first in ("kel", "mor", "tas", "vin", "zor")
        for second in "ab ed ik om ur yl es an".split()
    ]
    return [
        paper(f"t{at:04}", f"{words[at % 2]}, {words[at * 7 % 11]} {words[at * at % 40]} {words[at // 17 % 40]}")
        for at in range(number)
    ]


def recombined(number: int) -> list[Paper]:
    """Papers made of other papers' sentences, six each."""
    seeds = own_papers()
    prose = [sentence for seed in seeds for sentence in sentences(seed.abstract)]
    return [
        paper(
            f"p{at:04}",
            seeds[at * 37 % len(seeds)].title,
            " ".join(prose[(at * 7 + turn * 131 + at // len(seeds) * 11) % len(prose)] for turn in range(6)),
        )
        for at in range(number)
    ]


@pytest.mark.parametrize(
    "papers",
    [
        pytest.param(list(own_papers()), id="our own papers"),
        pytest.param(recombined(250), id="papers of recombined sentences"),
        pytest.param(of_few_words(600), id="titles of few words, that frequent terms alone connect"),
    ],
)
def test_the_index_finds_what_brute_force_finds(papers: list[Paper]) -> None:
    listed = sorted(papers, key=lambda one: one.id)
    known = related_after(None, papers)
    index = Index(known.space, range(len(listed)))
    expected = by_brute_force(listed)
    for place, one in enumerate(listed):
        assert [(-closeness, listed[other].id) for closeness, other in index.nearest(place)] == expected[one.id]


def test_neighbours_share_a_curated_topic() -> None:
    papers = own_papers()
    topics = {one.id: set(one.topics) for one in papers}
    hits = [bool(topics[id_] & topics[near.id]) for id_, listed in own_neighbours().items() for near in listed]
    assert len(hits) == 5 * len(papers)
    assert sum(hits) / len(hits) >= 0.69


def test_topics_are_no_input() -> None:
    assert own_neighbours() == related([replace(one, topics=(), kind="") for one in own_papers()])


def test_the_order_of_papers_changes_nothing() -> None:
    assert list(own_neighbours().items()) == list(related(own_papers()[::-1]).items())


def test_the_number_of_processes_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = own_papers()[:40]
    alone = related(papers)
    for part in (bags, search):
        monkeypatch.setattr(part, "FEW", 10)
    assert list(related(papers, jobs=2).items()) == list(alone.items())


def test_the_hash_seed_changes_nothing() -> None:
    program = (
        "import json, sys; from pathlib import Path; from sitegen.corpus import load_corpus;"
        "from sitegen.related import related;"
        "found = related(load_corpus(Path(sys.argv[1]))[0].papers);"
        "print(json.dumps({k: [[n.id, n.closeness, n.because] for n in v] for k, v in found.items()}))"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program, str(OWN)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert len(json.loads(said[0])) == len(own_papers())


def test_one_paper_more_changes_few_lists() -> None:
    papers = recombined(603)
    before = related(papers[:600])
    for more in papers[600:]:
        after = related([*papers[:600], more])
        changed = [id_ for id_ in before if ids(before[id_]) != ids(after[id_])]
        assert len(changed) <= 0.02 * len(before)


def test_a_paper_taken_out_again_leaves_no_trace() -> None:
    papers = own_papers()
    assert related([one for one in [*papers, FEW[0]] if one.id != "bees"]) == own_neighbours()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("?!… --- $$ {} \\", id="signs alone"),
        pytest.param("otter " * 100_000, id="one word a hundred thousand times"),
        pytest.param("a" * 1_000_000, id="a word of a million letters"),
        pytest.param("e" + "\u0301" * 100_000, id="a hundred thousand marks"),
        pytest.param("-" * 100_000 + "a-" * 100_000, id="hyphens without end"),
        pytest.param("\\textbf{" * 5_000, id="braces that never close"),
        pytest.param("http://" * 50_000, id="addresses in addresses"),
        pytest.param("\u5f3a\u5316\u5b66\u4e60 \u0643\u0644\u0627\u0645 \U0001f9a6", id="other scripts"),
        pytest.param("<script>alert(1)</script> ]]> --> ' \" `", id="markup"),
        pytest.param("'s 's \u2019s x's 's-of-'s", id="possessives of nothing"),
    ],
)
def test_no_text_breaks_it(text: str) -> None:
    found = related([paper("a", text, text), paper("b", text, text), paper("c", "Otters", text)])
    assert list(found) == ["a", "b", "c"]
    for near in found.values():
        assert all(0.02 <= neighbour.closeness <= 1 and 1 <= len(neighbour.because) <= 3 for neighbour in near)
        assert all(term.strip() and "<" not in term for neighbour in near for term in neighbour.because)


def test_no_papers_have_no_neighbours() -> None:
    assert related([]) == {}


@cache
def prose() -> tuple[str, ...]:
    return tuple(sentence for one in own_papers()[:12] for sentence in sentences(one.abstract))


SAYINGS = st.lists(st.integers(0, 39), min_size=1, max_size=4)
CHANGES = st.lists(st.tuples(st.integers(0, 19), st.none() | SAYINGS), min_size=1, max_size=3)


def of_sentences(number: int, chosen: list[int]) -> Paper:
    said = [prose()[at % len(prose())] for at in chosen]
    return paper(f"p{number:02}", " ".join(said[0].split()[:6]), " ".join(said))


@settings(max_examples=80, deadline=None)
@given(
    start=st.lists(SAYINGS, min_size=8, max_size=20), steps=st.lists(CHANGES, max_size=5), count=st.sampled_from((1, 5))
)
def test_whatever_is_added_edited_or_taken_out_what_is_known_changes_no_answer(
    start: list[list[int]], steps: list[list[tuple[int, list[int] | None]]], count: int
) -> None:
    now = {number: of_sentences(number, chosen) for number, chosen in enumerate(start)}
    known = related_after(None, now.values(), count)
    for changes in steps:
        for number, chosen in changes:
            now.pop(number, None)
            if chosen:
                now[number] = of_sentences(number, chosen)
        known = related_after(known, now.values(), count)
        assert list(known.lists.items()) == list(related(now.values(), count).items())


@pytest.mark.parametrize(
    ("papers", "first"),
    [
        pytest.param(recombined(320), 300, id="papers of recombined sentences"),
        pytest.param(of_few_words(2052), 2044, id="titles, two of whose words come to weigh nothing, and weigh again"),
    ],
)
def test_additions_edits_and_removals_in_turn_give_what_a_clean_search_gives(papers: list[Paper], first: int) -> None:
    now = papers[:first]
    known = related_after(None, now)
    steps = (
        papers,
        [replace(one, title=now[-1].title) if at in (3, 50) else one for at, one in enumerate(papers)],
        [one for at, one in enumerate(papers) if at % 29],
        now[1:],
    )
    for now in steps:
        known = related_after(known, now)
        assert list(known.lists.items()) == list(related(now).items())


def test_with_one_paper_more_few_lists_are_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = list(own_papers())
    before = related_after(None, papers[1:])
    asked: list[int] = []

    def counted(*given: Any) -> Any:
        asked.append(len(given[0]))
        return search.neighbours_of(*given)

    monkeypatch.setattr(room, "neighbours_of", counted)
    after = related_after(before, papers)
    assert 0 < sum(asked) < len(papers)
    assert related_after(after, papers) is after
    assert len(asked) == 1
    assert after.lists == own_neighbours()


def test_digests_stand_for_texts_and_a_new_one_of_the_same_text_costs_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = own_papers()
    digests = {one.id: f"digest of {one.id}" for one in papers}
    known = related_after(None, papers, digests=digests)
    assert related_after(known, papers, digests=digests) is known
    # Believed, though another text stands there: nothing but the digest was looked at.
    assert related_after(known, [replace(papers[0], title="Soup"), *papers[1:]], digests=digests) is known
    asked: list[int] = []

    def counted(*given: Any) -> Any:
        asked.append(len(given[0]))
        return search.neighbours_of(*given)

    monkeypatch.setattr(room, "neighbours_of", counted)
    after = related_after(known, papers, digests=digests | {papers[7].id: "another"})
    assert asked == [1]
    assert after.lists == known.lists


def test_what_is_the_same_text_in_other_words_for_readers_is_told_anew() -> None:
    known = related_after(None, FEW)
    spelt = [replace(one, abstract=one.abstract.replace("Honey", "HONEY")) for one in FEW]
    after = related_after(known, spelt)
    assert after.space.vectors == known.space.vectors
    assert after.lists == related(spelt) != known.lists


def test_places_and_terms_that_became_nobodys_are_used_again_or_given_up() -> None:
    papers = recombined(40)
    known = related_after(None, papers[:20])
    for turn in range(20, 40):
        known = related_after(known, papers[turn - 19 : turn + 1])
        assert known.lists == related(papers[turn - 19 : turn + 1])
        assert len(known.space.ids) == 20
    assert len(known.space.lexicon) <= 2.2 * len(related_after(None, papers[20:]).space.lexicon)


ROWS = st.dictionaries(st.integers(0, 99), st.integers(0, 255), max_size=6)


@given(start=st.lists(ROWS, max_size=8), rows=st.dictionaries(st.integers(0, 11), ROWS, max_size=5))
def test_a_table_with_other_rows_is_the_table_of_those_rows(
    start: list[dict[int, int]], rows: dict[int, dict[int, int]]
) -> None:
    expected = [*start, *[{}] * (max(rows, default=-1) + 1 - len(start))]
    for place, row in rows.items():
        expected[place] = row
    table = Table().with_rows({place: (tuple(row), tuple(row.values())) for place, row in enumerate(start)})
    table = table.with_rows({place: (tuple(row), tuple(row.values())) for place, row in rows.items()})
    assert [dict(zip(*table.row(place), strict=True)) for place in range(len(table.sizes))] == expected
    having = table.turned(100)
    for number in range(100):
        here = {place: row[number] for place, row in enumerate(expected) if number in row}
        assert list(zip(*having.row(number), strict=True)) == list(here.items())


@given(st.lists(st.lists(st.text("ab é\u5f3a", min_size=1, max_size=4), unique=True, max_size=9), max_size=4))
def test_a_term_keeps_the_number_that_it_got_when_it_was_first_seen(said: list[list[str]]) -> None:
    lexicon, expected = Lexicon(), dict[str, int]()
    for terms in said:
        lexicon, numbers = lexicon.numbered(terms)
        assert numbers == [expected.setdefault(term, len(expected)) for term in terms]
    assert [lexicon.term(number) for number in range(len(lexicon))] == list(expected)
    assert [lexicon.term(number) for number in lexicon.order] == sorted(expected)


def test_what_is_known_of_other_counts_is_not_used() -> None:
    known = related_after(None, FEW, 5)
    for count in (0, 1):
        assert related_after(known, FEW, count).lists == related(FEW, count)
        assert related_after(related_after(None, FEW, count), FEW[1:], count).lists == related(FEW[1:], count)


def test_what_is_known_is_read_as_it_was_written(tmp_path: Path) -> None:
    known = related_after(None, own_papers())
    write_known(tmp_path / "known", known, "1")
    assert read_known(tmp_path / "known", "1") == known


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda whole: whole[:-1], id="cut"),
        pytest.param(lambda whole: whole + b" ", id="longer"),
        pytest.param(lambda whole: whole.replace(b"bees", b"bugs"), id="changed within"),
        pytest.param(
            lambda whole: whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:], id="one bit of a number turned"
        ),
        pytest.param(lambda whole: whole.partition(b"\n")[2], id="without its head"),
        pytest.param(lambda _: b"\xff\x00" * 99, id="noise"),
    ],
)
def test_a_garbled_file_is_nothing_known(tmp_path: Path, content: Callable[[bytes], bytes]) -> None:
    write_known(tmp_path / "known", related_after(None, FEW), "1")
    whole = (tmp_path / "known").read_bytes()
    (tmp_path / "known").write_bytes(content(whole))
    assert read_known(tmp_path / "known", "1") is None


def test_a_missing_file_a_folder_and_one_of_another_version_are_nothing_known(tmp_path: Path) -> None:
    assert read_known(tmp_path / "none", "1") is None
    assert read_known(tmp_path, "1") is None
    known = related_after(None, [])
    write_known(tmp_path / "known", known, "1")
    assert read_known(tmp_path / "known", "2") is None
    assert read_known(tmp_path / "known", "1") == known


def test_what_a_file_keeps_changes_no_answer(tmp_path: Path) -> None:
    papers = list(own_papers())
    kept = tmp_path / "kept"
    for now in (papers[2:], papers[2:], papers, papers[:-1]):
        assert list(related_kept(kept, "1", now).items()) == list(related(now).items())
    written_last = kept.stat()
    related_kept(kept, "1", papers[:-1])
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (written_last.st_ino, written_last.st_mtime_ns)
    # Known, but of other code: were it believed, these papers would have the neighbours that are told here.
    known = related_after(None, papers)
    lists = known.lists.with_rows(known.lists.ids, dict.fromkeys(range(len(papers)), ((), "")))
    write_known(kept, replace(known, lists=lists), "2")
    assert related_kept(kept, "2", papers) != own_neighbours() == related_kept(kept, "1", papers)
