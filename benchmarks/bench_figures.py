"""The figures of a benchmark as values and as a file, in which each run replaces the sizes that it measured."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from bench_kinds import Share
from bench_measure import Run

if TYPE_CHECKING:
    from pathlib import Path

COLD, UNCHANGED, CHANGED, ADDED, REMOVED, RENAMED = (
    "sitegen, cold",
    "sitegen, unchanged",
    "sitegen, one paper changed",
    "sitegen, one paper added",
    "sitegen, one paper removed",
    "sitegen, one topic renamed",
)
BUILDS = (COLD, UNCHANGED, CHANGED, ADDED, REMOVED, RENAMED)
ALONE, SEARCH = "sitegen, the pages alone", "sitegen, the search alone"
PARTS = "sitegen, part by part"
HUGO, MKDOCS, PAGEFIND = "Hugo, the pages", "stock MkDocs, the pages", "Pagefind, the search"
TURNS = (*BUILDS, ALONE, HUGO, MKDOCS, SEARCH, PAGEFIND, PARTS)
# What is held against what: how many times as long the first takes.
PAIRS = ((ALONE, HUGO), (COLD, HUGO), (MKDOCS, ALONE), (MKDOCS, COLD), (PAGEFIND, SEARCH))


@dataclass(frozen=True, slots=True)
class Contents:
    """How many pages, files and bytes a folder has."""

    pages: int
    files: int
    size: int


@dataclass(slots=True)
class Figures:
    """All that was measured at one size: of what, when, where, by what versions, and the runs by name in order."""

    papers: int
    what: str
    date: str
    machine: str
    load: str
    versions: dict[str, str]
    runs: dict[str, list[Run]] = field(default_factory=dict)
    sites: dict[str, Contents] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    # Processor seconds of each part, round by round.
    parts: dict[str, list[float]] = field(default_factory=dict)
    records_size: int = 0
    # Seconds until `sitegen serve` answers, and from saving a record until its page shows it.
    serve_starts: list[float] = field(default_factory=list)
    serve_shows: list[float] = field(default_factory=list)


def read_figures(path: Path) -> dict[int, Figures]:
    """Give the figures of a file by size; none where there is no file."""
    known = json.loads(path.read_text("utf-8")) if path.is_file() else []
    return {raw["papers"]: _figures(raw) for raw in known}


def write_figures(path: Path, figures: dict[int, Figures]) -> None:
    """Write the figures of all sizes, the smallest first, numbers to a thousandth."""
    known = [_rounded(asdict(figures[size])) for size in sorted(figures)]
    path.write_text(f"{json.dumps(known, indent=1, ensure_ascii=False)}\n", "utf-8")


def _figures(raw: dict[str, Any]) -> Figures:
    return Figures(
        **{
            **raw,
            "runs": {name: [Run(**run) for run in runs] for name, runs in raw["runs"].items()},
            "sites": {name: Contents(**site) for name, site in raw["sites"].items()},
            "shares": {kind: Share(**share) for kind, share in raw["shares"].items()},
        }
    )


def _rounded(value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
    if isinstance(value, dict):
        return {name: _rounded(inside) for name, inside in value.items()}
    if isinstance(value, list):
        return [_rounded(inside) for inside in value]
    return round(value, 3) if isinstance(value, float) else value
