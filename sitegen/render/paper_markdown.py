"""The page of one paper, in Markdown, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import text
from sitegen.addresses import addresses
from sitegen.render.entries import title_markdown
from sitegen.render.feed_markdown import feed_list
from sitegen.render.note_markdown import note_markdown
from sitegen.render.prose import link, prose
from sitegen.render.ways import file_links, topic_link, way_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model import Paper
    from sitegen.pages import Listing, PaperPage, RelatedLink

_STATUS_WORDS = {
    "retracted": "This paper was retracted.",
    "withdrawn": "This paper was withdrawn by its authors.",
    "removed": "This record was removed from the list.",
}


def paper_blocks(page: PaperPage) -> Iterator[str]:
    """Give what a paper's page says, block by block; a block that is empty says nothing."""
    paper = page.listing.paper
    yield f"# {title_markdown(paper)}"
    if paper.status:
        yield f"**{_STATUS_WORDS[paper.status]}**"
    if paper.status != "removed":
        yield _facts(paper)
        yield _topic_line(page.listing, page.path)
        yield " ".join(link(words, address, "button") for words, address in addresses(paper.links).items())
        if paper.abstract:
            yield "## Abstract"
            yield from map(prose, text.paragraphs(paper.abstract))
    if note := note_markdown(paper.note):
        yield "## Curator’s note"
        yield note
    if page.related:
        yield "## Related papers"
        yield "\n".join(_related(near, page.path) for near in page.related)
    if page.files:
        yield "## Cite"
        yield file_links(page.files, page.path)
    yield "## Record"
    yield "\n".join(_record_lines(paper))
    if page.feeds and not paper.status:
        yield "## Follow"
        yield "New papers on these topics, by feed:"
        yield feed_list(page.feeds, page.path)


def _related(near: RelatedLink, page_path: str) -> str:
    """Give a paper near another as an entry of a list, with the reason."""
    title = link(title_markdown(near), way_to(f"papers/{near.id}.md", page_path), "title")
    marks = [("date", text.short_date(near.date) or "no date"), ("why", f"Both on {', '.join(near.because)}")]
    return f"- {title}\n  " + " ".join(f"*{text.escape_markdown(words)}*{{.{kind}}}" for kind, words in marks)


def _facts(paper: Paper) -> str:
    """Give names, organisations, date, kind and venue; what is not known is said."""
    facts = [_names(paper), *(text.escape_markdown(name) for name in paper.organizations)]
    date = text.long_date(paper.date) if paper.date else "no date"
    facts.append(date + (" (year inferred)" if paper.date_source == "inferred" else ""))
    facts += [paper.kind.capitalize(), text.escape_markdown(paper.venue)]
    return " · ".join(fact for fact in facts if fact)


def _names(paper: Paper) -> str:
    if paper.authors:
        return ", ".join(text.escape_markdown(author.name) for author in paper.authors)
    if paper.author_count:
        return f"{text.plural(paper.author_count, 'author')}, {'name' if paper.author_count == 1 else 'names'} unknown"
    return "" if paper.organizations else "Authors unknown"


def _topic_line(listing: Listing, page_path: str) -> str:
    return " ".join(topic_link(topic, topic.name, page_path) for topic in listing.topics)


def _record_lines(paper: Paper) -> Iterator[str]:
    if paper.title_source == "derived":
        yield "- The source gives no title: this one was made from the abstract."
    if paper.date_source == "inferred":
        yield "- The source gives day and month; the year was inferred."
    yield f"- Added {text.long_date(paper.added[:10])}"
    for change in paper.changes:
        yield f"- {change.kind.capitalize()} {text.long_date(change.at[:10])}: {text.escape_markdown(change.note)}"
    for source in paper.sources:
        listed = f", listed {text.long_date(source.listed)}" if source.listed else ""
        yield f"- Found in {text.escape_markdown(source.file)}, number {source.ordinal}{listed}"
