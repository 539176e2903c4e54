"""What subscribers get from a change: tables worked out by hand from the rules of the feeds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sitegen.model import Change, Corpus, CorpusSettings, FeedSettings, Links, Paper, Topic
from sitegen.report.review_sections import feed_line
from sitegen.review import review
from sitegen.sides import Side

if TYPE_CHECKING:
    from sitegen.reviewed import Review

TOPICS = (Topic("agents", "Agents"), Topic("reasoning", "Reasoning"))


def paper(name: str, day: int = 3, **more: object) -> Paper:
    made = Paper(name, f"The paper {name}", f"2025-11-{day:02}T00:00:00Z")
    return replace(made, **more)  # type: ignore[arg-type]


def many(count: int, first: str = "2024-01-01T00:00:00Z") -> tuple[Paper, ...]:
    """Papers a minute apart, each with an abstract of its own."""
    return tuple(
        Paper(f"p{number:04}", f"Number {number}", f"{first[:11]}{number // 60:02}:{number % 60:02}:00Z")
        for number in range(count)
    )


def compared(base: tuple[Paper, ...], head: tuple[Paper, ...], settings: CorpusSettings | None = None) -> Review:
    before = Corpus(topics=TOPICS, papers=tuple(sorted(base, key=lambda one: one.order)))
    after = replace(before, papers=tuple(sorted(head, key=lambda one: one.order)))
    after = replace(after, settings=settings or before.settings)
    return review(Side("base", before, ()), Side("head", after, ()))


def table(found: Review) -> dict[str, tuple[list[str], list[str], list[str]]]:
    return {news.name: (list(news.new), list(news.again), list(news.gone)) for news in found.feeds}


OLD = (paper("a", topics=("agents",)), paper("b", 4, topics=("reasoning",), kind="survey"))
IN_AGENTS: dict[str, tuple[list[str], list[str], list[str]]] = {
    "all": (["paper/n"], [], []),
    "topics/agents": (["paper/n"], [], []),
}


def changed(**more: object) -> tuple[Paper, ...]:
    return (replace(OLD[0], **more), OLD[1])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "expected", "line"),
    [
        pytest.param(OLD, {}, "0 new entries; 0 announced again", id="nothing"),
        pytest.param(
            (*OLD, paper("n", 5, topics=("agents",))),
            IN_AGENTS,
            "1 new entry in all, agents; 0 announced again",
            id="a new paper",
        ),
        pytest.param(
            (*OLD, paper("n", 5, topics=("agents", "reasoning"), kind="survey"), paper("m", 5)),
            {
                "all": (["paper/m", "paper/n"], [], []),
                "topics/agents": (["paper/n"], [], []),
                "topics/reasoning": (["paper/n"], [], []),
                "kinds/survey": (["paper/n"], [], []),
            },
            "2 new entries in all, agents, reasoning, kinds/survey; 0 announced again",
            id="two new papers, one of two topics and a kind",
        ),
        pytest.param(
            (*OLD, paper("n", 10, topics=("agents",))),
            {**IN_AGENTS, "weekly": (["week/2025-W45"], [], [])},
            "1 new entry in all, agents; 1 in weekly; 0 announced again",
            id="a new paper of a later week ends the week before",
        ),
        pytest.param((*OLD, paper("n", announce=False)), {}, "0 new entries; 0 announced again", id="a backfill"),
        pytest.param((*OLD, paper("n", status="removed")), {}, "0 new entries; 0 announced again", id="a removed one"),
        pytest.param(
            changed(title="Other", abstract="Words.", links=Links(doi="10.1000/1")),
            {},
            "0 new entries; 0 announced again",
            id="a corrected paper is silent",
        ),
        pytest.param(
            changed(changes=(Change("2025-11-06T00:00:00Z", "corrected", "N"),)),
            {"changes": (["paper/a/change/2025-11-06T00:00:00Z"], [], [])},
            "0 new entries; 1 in changes; 0 announced again",
            id="a correction that is told",
        ),
        pytest.param(
            changed(topics=("agents", "reasoning")),
            {"topics/reasoning": (["paper/a"], [], [])},
            "1 new entry in reasoning; 0 announced again",
            id="another topic",
        ),
        pytest.param(
            changed(topics=("reasoning",)),
            {"topics/agents": ([], [], ["paper/a"]), "topics/reasoning": (["paper/a"], [], [])},
            "1 new entry in reasoning; 0 announced again",
            id="from one topic to another",
        ),
        pytest.param(
            changed(added="2025-11-05T00:00:00Z"),
            {"all": ([], ["paper/a"], []), "topics/agents": ([], ["paper/a"], [])},
            "0 new entries; 1 announced again",
            id="a later time of entry",
        ),
        pytest.param(
            changed(added="2025-11-02T00:00:00Z"),
            # The second of November 2025 was a Sunday, so a week has ended that had not.
            {"weekly": (["week/2025-W44"], [], [])},
            "0 new entries; 1 in weekly; 0 announced again",
            id="an earlier one",
        ),
        pytest.param(
            (replace(OLD[0], id="renamed"), OLD[1]),
            {"all": ([], ["paper/renamed"], ["paper/a"]), "topics/agents": ([], ["paper/renamed"], ["paper/a"])},
            "0 new entries; 1 announced again",
            id="another id for the same paper",
        ),
        pytest.param(
            changed(status="retracted"),
            {"all": ([], [], ["paper/a"]), "topics/agents": ([], [], ["paper/a"])},
            "0 new entries; 0 announced again",
            id="retracted",
        ),
    ],
)
def test_feeds_change_as_worked_out_by_hand(head: tuple[Paper, ...], expected: object, line: str) -> None:
    base = tuple(replace(one, key=one.id * 16) for one in OLD)
    head = tuple(replace(one, key=("a" if one.id == "renamed" else one.id) * 16) for one in head)
    found = compared(base, head)
    assert table(found) == expected
    assert feed_line(found.feeds) == line


def test_a_backfill_that_is_announced_after_all_is_new() -> None:
    found = compared((*OLD, paper("n", announce=False)), (*OLD, paper("n")))
    assert table(found) == {"all": (["paper/n"], [], [])}


def test_a_paper_that_is_listed_again_was_announced_before() -> None:
    found = compared((*OLD, paper("n", status="withdrawn")), (*OLD, paper("n")))
    assert table(found) == {"all": ([], ["paper/n"], [])}


def test_what_left_the_window_and_comes_back_is_announced_again() -> None:
    # The window holds the newest 100, or 14 days: without the newest, which came long after, all of one day are in it.
    old = many(101)
    late = Paper("late", "Late", "2024-06-01T00:00:00Z")
    found = table(compared((*old, late), old))["all"]
    assert found == ([], ["paper/p0000", "paper/p0001"], ["paper/late"])


def test_what_newer_papers_push_out_is_not_gone() -> None:
    late = Paper("late", "Late", "2024-06-01T00:00:00Z")
    assert table(compared(many(101), (*many(101), late)))["all"] == (["paper/late"], [], [])


def test_a_new_paper_that_is_too_old_for_the_window_is_said_to_be_silent() -> None:
    late = tuple(replace(one, added=one.added.replace("2024-01", "2024-06")) for one in many(100))
    found = compared(late, (*late, Paper("n", "New", "2024-02-01T00:00:00Z")))
    assert "all" not in table(found)
    assert found.silent == ("n",)
    assert compared(OLD, (*OLD, paper("n", announce=False))).silent == ("n",)
    assert compared(OLD, (*OLD, paper("n", 5))).silent == ()


def test_a_week_that_was_sent_and_holds_other_papers_now_is_said() -> None:
    # The third of November 2025 is the Monday of week 45, the tenth that of week 46.
    base = (*OLD, paper("n", 10))
    for head, late in (
        ((*base, paper("m", 5)), ("week/2025-W45",)),
        ((OLD[0], paper("n", 10)), ("week/2025-W45",)),
        ((*base, paper("m", 11)), ()),
        ((replace(OLD[0], title="Other"), *base[1:]), ()),
    ):
        weekly = [news for news in compared(base, head).feeds if news.name == "weekly"]
        assert [news.late for news in weekly] == ([late] if late else [])
        assert [(news.new, news.again, news.gone) for news in weekly] == ([((), (), ())] if late else [])


def test_another_identity_announces_everything_again() -> None:
    found = compared(OLD, OLD, CorpusSettings(feed=FeedSettings("papers.example", "2025")))
    assert table(found)["all"] == ([], ["paper/a", "paper/b"], [])
    assert feed_line(found.feeds) == "0 new entries; 2 announced again"


def test_feeds_of_authors_are_compared_where_there_are_any() -> None:
    from sitegen.model import Author

    ada = tuple(paper(f"ada-{number}", authors=(Author("Ada B"),)) for number in range(3))
    settings = CorpusSettings(author_feeds=True)
    before = Corpus(settings=settings, papers=ada)
    after = replace(before, papers=(*ada, paper("ada-3", 4, authors=(Author("Ada B"),))))
    found = review(Side("base", before, ()), Side("head", after, ()))
    assert table(found) == {"all": (["paper/ada-3"], [], []), "authors/ada-b": (["paper/ada-3"], [], [])}


def test_a_feed_that_vanishes_with_its_topic_is_said() -> None:
    before = Corpus(topics=TOPICS, papers=OLD)
    after = replace(before, topics=TOPICS[1:], papers=(replace(OLD[0], topics=()), OLD[1]))
    found = review(Side("base", before, ()), Side("head", after, ()))
    assert table(found) == {"topics/agents": ([], [], ["paper/a"])}
    assert "feeds/topics/agents.atom.xml" in found.lost
