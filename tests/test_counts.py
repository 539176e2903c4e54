"""Papers counted for charts, against tables made by hand."""

from __future__ import annotations

import pytest

from sitegen.counts import by_year, months, percent, spark, spark_years, trend, years
from sitegen.figures import Spark
from sitegen.model import Paper
from sitegen.topic_pairs import shared

DATES = [
    "2019-05",
    "2020",
    "2023-01-31",
    "2023-03",
    "2023-03-09",
    "2023-03-31",
    "2024",
    "2025-02-01",
    "2025-02",
    "",
    "",
]


def papers(*dates: str, topics: tuple[str, ...] = ()) -> list[Paper]:
    return [Paper(f"p{n}", f"P {n}", "2025-01-01T00:00:00Z", date=date, topics=topics) for n, date in enumerate(dates)]


def figures(chart: object) -> list[tuple[str, ...]]:
    return [tuple(cell.words for cell in row) for row in chart.rows]  # type: ignore[attr-defined]  # a Chart


def test_a_sparkline_has_the_five_years_that_end_with_the_newest_paper() -> None:
    per_year = by_year(papers(*DATES))
    assert spark_years(per_year) == (2021, 2022, 2023, 2024, 2025)
    assert spark(per_year, spark_years(per_year)) == Spark(2021, (0, 0, 4, 1, 2))
    undated = by_year(papers(""))
    assert spark(undated, spark_years(undated)) is None


def test_a_trend_keeps_the_years_before_it_and_undated_papers_in_columns_of_their_own() -> None:
    chart = trend(by_year(papers("2023-03", "2024", "", "2019-05")), by_year(papers(*DATES)), colour=2)
    assert chart
    assert (chart.shape, chart.colour) == ("trend", 2)
    assert figures(chart) == [
        ("to 2020", "1", "2"),
        ("2021", "0", "0"),
        ("2022", "0", "0"),
        ("2023", "1", "4"),
        ("2024", "1", "1"),
        ("2025", "0", "2"),
        ("no date", "1", "2"),
    ]


def test_a_trend_leaves_out_columns_that_no_paper_stands_in() -> None:
    chart = trend(by_year(papers("2024")), by_year(papers("2024", "2025")))
    assert chart
    assert [row[0] for row in figures(chart)] == ["2021", "2022", "2023", "2024", "2025"]
    assert trend(by_year(papers("")), by_year(papers("", ""))) is None


def test_a_trend_is_held_against_all_papers_up_to_a_thousand_of_them() -> None:
    own = by_year(papers("2023", "2024"))
    most, more = (trend(own, {"2023": 1, "2024": count}, colour=2) for count in (999, 1000))
    assert most
    assert figures(most)[-2:] == [("2023", "1", "1"), ("2024", "1", "999")]
    assert more
    assert (more.shape, figures(more)[-2:]) == ("columns", [("2023", "1"), ("2024", "1")])
    assert trend(own, {"2023": 1, "2024": 1001}, colour=2) == more


def test_a_month_strip_begins_in_january_and_says_what_it_leaves_out() -> None:
    chart = months(papers(*DATES))
    assert chart
    assert figures(chart)[:4] == [("2022-01", "0"), ("2022-02", "0"), ("2022-03", "0"), ("2022-04", "0")]
    assert figures(chart)[12:15] == [("2023-01", "1"), ("2023-02", "0"), ("2023-03", "3")]
    assert figures(chart)[-1] == ("2025-02", "2")
    assert len(figures(chart)) == 38
    assert chart.note == "Papers per month. Not drawn: 2 older, 1 known by year alone, 2 undated."
    drawn = sum(int(row[1]) for row in figures(chart))
    assert drawn + 2 + 1 + 2 == len(DATES)


def test_a_month_strip_of_few_months_begins_with_the_first_of_them() -> None:
    chart = months(papers("2025-02", "2025-04-01"))
    assert chart
    assert figures(chart) == [("2025-02", "1"), ("2025-03", "0"), ("2025-04", "1")]
    assert chart.note == "Papers per month."
    assert months(papers("2025", "")) is None


def test_years_before_the_last_so_many_are_one_column() -> None:
    chart = years(by_year(papers(*DATES)), 3)
    assert chart
    assert figures(chart) == [("to 2022", "2"), ("2023", "4"), ("2024", "1"), ("2025", "2"), ("no date", "2")]
    every = years(by_year(papers(*DATES)), 30)
    assert every
    assert [row[0] for row in figures(every)] == ["2019", "2020", "2021", "2022", "2023", "2024", "2025", "no date"]
    assert years(by_year(papers("")), 3) is None


def test_topics_share_the_papers_that_carry_both() -> None:
    first, second, third = (Paper(name, name, "", topics=topics) for name, topics in
                            (("x", ("c", "a")), ("y", ("a", "b", "c")), ("z", ("b",))))  # fmt: skip
    found = shared([first, second, third], ["a", "b", "c"])
    assert found == {("a", "c"): (first, second), ("a", "b"): (second,), ("b", "c"): (second,)}


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 7, "none"), (7, 26, "27 %"), (1, 25, "4 %"), (12, 44, "27 %"), (11, 57, "19 %"), (1, 1000, "<1 %"),
     (1, 200, "1 %"), (1, 201, "<1 %"), (5, 5, "100 %"), (1, 8, "13 %")],
)  # fmt: skip
def test_shares_are_rounded_to_whole_percents(part: int, whole: int, words: str) -> None:
    assert percent(part, whole) == words
