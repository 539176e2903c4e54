"""Figures as tables in Markdown."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from bench_figures import BUILDS, PAIRS, TURNS
from bench_kinds import BUDGET, WHOLE_BUDGET

from sitegen.file_kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bench_figures import Figures
    from bench_measure import Run

MEMORY = """\
Memory is said twice. “Largest” is the kernel's own peak for the largest process of the run (`ru_maxrss` of `wait4`).
“Together” is the greatest sum over the command and all its children, looked at ten times a second (Pss on Linux,
which counts a page that n processes share as 1/n each; elsewhere it is left out)."""


def tables(figures: Figures) -> Iterator[str]:
    """Give the lines of all that was measured at one size."""
    rounds = max(map(len, figures.runs.values()), default=0)
    yield f"## {figures.papers:,} papers\n"
    yield (
        f"{figures.what[:1].upper()}{figures.what[1:]}. {_day(figures.date)}, rounds: {rounds}, {figures.machine}, "
        f"load {figures.load}; {', '.join(f'{name} {number}' for name, number in figures.versions.items())}.\n"
    )
    yield from _runs(figures)
    yield from ratios(figures)
    yield from _stages(figures)
    yield from _parts(figures)
    yield from _shares(figures)
    if figures.serve_shows:
        yield (
            f"`sitegen serve` answered after {median(figures.serve_starts):.1f} seconds, and showed a saved record "
            f"after {_spread(figures.serve_shows)} seconds ({len(figures.serve_shows)} edits).\n"
        )


def _day(date: str) -> str:
    """Give a date as people write it: "2026-11-28" is "28 November 2026"."""
    year, month, day = date.split("-")
    months = "January February March April May June July August September October November December".split()
    return f"{int(day)} {months[int(month) - 1]} {year}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give a table, and a line below it."""
    for cells in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(cells)} |"
    yield ""


def _runs(figures: Figures) -> Iterator[str]:
    heads = ("what", "seconds", "processor seconds", "largest MB", "together MB", "made")
    yield from table(heads, (_row(figures, name, figures.runs[name]) for name in TURNS if name in figures.runs))


def _row(figures: Figures, name: str, runs: Sequence[Run]) -> Sequence[str]:
    together = max(run.together for run in runs)
    site = figures.sites.get(name)
    return (
        name,
        _spread([run.seconds for run in runs]),
        _spread([run.cpu for run in runs]),
        f"{max(run.largest for run in runs) / 1e6:.0f}",
        f"{together / 1e6:.0f}" if together else "",
        f"{site.pages:,} pages, {site.files:,} files, {site.size / 1e6:.1f} MB" if site else "",
    )


def _spread(numbers: Sequence[float]) -> str:
    """Give the median, and from the least to the greatest where there are several."""
    most = f" ({min(numbers):.2f} to {max(numbers):.2f})" if len(numbers) > 1 else ""
    return f"{median(numbers):.2f}{most}"


def ratios(figures: Figures) -> Iterator[str]:
    """Say how many times as long one takes as another, round by round, by the wall clock and by the processors."""
    rows = []
    for first, second in PAIRS:
        both = list(zip(figures.runs.get(first, ()), figures.runs.get(second, ()), strict=False))
        if both:
            wall = _spread([one.seconds / other.seconds for one, other in both])
            rows.append((first, second, wall, _spread([one.cpu / other.cpu for one, other in both])))
    if rows:
        yield from table(("this takes", "… times as long as this", "seconds", "processor seconds"), [
            (first, second, wall, cpu) for first, second, wall, cpu in rows
        ])  # fmt: skip


def _stages(figures: Figures) -> Iterator[str]:
    """Say what the stages of each build took, as the build itself names them."""
    runs = {name: figures.runs[name] for name in BUILDS if name in figures.runs}
    names = list(dict.fromkeys(stage for of_one in runs.values() for run in of_one for stage in run.stages))
    if names:
        heads = ("seconds of the stage", *(name.removeprefix("sitegen, ") for name in runs))
        yield from table(
            heads,
            [
                (name, *(f"{median(run.stages.get(name, 0) for run in of_one):.2f}" for of_one in runs.values()))
                for name in names
            ],
        )


def _parts(figures: Figures) -> Iterator[str]:
    """Say what each part of a build costs by itself, and for a paper."""
    if figures.parts:
        heads = ("part, in one process, nothing kept", "processor seconds", "milliseconds a paper")
        rows = ((name, of_one, 1000 * median(of_one) / figures.papers) for name, of_one in figures.parts.items())
        yield from table(heads, ((name, _spread(of_one), f"{each:.3f}") for name, of_one, each in rows))


def _shares(figures: Figures) -> Iterator[str]:
    """Say how many bytes of which kind a paper costs, and what it would be with an abstract for every paper."""
    if not figures.shares:
        return
    papers = figures.papers
    rows = []
    for kind in KINDS:
        share = figures.shares[kind]
        budget = f"{BUDGET[kind]:,}" if kind in BUDGET else ""
        cells = (kind, f"{share.files:,}", f"{share.size / 1e6:.1f}", f"{share.size / papers:,.0f}", budget)
        rows.append((*cells, f"{share.size_if / papers:,.0f}", f"{share.size_if / 1e6:.1f}"))
    files = sum(share.files for share in figures.shares.values())
    size = sum(share.size for share in figures.shares.values())
    size_if = sum(share.size_if for share in figures.shares.values())
    whole = ("all", f"{files:,}", f"{size / 1e6:.1f}", f"{size / papers:,.0f}", f"{WHOLE_BUDGET / 48_952:,.0f}")
    rows.append((*whole, f"{size_if / papers:,.0f}", f"{size_if / 1e6:.1f}"))
    heads = ("kind", "files", "MB", "bytes a paper", "aim at 48,952", "with abstracts, bytes a paper", "MB")
    yield from table(heads, rows)
