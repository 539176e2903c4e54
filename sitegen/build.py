"""The publish recipe: records -> site, on one screen.

files -load-> Corpus -check-> Problems; Corpus -enrich-> Site -plan-> Pages -render-> files -publish-> the site's folder
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sitegen.checks import check
from sitegen.config import PLACEHOLDER_HOST, packaged_theme
from sitegen.corpus import load_corpus
from sitegen.exports import cited_papers, listed
from sitegen.frame import GENERATED, Frame, Guests, build_frame, frame_digest, read_frame
from sitegen.machine_pages import SitemapPage
from sitegen.output import Output, plain_errors, remove_anything, sync_folder, write_files
from sitegen.pages import ArticlePage, FeedPage, Page, PageText, SearchPage
from sitegen.plan import plan
from sitegen.problems import ProblemsFoundError, SitegenError
from sitegen.publishing import File, Publication, Written
from sitegen.related import related_kept
from sitegen.render.docs import docs_markdown
from sitegen.render.exports import export_named
from sitegen.render.page_text import page_text
from sitegen.render.render import ARTICLES, paths, source_digest
from sitegen.render.search import lunr_index
from sitegen.render.shell import Shell, cut
from sitegen.rendering import Rendering, rendered, rendered_by_processes
from sitegen.scripts import ENTRY, is_own_script, is_search_module, lunr_js, search_app, small_script
from sitegen.site import enrich

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.config import Settings
    from sitegen.model import Corpus
    from sitegen.problems import Problem
    from sitegen.rendering import Progress, Sourced

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


def build(settings: Settings, jobs: int, progress: Progress) -> Summary:
    """Build and publish the site.

    Raises:
        ProblemsFoundError: the corpus has problems; nothing was written.
        SitegenError: the build could not run.
    """
    progress("reading records", 0, 0)
    corpus, warnings = checked_corpus(settings)
    with Publication(settings.out_dir, settings.config_file.parent, settings.sources) as publication:
        progress("finding related papers", 0, 0)
        near = related_kept(publication.state_dir / "related", renderer_version(), corpus.papers, jobs)
        planned = Planned(corpus, tuple(plan(enrich(corpus, near), settings.site_url, settings.repository)), warnings)
        frame = current_frame(settings, planned.guests, publication.state_dir / "frame", progress)
        how = Rendering(shells_of(planned, frame), settings.site_url, jobs, progress)
        # While other processes render, this one has time for docs/.
        with ThreadPoolExecutor(1) as aside:
            docs = aside.submit(write_docs, planned, settings.docs_dir) if settings.owns_docs else None
            summary = publish(planned, frame, publication, how)
            if docs:
                docs.result()
            return summary


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
    return Planned(corpus, tuple(plan(enrich(corpus, near), settings.site_url, settings.repository)), warnings)


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


def current_frame(settings: Settings, guests: Guests, folder: Path, progress: Progress) -> Frame:
    """Give the frame, made anew when anything that it is made of has changed."""
    folders = (*settings.sources[1:], packaged_theme())
    digest = frame_digest(settings.config_file, folders, guests, settings.site_url)
    known = folder.with_suffix(".digest")
    with plain_errors(folder):
        if digest and known.is_file() and known.read_text("utf-8", "replace") == _frame_state(digest, folder):
            return read_frame(folder, guests)
        progress("building the frame", 0, 0)
        remove_anything(known)
        remove_anything(folder)
        frame = build_frame(settings.config_file, guests, folder, settings.site_url)
        known.write_text(_frame_state(digest, folder), "utf-8")
    return frame


def _frame_state(digest: str, folder: Path) -> str:
    """Give what a frame was made of and by, and a digest of what there is of it."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        body = path.read_bytes()
        state.update(f"{path.relative_to(folder).as_posix()}\0{len(body)}\0".encode() + body)
    return f"{digest} {renderer_version()} {state.hexdigest()}\n"


def write_docs(planned: Planned, docs_dir: Path) -> None:
    """Refresh the Markdown of generated pages, which stock MkDocs can build from too, touching changed files only."""
    for place in GENERATED:
        below = [
            Output(page.path.removeprefix(place if place.endswith("/") else ""), docs_markdown(page).encode())
            for page in planned.articles
            if page.path.startswith(place)
        ]
        if place.endswith("/"):
            sync_folder(docs_dir / place, below, ".md")
        else:
            write_files(docs_dir, below)


def publish(planned: Planned, frame: Frame, publication: Publication, how: Rendering) -> Summary:
    """Render what has changed and put the new site in its place."""
    renderer = f"{renderer_version()}\n{how.site_url}"
    digests = {name: shell.digest for name, shell in how.shells.items()}
    stale: list[Sourced] = []
    keep: list[str] = []
    for page in _complete(planned.pages, frame, how.site_url):
        source = source_digest(page, digests, renderer)
        made = publication.made_from(source)
        if made:
            keep += made
        else:
            stale.append((page, source))
    files: Iterable[File | Written] = rendered(stale, how)
    if how.wants_processes(len(stale)):
        writer = publication.writer(path for page, _ in stale for path in paths(page))
        files = rendered_by_processes(stale, how, writer)
    outcome = publication.publish(chain(frame_files(frame), files), keep)
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


def _complete(pages: Iterable[Page], frame: Frame, site_url: str) -> Iterator[Page]:
    """Put the frame's hand-written pages into the sitemap and the search, which the plan cannot know."""
    for page in pages:
        if isinstance(page, SitemapPage):
            urls = [path.removesuffix("index.html") for path in frame.files if path.endswith("/index.html")]
            yield replace(page, entries=(*page.entries, *((site_url + url, "") for url in urls)))
        elif isinstance(page, SearchPage):
            yield replace(page, pages=tuple(_texts(frame)))
        else:
            yield page


def _texts(frame: Frame) -> Iterator[PageText]:
    """Give the text of each hand-written page, but of the search's own."""
    for path in frame.files:
        if path.endswith("index.html") and not path.startswith("search/"):
            yield page_text((frame.folder / path).read_text("utf-8"), path.removesuffix("index.html"))


def shells_of(planned: Planned, frame: Frame) -> dict[str, Shell]:
    """Give the shells that the pages stand in, by name."""
    return {name: cut(frame.sentinel(name)) for name in planned.guests.shells}


def frame_files(frame: Frame) -> Iterator[File]:
    """Give the frame's own files: hand-written pages, styles, scripts, and what search loads when it is touched."""
    modules = {}
    for path in frame.files:
        if is_search_module(path):
            modules[path] = (frame.folder / path).read_text("utf-8")
        elif is_own_script(path):
            yield _as_file(small_script(path, (frame.folder / path).read_text("utf-8")))
        else:
            yield _as_file(Output(path, (frame.folder / path).read_bytes()))
    yield _as_file(lunr_js())
    if modules and ENTRY in frame.files:
        yield _as_file(search_app(modules, (frame.folder / ENTRY).read_text("utf-8")))


@cache
def renderer_version() -> str:
    """Give a digest of all code that makes bytes: sitegen's own and the versions of the libraries it renders with."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        state.update(path.read_bytes())
    for name in ("markdown-it-py", "mdit-py-plugins", "latex2mathml", "pylatexenc", "feedgen", "lunr", "lxml"):
        state.update(f"{name} {version(name)}\n".encode())
    return state.hexdigest()


def _as_file(output: Output) -> File:
    """Give a file that is its own source."""
    return File(output.path, output.body, hashlib.blake2b(output.body, digest_size=16).hexdigest())
