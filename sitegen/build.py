"""The publish recipe: records -> site, on one screen.

files -load-> Corpus -check-> Problems; Corpus -enrich-> Site -plan-> Pages -render-> files -publish-> the site's folder
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sitegen.checks import check
from sitegen.config import PLACEHOLDER_HOST
from sitegen.corpus import load_corpus
from sitegen.exports import cited_papers, listed
from sitegen.frame import Frame, Guests
from sitegen.frame_files import frame_files, frame_source, texts
from sitegen.generated_docs import write_docs
from sitegen.kept_frame import current_frame
from sitegen.machine_pages import SitemapPage
from sitegen.pages import ArticlePage, FeedPage, Page, SearchPage
from sitegen.plan import plan
from sitegen.problems import ProblemsFoundError, SitegenError
from sitegen.publishing import File, Publication, Written
from sitegen.related import related_kept
from sitegen.render.exports import export_named
from sitegen.render.render import ARTICLES, paths
from sitegen.render.search import lunr_index
from sitegen.render.shell import Shell, cut
from sitegen.render.sources import Sources
from sitegen.renderer import renderer_version
from sitegen.rendering import Rendering, rendered, rendered_by, rendered_by_processes
from sitegen.site import enrich

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sitegen.config import Settings
    from sitegen.model import Corpus
    from sitegen.problems import Problem
    from sitegen.related import Neighbour
    from sitegen.rendering import Engine, Progress, Sourced

# What `prepare` keeps, by the names of its files in a state folder.
KEPT = ("related",)


@dataclass(frozen=True, slots=True)
class Planned:
    """A sound corpus, the warnings that it gave, and the plan of its site."""

    corpus: Corpus
    pages: tuple[Page, ...]
    warnings: tuple[Problem, ...] = ()

    @property
    def articles(self) -> tuple[ArticlePage, ...]:
        """The pages that people read."""
        return tuple(page for page in self.pages if isinstance(page, ARTICLES))

    @property
    def guests(self) -> Guests:
        """What MkDocs is told of them."""
        updated = max((paper.updated for paper in self.corpus.papers), default="")
        return Guests(tuple(page.path for page in self.articles), updated)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made; `rendered` pages were made anew, the others were there already."""

    papers: int
    topics: int
    pages: int
    feeds: int
    files: int
    size: int
    rendered: int
    authority: str
    warnings: tuple[Problem, ...]


def build(settings: Settings, jobs: int, progress: Progress, engine: Engine | None = None) -> Summary:
    """Build and publish the site; pages are rendered by the engine, where one is given.

    Raises:
        ProblemsFoundError: the corpus has problems; nothing was written.
        SitegenError: the build could not run.
    """
    progress("reading records", 0, 0)
    corpus, warnings = checked_corpus(settings)
    with Publication(settings.out_dir, settings.config_file.parent, settings.sources) as publication:
        progress("finding related papers", 0, 0)
        near = related_kept(publication.state_dir / "related", renderer_version(), corpus.papers, jobs)
        planned = _planned(corpus, settings, warnings, near)
        state = publication.state_dir
        frame = current_frame(settings, planned.guests, state / "frame", renderer_version(), progress)
        how = Rendering(shells_of(planned, frame), settings.site_url, jobs, progress, engine)
        pages = sourced(planned, frame, how)
        # While other processes render, this one has time for docs/.
        with ThreadPoolExecutor(1) as aside:
            docs = aside.submit(_write_docs, pages, settings, state) if settings.owns_docs else None
            summary = publish(planned, pages, frame, publication, how)
            if docs:
                docs.result()
            return summary


def _write_docs(pages: Iterable[Sourced], settings: Settings, state: Path) -> None:
    articles = ((page, source) for page, source in pages if isinstance(page, ARTICLES))
    write_docs(articles, settings.docs_dir, state / "docs")


def placeholders(settings: Settings, made: Summary) -> Iterator[str]:
    """Name the settings that still hold placeholders, which a site must not be published with."""
    if urlsplit(settings.site_url).hostname == PLACEHOLDER_HOST:
        yield f"site_url in {settings.config_file} is still the placeholder {settings.site_url}"
    if made.authority == PLACEHOLDER_HOST:
        yield f"feed.authority in {settings.corpus_dir / 'corpus.yaml'} is still the placeholder {PLACEHOLDER_HOST}"


def exported(settings: Settings, format_name: str, paper: str = "", topic: str = "") -> bytes:
    """Give the whole corpus, a topic or a paper in a format going out; "lunr" is the site's own search index.

    Raises:
        ProblemsFoundError: the corpus has problems.
        SitegenError: there is no such format, paper or topic.
    """
    export = None if format_name == "lunr" else export_named(format_name)
    corpus = sound_corpus(settings)
    if export:
        cited = cited_papers(corpus, settings.site_url)
        if paper not in ("", *cited) or topic not in ("", *(known.slug for known in corpus.topics)):
            raise SitegenError(f"there is no {'topic' if topic else 'paper'} {topic or paper!r} to export")
        return export.dump((cited[paper],) if paper else listed(cited.values(), topic))
    pages = plan(enrich(corpus), settings.site_url)
    return b"".join(lunr_index(page.listings) for page in pages if isinstance(page, SearchPage))


def prepare(settings: Settings, progress: Progress, kept: Path | None = None) -> Planned:
    """Load, check, enrich and plan, with the help of what a folder keeps from before, and else of nothing."""
    progress("reading records", 0, 0)
    corpus, warnings = checked_corpus(settings)
    progress("finding related papers", 0, 0)
    near = related_kept(kept / "related", renderer_version(), corpus.papers) if kept else None
    return _planned(corpus, settings, warnings, near)


def _planned(
    corpus: Corpus,
    settings: Settings,
    warnings: tuple[Problem, ...],
    near: Mapping[str, tuple[Neighbour, ...]] | None = None,
) -> Planned:
    pages = plan(enrich(corpus, near), settings.site_url, settings.repository, settings.savings)
    return Planned(corpus, tuple(pages), warnings)


def sound_corpus(settings: Settings) -> Corpus:
    """Load a corpus that has no problems but warnings, which are not said.

    Raises:
        ProblemsFoundError: it has.
    """
    return checked_corpus(settings)[0]


def checked_corpus(settings: Settings) -> tuple[Corpus, tuple[Problem, ...]]:
    """Load a corpus that has no problems but warnings, and give these too, sorted.

    Raises:
        ProblemsFoundError: it has.
    """
    corpus, problems = load_corpus(settings.corpus_dir)
    found = sorted((*problems, *check(corpus, problems)))
    faults = tuple(problem for problem in found if problem.severity == "error")
    if faults:
        raise ProblemsFoundError(faults)
    return corpus, tuple(found)


def sourced(planned: Planned, frame: Frame, how: Rendering) -> tuple[Sourced, ...]:
    """Give every page of the site with the digest of all that its files are made of."""
    shells = {name: shell.digest for name, shell in how.shells.items()}
    sources = Sources(shells, f"{renderer_version()}\n{how.site_url}")
    return tuple((page, sources.digest(page)) for page in _complete(planned.pages, frame, how.site_url))


def publish(
    planned: Planned, pages: Iterable[Sourced], frame: Frame, publication: Publication, how: Rendering
) -> Summary:
    """Render what has changed and put the new site in its place; `pages` are those that `sourced` gives."""
    stale: list[Sourced] = []
    keep: list[str] = []
    for page, source in pages:
        if publication.holds(source):
            keep.append(source)
        else:
            stale.append((page, source))
    files: Iterable[File | Written] = rendered(stale, how)
    if how.engine:
        files = rendered_by(how.engine, stale, how)
    elif how.wants_processes(len(stale)):
        writer = publication.writer(path for page, _ in stale for path in paths(page))
        files = rendered_by_processes(stale, how, writer)
    own = frame_source(frame)
    framed = bool(own) and publication.holds(own)
    keep += [own] if framed else []
    outcome = publication.publish(chain(() if framed else _own_files(frame, own), files), keep)
    return Summary(
        papers=len(planned.corpus.papers),
        topics=len(planned.corpus.topics),
        pages=len(planned.articles),
        feeds=sum(isinstance(page, FeedPage) for page in planned.pages),
        files=outcome.written + outcome.kept,
        size=outcome.size,
        rendered=len(stale),
        authority=planned.corpus.settings.feed.authority,
        warnings=planned.warnings,
    )


def completed(page: Page, frame: Frame, site_url: str) -> Page:
    """Put into a planned page what only the frame knows."""
    return next(_complete((page,), frame, site_url))


def _own_files(frame: Frame, source: str = "") -> Iterator[File]:
    """Give the frame's own files, each made from `source`, or where that is not known, from itself."""
    for own in frame_files(frame):
        yield File(own.path, own.body, source or hashlib.blake2b(own.body, digest_size=16).hexdigest())


def _complete(pages: Iterable[Page], frame: Frame, site_url: str) -> Iterator[Page]:
    """Put the frame's hand-written pages into the sitemap and the search, which the plan cannot know."""
    for page in pages:
        if isinstance(page, SitemapPage):
            urls = [path.removesuffix("index.html") for path in frame.files if path.endswith("/index.html")]
            yield replace(page, entries=(*page.entries, *((site_url + url, "") for url in urls)))
        elif isinstance(page, SearchPage):
            yield replace(page, pages=tuple(texts(frame)))
        else:
            yield page


def shells_of(planned: Planned, frame: Frame) -> dict[str, Shell]:
    """Give the shells that the pages stand in, by name."""
    return {name: cut(frame.sentinel(name)) for name in planned.guests.shells}
