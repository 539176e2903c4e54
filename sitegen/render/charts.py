"""Charts drawn from the tables of their figures, which stay below them.

A box `::: chart trend g2` names the shape and the colour; its table has the figures. Two shapes are no pictures: the
table itself is shaded (`render.heat`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.token import Token

from sitegen.render import bars, heat
from sitegen.render.tables import Table, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BOX = "chart"
_OPEN, _CLOSE = f"container_{BOX}_open", f"container_{BOX}_close"
_COLOUR = re.compile(r"g[1-7]")


class _Shape(NamedTuple):
    """What a chart's box asks for."""

    name: str
    colour: str


def drawn(tokens: Sequence[Token]) -> list[Token]:
    """Give a page's tokens with a picture before each table that stands in a chart's box, or the table shaded."""
    shown: list[Token] = []
    shapes: list[_Shape] = []
    start = 0
    for token in tokens:
        if token.type == _OPEN:
            shapes.append(_shape(token.info))
            token.info = f" {BOX}"
        elif token.type == _CLOSE:
            shapes.pop()
        elif token.type == "table_open":
            start = len(shown)
        shown.append(token)
        if token.type == "table_close" and shapes:
            shown[start:] = _pictured(shown[start:], shapes[-1])
    return shown


def _shape(info: str) -> _Shape:
    """Read " chart trend g2"."""
    words = info.split()[1:]
    colour = next((word for word in words if _COLOUR.fullmatch(word)), "")
    return _Shape(" ".join(word for word in words if word != colour), colour)


def _pictured(tokens: list[Token], shape: _Shape) -> list[Token]:
    """Draw one table's tokens; a table that does not fit the shape stays as it is."""
    table = table_of(tokens)
    # A class keeps the theme from making a wide, framed table of it.
    tokens[0].attrSet("class", "figures")
    if shape.name in heat.SHAPES:
        return heat.shaded(tokens, table, shape.name)
    draw = _PICTURES.get(shape.name)
    if draw is None or not table.figures:
        return tokens
    return [_html(draw(table, shape.colour)), _html(_FOLDED), *tokens, _html("</details>\n")]


_FOLDED = '\n<details class="more">\n<summary>The figures</summary>\n'


def _html(content: str) -> Token:
    return Token("html_block", "", 0, content=content)


def _trend(table: Table, colour: str) -> str:
    return bars.trend([(label, row[0], row[1]) for label, row in table.figures], colour)


def _name(table: Table) -> str:
    """Say a table of one figure a row in a line."""
    what, by = table.header[1], table.header[0].lower()
    return f"{what} by {by}: " + "; ".join(f"{label} {row[0]:,}" for label, row in table.figures)


def _columns(table: Table) -> list[tuple[str, int]]:
    return [(label, row[0]) for label, row in table.figures]


_PICTURES: dict[str, Callable[[Table, str], str]] = {
    "trend": _trend,
    "columns": lambda table, _: bars.columns(_columns(table), _name(table)),
    "rows": lambda table, _: bars.rows(_columns(table), _name(table)),
    "months": lambda table, _: bars.months(_columns(table)),
    "months wide": lambda table, _: bars.all_months(_columns(table)),
}
