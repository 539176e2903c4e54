"""The papers that the search tests search: the seeds as raw lines, and a few by hand for what seeds do not have."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import mkdocs

from sitegen.machine_pages import PageText
from sitegen.model import Author, Paper
from sitegen.pages import Listing, SearchPage, TopicLink
from sitegen.render.search import render_search
from sitegen.scripts import ENTRY, lunr_js, search_app, small_script

if TYPE_CHECKING:
    from collections.abc import Sequence

SEEDS = Path(__file__).parent / "seeds"
ASSETS = Path(__file__).parents[1] / "theme" / "assets"
LUNR_JS = Path(mkdocs.__file__).parent / "contrib/search/templates/search/lunr.js"

ROBOTICS = TopicLink("robot-learning", "Robot learning", "Robots", "science", "topics/robot-learning/", 9)
UNTOUCHED = TopicLink("untouched", "Untouched topic", "Untouched", "", "topics/untouched/")
TOPICS = (
    ROBOTICS,
    *(TopicLink(f"topic-{at}", f"Topic {at}", f"T{at}", "", f"topics/topic-{at}/") for at in range(1, 13)),
)
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


def varied(papers: Sequence[Paper]) -> list[Paper]:
    """Give the papers with topics, kinds and dates of all sorts, by turns; the ones made by hand keep their dates."""
    return [_varied(paper, at) for at, paper in enumerate(papers)]


def _varied(paper: Paper, at: int) -> Paper:
    slugs = [topic.slug for topic in TOPICS]
    topics = [slugs[at % len(slugs)], slugs[at * at % 5]] if at > len(MADE) else [ROBOTICS.slug]
    dates = ("2025-03-01", "2024-07", "2024", "2023-11-30", "", "2025-10-09")
    return replace(
        paper,
        topics=tuple(dict.fromkeys(topics)),
        kind=("survey", "method", "", "method", "dataset")[at % 5],
        date=paper.date if at < len(MADE) else dates[at % len(dates)],
    )


def listings(papers: Sequence[Paper]) -> tuple[Listing, ...]:
    known = {topic.slug: topic for topic in TOPICS}
    topics = {paper.id: paper.topics or (ROBOTICS.slug,) for paper in papers}
    return tuple(Listing(p, f"papers/{p.id}/", tuple(known[slug] for slug in topics[p.id])) for p in papers)


def search_page(papers: Sequence[Paper], pages: Sequence[PageText] = PAGES) -> SearchPage:
    used = {topic for listing in listings(papers) for topic in listing.topics}
    topics = (*(topic for topic in TOPICS if topic in used), UNTOUCHED)
    return SearchPage("search/current.json", listings(papers), topics, tuple(pages))


def bibtex(paper: Paper) -> str:
    """Give a file of its own for each paper: what the search copies is these, whatever they hold."""
    return f"@misc{{{paper.id},\n  title = {{{paper.title}}},\n}}\n"


def write_site(folder: Path, papers: Sequence[Paper], pages: Sequence[PageText] = PAGES) -> None:
    """Write the smallest site that has all that search needs: the frame's markup, the assets and the index."""
    for output in render_search(search_page(papers, pages)):
        _write(folder / output.path, output.body)
    for asset in ("search.css", "sitegen.css"):
        _write(folder / "assets" / asset, (ASSETS / asset).read_bytes())
    write_scripts(folder)
    _write_page(folder / "index.html", ".", "Home")
    _write_page(folder / "search" / "index.html", "..", "Search", search_article())
    for name in ("about", "topics", "browse"):
        _write_page(folder / name / "index.html", "..", name)
    for paper in papers:
        _write(folder / "papers" / f"{paper.id}.bib", bibtex(paper).encode())
        _write_page(folder / "papers" / paper.id / "index.html", "../..", paper.title)


def write_scripts(folder: Path) -> None:
    """Write the scripts of search as they are published."""
    modules = {f"assets/{path.name}": path.read_text("utf-8") for path in sorted(ASSETS.glob("search-*.js"))}
    entry = (ASSETS / "search.js").read_text("utf-8")
    for output in (lunr_js(), search_app(modules, entry), small_script(ENTRY, entry)):
        _write(folder / output.path, output.body)


def search_article() -> str:
    """Give what stands below the heading of docs/search.md, which is HTML."""
    source = (ASSETS.parents[1] / "docs" / "search.md").read_text(encoding="utf-8")
    return source.partition("# Search\n")[2]


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)


def _write_page(path: Path, base: str, title: str, article: str = "") -> None:
    box = "" if "sg-search-form" in article else _BOX.format(base=base)
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="{base}/assets/sitegen.css"><link rel="stylesheet" href="{base}/assets/search.css"></head>
<body data-md-color-scheme="default"><header>{box}</header>
<main><article class="md-typeset"><h1>{html.escape(title)}</h1>{article}</article></main>
<script type="module" src="{base}/assets/search.js"></script></body></html>"""
    _write(path, body.encode())


_BOX = """<form class="sg-search-form" id="sg-search-form" role="search" action="{base}/search/" method="get">
<input id="sg-search-input" type="search" name="q" aria-label="Search"></form>"""
