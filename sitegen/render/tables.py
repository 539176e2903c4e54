"""Tables of a page, read for the figures in them."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token


class Box(NamedTuple):
    """A cell: the token that opens it, the one that closes it, its words, and its Markdown."""

    opening: Token
    closing: Token
    words: str
    source: str


class Table(NamedTuple):
    """A table's cells, row by row, the header's apart."""

    head: tuple[Box, ...]
    body: tuple[tuple[Box, ...], ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The words of the header."""
        return tuple(box.words for box in self.head)

    @property
    def figures(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Each row's first words and the numbers behind them; no rows where one of them is no number."""
        numbers = [[number_in(box.words) for box in row[1:]] for row in self.body]
        if not numbers or any(number is None for row in numbers for number in row):
            return ()
        labels = [row[0].words for row in self.body]
        return tuple(
            (label, tuple(n for n in row if n is not None)) for label, row in zip(labels, numbers, strict=True)
        )


def number_in(words: str) -> int | None:
    """Give the whole number that words are, "1,234", or None."""
    bare = words.replace(",", "")
    return int(bare) if re.fullmatch(r"[0-9]{1,12}", bare) else None


def table_of(tokens: Sequence[Token]) -> Table:
    """Read a table's tokens; its inline tokens have their words in `meta`.

    The first cell of a row becomes its header. No cell keeps a style of its own, which a page's policy may forbid.
    """
    rows = list(_rows(tokens))
    for row in rows[1:]:
        row[0].opening.tag = row[0].closing.tag = "th"
        row[0].opening.attrSet("scope", "row")
    for box in rows[0]:
        box.opening.attrSet("scope", "col")
    for box in chain.from_iterable(rows):
        box.opening.attrs.pop("style", None)
    return Table(tuple(rows[0]), tuple(map(tuple, rows[1:])))


def _rows(tokens: Sequence[Token]) -> Iterator[list[Box]]:
    row: list[Box] = []
    for (opening, token), closing in zip(pairwise(tokens), tokens[2:], strict=False):
        if opening.type == "tr_open":
            row = []
        if token.type == "inline":
            row.append(Box(opening, closing, str(token.meta.get("words", "")), token.content))
        if closing.type == "tr_close":
            yield row
