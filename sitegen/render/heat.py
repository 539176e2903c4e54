"""Tables as heat maps: five steps of one colour, the figures in their cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from sitegen.render.tables import number_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.render.tables import Box, Table

PAIRS, SHARES = "heat", "shares"
SHAPES = (PAIRS, SHARES)
_STEPS = 5
_GROUP = re.compile(r"\{\.topic \.(g[1-7])\}")


def shaded(tokens: list[Token], table: Table, shape: str) -> list[Token]:
    """Shade a table's cells: figures that pairs of rows and columns share, or each figure's share of its column.

    The table stands in a region of its own, which can be scrolled by keyboard too, above a key to its colours.
    """
    key = _shade_pairs(table) if shape == PAIRS else _shade_shares(table)
    _part_groups(table)
    tokens[0].attrSet("class", "heat")
    name = "Papers that two topics share" if shape == PAIRS else "Papers by topic and year"
    opening = f'<div class="scrolled" tabindex="0" role="region" aria-label="{name}">\n'
    return [_html(opening), *tokens, _html(f"</div>\n{key}")]


def _html(content: str) -> Token:
    return Token("html_block", "", 0, content=content)


def step(number: int, most: int) -> int:
    """Give the step of a figure, from 1 to 5, each the same number of times as great as the one before; 0 for none."""
    if number <= 0:
        return 0
    return 1 + sum(1 for k in range(1, _STEPS) if number**_STEPS > most**k)


def ranges(most: int) -> list[tuple[int, int, int]]:
    """Give the steps that figures up to `most` fall into, each with its least and greatest figure."""
    found: dict[int, list[int]] = {}
    for number in range(1, most + 1):
        found.setdefault(step(number, most), []).append(number)
    return [(number, figures[0], figures[-1]) for number, figures in found.items()]


def _shade_pairs(table: Table) -> str:
    """Shade a table whose rows and columns are the same, and mark what stands on its diagonal and what is best."""
    cells = [(row, column, box) for row, boxes in enumerate(table.body, 1) for column, box in enumerate(boxes)]
    most = max((number_in(box.words) or 0 for row, column, box in cells if 0 < column != row), default=0)
    for row, column, box in cells:
        if column:
            kind = "whole" if column == row else _kind(step(number_in(box.words) or 0, most))
            _mark(box, kind, "best" if box.source.startswith("**") else "")
    named = [(f"k{number}", _words(least, last, most)) for number, least, last in ranges(most)]
    return _key([*named, ("whole", "the topic itself"), ("best", "the closest pairs")]) if most else ""


def _words(least: int, last: int, most: int) -> str:
    if last == most and last > least:
        return f"{least:,} or more"
    return f"{least:,}" if least == last else f"{least:,} to {last:,}"


def _shade_shares(table: Table) -> str:
    """Shade each figure by its share of the last row's, which counts all papers."""
    *rows, whole = table.body
    wholes = [number_in(box.words) or 0 for box in whole]
    shares = {
        (row, column): 100 * (number_in(box.words) or 0) / wholes[column]
        for row, boxes in enumerate(rows)
        for column, box in enumerate(boxes)
        if column and wholes[column]
    }
    for (row, column), share in shares.items():
        _mark(rows[row][column], _kind(_share_step(share)))
    for box in whole[1:]:
        _mark(box, "whole")
    shown = sorted({_share_step(share) for share in shares.values()} - {0})
    return _key([(f"k{number}", _SHARES[number - 1]) for number in shown]) if shown else ""


_BOUNDS = (4, 8, 16, 32)
_SHARES = ("under 4 % of the papers", "4 to 8 %", "8 to 16 %", "16 to 32 %", "32 % or more")


def _share_step(share: float) -> int:
    """Give the step of a share in percent: below 4, from 4, 8, 16, 32."""
    return 1 + sum(share >= bound for bound in _BOUNDS) if share else 0


def _kind(number: int) -> str:
    return f"k{number}" if number else ""


def _mark(box: Box, *kinds: str) -> None:
    for kind in filter(None, kinds):
        box.opening.attrJoin("class", kind)


def _part_groups(table: Table) -> None:
    """Mark where topics of another colour begin, in columns and rows."""
    columns = [_group(box) for box in table.head]
    rows = [_group(row[0]) for row in table.body]
    for row, boxes in enumerate(table.body):
        for column, box in enumerate(boxes):
            _mark(box, "right" if column > 1 and columns[column] != columns[column - 1] else "")
            _mark(box, "under" if row and rows[row] != rows[row - 1] else "")
    for column, box in enumerate(table.head):
        _mark(box, "right" if column > 1 and columns[column] != columns[column - 1] else "")


def _group(box: Box) -> str:
    found = _GROUP.search(box.source)
    return found[1] if found else ""


def _key(named: Sequence[tuple[str, str]]) -> str:
    """Say what the colours mean."""
    rows = "".join(f'<li><span class="{kind}"></span>{words}</li>' for kind, words in named)
    return f'<ul class="key" aria-label="Key">{rows}</ul>\n'
