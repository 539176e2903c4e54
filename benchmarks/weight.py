"""What pages of the project's own site weigh: bytes over HTTP in Chromium, as a static host sends them.

Run it with the project's own Python: .venv/bin/python benchmarks/weight.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import mean
from urllib.parse import urlsplit

from bench_search_site import ROOT

from sitegen.build import build
from sitegen.config import settings_of

sys.path.append(str(ROOT / "tests"))
from browser import chromium, serve
from projects import make_seed_project
from test_weight import weighed

# The paper is the one with the longest page.
PAGES = ("", "{paper}", "topics/llm-agents/", "topics/", "browse/", "stats/", "search/?q=agents", "shelf/", "guide/")


def main() -> None:
    """Build the site, open each page on a cold cache and again after home, print the table."""
    with tempfile.TemporaryDirectory() as place, chromium() as chrome:
        settings = settings_of(make_seed_project(Path(place, "project")) / "mkdocs.yml")
        build(settings, 1, lambda *_: None)
        lengths = {page.parent: page.stat().st_size for page in settings.out_dir.glob("papers/*/index.html")}
        paper = f"papers/{max(lengths, key=lambda folder: lengths[folder]).name}/"
        print(
            "| page | HTML, bytes | cold, bytes | requests | after home, bytes | requests |\n|---|---|---|---|---|---|"
        )
        with serve(settings.out_dir, kept_and_compressed=True) as site:
            for page in (page.format(paper=paper) for page in PAGES):
                chrome.execute_cdp_cmd("Network.clearBrowserCache", {})
                cold = weighed(chrome, site + page)
                chrome.execute_cdp_cmd("Network.clearBrowserCache", {})
                weighed(chrome, site)
                after = weighed(chrome, site + page)
                html = (settings.out_dir / urlsplit(page).path / "index.html").stat().st_size
                figures = (html, sum(cold.values()), len(cold), sum(after.values()), len(after))
                print(f"| {page or 'home'} | {' | '.join(f'{figure:,}' for figure in figures)} |")
        longest, average = max(lengths.values()), mean(lengths.values())
        print(f"\nHTML of {len(lengths)} papers, bytes: {longest:,} at most, {average:,.0f} on average")


if __name__ == "__main__":
    main()
