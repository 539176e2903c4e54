"""Papers as lists show them, in Markdown."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.render.prose import link, prose
from sitegen.render.ways import topic_link, way_to

if TYPE_CHECKING:
    from sitegen.line_pages import PaperLine
    from sitegen.model import Paper
    from sitegen.pages import Listing
    from sitegen.paper_parts import PaperLink, RelatedLink


def title_markdown(paper: Paper | PaperLine | PaperLink | RelatedLink) -> str:
    """Give a paper's title; one that was made from the abstract stands in brackets, as in library catalogues."""
    title = prose(paper.title, linked=False)
    return f"\\[{title}\\]" if paper.title_source == "derived" else title


def entry(listing: Listing, page_path: str) -> str:
    """Give a paper as one entry of a list."""
    return _entry(listing, page_path.rpartition("/")[0])


# A paper stands in several lists, of its topics, year and kind, most of them in folders of one depth.
@lru_cache(maxsize=20_000)
def _entry(listing: Listing, folder: str) -> str:
    page_path = f"{folder}/." if folder else "."
    paper = listing.paper
    who = _short_names(paper)
    facts = [("date", text.short_date(paper.date) or "no date"), ("kind", paper.kind.capitalize()), ("names", who)]
    marks = [f"*{words}*{{.{kind}}}" for kind, words in facts if words]
    title = link(title_markdown(paper), way_to(f"papers/{paper.id}.md", page_path), "title")
    topics = [topic_link(topic, topic.short, page_path) for topic in listing.topics[:3]]
    return f"- {title}\n  " + " ".join([*marks, *topics])


def _short_names(paper: Paper) -> str:
    """Give who wrote it in a few words: the first name and how many, the organisation, or a number."""
    if paper.authors:
        more = f" and {len(paper.authors) - 1} more" if len(paper.authors) > 1 else ""
        return text.escape_markdown(paper.authors[0].name) + more
    if paper.organizations:
        return text.escape_markdown(paper.organizations[0])
    return text.plural(paper.author_count, "author") if paper.author_count else ""
