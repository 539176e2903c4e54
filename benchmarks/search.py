"""What a search costs a reader: bytes over HTTP, milliseconds in Chromium, and whether lunr.js answers the same.

Run it with the project's own Python: .venv/bin/python benchmarks/search.py PAPERS.jsonl.gz [--abstracts-only]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import unicodedata
from collections import defaultdict
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from bench_measure import machine
from bench_pagefind import SCRIPT, write_pagefind_site
from bench_papers import ready, real_papers
from bench_queries import QueryMaker
from bench_search_site import ROOT, CountingServer, counting_server, listings, script_sizes, write_search_site
from lunr.stop_word_filter import WORDS

from sitegen.corpus import load_corpus
from sitegen.latex import plain_text

sys.path.append(str(ROOT / "tests"))
from browser import chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from selenium.webdriver import Chrome

    from sitegen.pages import Listing

KB = 1000
CURRENT = "search/current.json"
CLASSES = ("one word", "common word", "two words", "three to five words")


def main() -> None:
    """Write the sites, ask every query, print the table."""
    asked = _arguments()
    topics = load_corpus(ROOT / "corpus")[0].topics
    source = real_papers(Path(asked.papers), abstracts_only=asked.abstracts_only)
    papers = listings(ready(source, topics, asked.limit), topics)
    maker = QueryMaker([listing.paper for listing in papers])
    typed = list(maker.typed(asked.queries))
    with tempfile.TemporaryDirectory() as place, chromium() as chrome:
        chrome.set_script_timeout(3600)
        site = Path(place, "site")
        write_search_site(site, papers, topics)
        print(f"{len(papers):,} papers, {len(typed)} queries, {machine()}\n")
        with counting_server(site) as server:
            theirs = _pagefind_costs(chrome, typed, asked.pagefind, Path(place, "pagefind"), papers)
            _print_bytes(chrome, server, typed, theirs)
            _print_speed(chrome, server, [query for _, query in typed[: asked.typists]])
            _print_equality(chrome, server, maker, asked.compared)
            _print_vocabulary(chrome, papers)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", help="papers as JSON lines, perhaps gzipped")
    parser.add_argument("--abstracts-only", action="store_true", help="leave out papers without an abstract")
    parser.add_argument("--limit", type=int, default=0, help="at most so many papers")
    parser.add_argument("--queries", type=int, default=150, help="how many queries of each of the four classes")
    parser.add_argument(
        "--compared", type=int, default=1000, help="how many queries of all classes lunr.js answers too"
    )
    parser.add_argument("--typists", type=int, default=120, help="how many queries are typed letter by letter")
    parser.add_argument("--pagefind", default="", help="the command that runs Pagefind; without it, it is left out")
    return parser.parse_args()


def ask(chrome: Chrome, promise: str, *arguments: object) -> Any:  # noqa: ANN401 (whatever the page answers)
    """Give what a JavaScript expression comes to; the arguments are `args`."""
    answer = chrome.execute_async_script(
        "const args = [...arguments], done = args.pop(); "
        f"(async () => {{ {promise} }})().then(found => done([found ?? null]), error => done('' + error.stack))",
        *arguments,
    )
    if isinstance(answer, str):
        raise SystemExit(f"{promise[:80]}: {answer}")
    return answer[0]


def _in_batches(found: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (found[start : start + size] for start in range(0, len(found), size))


def _open(chrome: Chrome, server: CountingServer) -> None:
    chrome.get(server.address)
    ask(chrome, "while (!window.ready) await new Promise(done => setTimeout(done, 5));")


# ---- bytes ----------------------------------------------------------------------------------------------------------


def _print_bytes(
    chrome: Chrome, server: CountingServer, typed: Sequence[tuple[str, str]], theirs: tuple[str, dict[str, list[int]]]
) -> None:
    sizes = script_sizes()
    scripts = sum(sizes.values())
    version, costs = theirs
    _open(chrome, server)
    cold = _costs(server, typed, lambda query: ask(chrome, "return cold(args[0])", query))
    parts = _part_sizes(server.files)
    following = []
    for (_, first), (_, second) in pairwise(typed):
        ask(chrome, "return cold(args[0])", first)
        following.append(_cost(server, partial(ask, chrome, "return next(args[0])", second)))
    print(f"| first search, KB (p50 / p95) | sitegen | of it scripts | {version} |\n|---|---|---|---|")
    for name in CLASSES:
        ours = [cost + scripts for cost in cold[name]]
        print(f"| {name} | {_spread(ours)} | {scripts / KB:.1f} | {_spread(costs[name]) if costs else ''} |")
    print(f"| next search | {_spread(following)} | 0 | |\n")
    print("Scripts, gzip: " + ", ".join(f"{name} {size / KB:.2f} KB" for name, size in sizes.items()) + ".")
    print(parts)


def _costs(
    server: CountingServer, typed: Sequence[tuple[str, str]], search: Callable[[str], object]
) -> dict[str, list[int]]:
    costs: dict[str, list[int]] = defaultdict(list)
    for name, query in typed:
        costs[name].append(_cost(server, partial(search, query)))
    return costs


def _cost(server: CountingServer, act: Callable[[], object]) -> int:
    before = server.sent
    act()
    return server.sent - before


def _pagefind_costs(
    chrome: Chrome, typed: Sequence[tuple[str, str]], command: str, folder: Path, papers: Sequence[Listing]
) -> tuple[str, dict[str, list[int]]]:
    """Give Pagefind's version and what its searches cost; nothing without a command."""
    if not command:
        return "Pagefind", {}
    version = write_pagefind_site(folder, papers, command)
    with counting_server(folder) as server:
        chrome.get(server.address)
        return version, _costs(server, typed, lambda query: ask(chrome, SCRIPT, query))


def _part_sizes(files: Sequence[tuple[str, int]]) -> str:
    """Say how many files of each kind a first search loads, and their KB, in the mean."""
    searches = sum(name == CURRENT for name, _ in files)
    kinds = {"chunks of terms": "search/t/", "records": "search/d/", "manifests": "search/m-", "current.json": CURRENT}
    said = []
    for kind, start in kinds.items():
        lengths = [length for name, length in files if name.startswith(start)]
        said.append(f"{len(lengths) / searches:.1f} {kind} ({sum(lengths) / searches / KB:.1f} KB)")
    return f"A first search loads in the mean {', '.join(said)}."


def _spread(costs: Sequence[float], unit: float = KB) -> str:
    cuts = quantiles(costs, n=100, method="inclusive")
    return f"{cuts[49] / unit:.1f} / {cuts[94] / unit:.1f}"


# ---- speed ----------------------------------------------------------------------------------------------------------


def _print_speed(chrome: Chrome, server: CountingServer, queries: Sequence[str]) -> None:
    """Type each query letter by letter in a session of its own, then once more with everything in memory."""
    _open(chrome, server)
    loaded, took = [], []
    for query in queries:
        strokes = [query[:length] for length in range(1, len(query) + 1)]
        ask(chrome, "window.client = make(); return client.load()")
        stroke = partial(ask, chrome, "return keystrokes([args[0]])")
        loaded += [_cost(server, partial(stroke, text)) for text in strokes]
        took += ask(chrome, "return keystrokes(args[0])", strokes)
    nothing = sum(cost == 0 for cost in loaded) / len(loaded)
    print(f"\n{len(took):,} keystrokes: {_spread(took, 1)} ms (p50 / p95), {max(took):.0f} at most, all in memory;")
    print(f"they load {_spread(loaded)} KB, {max(loaded) / KB:.1f} at most, and {nothing:.0%} of them nothing.")


# ---- equality -------------------------------------------------------------------------------------------------------


def _print_equality(chrome: Chrome, server: CountingServer, maker: QueryMaker, number: int) -> None:
    _open(chrome, server)
    queries = list(maker.all_classes(number))
    ask(chrome, "window.full = lunr.Index.load(await (await fetch('full.json')).json())")
    same, differing = 0, []
    for some in _in_batches(queries, 25):
        equal, other = ask(chrome, "return compare(args[0])", [query for _, query in some])
        same += equal
        differing += other
    kinds = len({kind for kind, _ in queries})
    print(f"\n{same} of {len(queries)} queries of {kinds} classes: papers, order and scores as lunr.js (===).")
    for query in differing:
        print(f"  differs: {query}")


def _print_vocabulary(chrome: Chrome, papers: Sequence[Listing]) -> None:
    ask(chrome, "window.full = window.client = undefined")
    began = time.perf_counter()
    words = list(_vocabulary(papers))
    lost = [word for some in _in_batches(words, 2000) for word in ask(chrome, "return lost(args[0])", list(some))]
    took = time.perf_counter() - began
    print(f"\n{len(lost)} of {len(words):,} words are not found ({took:.0f} s). {' '.join(lost[:20])}")


def _vocabulary(papers: Sequence[Listing]) -> Iterator[tuple[str, int]]:
    """Give every word of titles, names and abstracts with the first paper that has it; cut otherwise than the index."""
    known: set[str] = set()
    ordered = sorted((listing.paper for listing in papers), key=lambda paper: paper.order)
    for ordinal, paper in enumerate(ordered):
        names = " ".join(author.name for author in paper.authors)
        text = f"{plain_text(paper.title)} {plain_text(names)} {plain_text(paper.abstract)}".lower()
        for word in "".join(letter if _is_word(letter) else " " for letter in text).split():
            if len(word) > 1 and not word.isdigit() and word not in WORDS and word not in known:
                known.add(word)
                yield word, ordinal


def _is_word(letter: str) -> bool:
    """Tell whether a letter, mark or number; Python's own word characters leave out the marks of Indian scripts."""
    return letter == "_" or unicodedata.category(letter)[0] in "LMN"


if __name__ == "__main__":
    main()
