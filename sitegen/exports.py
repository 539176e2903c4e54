"""The plan's part for citing: which export files the site has, and what each paper is cited as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.citekeys import citekeys
from sitegen.formats.cited import Cited
from sitegen.pages import ExportPage, FileLink, url_of
from sitegen.savings import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sitegen.model import Corpus

_FILE_NAMES = {
    "bibtex": ("BibTeX", ".bib"),
    "ris": ("RIS", ".ris"),
    "csl-json": ("CSL-JSON", ".csl.json"),
    "csv": ("CSV", ".csv"),
    "json": ("JSON", ".json"),
}
_FORMATS = tuple(_FILE_NAMES)
# The path of the files of all papers, without extension.
WHOLE = "exports/papers"
# With abstracts every paper costs 6 kB beside its page and 10 kB in each list that it stands in: a site of 50,000
# would be over the gigabyte that GitHub Pages gives. Beyond this number only the JSON beside a page has its abstract.
FULL_LIMIT = 10_000


def export_pages(corpus: Corpus, cited: Mapping[str, Cited], siblings: tuple[str, ...] = USUAL) -> Iterator[ExportPage]:
    """Give the export files of each paper, each topic and the corpus; `cited` is what `cited_papers` gives of it.

    `siblings` are the formats beside the page of a paper. Files of a retracted or withdrawn paper say so and stand
    beside its page only; a removed paper has none.
    """
    everything = listed(cited.values())
    full = len(everything) <= FULL_LIMIT
    brief = () if full else tuple(name for name in siblings if name != "json")
    for paper_id, one in cited.items() if siblings else ():
        yield ExportPage(f"papers/{paper_id}", siblings, (one,), brief)
    by_topic: dict[str, list[Cited]] = {topic.slug: [] for topic in corpus.topics}
    for one in everything:
        for slug in by_topic.keys() & one.paper.topics:
            by_topic[slug].append(one)
    for slug, papers in by_topic.items():
        yield ExportPage(f"topics/{slug}", _FORMATS, tuple(papers), () if full else _FORMATS)
    yield ExportPage(WHOLE, _FORMATS, everything, () if full else _FORMATS)


def file_links(stem: str, formats: tuple[str, ...] = _FORMATS) -> tuple[FileLink, ...]:
    """Give the links to the files of some formats, beside each other at `stem` ("papers/x")."""
    return tuple([FileLink(title, stem + extension) for title, extension in map(_FILE_NAMES.__getitem__, formats)])


def format_title(name: str) -> str:
    """Give the name of a format in words: "bibtex" gives "BibTeX"."""
    return _FILE_NAMES[name][0]


def listed(cited: Iterable[Cited], topic: str = "") -> tuple[Cited, ...]:
    """Give the papers that exports of a topic or of the whole corpus hold: none retracted, withdrawn or removed."""
    return tuple(one for one in cited if not one.paper.status and (not topic or topic in one.paper.topics))


def cited_papers(corpus: Corpus, site_url: str) -> dict[str, Cited]:
    """Give every paper that was not removed by its id, as it is cited, in the order (added, id)."""
    keys = citekeys(corpus.papers)
    topics = {topic.slug: topic.name for topic in corpus.topics}
    return {
        paper.id: Cited(
            paper,
            keys[paper.id],
            site_url + url_of(f"papers/{paper.id}.md"),
            tuple(topics[slug] for slug in paper.topics if slug in topics),
        )
        for paper in sorted(corpus.papers, key=lambda paper: paper.order)
        if paper.status != "removed"
    }
