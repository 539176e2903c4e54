"""The pages alone, as stock MkDocs and Hugo make them: records read and planned, the frame, HTML and Markdown files.

Run in a project's folder by scale.py. No feeds, no search index, no exports, no copy of the Markdown in docs/. Related
papers are those that the last whole build kept: the peers find them in the Markdown that they are given.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from sitegen.build import Planned, publish, shells_of
from sitegen.collector import collector_at_rest
from sitegen.config import load_settings
from sitegen.kept_frame import current_frame
from sitegen.plan import plan
from sitegen.publishing import Publication
from sitegen.related import related_kept
from sitegen.renderer import renderer_version
from sitegen.rendering import Rendering
from sitegen.site import enrich
from sitegen.site_files import completed, sourced
from sitegen.sound_corpus import checked_corpus

OUT = "pages"


def main() -> None:
    """Build the pages into a folder of their own, with the collector at rest, as a build has it."""
    with collector_at_rest():
        _build()


def _build() -> None:
    settings = load_settings()
    kept = settings.out_dir.with_name(f".{settings.out_dir.name}.sitegen") / "related"
    settings = replace(settings, out_dir=Path(OUT))
    corpus, warnings = checked_corpus(settings)
    with Publication(settings.out_dir, Path(), settings.sources) as publication:
        known = publication.state_dir / "related"
        shutil.copy(kept, known)
        site = enrich(corpus, related_kept(known, renderer_version(), corpus.papers, os.cpu_count() or 1))
        planned = Planned(corpus, tuple(plan(site, settings.site_url, savings=settings.savings)), warnings)
        planned = replace(planned, pages=planned.articles)
        frame = current_frame(settings, planned.guests, publication.state_dir / "frame", renderer_version(), _silent)
        how = Rendering(shells_of(planned, frame), settings.site_url, os.cpu_count() or 1, _silent)
        pages = sourced(completed(planned.pages, frame, how.site_url), corpus.digests, how)
        publish(planned, pages, frame, publication, how)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches a benchmark."""


if __name__ == "__main__":
    main()
