"""sitegen at many sizes: cold, unchanged, after small changes, and beside Hugo, stock MkDocs and Pagefind.

Run it with the project's own Python: .venv/bin/python benchmarks/scale.py [PAPERS.jsonl.gz] [--sizes 167,8455]
It prints tables and judges nothing; `--keep` puts the figures where documentation and picture are made from them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench_changes import Written, write_records
from bench_figures import (
    ADDED,
    ALONE,
    CHANGED,
    COLD,
    HUGO,
    MKDOCS,
    PAGEFIND,
    PARTS,
    REMOVED,
    RENAMED,
    SEARCH,
    TURNS,
    UNCHANGED,
    Figures,
    read_figures,
    write_figures,
)
from bench_hugo import write_hugo_site
from bench_kept import FIGURES, draw
from bench_kinds import shares
from bench_measure import file_system, machine, measured
from bench_pagefind import write_pagefind_page
from bench_papers import real_papers
from bench_peers import PEERS, peers
from bench_project import BUILD, ROOT, STOCK, contents, make_clean, make_project, set_aside
from bench_recombined import papers_of_size
from bench_serve import serve_seconds
from bench_tables import tables

from sitegen import __version__
from sitegen.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench_peers import Peer

    from sitegen.model import Corpus, Paper

SIZES = "167,8455,48952,200000"
# Stock MkDocs takes minutes for more, and `sitegen serve` is for editing.
FEW = 10_000
KEPT = ROOT / FIGURES


def main() -> None:
    """Measure each size, print its tables as soon as they are there, keep the figures if asked."""
    asked = _arguments()
    kept = read_figures(KEPT)
    with tempfile.TemporaryDirectory() as place:
        environment = asked.peers_in or Path(place, "peers")
        known = peers(asked.peers.split(","), environment, install=not asked.peers_in) if asked.peers else {}
        own = load_corpus(ROOT / "corpus")[0]
        real = list(real_papers(asked.papers, abstracts_only=False)) if asked.papers else []
        for size in map(int, asked.sizes.split(",") if asked.sizes else ()):
            folder = Path(place, str(size))
            folder.mkdir()
            bench = _bench(folder, size, own, real, known)
            bench.turns = asked.turn or TURNS
            for number in range(asked.rounds):
                _one_round(bench, number)
            _serve(bench, 0 if size > FEW else asked.edits)
            bench.figures.load += f", {os.getloadavg()[0]:.1f} after"
            print("\n".join(tables(bench.figures)), flush=True)
            kept[size] = bench.figures
            if asked.keep:
                write_figures(KEPT, kept)
    if asked.keep or not asked.sizes:
        draw(read_figures(KEPT), ROOT)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "papers", nargs="?", type=Path, help="papers as JSON lines, perhaps gzipped; else the project's own, recombined"
    )
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of papers (else {SIZES}); '' draws what is kept")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is run, in turn")
    parser.add_argument("--turn", action="append", choices=TURNS, help="what is run (else all; may be repeated)")
    parser.add_argument("--peers", default=",".join(PEERS), help="who is run beside it; '' is nobody")
    parser.add_argument("--peers-in", type=Path, help="a Python environment that has them (else a new one)")
    parser.add_argument("--edits", type=int, default=5, help="how often a record is edited while `sitegen serve` runs")
    parser.add_argument("--keep", action="store_true", help="keep the figures in the project, and draw them")
    return parser.parse_args()


@dataclass(slots=True)
class Bench:
    """A project of one size with what stands beside it, and the figures found so far."""

    folder: Path
    written: Written
    topics: str
    known: dict[str, Peer]
    figures: Figures
    turns: Sequence[str] = TURNS

    def run(self, name: str, command: Sequence[str], made: str = "", *, stages: bool = False) -> None:
        """Run a command, if it is asked for, note what it took, and what the folder that it made holds."""
        if name not in self.turns:
            return
        self.figures.runs.setdefault(name, []).append(measured(command, self.folder, stages=stages))
        if made:
            self.figures.sites[name] = contents(self.folder / made)

    def run_parts(self, command: Sequence[str]) -> None:
        """Run what prints the seconds of each part, if it is asked for, and note them."""
        if PARTS in self.turns:
            said = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, check=True).stdout
            for part, seconds in json.loads(said).items():
                self.figures.parts.setdefault(part, []).append(seconds)


def _bench(folder: Path, size: int, own: Corpus, real: Sequence[Paper], known: dict[str, Peer]) -> Bench:
    """Make the project of a size."""
    make_project(folder)
    what, papers = papers_of_size(size, own, real)
    names = {topic.slug: topic.name for topic in own.topics}
    if "pagefind" in known:
        papers = _noted(papers, lambda paper: _pagefind_page(folder, paper, names))
    written = write_records(folder, papers, size)
    versions = {"sitegen": __version__, **{name: peer.version for name, peer in known.items()}}
    load = f"{os.getloadavg()[0]:.1f} before"
    now = datetime.now(UTC).date().isoformat()
    on = f"{machine()}, files on {file_system(folder) or 'its disk'}"
    figures = Figures(written.records.papers, what, now, on, load, versions, records_size=written.records.size)
    return Bench(folder, written, written.topics(), known, figures)


def _noted(papers: Iterator[Paper], note: Callable[[Paper], None]) -> Iterator[Paper]:
    for paper in papers:
        note(paper)
        yield paper


def _pagefind_page(folder: Path, paper: Paper, names: dict[str, str]) -> None:
    write_pagefind_page(folder / "pagefind", paper, [names[slug] for slug in paper.topics])


def _one_round(bench: Bench, number: int) -> None:
    """Run everything in its turn, and put the records back."""
    folder, written = bench.folder, bench.written
    make_clean(folder)
    bench.run(COLD, BUILD, "site", stages=True)
    if not number:
        bench.figures.shares = shares(folder / "site", written.records)
        if "hugo" in bench.known:
            write_hugo_site(folder / "hugo", folder / "docs", written.shelves)
    bench.run(UNCHANGED, BUILD, stages=True)
    written.change_one(number)
    bench.run(CHANGED, BUILD, stages=True)
    written.add_one()
    bench.run(ADDED, BUILD, stages=True)
    written.remove_one()
    bench.run(REMOVED, BUILD, stages=True)
    written.rename_topic(number)
    bench.run(RENAMED, BUILD, stages=True)
    written.restore(bench.topics)
    _alone(bench)


def _alone(bench: Bench) -> None:
    """Run the parts of sitegen that the peers have, and the peers, on records that are as they were."""
    folder, known = bench.folder, bench.known
    python = [sys.executable, str(ROOT / "benchmarks")]
    set_aside(folder, folder / "pages", folder / ".pages.sitegen")
    bench.run(ALONE, [python[0], f"{python[1]}/bench_pages_alone.py"], "pages")
    set_aside(folder, folder / "pages", folder / ".pages.sitegen")
    if "hugo" in known:
        set_aside(folder, folder / "hugo" / "public")
        bench.run(HUGO, [known["hugo"].command, "--quiet", "--source", "hugo"], "hugo/public")
        set_aside(folder, folder / "hugo" / "public")
    if "mkdocs" in known and bench.figures.papers <= FEW:
        set_aside(folder, folder / "stock")
        bench.run(MKDOCS, STOCK, "stock")
        set_aside(folder, folder / "stock")
    set_aside(folder, folder / "search-alone")
    bench.run(SEARCH, [python[0], f"{python[1]}/bench_search_alone.py"], "search-alone")
    if "pagefind" in known:
        set_aside(folder, folder / "pagefind" / "pagefind")
        bench.run(PAGEFIND, [known["pagefind"].command, "--site", "pagefind"], "pagefind/pagefind")
    bench.run_parts([python[0], f"{python[1]}/bench_parts.py"])


def _serve(bench: Bench, edits: int) -> None:
    """Let the server show edits, on a project that has been built."""
    if edits:
        began, bench.figures.serve_shows = serve_seconds(bench.folder, bench.written.edited, "/", edits)
        bench.figures.serve_starts = [began]


if __name__ == "__main__":
    main()
