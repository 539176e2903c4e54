"""Citekeys: readable, each one paper's, and the same whatever is added later."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.citekeys import citekeys
from sitegen.corpus import load_corpus
from sitegen.model import Author, Paper

CORPUS = Path(__file__).parent.parent / "corpus"
ADDED = "2025-11-03T00:00:01Z"


def _paper(title: str, name: str = "", date: str = "2023-08-14", **more: str) -> Paper:
    authors = (Author(name, family=more.get("family", ""), given=more.get("given", "")),) if name else ()
    return Paper(more.get("id", "some-id"), title, more.get("added", ADDED), authors=authors, date=date)


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        pytest.param(_paper("Attention Is All You Need", "Ann Smith"), "smith2023attention", id="surname, year, word"),
        pytest.param(_paper("On the Use of BERT", "Jan van der Berg"), "vanderberg2023use", id="particles belong"),
        pytest.param(_paper("A Word", "Željko Šnajder"), "snajder2023word", id="accents are romanised"),
        pytest.param(_paper("A Word", "Seán O'Neil"), "oneil2023word", id="apostrophes are dropped"),
        pytest.param(_paper("A Word", "Marie-Claire Smith-Jones"), "smithjones2023word", id="hyphens are dropped"),
        pytest.param(_paper("End-to-End Speech", "Ann Smith"), "smith2023endtoend", id="a compound is one word"),
        pytest.param(_paper(r"$k$ \textbf{M}eans", "Ann Smith"), "smith2023k", id="LaTeX is decoded"),
        pytest.param(_paper("A Word", "Smith Ann", family="Smith", given="Ann"), "smith2023word", id="parts win"),
        pytest.param(_paper("A Word", "Qwen Team"), "qwenteam2023word", id="a group has its whole name"),
        pytest.param(_paper("A Word", "Ann Smith", date=""), "smithword", id="without a date, no year"),
        pytest.param(_paper("NoisyAgent: A Framework"), "noisyagent2023", id="no names: the system before the colon"),
        pytest.param(_paper("Learning to Rank Papers"), "learningrank2023", id="no names: the title's first two words"),
        pytest.param(_paper("What Is It?"), "whatis2023", id="a title of little words only"),
        pytest.param(_paper("學習", "山田 太郎", id="paper-1a2b3c4d"), "paper1a2b3c4d2023", id="nothing Latin: id"),
        pytest.param(_paper("學習", "Ann Smith", id="paper-1a2b"), "smith2023paper1a2b", id="no Latin title: the id"),
        pytest.param(_paper("A " + "x" * 200, "Y" * 200), f"{'y' * 24}2023{'x' * 24}", id="long words are cut"),
    ],
)
def test_the_key_of_a_paper(paper: Paper, key: str) -> None:
    assert citekeys([paper]) == {paper.id: key}


def test_the_earlier_paper_keeps_the_key_that_two_want() -> None:
    later = _paper("Attention Again", "Ann Smith", id="a-later-one", added="2025-11-04T00:00:00Z")
    earlier = _paper("Attention Is All You Need", "Ann Smith", id="the-earlier-one")
    keys = citekeys([later, earlier])
    assert keys["the-earlier-one"] == "smith2023attention"
    assert re.fullmatch(r"smith2023attention-[0-9a-f]{4}", keys["a-later-one"])


def test_what_tells_two_keys_apart_depends_on_their_own_id_only() -> None:
    papers = [_paper("Attention", "Ann Smith", id=f"id-{n}", added=f"2025-11-03T00:00:{n:02}Z") for n in range(30)]
    alone = citekeys([papers[0], papers[17]])
    assert citekeys(papers)["id-17"] == alone["id-17"] != alone["id-0"]


def test_many_papers_that_want_one_key_get_different_ones() -> None:
    papers = [_paper("Attention", "Ann Smith", id=f"id-{n}") for n in range(2000)]
    keys = citekeys(papers)
    assert len(set(keys.values())) == 2000
    # Among 2,000 four digits do not tell all apart: those that are left get more.
    assert max(len(key.partition("-")[2]) for key in keys.values()) > 4


def test_the_seed_papers_have_keys_of_their_own_without_any_sign() -> None:
    corpus, _ = load_corpus(CORPUS)
    keys = citekeys(corpus.papers)
    assert len(keys) == len(set(keys.values())) == len(corpus.papers) >= 167
    assert all(re.fullmatch(r"[a-z0-9]+(-[0-9a-f]{4,})?", key) for key in keys.values())


titles = st.text(st.sampled_from("ab A:-é中 "), min_size=1, max_size=8)


@given(st.lists(st.tuples(titles, st.sampled_from(["", "Ann Smith", "Bo Lee"])), min_size=1, max_size=12))
def test_adding_a_paper_changes_no_key(wanted: list[tuple[str, str]]) -> None:
    papers = [
        _paper(title, name, id=f"id-{n}", added=f"2025-11-03T00:00:{n:02}Z") for n, (title, name) in enumerate(wanted)
    ]
    whole = citekeys(papers)
    before = citekeys(reversed(papers[:-1]))
    assert {paper_id: whole[paper_id] for paper_id in before} == before
    assert len(set(whole.values())) == len(papers)
    assert all(re.fullmatch(r"[a-z0-9]+(-[0-9a-f]{4,})?", key) for key in whole.values())


@given(st.text(st.characters(max_codepoint=127), max_size=30))
def test_an_ascii_title_gives_the_words_that_it_gives_with_a_foreign_sign_behind_it(title: str) -> None:
    plain = title.replace("\\", "").replace("$", "").replace("``", "").replace("''", "")
    paper, foreign = _paper(f"Otter {plain}", "Ann Smith"), _paper(f"Otter {plain} \u5f3a", "Ann Smith")
    nameless, foreign_nameless = _paper(f"Otter {plain}"), _paper(f"Otter {plain} \u5f3a")
    assert citekeys([paper]) == citekeys([foreign])
    assert citekeys([nameless]) == citekeys([foreign_nameless])
