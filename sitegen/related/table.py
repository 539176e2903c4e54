"""Rows of numbers, each with a byte of its own, packed: two million of them take ten megabytes."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = tuple["Sequence[int]", "Sequence[int]"]
EMPTY: Row = ((), ())


def words(content: Iterable[int] | bytes = ()) -> array[int]:
    """Give whole numbers below 2 ** 32, packed."""
    return array("I", content)


@dataclass(frozen=True)
class Table:
    """Rows by their place: how many numbers each has, the numbers of all, and a byte beside each number."""

    sizes: array[int] = field(default_factory=words)
    numbers: array[int] = field(default_factory=words)
    marks: array[int] = field(default_factory=lambda: array("B"))

    @cached_property
    def starts(self) -> array[int]:
        """Where each row begins, and where the last ends."""
        return words(accumulate(self.sizes, initial=0))

    def row(self, place: int) -> tuple[array[int], array[int]]:
        """Give the numbers of a row, and what is marked beside each."""
        start, end = self.starts[place], self.starts[place + 1]
        return self.numbers[start:end], self.marks[start:end]

    def with_rows(self, rows: Mapping[int, Row]) -> Table:
        """Give the table with other rows at some places; places behind the last row make it longer."""
        starts, last = self.starts, len(self.sizes)
        longest = max((last, *(place + 1 for place in rows)))
        sizes = self.sizes + words((0,) * (longest - last))
        numbers, marks = words(), array("B")
        copied = 0
        for place in sorted(rows):
            row, beside = rows[place]
            start = starts[min(place, last)]
            numbers += self.numbers[copied:start]
            marks += self.marks[copied:start]
            numbers.extend(row)
            marks.extend(beside)
            sizes[place] = len(row)
            copied = starts[min(place + 1, last)]
        return Table(sizes, numbers + self.numbers[copied:], marks + self.marks[copied:])

    def turned(self, width: int) -> Table:
        """Give for each number below `width` the places of the rows that have it, ascending, marked as it is there."""
        sizes = words((0,) * width)
        for number in self.numbers:
            sizes[number] += 1
        ends = words(accumulate(sizes, initial=0))
        numbers, marks = words(bytes(4 * len(self.numbers))), array("B", bytes(len(self.marks)))
        cells = zip(self.numbers, self.marks, strict=True)
        for place, size in enumerate(self.sizes):
            for _ in range(size):
                number, mark = next(cells)
                at = ends[number]
                numbers[at], marks[at] = place, mark
                ends[number] = at + 1
        return Table(sizes, numbers, marks)
