"""The search alone: records read, every file of the search made and written; no pages, no feeds.

Run in a project's folder by scale.py, beside Pagefind, which reads a page for each of the same papers.
"""

from __future__ import annotations

from pathlib import Path

from sitegen.config import load_settings
from sitegen.output import write_files
from sitegen.pages import SearchPage
from sitegen.plan import plan
from sitegen.render.search import render_search
from sitegen.site import enrich
from sitegen.sound_corpus import sound_corpus

OUT = "search-alone"


def main() -> None:
    """Write the search into a folder of its own."""
    settings = load_settings()
    for page in plan(enrich(sound_corpus(settings), {}), settings.site_url):
        if isinstance(page, SearchPage):
            write_files(Path(OUT), render_search(page))


if __name__ == "__main__":
    main()
