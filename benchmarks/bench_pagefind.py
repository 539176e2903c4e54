"""Pagefind on the same papers: one small page for each, its index, and how its own script is asked."""

from __future__ import annotations

import html
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sitegen.model import Paper
    from sitegen.pages import Listing

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
<main data-pagefind-body><h1>{title}</h1><p>{authors}</p><p>{year}</p><p>{topics}</p>
<p>{abstract}</p></main></body></html>"""

# Every query in a script of its own, as a reader who comes anew: its parts are loaded again.
SCRIPT = """
window.asked = (window.asked ?? 0) + 1;
window.pagefind = await import(`/pagefind/pagefind.js?reader=${asked}`);
await pagefind.options({ basePath: "/pagefind/" });
await pagefind.init();
const { results } = await pagefind.search(args[0]);
await Promise.all(results.slice(0, 10).map((result) => result.data()));
const found = results.length;
await pagefind.destroy();
return found;
"""


def write_pagefind_page(folder: Path, paper: Paper, topics: Iterable[str]) -> None:
    """Write what Pagefind is to find of a paper; `topics` are their names."""
    words = {
        "title": paper.title,
        "authors": ", ".join(author.name for author in paper.authors),
        "year": paper.date[:4],
        "topics": ", ".join(topics),
        "abstract": paper.abstract,
    }
    target = folder / "papers" / paper.id / "index.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_PAGE.format(**{name: html.escape(text) for name, text in words.items()}), encoding="utf-8")


def write_pagefind_site(folder: Path, papers: Sequence[Listing], command: str) -> str:
    """Write a page for every paper and let Pagefind index them; gives its version."""
    for listing in papers:
        write_pagefind_page(folder, listing.paper, (topic.name for topic in listing.topics))
    (folder / "index.html").write_text('<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">')
    subprocess.run([*command.split(), "--site", str(folder)], check=True, capture_output=True)
    said = subprocess.run([*command.split(), "--version"], check=True, capture_output=True, text=True)
    return said.stdout.strip()
