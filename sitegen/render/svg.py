"""The few elements of SVG that charts are made of. Colours are the theme's, by class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterable


def drawing(kind: str, width: int, height: int, name: str, *elements: str) -> str:
    """Give a whole drawing, in units of CSS pixels, with its accessible name."""
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        f' aria-label="{escape_html(name)}">{"".join(elements)}</svg>'
    )


def bar(kind: str, x: float, y: float, width: float, height: float) -> str:
    """Give a bar by its upper left corner."""
    return f'<rect class="{kind}" x="{_unit(x)}" y="{_unit(y)}" width="{_unit(width)}" height="{_unit(height)}"/>'


def bars(kind: str, found: Iterable[tuple[float, float, float, float]]) -> str:
    """Give bars of one kind as one path, each by its upper left corner, width and height: small in many pages."""
    outline = "".join(f"M{_unit(x)} {_unit(y)}h{_unit(w)}v{_unit(h)}h{_unit(-w)}z" for x, y, w, h in found)
    return f'<path class="{kind}" d="{outline}"/>' if outline else ""


def line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    """Give a line."""
    (x1, y1), (x2, y2) = start, end
    return f'<line class="{kind}" x1="{_unit(x1)}" y1="{_unit(y1)}" x2="{_unit(x2)}" y2="{_unit(y2)}"/>'


def words(content: str, x: float, y: float, *, anchor: str = "middle", kind: str = "") -> str:
    """Give a line of text: `y` is its baseline, `anchor` says which end of it `x` is ("start", "middle", "end")."""
    named = f' class="{kind}"' if kind else ""
    held = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text{named} x="{_unit(x)}" y="{_unit(y)}"{held}>{escape_html(content)}</text>'


def _unit(number: float) -> str:
    """Give a number to a tenth, without a tenth that is nought."""
    return f"{number:.1f}".removesuffix(".0")
