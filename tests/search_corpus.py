"""The papers that the search tests search: the seeds as raw lines, and a few by hand for what seeds do not have."""

from __future__ import annotations

import html
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import mkdocs

from sitegen.model import Author, Paper
from sitegen.pages import Listing, PageText, SearchPage, TopicLink
from sitegen.render.search import render_search

if TYPE_CHECKING:
    from collections.abc import Sequence

SEEDS = Path(__file__).parent / "seeds"
ASSETS = Path(__file__).parents[1] / "theme" / "assets"
LUNR_JS = Path(mkdocs.__file__).parent / "contrib/search/templates/search/lunr.js"

ROBOTICS = TopicLink("robot-learning", "Robot learning", "Robots", "science", "topics/robot-learning/")
HOSTILE = "<img src=x onerror=\"document.title='fired'\"> Quokkas"

MADE = (
    Paper(
        "accented",
        "Naïve Bayes revisited",
        "2025-01-01T00:00:01Z",
        authors=(
            Author("Željko Šnajder"),
            Author("José Müller"),
            Author("Ann Ø"),
            Author("Bo Li"),
            Author("Zoë Ångström"),
        ),
        date="2023-08",
        abstract="An essay on the café wall illusion. It is always seen.",
    ),
    Paper(
        "derived",
        "Wombat: a dataset",
        "2025-01-01T00:00:02Z",
        title_source="derived",
        author_count=6,
        abstract="Wombats rest by day. "
        + "Filler stands here to make the text long. " * 12
        + "At night a wombat digs.",
    ),
    Paper(
        "hostile",
        HOSTILE,
        "2025-01-01T00:00:03Z",
        authors=(Author("<b>Eve</b>"),),
        date="2024",
        abstract="A quokka says <script>document.title='fired'</script> & nothing &amp; more; marsupial.",
    ),
    Paper("chinese", "机器学习综述", "2025-01-01T00:00:04Z", date="2022-01-02", abstract="深度学习。"),
    Paper(
        "parts",
        "Encoder/Decoder models",
        "2025-01-01T00:00:05Z",
        abstract=r"Costs $15; the \textbf{M}edical marsupial.",
    ),
)
PAGES = (
    PageText("About this site", "about/", "Who reads here finds marsupial papers, and <i>how</i> to help."),
    PageText("Home", "", "Newest papers."),
)


def seed_papers() -> list[Paper]:
    """Take every line of the seeds that is long enough for an abstract as a paper, the line before it as its title."""
    papers = []
    for path in sorted(SEEDS.glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for number, line in enumerate(lines):
            if len(line) > 300:
                title = lines[number - 1] if number and len(lines[number - 1]) <= 300 else line[:80]
                identity = f"{path.name[:3]}-{number:03}"
                papers.append(Paper(identity, title, f"2025-02-01T00:{path.name[1:3]}:00Z", abstract=line))
    return papers


def listings(papers: Sequence[Paper]) -> tuple[Listing, ...]:
    return tuple(Listing(paper, f"papers/{paper.id}/", (ROBOTICS,)) for paper in papers)


def search_page(papers: Sequence[Paper], pages: Sequence[PageText] = PAGES) -> SearchPage:
    topics = ((ROBOTICS.slug, ROBOTICS.short), ("untouched", "Untouched"))
    return SearchPage("search/current.json", listings(papers), topics, tuple(pages))


def write_site(folder: Path, papers: Sequence[Paper]) -> None:
    """Write the smallest site that has all that search needs: the frame's markup, the assets and the index."""
    for output in render_search(search_page(papers)):
        target = folder / output.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(output.body)
    (folder / "assets").mkdir()
    for asset in (*ASSETS.glob("search*.js"), ASSETS / "search.css", LUNR_JS):
        shutil.copy(asset, folder / "assets")
    _write_page(folder / "index.html", ".", "Home")
    _write_page(folder / "search" / "index.html", "..", "Search", '<div id="sg-search-results"></div>')
    for name in ("about", "topics", "browse"):
        _write_page(folder / name / "index.html", "..", name)
    for paper in papers:
        _write_page(folder / "papers" / paper.id / "index.html", "../..", paper.title)


def _write_page(path: Path, base: str, title: str, article: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="{base}/assets/search.css"></head><body>
<header><form id="sg-search-form" role="search" action="{base}/search/" method="get">
<input id="sg-search-input" type="search" name="q" aria-label="Search"></form></header>
<main><article><h1>{html.escape(title)}</h1>{article}</article></main>
<script id="__config" type="application/json">{json.dumps({"base": base})}</script>
<script type="module" src="{base}/assets/search.js"></script></body></html>""",
        encoding="utf-8",
    )
