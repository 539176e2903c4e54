"""What the project keeps of its figures: the file that they stand in, their tables, the picture, and its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bench_picture import alternative, picture
from bench_tables import MEMORY, tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bench_figures import Figures

FIGURES, TABLES = "benchmarks/scale.json", "benchmarks/scale.md"
PAGE, PICTURE = "docs/guide/scale.md", "docs/guide/scale.svg"
_IMAGE = re.compile(r"^!\[.*\]\(scale\.svg\)$", re.MULTILINE)


def drawn(figures: Mapping[int, Figures], page: str) -> dict[str, str]:
    """Give the texts of all files that are made from the figures, by path; `page` is the documentation's page now."""
    lines = [line for size in sorted(figures) for line in tables(figures[size])]
    return {
        TABLES: "\n".join([_HEAD, *lines, MEMORY.replace("\n", " "), ""]),
        PICTURE: picture(figures),
        PAGE: _IMAGE.sub(lambda _: f"![{alternative(figures)}](scale.svg)", page),
    }


def draw(figures: Mapping[int, Figures], root: Path) -> None:
    """Write these files into a project."""
    for path, words in drawn(figures, (root / PAGE).read_text("utf-8")).items():
        (root / path).write_text(words, "utf-8")


_HEAD = """\
# Scale

Made by `scale.py --keep` from `scale.json`; [the benchmarks' own page](README.md) says how it measures. Where there are
several rounds a figure is the median, with the least and the greatest.
"""
