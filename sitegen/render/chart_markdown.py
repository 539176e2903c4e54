"""Pictures as Markdown: the table of a chart's figures in a box, which `article` draws, and sparklines in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import text
from sitegen.figures import group_mark
from sitegen.render.prose import link
from sitegen.render.ways import way_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.figures import Cell, Chart, Figures, Spark


def spark_markdown(spark: Spark) -> str:
    """Give papers per year as emphasis of a class, which reads as it stands: "2021 to 2025: 0 1 2 1 4"."""
    last = spark.first + len(spark.counts) - 1
    return f"*{spark.first} to {last}: {' '.join(map(str, spark.counts))}*{{.spark}}"


def chart_markdown(chart: Chart, page_path: str) -> str:
    """Give a chart as a table in a box that names its shape, its note below the table."""
    colour = f" {group_mark(chart.colour)}" if chart.colour else ""
    lines = [f"::: chart {chart.shape}{colour}", _row(chart.header, page_path)]
    lines += ["|".join(["", "---", *["--:"] * (len(chart.header) - 1), ""])]
    lines += [_row(row, page_path) for row in chart.rows]
    note = ["", text.escape_markdown(chart.note)] if chart.note else []
    return "\n".join([*lines, *note, ":::"])


def figures_blocks(figures: Figures, page_path: str) -> Iterator[str]:
    """Give a chart under its heading, block by block."""
    yield f"## {text.escape_markdown(figures.title)}"
    yield text.escape_markdown(figures.lead)
    yield chart_markdown(figures.chart, page_path)


def _row(row: tuple[Cell, ...], page_path: str) -> str:
    return f"| {' | '.join(_cell(cell, page_path) for cell in row)} |"


def _cell(cell: Cell, page_path: str) -> str:
    words = text.escape_markdown(cell.words)
    if cell.path:
        kind = f"topic .{group_mark(cell.colour)}" if cell.colour else ""
        words = link(words, way_to(cell.path, page_path), kind)
    return f"**{words}**" if cell.best else words
