"""Figures as a picture for the documentation: for each size, bars of seconds; and the words that stand for it."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from bench_figures import ALONE, CHANGED, COLD, HUGO, MKDOCS, UNCHANGED

from sitegen.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench_figures import Figures

# What is drawn, in this order, and what it is called.
BARS = (
    (COLD, "sitegen, everything", "own"),
    (ALONE, "sitegen, the pages alone", "own"),
    (HUGO, "Hugo, the pages", "other"),
    (MKDOCS, "stock MkDocs, the pages", "other"),
    (CHANGED, "sitegen, one paper changed", "own"),
    (UNCHANGED, "sitegen, nothing changed", "own"),
)
_WIDTH, _NAMES, _ROOM, _ROW, _BAR = 720, 210, 90, 24, 16
_STYLE = """\
.ground{fill:#fff}text{fill:#222;font:14px system-ui,sans-serif}.size{font-weight:600}
.own{fill:#3949ab}.other{fill:#8a8f98}.edge{stroke:#c5c8ce}
@media (prefers-color-scheme:dark){.ground{fill:#1e2129}text{fill:#e6e8ee}.own{fill:#8c9eff}.other{fill:#7d828c}
.edge{stroke:#444a57}}"""


def seconds(figures: Figures) -> list[tuple[str, str, float]]:
    """Give what is drawn of one size: name, sort ("own" or "other") and median seconds."""
    return [
        (name, sort, median(run.seconds for run in figures.runs[turn]))
        for turn, name, sort in BARS
        if figures.runs.get(turn)
    ]


def alternative(figures: Mapping[int, Figures]) -> str:
    """Say in words what the picture shows: every figure of it."""
    said = [
        f"{size:,} papers: {', '.join(f'{name} {written(value)}' for name, _, value in seconds(figures[size]))}"
        for size in sorted(figures)
    ]
    return f"Seconds of a build. {'; '.join(said)}." if said else "Nothing has been measured yet."


def written(value: float) -> str:
    """Give seconds with as many digits as are worth reading."""
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def picture(figures: Mapping[int, Figures]) -> str:
    """Draw a group of bars for each size, each group on a scale of its own; a whole file of SVG."""
    drawn: list[str] = []
    y = 16
    for size in sorted(figures):
        group = seconds(figures[size])
        drawn.append(_words(f"{size:,} papers, seconds", 16, y + 16, "size"))
        y += 30
        drawn += _bars(group, y)
        y += len(group) * _ROW + 20
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" width="{_WIDTH}" height="{y}" role="img"'
        f' aria-label="{escape_html(alternative(figures))}"><style>{_STYLE}</style>'
    )
    ground = f'<rect class="ground" width="{_WIDTH}" height="{y}" rx="6"/>'
    return "\n".join([head, ground, *drawn, "</svg>", ""])


def _bars(group: Sequence[tuple[str, str, float]], top: int) -> Iterator[str]:
    """Draw one group: names at the left, bars from a common edge, figures at their ends."""
    most = max((value for _, _, value in group), default=1.0) or 1.0
    edge = _NAMES + 16
    for place, (name, sort, value) in enumerate(group):
        y = top + place * _ROW
        length = max(1.0, value / most * (_WIDTH - edge - _ROOM))
        yield _words(name, edge - 10, y + 13, "name", anchor="end")
        yield f'<rect class="{sort}" x="{edge}" y="{y}" width="{length:.1f}" height="{_BAR}"/>'
        yield _words(written(value), edge + length + 8, y + 13, "value")
    yield f'<path class="edge" d="M{edge} {top - 4}v{len(group) * _ROW}"/>'


def _words(content: str, x: float, y: float, kind: str, *, anchor: str = "start") -> str:
    held = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{kind}" x="{x:.1f}" y="{y}"{held}>{escape_html(content)}</text>'
