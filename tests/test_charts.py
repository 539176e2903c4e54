"""Charts: the pictures parse as XML, print the figures of their tables, and have a name that says them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from dom import body, visible_text
from lxml import etree

from sitegen.counts import by_year, months, trend, years
from sitegen.figures import Cell, Chart, Figures, Spark, cells
from sitegen.model import Paper
from sitegen.pages import ListPage
from sitegen.render.article import article
from sitegen.render.chart_markdown import chart_markdown, spark_markdown
from sitegen.render.docs import docs_markdown
from sitegen.render.heat import ranges, step

SVG = "svg"
# As the mock-up of the topic page has it.
TREND = [("to 2020", 0, 7), ("2021", 0, 3), ("2022", 1, 5), ("2023", 7, 26), ("2024", 1, 25), ("2025", 12, 44)]
SHARES = ["none", "none", "20 %", "27 %", "4 %", "27 %"]


def pictures(html: str) -> list[etree._Element]:
    """Give the drawings of an article, each parsed by itself."""
    return [etree.fromstring(found) for found in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


def drawn(chart: Chart) -> str:
    return article(f"# T\n\n{chart_markdown(chart, 'topics/x.md')}\n", "topics/x.md").html


def trend_chart() -> Chart:
    header = cells("Year", "Papers", "Of all")
    return Chart("trend", header, tuple(cells(*row) for row in TREND), colour=9, note="A <note>.")


def lines(picture: etree._Element) -> list[str]:
    return [str(text.text) for text in picture.iter("text")]


def heights(picture: etree._Element, kind: str) -> list[float]:
    return [float(str(bar.get("height"))) for bar in picture.iter("rect") if bar.get("class") == kind]


def test_a_sparkline_is_read_as_it_stands_and_drawn_with_a_name() -> None:
    markdown = spark_markdown(Spark(2021, (0, 1, 2, 1, 4)))
    assert markdown == "*2021 to 2025: 0 1 2 1 4*{.spark}"
    [picture] = pictures(article(f"- [a](b.md) {markdown} *8*{{.count}}", "x.md").html)
    assert picture.get("aria-label") == "Papers per year, 2021 to 2025: 0, 1, 2, 1, 4"
    bars = sorted((bar, kind.get("class")) for kind in picture for bar in drawn_bars(str(kind.get("d"))))
    assert [kind for _, kind in bars] == ["none", "bar", "bar", "bar", "last"]
    assert [round(height / 17 * 4, 1) for (_, _, _, height), _ in bars] == [0.2, 1.0, 2.0, 1.0, 4.0]
    assert {round(y + height, 1) for (_, y, _, height), _ in bars} == {18.0}


def drawn_bars(outline: str) -> list[tuple[float, float, float, float]]:
    """Give x, y, width and height of the bars of a path (SVG 2, 9.3)."""
    found = re.findall(r"M([0-9.]+) ([0-9.]+)h([0-9.]+)v([0-9.]+)h-([0-9.]+)z", outline)
    assert "".join("M{} {}h{}v{}h-{}z".format(*bar) for bar in found) == outline
    assert all(bar[2] == bar[4] for bar in found)
    return [(float(x), float(y), float(width), float(height)) for x, y, width, height, _ in found]


@pytest.mark.parametrize("words", ["2021 to 2025: 0 x", "2021: 1", "x"])
def test_what_is_no_row_of_figures_is_no_sparkline(words: str) -> None:
    html = article(f"*{words}*{{.spark}}", "x.md").html
    assert pictures(html) == []
    assert visible_text(body(html)) == words


def test_a_trend_prints_each_figure_and_its_share() -> None:
    wide, narrow = pictures(drawn(trend_chart()))
    above = [f"{count} of {whole}" for _, count, whole in TREND]
    for place, (label, count, whole) in enumerate(TREND):
        assert lines(wide)[3 * place : 3 * place + 3] == [above[place], label, SHARES[place]]
        assert lines(narrow)[4 * place : 4 * place + 4] == [str(count), f"of {whole}", label, SHARES[place]]
    assert (wide.get("class"), narrow.get("class")) == ("wide g2", "narrow g2")
    assert {wide.get("aria-label"), narrow.get("aria-label")} == {
        "Papers per year: to 2020 0 of 7; 2021 0 of 3; 2022 1 of 5; 2023 7 of 26; 2024 1 of 25; 2025 12 of 44"
    }


def test_columns_of_a_trend_are_as_high_as_their_figures() -> None:
    for picture in pictures(drawn(trend_chart())):
        [*_, full] = heights(picture, "whole")
        assert heights(picture, "whole") == pytest.approx([full * whole / 44 for _, _, whole in TREND], abs=0.1)
        expected = [max(2, full * count / 44) for _, count, _ in TREND if count]
        assert heights(picture, "part") == pytest.approx(expected, abs=0.1)


def test_the_table_of_a_chart_stays_below_it() -> None:
    article_html = body(drawn(trend_chart()))
    rows = article_html.findall("div/details/table/tbody/tr")
    assert [tuple(visible_text(cell) for cell in row) for row in rows] == [tuple(map(str, row)) for row in TREND]
    assert [cell.tag for cell in rows[0]] == ["th", "td", "td"]
    assert [visible_text(paragraph) for paragraph in article_html.findall("div/p")] == ["A <note>."]


def test_where_sitegen_is_not_there_a_chart_is_its_table() -> None:
    page = ListPage("stats/index.md", "Statistics", figures=(Figures("Trend", trend_chart(), "Words."),))
    kept = docs_markdown(page).partition("---\n\n")[2]
    rows = "".join(f"| {label} | {count} | {whole} |\n" for label, count, whole in TREND)
    head = "| Year | Papers | Of all |\n|---|--:|--:|\n"
    assert kept.rstrip() == f"# Statistics\n\n## Trend\n\nWords.\n\n{head}{rows}\nA &lt;note&gt;."


@pytest.mark.parametrize("shape", ["trend", "columns", "rows", "months", "months wide", "heat", "shares"])
def test_no_chart_has_a_style_of_its_own(shape: str) -> None:
    rows = tuple(cells(f"2025-{month:02}", month, 3 * month) for month in range(1, 8))
    assert "style" not in drawn(Chart(shape, cells("Month", "Papers", "Of"), rows, colour=3))


def test_bars_print_their_figures_in_both_drawings() -> None:
    rows = (("2023", 1), ("2024", 0), ("2025", 1_250))
    wide, narrow = pictures(drawn(Chart("columns", cells("Year", "Papers"), tuple(cells(*row) for row in rows))))
    assert lines(wide) == ["1", "2023", "0", "2024", "1,250", "2025"]
    assert lines(narrow) == ["2023", "1", "2024", "0", "2025", "1,250"]
    assert wide.get("aria-label") == "Papers by year: 2023 1; 2024 0; 2025 1,250"
    assert len(heights(wide, "bar")) == len(heights(narrow, "bar")) == 2


def test_a_month_strip_has_a_bar_for_each_month_with_papers() -> None:
    dates = ["2023-11", "2024-02-01", "2024-02", "2024-02-29", "2025-01-01"]
    chart = months([Paper(str(n), str(n), "", date=date) for n, date in enumerate(dates)])
    assert chart
    for picture in pictures(drawn(chart)):
        assert lines(picture) == ["1", "3", "2024", "2025"]
        bars = heights(picture, "bar")
        assert [round(height / max(bars) * 3) for height in bars] == [1, 3, 1]
        name = "Papers per month, 2023-11 to 2025-01. The most, 3, in February 2024. By year: 2023 1, 2024 3, 2025 1."
        assert picture.get("aria-label") == name


def test_a_chart_of_one_column_and_of_very_many_papers_can_be_drawn() -> None:
    everything = [Paper(str(n), str(n), "", date="2025-06-01") for n in range(50_000)]
    per_year = by_year(everything)
    for chart in (months(everything), trend(per_year, per_year), years(per_year, 20)):
        assert chart
        assert "50,000" in drawn(chart)
        assert all(float(str(bar.get("height"))) >= 0 for p in pictures(drawn(chart)) for bar in p.iter("rect"))


def test_the_figures_of_a_chart_may_be_no_figures() -> None:
    html = drawn(Chart("trend", cells("Year", "Papers", "Of all"), (cells("2025", "many", 3),)))
    assert pictures(html) == []
    assert "many" in visible_text(body(html))


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (13, [(1, 1, 1), (2, 2, 2), (3, 3, 4), (4, 5, 7), (5, 8, 13)]),
        (1, [(1, 1, 1)]),
        (2, [(1, 1, 1), (5, 2, 2)]),
    ],
)
def test_steps_of_colour_grow_by_the_same_factor(most: int, expected: list[tuple[int, int, int]]) -> None:
    assert ranges(most) == expected


def test_steps_never_fall() -> None:
    steps = [step(number, 5_000) for number in range(5_001)]
    assert all(before <= after for before, after in pairwise(steps))
    assert (steps[0], steps[1], steps[-1]) == (0, 1, 5)


def pairs_chart() -> Chart:
    a, b, c = Cell("A", "topics/a.md", 1), Cell("B & b", "topics/b.md", 1), Cell("C", "topics/c.md", 2)
    rows = (
        (a, Cell("9"), Cell("4", "topics/a/with-b.md", best=True), Cell("")),
        (b, Cell("4", "topics/a/with-b.md", best=True), Cell("20"), Cell("1", "papers/x.md")),
        (c, Cell(""), Cell("1", "papers/x.md"), Cell("1")),
    )
    return Chart("heat", (Cell("Topic"), a, b, c), rows)


def test_a_heat_map_shades_what_topics_share_and_not_what_they_are() -> None:
    article_html = body(article(f"# T\n\n{chart_markdown(pairs_chart(), 'stats/index.md')}\n", "stats/index.md").html)
    rows = article_html.findall("div/div/table/tbody/tr")
    kinds = [[sorted((cell.get("class") or "").split()) for cell in row[1:]] for row in rows]
    assert kinds == [
        [["whole"], ["best", "k5"], ["right"]],
        [["best", "k5"], ["whole"], ["k1", "right"]],
        [["under"], ["k1", "under"], ["right", "under", "whole"]],
    ]
    links = [link.get("href") for link in rows[1].iter("a")]
    assert links == ["../topics/b/", "../topics/a/with-b/", "../papers/x/"]
    key = [visible_text(item) for item in article_html.findall("div/ul/li")]
    assert key == ["1", "2", "3", "4", "the topic itself", "the closest pairs"]
    region = article_html.find("div/div")
    assert region is not None
    assert [region.get(name) for name in ("tabindex", "role")] == ["0", "region"]


def test_shares_are_of_all_papers_of_a_year() -> None:
    rows = (cells("A", 1, 10, 11), cells("B", 0, 3, 3), cells("All papers", 4, 100, 104))
    html = drawn(Chart("shares", cells("Topic", "2024", "2025", "All"), rows))
    found = [[cell.get("class") or "" for cell in row[1:]] for row in body(html).findall("div/div/table/tbody/tr")]
    assert found == [["k4", "k3", "k3"], ["", "k1", "k1"], ["whole", "whole", "whole"]]
