"""The publish recipe: records -> site, on one screen.

files -load-> Corpus -check-> Problems; Corpus -enrich-> Site -plan-> Pages -render-> files -publish-> the site's folder
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.checks import check
from sitegen.config import PLACEHOLDER_HOST
from sitegen.corpus import load_corpus
from sitegen.frame import GENERATED, Frame, Guests, build_frame, frame_digest, read_frame
from sitegen.output import Output, sync_folder, write_files
from sitegen.pages import ArticlePage, FeedPage, Page
from sitegen.plan import plan
from sitegen.problems import ProblemsFoundError
from sitegen.publishing import File, Publication
from sitegen.render.markdown import markdown
from sitegen.render.page_text import page_text
from sitegen.render.render import ARTICLES, paths, render, source_digest
from sitegen.render.search import render_page_search
from sitegen.render.shell import Shell, cut
from sitegen.site import enrich

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sitegen.config import Settings
    from sitegen.model import Corpus

BATCH = 64
# Below this many pages, starting processes costs more than it gives.
POOL_FROM = 400
# Called with what is being done, how many are done, of how many; 0 where there is nothing to count.
Progress = Callable[[str, int, int], None]
# A page and the digest of all that it is made of.
Sourced = tuple[Page, str]


@dataclass(frozen=True, slots=True)
class Planned:
    """A sound corpus and the plan of its site."""

    corpus: Corpus
    pages: tuple[Page, ...]

    @property
    def articles(self) -> tuple[ArticlePage, ...]:
        """The pages that people read."""
        return tuple(page for page in self.pages if isinstance(page, ARTICLES))

    @property
    def guests(self) -> Guests:
        """What MkDocs is told of them."""
        return Guests(tuple(page.path for page in self.articles))


@dataclass(frozen=True, slots=True)
class Rendering:
    """How pages are rendered: for which address, in how many processes, and who is told."""

    site_url: str
    jobs: int
    progress: Progress


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


def build(settings: Settings, jobs: int, progress: Progress) -> Summary:
    """Build and publish the site.

    Raises:
        ProblemsFoundError: the corpus has problems; nothing was written.
        SitegenError: the build could not run.
    """
    planned = prepare(settings, progress)
    with Publication(settings.out_dir, settings.config_file.parent, settings.sources) as publication:
        frame = current_frame(settings, planned.guests, publication.state_dir / "frame", progress)
        if settings.owns_docs:
            write_docs(planned, settings.docs_dir)
        return publish(planned, frame, publication, Rendering(settings.site_url, jobs, progress))


def placeholders(settings: Settings, made: Summary) -> Iterator[str]:
    """Name the settings that still hold placeholders, which a site must not be published with."""
    if PLACEHOLDER_HOST in settings.site_url:
        yield f"site_url in {settings.config_file} is still the placeholder {settings.site_url}"
    if made.authority == PLACEHOLDER_HOST:
        yield f"feed.authority in {settings.corpus_dir / 'corpus.yaml'} is still the placeholder {PLACEHOLDER_HOST}"


def prepare(settings: Settings, progress: Progress) -> Planned:
    """Load, check, enrich and plan."""
    progress("reading records", 0, 0)
    corpus, problems = load_corpus(settings.corpus_dir)
    faults = tuple(problem for problem in (*problems, *check(corpus, problems)) if problem.severity == "error")
    if faults:
        raise ProblemsFoundError(tuple(sorted(faults)))
    return Planned(corpus, tuple(plan(enrich(corpus), settings.site_url)))


def current_frame(settings: Settings, guests: Guests, folder: Path, progress: Progress) -> Frame:
    """Give the frame, made anew when anything that it is made of has changed."""
    digest = frame_digest(settings.config_file, settings.sources[1:], guests, settings.site_url)
    known = folder.with_suffix(".digest")
    if digest and known.is_file() and known.read_text("ascii") == digest:
        return read_frame(folder, guests)
    progress("building the frame", 0, 0)
    known.unlink(missing_ok=True)
    frame = build_frame(settings.config_file, guests, folder, settings.site_url)
    known.write_text(digest, "ascii")
    return frame


def write_docs(planned: Planned, docs_dir: Path) -> None:
    """Refresh the Markdown of generated pages, which stock MkDocs can build from too, touching changed files only."""
    for place in GENERATED:
        below = [
            Output(page.path.removeprefix(place if place.endswith("/") else ""), markdown(page).encode())
            for page in planned.articles
            if page.path.startswith(place)
        ]
        if place.endswith("/"):
            sync_folder(docs_dir / place, below, ".md")
        else:
            write_files(docs_dir, below)


def publish(planned: Planned, frame: Frame, publication: Publication, how: Rendering) -> Summary:
    """Render what has changed and put the new site in its place."""
    renderer = renderer_version()
    shells = _shells(planned, frame)
    digests = {name: shell.digest for name, shell in shells.items()}
    stale: list[Sourced] = []
    keep: list[str] = []
    for page in planned.pages:
        source = source_digest(page, digests, renderer)
        if all(publication.unchanged(path, source) for path in paths(page)):
            keep += paths(page)
        else:
            stale.append((page, source))
    rendered = chain.from_iterable(_rendered(stale, shells, how))
    outcome = publication.publish(chain(frame_files(frame), rendered), keep)
    return Summary(
        papers=len(planned.corpus.papers),
        topics=len(planned.corpus.topics),
        pages=len(planned.articles),
        feeds=sum(isinstance(page, FeedPage) for page in planned.pages),
        files=outcome.written + outcome.kept,
        size=outcome.size,
        rendered=len(stale),
        authority=planned.corpus.settings.feed.authority,
    )


def all_files(planned: Planned, frame: Frame, how: Rendering) -> Iterator[File]:
    """Give every file of the site, rendered anew."""
    yield from frame_files(frame)
    yield from chain.from_iterable(_rendered([(page, "-") for page in planned.pages], _shells(planned, frame), how))


def _shells(planned: Planned, frame: Frame) -> dict[str, Shell]:
    return {name: cut(frame.sentinel(name)) for name in planned.guests.shells}


def frame_files(frame: Frame) -> Iterator[File]:
    """Give the frame's own files: hand-written pages, styles, scripts, lunr.js, and what search needs of the pages."""
    texts = []
    for path in frame.files:
        body = (frame.folder / path).read_bytes()
        if path.endswith("index.html") and not path.startswith("search/"):
            texts.append(page_text(body.decode(), path.removesuffix("index.html")))
        yield _as_file(Output(path, body))
    yield _as_file(Output("assets/lunr.js", lunr_js()))
    yield _as_file(render_page_search(texts))


def lunr_js() -> bytes:
    """Give stock lunr.js 2.3.9 with its licence, from the installed MkDocs."""
    return files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_bytes()


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


def _rendered(stale: Sequence[Sourced], shells: dict[str, Shell], how: Rendering) -> Iterator[list[File]]:
    """Render pages in batches, in their order; in processes of their own where there are enough pages."""
    work = partial(_render_batch, shells=shells, site_url=how.site_url)
    if how.jobs > 1 and len(stale) >= POOL_FROM:
        with ProcessPoolExecutor(how.jobs, mp_context=get_context("spawn")) as pool:
            yield from _watched(pool.map(work, _batches(stale)), len(stale), how.progress)
    else:
        yield from _watched(map(work, _batches(stale)), len(stale), how.progress)


def _render_batch(batch: Sequence[Sourced], shells: dict[str, Shell], site_url: str) -> list[File]:
    return [
        File(output.path, output.body, source) for page, source in batch for output in render(page, shells, site_url)
    ]


def _batches(pages: Iterable[Sourced]) -> Iterator[list[Sourced]]:
    left = iter(pages)
    while batch := list(islice(left, BATCH)):
        yield batch


def _watched(batches: Iterable[list[File]], total: int, progress: Progress) -> Iterator[list[File]]:
    """Say how far rendering is, a batch at a time."""
    for number, batch in enumerate(batches, 1):
        yield batch
        progress("rendering pages", min(number * BATCH, total), total)
