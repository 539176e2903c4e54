"""The pages alone, as stock MkDocs makes them: records read and planned, the frame, articles, HTML and Markdown files.

Run in a project's folder by pages.py. No feeds, no search index, no copy of the Markdown in docs/.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from sitegen.build import prepare, publish, shells_of, sourced
from sitegen.config import load_settings
from sitegen.kept_frame import current_frame
from sitegen.publishing import Publication
from sitegen.renderer import renderer_version
from sitegen.rendering import Rendering


def main() -> None:
    """Build the pages into the folder "pages"."""
    settings = replace(load_settings(), out_dir=Path("pages"))
    planned = prepare(settings, _silent)
    planned = replace(planned, pages=planned.articles)
    with Publication(settings.out_dir, Path(), settings.sources) as publication:
        frame = current_frame(settings, planned.guests, publication.state_dir / "frame", renderer_version(), _silent)
        how = Rendering(shells_of(planned, frame), settings.site_url, os.cpu_count() or 1, _silent)
        publish(planned, sourced(planned, frame, how), frame, publication, how)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches a benchmark."""


if __name__ == "__main__":
    main()
