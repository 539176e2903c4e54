"""Charts of bars: figures in, SVG out. Each prints its figures, and says them in its accessible name.

A wide drawing is for pages on a desk, a narrow one for phones, so that words are as large in both: the theme shows one.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.counts import percent
from sitegen.render.svg import bar, bars, drawing, line, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    # The words of a column and its figures.
    Columns = Sequence[tuple[str, int]]
    Parts = Sequence[tuple[str, int, int]]

_WIDE, _NARROW = 816, 366
# What twelve-pixel words need: a figure's width, a line's height.
_FIGURE, _LINE = 8, 16


def spark(first: int, counts: Sequence[int]) -> str:
    """Draw papers per year: the last bar is the darkest, a year without papers is a tick."""
    step, high, most = 58 / len(counts), 17, max(1, *counts)
    shown: dict[str, list[tuple[float, float, float, float]]] = {"none": [], "bar": [], "last": []}
    for place, count in enumerate(counts):
        height = max(2, high * count / most) if count else 1
        kind = "none" if not count else "last" if place == len(counts) - 1 else "bar"
        shown[kind].append((place * step, high + 1 - height, step - 2, height))
    name = f"Papers per year, {first} to {first + len(counts) - 1}: {', '.join(map(str, counts))}"
    return drawing("spark", 58, high + 1, name, *(bars(kind, found) for kind, found in shown.items()))


def trend(parts: Parts, colour: str) -> str:
    """Draw papers of one kind before all papers, column by column: "12 of 44" above, the share below."""
    name = "Papers per year: " + "; ".join(f"{label} {count:,} of {whole:,}" for label, count, whole in parts)
    return _trend_wide(parts, name, colour) + _trend_narrow(parts, name, colour)


def _trend_wide(parts: Parts, name: str, colour: str) -> str:
    height, step = 148, _WIDE / len(parts)
    base = height - 40
    shown: list[str] = []
    for place, (top, part) in enumerate(zip(_tops(parts, 18, base), parts, strict=True)):
        middle = (place + 0.5) * step
        shown += _part(part, place * step + 8, step - 16, base, top)
        shown.append(words(f"{part[1]:,} of {part[2]:,}", middle, top - 5, kind="figure"))
        shown += _below(part, middle, base)
    return drawing(f"wide {colour}".strip(), _WIDE, height, name, *shown, line("axis", (0, base), (_WIDE, base)))


def _trend_narrow(parts: Parts, name: str, colour: str) -> str:
    """Draw it with "12" and "of 44" on two lines, for columns are narrow."""
    height, step = 164, _NARROW / len(parts)
    base = height - 40
    # Figures of five digits leave no room for a word.
    of = "of " if max(whole for _, _, whole in parts) < 10_000 else "/"
    shown: list[str] = []
    for place, (top, part) in enumerate(zip(_tops(parts, 34, base), parts, strict=True)):
        middle = (place + 0.5) * step
        shown += _part(part, place * step + 3, step - 6, base, top)
        shown += [words(f"{part[1]}", middle, top - 20, kind="figure"), words(f"{of}{part[2]}", middle, top - 5)]
        shown += _below(part, middle, base)
    return drawing(f"narrow {colour}".strip(), _NARROW, height, name, *shown, line("axis", (0, base), (_NARROW, base)))


def _tops(parts: Parts, top: float, base: float) -> list[float]:
    """Give where each column of the whole ends above its base."""
    most = max(1, *(whole for _, _, whole in parts))
    return [base - (base - top) * whole / most for _, _, whole in parts]


def _part(part: tuple[str, int, int], x: float, width: float, base: float, top: float) -> Iterator[str]:
    """Give a column of the whole, and before it the part, which is seen however small it is."""
    _, count, whole = part
    if whole:
        yield bar("whole", x, top, width, base - top)
    if count:
        height = max(2, (base - top) * count / whole)
        yield bar("part", x, base - height, width, height)


def _below(part: tuple[str, int, int], middle: float, base: float) -> Iterator[str]:
    label, count, whole = part
    yield words(label, middle, base + 17, kind="label")
    yield words(percent(count, whole), middle, base + 33)


def columns(found: Columns, name: str) -> str:
    """Draw a column for each figure, which stands above it; on a phone a bar in a line of its own."""
    height, step = 150, _WIDE / len(found)
    width, base, most = min(step - 8, 96), height - 22, max(1, *(count for _, count in found))
    shown: list[str] = []
    for place, (label, count) in enumerate(found):
        middle, high = (place + 0.5) * step, (base - 18) * count / most
        if count:
            shown.append(bar("bar", middle - width / 2, base - max(1, high), width, max(1, high)))
        shown.append(words(f"{count:,}", middle, base - high - 5, kind="figure"))
        shown.append(words(label, middle, height - 5, kind="label"))
    wide = drawing("wide", _WIDE, height, name, *shown, line("axis", (0, base), (_WIDE, base)))
    return wide + _rows(found, name, "narrow")


def rows(found: Columns, name: str) -> str:
    """Draw a bar in a line of its own for each figure, which stands behind it."""
    return _rows(found, name, "rows")


def _rows(found: Columns, name: str, kind: str) -> str:
    longest = max(len(label) for label, _ in found)
    start = min(8 * longest + 8, 160)
    most = max(1, *(count for _, count in found))
    room = _NARROW - start - _FIGURE * len(f"{most:,}") - 8
    shown: list[str] = []
    for place, (label, count) in enumerate(found):
        y, length = place * 22, max(1, room * count / most) if count else 0
        shown.append(words(label, 0, y + 15, anchor="start", kind="label"))
        if count:
            shown.append(bar("bar", start, y + 4, length, 14))
        shown.append(words(f"{count:,}", start + length + 6, y + 15, anchor="start", kind="figure"))
    return drawing(kind, _NARROW, 22 * len(found), name, *shown)


def months(found: Columns) -> str:
    """Draw a thin bar for each month ("2024-03"), the years below, and how many the fullest month has."""
    return _month_strip(found, 420, "wide small") + _month_strip(found, 340, "narrow small")


def all_months(found: Columns) -> str:
    """Draw the same as wide as a page."""
    return _month_strip(found, _WIDE, "wide") + _month_strip(found, _NARROW, "narrow")


def _month_strip(found: Columns, width: int, kind: str) -> str:
    most = max(1, *(count for _, count in found))
    height, left, top = 104, _FIGURE * len(f"{most:,}") + 4, 18
    base = height - 20
    # A year that has just begun needs room for its name.
    right = 0 if int(found[-1][0][5:]) >= 4 else 30
    step = (width - left - right) / len(found)
    shown = [*_scale(most, left, top, base, width)]
    for place, (month, count) in enumerate(found):
        x, high = left + place * step, (base - top) * count / most
        if count:
            shown.append(bar("bar", x + step / 10, base - max(1, high), step * 0.8, max(1, high)))
        if month.endswith("-01"):
            shown.append(line("axis", (x, base), (x, base + 5)))
            shown.append(words(month[:4], x + 3, height - 4, anchor="start"))
    fullest = next(month for month, count in found if count == most)
    span = f"Papers per month, {found[0][0]} to {found[-1][0]}"
    name = f"{span}. The most, {most:,}, in {text.long_date(fullest)}. {_by_year(found)}"
    return drawing(kind, width, height, name, *shown, line("axis", (left, base), (width, base)))


def _scale(most: int, left: float, top: float, base: float, width: float) -> Iterator[str]:
    """Give the lines of the greatest figure and of its half, each with its figure beside the bars."""
    for count in sorted({most, most // 2} - {0}):
        y = base - (base - top) * count / most
        yield line("grid", (left, y), (width, y))
        yield words(f"{count:,}", left - 5, y + 4, anchor="end", kind="figure" if count == most else "")


def _by_year(found: Columns) -> str:
    sums = [(year, sum(count for _, count in of)) for year, of in groupby(found, lambda month: month[0][:4])]
    return f"By year: {', '.join(f'{year} {count:,}' for year, count in sums)}."
