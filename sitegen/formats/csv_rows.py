"""Rows of separated values, each with its lines: quotes, line breaks within them, quotes that are never closed.

RFC 4180, read leniently. A quotation mark that is never closed costs its own line, not the rest of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_END = re.compile(r"\r\n|\r|\n")
_SPACES = re.compile(r"[ ]*+")
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row and its lines (from 1), or the reason why it could not be read."""

    first: int
    last: int
    cells: tuple[str, ...] = ()
    why: str = ""


def rows(text: str, delimiter: str) -> Iterator[Row]:
    """Give the rows of a text; lines that are blank give none."""
    reading = _Reading(text, delimiter)
    place, line = 0, 1
    while place < len(text):
        cells, why, end = reading.row(place)
        height = len(_LINE_END.findall(text, place, end))
        ends = _LINE_END.match(text, end)
        if why or any(cell.strip() for cell in cells):
            yield Row(line, line + height, tuple(cells), why)
        line += height + (1 if ends else 0)
        place = ends.end() if ends else len(text)


class _Reading:
    """One reading of a text with its delimiter."""

    def __init__(self, text: str, delimiter: str) -> None:
        self.text = text
        self.bare = re.compile(rf"[^\r\n{re.escape(delimiter)}]*+")
        self.delimiter = delimiter

    def row(self, place: int) -> tuple[list[str], str, int]:
        """Give the cells of the row that begins here, or why it cannot be read, and the place of its line's end."""
        start = place
        cells: list[str] = []
        while True:
            cell, place = self._cell(place)
            if cell is None:
                return [], "a quotation mark is not closed", self._line_end(start)
            cells.append(cell)
            if self.text[place : place + 1] != self.delimiter:
                return cells, "", place
            place += 1

    def _cell(self, place: int) -> tuple[str | None, int]:
        """Give the cell that begins here and the place behind it; None for one whose quotation mark is not closed."""
        start = _match_end(_SPACES, self.text, place)
        if self.text[start : start + 1] != '"':
            end = _match_end(self.bare, self.text, place)
            return self.text[place:end], end
        quoted = _QUOTED.match(self.text, start)
        if not quoted:
            return None, place
        end = _match_end(self.bare, self.text, quoted.end())
        behind = self.text[quoted.end() : end]
        # Words behind a closing mark that stands in another line: it was that line's opening one.
        if behind.strip() and _LINE_END.search(quoted[1]):
            return None, place
        return quoted[1].replace('""', '"') + behind.rstrip(), end

    def _line_end(self, place: int) -> int:
        met = _LINE_END.search(self.text, place)
        return met.start() if met else len(self.text)


def _match_end(pattern: re.Pattern[str], text: str, place: int) -> int:
    met = pattern.match(text, place)
    return met.end() if met else place
