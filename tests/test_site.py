"""What is derived from a corpus: who is listed, in which order, under what."""

from __future__ import annotations

import pytest

from sitegen.model import Corpus, Paper, Topic
from sitegen.site import enrich, grouped, newest_first, year_of


def paper(name: str, date: str = "", status: str = "", kind: str = "", *topics: str) -> Paper:
    return Paper(name, name.upper(), f"2025-01-01T00:00:0{ord(name[0]) % 10}Z", date=date, status=status, kind=kind,
                 topics=topics)  # fmt: skip


CORPUS = Corpus(
    topics=(Topic("t", "T"), Topic("empty", "Empty")),
    papers=(
        paper("d", "2024-05", "", "survey", "t"),
        paper("e", "2024-05-02", "", "method", "t", "t"),
        paper("f", "", "", "", "t"),
        paper("g", "2023", "", "method"),
        paper("h", "2024-05-02"),
        paper("i", "2024", "retracted", "method", "t"),
        paper("j", "2024", "withdrawn", "method", "t"),
        paper("k", "2024", "removed", "method", "t"),
    ),
)  # fmt: skip


def names(papers: tuple[Paper, ...]) -> str:
    return "".join(found.id for found in papers)


def test_papers_that_are_no_longer_listed_stand_nowhere() -> None:
    site = enrich(CORPUS)
    assert names(site.listed) == "defgh"
    groups = [*site.by_topic.values(), *site.by_kind.values(), *site.by_year.values(), site.newest]
    assert all(not found.status for group in groups for found in group)


def test_groups_are_newest_first_and_every_topic_has_one() -> None:
    site = enrich(CORPUS)
    assert {topic: names(papers) for topic, papers in site.by_topic.items()} == {"t": "edf", "empty": ""}
    assert {kind: names(papers) for kind, papers in site.by_kind.items()} == {"method": "eg", "survey": "d"}
    assert [(year, names(papers)) for year, papers in site.by_year.items()] == [
        ("2024", "ehd"),
        ("2023", "g"),
        ("undated", "f"),
    ]


def test_a_vaguer_date_comes_after_the_days_that_begin_like_it() -> None:
    dates = ["2024", "2024-05", "", "2024-05-31", "2025-01", "2024-06-01"]
    papers = [paper(chr(ord("a") + number), date) for number, date in enumerate(dates)]
    assert [found.date for found in newest_first(papers)] == [
        "2025-01", "2024-06-01", "2024-05-31", "2024-05", "2024", "",
    ]  # fmt: skip


@pytest.mark.parametrize(("date", "year"), [("2024-05-01", "2024"), ("2024", "2024"), ("", "undated")])
def test_the_year_of_a_paper(date: str, year: str) -> None:
    assert year_of(paper("a", date)) == year


def test_a_paper_is_in_a_group_once() -> None:
    assert names(grouped([paper("a")], lambda _: ("x", "x"))["x"]) == "a"
