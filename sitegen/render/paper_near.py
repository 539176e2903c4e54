"""What is near a paper, in Markdown: related papers with the reason, and those before and after it in its topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import text
from sitegen.render.entries import title_markdown
from sitegen.render.prose import link
from sitegen.render.ways import topic_link, way_to

if TYPE_CHECKING:
    from sitegen.pages import PaperPage
    from sitegen.paper_parts import PaperLink, RelatedLink


def related_markdown(page: PaperPage) -> str:
    """Give the related papers of a page as a list, closest first."""
    return "\n".join(_related(near, page) for near in page.related)


def _related(near: RelatedLink, page: PaperPage) -> str:
    title = link(title_markdown(near), way_to(f"papers/{near.id}.md", page.path), "title")
    date = f"*{text.short_date(near.date[:7]) or 'no date'}*{{.date}}"
    why = f"*Both on {text.escape_markdown(', '.join(near.because))}*{{.why}}"
    if page.compact:
        return f"- {title}\n  {date} {why}"
    shared = [topic for topic in page.listing.topics if topic.slug in near.topics]
    topics = [topic_link(topic, topic.short, page.path) for topic in shared[:2]]
    return f"- {title}\n  " + " ".join([date, f"*{near.closeness} of 100*{{.meter}}", why, *topics])


def turn_markdown(page: PaperPage) -> str:
    """Give the ways to the papers before and after in the first topic in a box, "" where it stands in none."""
    if not page.turn:
        return ""
    turn, topic = page.turn, page.listing.topics[0]
    place = f"{turn.place} of {turn.whole}, " if turn.whole else ""
    where = (f"## {text.escape_markdown(topic.name)}", f"*{place}newest first*{{.side}}")
    blocks = (
        *(() if page.compact else where),
        _way("Newer", turn.newer, page.path) if turn.newer else "This is the newest here.",
        _way("Older", turn.older, page.path) if turn.older else "This is the oldest here.",
    )
    return "\n\n".join(["::: turn", *blocks, ":::"])


def _way(name: str, paper: PaperLink, page_path: str) -> str:
    title = link(title_markdown(paper), way_to(f"papers/{paper.id}.md", page_path), name.lower())
    return f"*{name}*{{.which}} {title}"
