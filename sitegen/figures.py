"""Planned pictures: the figures that charts are drawn from, as pages carry them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spark:
    """Papers in each of some years in a row, `first` the first of them: what a sparkline shows."""

    first: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a chart's table in plain text, leading to `path`, the file of a page, where it is not empty.

    `colour` is that of a topic's group, as in `TopicLink`; a cell that is `best` stands out.
    """

    words: str
    path: str = ""
    colour: int = 0
    best: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the table of its figures and how it is drawn, by the name of a shape that `render.charts` knows.

    `colour` is that of a topic's group, as in `TopicLink`; `note` is plain text below the picture.
    """

    shape: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    colour: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A chart under a heading; `lead` is plain text above it."""

    title: str
    chart: Chart
    lead: str = ""


def cells(*words: str | int) -> tuple[Cell, ...]:
    """Give a row of words and numbers."""
    return tuple(Cell(f"{word:,}" if isinstance(word, int) else word) for word in words)


def group_mark(colour: int) -> str:
    """Give the class of a group's key, "g1" to "g7", for there are seven colours; "" for a topic in no group."""
    return f"g{(colour - 1) % 7 + 1}" if colour else ""
