"""The publish recipe: records -> site, on one screen.

files -load-> Corpus -check-> Problems; Corpus -enrich-> Site -plan-> Pages -render-> files -publish-> the site's folder
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sitegen.collector import collector_at_rest
from sitegen.config import PLACEHOLDER_HOST
from sitegen.corpus import take_snapshot
from sitegen.exports import cited_papers, listed
from sitegen.file_kinds import kind_of
from sitegen.frame import Frame, Guests
from sitegen.frame_files import frame_source
from sitegen.generated_docs import GeneratedDocs
from sitegen.kept_frame import current_frame
from sitegen.last_build import DOCS, Summary, inputs_digest, remember, unchanged
from sitegen.pages import ArticlePage, FeedPage, Page, SearchPage
from sitegen.plan import plan
from sitegen.problems import ProblemsFoundError, SitegenError
from sitegen.publishing import Publication
from sitegen.record_files import made_ahead, record_files
from sitegen.related import related_kept
from sitegen.render.exports import export_named
from sitegen.render.render import ARTICLES
from sitegen.render.search import lunr_index
from sitegen.render.shell import Shell, cut
from sitegen.renderer import renderer_version
from sitegen.rendering import Rendering
from sitegen.site import enrich
from sitegen.site_files import completed, needed, own_files, sourced, under_way
from sitegen.sound_corpus import RECORDS, SOUND, checked_corpus, checked_snapshot, sound_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sitegen.config import Settings
    from sitegen.corpus import Snapshot
    from sitegen.model import Corpus
    from sitegen.problems import Problem
    from sitegen.publishing import File
    from sitegen.related import Neighbour
    from sitegen.rendering import Engine, Progress, Sourced
    from sitegen.savings import Savings

_MOST_OF_A_GIGABYTE = 800_000_000
# What `prepare` keeps, by the names of its files in a state folder.
KEPT = ("related", RECORDS, SOUND)


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


def build(
    settings: Settings,
    jobs: int,
    progress: Progress,
    engine: Engine | None = None,
    held: list[object] | None = None,
) -> Summary:
    """Build and publish the site; pages are rendered by the engine, where one is given.

    All that was read and planned goes to `held`, for who wants it to outlast the build.

    Raises:
        ProblemsFoundError: the corpus has problems; nothing was written.
        SitegenError: the build could not run.
    """
    with collector_at_rest():
        progress("reading records", 0, 0)
        snapshot = take_snapshot(settings.corpus_dir)
        with Publication(settings.out_dir, settings.config_file.parent, settings.sources) as publication:
            inputs = inputs_digest(settings, snapshot.digest)
            made = unchanged(settings, publication, inputs)
            if made is None:
                corpus, warnings = _checked(snapshot, publication, jobs)
                publication.expect_change()
                how = Rendering({}, settings.site_url, jobs, progress, engine)
                with made_ahead(corpus, publication, how) as ahead:
                    progress("finding related papers", 0, 0)
                    near = _near(publication.state_dir, corpus, jobs)
                    progress("planning", 0, 0)
                    planned = _planned(corpus, settings, warnings, near)
                    made = _built(planned, settings, publication, replace(how, ahead=ahead))
                if held is not None:
                    held += (snapshot, corpus, near, planned)
                remember(publication, inputs if corpus.digest == snapshot.digest else "", made)
            return made


def _checked(snapshot: Snapshot, publication: Publication, jobs: int) -> tuple[Corpus, tuple[Problem, ...]]:
    try:
        return checked_snapshot(snapshot, publication.state_dir, jobs)
    except ProblemsFoundError:
        publication.withdraw()
        raise


def _built(planned: Planned, settings: Settings, publication: Publication, how: Rendering) -> Summary:
    """Render and publish what was planned."""
    state = publication.state_dir
    frame = current_frame(settings, planned.guests, state / "frame", renderer_version(), how.progress)
    how.progress("planning", 0, 0)
    how = replace(how, shells=shells_of(planned, frame))
    pages = sourced(completed(planned.pages, frame, how.site_url), planned.corpus.digests, how)
    articles = ((page, source) for page, source in pages if isinstance(page, ARTICLES))
    docs = GeneratedDocs(articles, settings.docs_dir, state / DOCS) if settings.owns_docs else None
    return publish(planned, pages, frame, publication, replace(how, docs=docs))


def _near(kept: Path, corpus: Corpus, jobs: int = 1) -> Mapping[str, tuple[Neighbour, ...]]:
    return related_kept(kept / "related", renderer_version(), corpus.papers, jobs, digests=corpus.digests)


def placeholders(settings: Settings, made: Summary) -> Iterator[str]:
    """Name the settings that still hold placeholders, which a site must not be published with."""
    if urlsplit(settings.site_url).hostname == PLACEHOLDER_HOST:
        yield f"site_url in {settings.config_file} is still the placeholder {settings.site_url}"
    if made.authority == PLACEHOLDER_HOST:
        yield f"feed.authority in {settings.corpus_dir / 'corpus.yaml'} is still the placeholder {PLACEHOLDER_HOST}"


def too_large_soon(made: Summary, savings: Savings) -> Iterator[str]:
    """Say it where a site passes four fifths of the gigabyte that GitHub Pages takes, and what makes it smaller."""
    if made.size > _MOST_OF_A_GIGABYTE:
        compact = () if savings.makes_compact(made.papers) else ("`compact: true`",)
        left = (*compact, *(("`siblings: false`",) if savings.siblings else ()))
        smaller = (
            f"in mkdocs.yml, {' and '.join(left)} under `sitegen` would make it smaller"
            if left
            else "it leaves out all that it can"
        )
        yield f"the site has {made.size / 1e6:,.0f} MB, and GitHub Pages takes 1,000: {smaller}"


def by_kind(made: Summary) -> Iterator[str]:
    """Say how many files and bytes a site has of each kind, the largest first, and how many bytes that is per paper."""
    for kind, (files, size) in sorted(made.kinds.items(), key=lambda known: (-known[1][1], known[0])):
        each = f"{size / made.papers:>10,.0f} bytes per paper" if made.papers else ""
        yield f"  {kind:<12} {files:>9,} files {size / 1e6:>9,.1f} MB {each}".rstrip()


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
    with collector_at_rest():
        corpus, warnings = checked_corpus(settings, kept)
        progress("finding related papers", 0, 0)
        return _planned(corpus, settings, warnings, _near(kept, corpus) if kept else None)


def _planned(
    corpus: Corpus,
    settings: Settings,
    warnings: tuple[Problem, ...],
    near: Mapping[str, tuple[Neighbour, ...]] | None = None,
) -> Planned:
    pages = plan(enrich(corpus, near), settings.site_url, settings.repository, settings.savings)
    return Planned(corpus, tuple(pages), warnings)


def publish(
    planned: Planned, pages: Iterable[Sourced], frame: Frame, publication: Publication, how: Rendering
) -> Summary:
    """Render what has changed and put the new site in its place; `pages` are those that `sourced` gives.

    Where processes render, this one makes the search and the exports of many papers meanwhile.
    """
    to_do = needed(pages, publication)
    with under_way(to_do.stale, how, publication) as rendered:
        of_records = record_files(to_do, planned.corpus.digests, how, publication)
        own = frame_source(frame)
        framed = bool(own) and publication.holds(own)
        files = chain(() if framed else own_files(frame), of_records.files, rendered, _when_all_are_made(how.progress))
        keep = (*to_do.keep, *of_records.keep, *([own] if framed else ()))
        outcome = publication.publish(files, keep, kind_of)
    return Summary(
        papers=len(planned.corpus.papers),
        topics=len(planned.corpus.topics),
        pages=len(planned.articles),
        feeds=sum(isinstance(page, FeedPage) for page in planned.pages),
        files=outcome.written + outcome.kept,
        size=outcome.size,
        rendered=len(to_do.stale) + of_records.pages,
        authority=planned.corpus.settings.feed.authority,
        warnings=planned.warnings,
        kinds=outcome.kinds,
    )


def _when_all_are_made(progress: Progress) -> Iterator[File]:
    """Say that only publishing is left, behind all files."""
    progress("publishing", 0, 0)
    yield from ()


def shells_of(planned: Planned, frame: Frame) -> dict[str, Shell]:
    """Give the shells that the pages stand in, by name."""
    return {name: cut(frame.sentinel(name)) for name in planned.guests.shells}
