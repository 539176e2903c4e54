"""Planned articles as Markdown: the single source of what a page says.

The dialect is CommonMark with attributes behind links and emphasis (`{.date}`) and dollar formulas.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache, singledispatch
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.addresses import addresses
from sitegen.pages import (
    ArticlePage,
    FeedsPage,
    FileLink,
    Listing,
    ListPage,
    MovedPage,
    PaperPage,
    RelatedLink,
    TopicLink,
    Way,
    WayGroup,
)
from sitegen.render.feed_markdown import feed_links, feed_list, feeds_blocks
from sitegen.render.note_markdown import note_markdown
from sitegen.render.prose import link, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model import Paper

_STATUS_WORDS = {
    "retracted": "This paper was retracted.",
    "withdrawn": "This paper was withdrawn by its authors.",
    "removed": "This record was removed from the list.",
}


def markdown(page: ArticlePage) -> str:
    """Give a planned article as Markdown, ending in one newline."""
    return "\n\n".join(block for block in _blocks(page) if block) + "\n"


def title_markdown(paper: Paper | RelatedLink) -> str:
    """Give a paper's title; one that was made from the abstract stands in brackets, as in library catalogues."""
    title = prose(paper.title, linked=False)
    return f"\\[{title}\\]" if paper.title_source == "derived" else title


def _to(path: str, page_path: str) -> str:
    """Give the relative way from one Markdown file to another."""
    folder, _, name = path.rpartition("/")
    return _between(folder, page_path.rpartition("/")[0]) + name


@lru_cache(maxsize=1024)
def _between(folder: str, start: str) -> str:
    """Give the relative way from one folder to another, ending in "/", or "" where they are one."""
    way = posixpath.relpath(folder or ".", start or ".")
    return "" if way == "." else f"{way}/"


@singledispatch
def _blocks(page: object) -> Iterator[str]:
    raise TypeError(type(page))


@_blocks.register(PaperPage)
def _paper_blocks(page: PaperPage) -> Iterator[str]:
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
        yield _file_links(page.files, page.path)
    yield "## Record"
    yield "\n".join(_record_lines(paper))
    if page.feeds and not paper.status:
        yield "## Follow"
        yield "New papers on these topics, by feed:"
        yield feed_list(page.feeds, page.path)


def _related(near: RelatedLink, page_path: str) -> str:
    """Give a paper near another as an entry of a list, with the reason."""
    title = link(title_markdown(near), _to(f"papers/{near.id}.md", page_path), "title")
    marks = [("date", text.short_date(near.date) or "no date"), ("why", f"Both on {', '.join(near.because)}")]
    return f"- {title}\n  " + " ".join(f"*{text.escape_markdown(words)}*{{.{kind}}}" for kind, words in marks)


def _file_links(files: tuple[FileLink, ...], page_path: str) -> str:
    return " ".join(link(file.title, _to(file.path, page_path), "file") for file in files)


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
    return " ".join(_topic(topic, topic.name, page_path) for topic in listing.topics)


def _topic(topic: TopicLink, words: str, page_path: str) -> str:
    """Give a link to a topic, with the key of its group."""
    classes = f"topic .{topic.mark}" if topic.mark else "topic"
    return link(text.escape_markdown(words), _to(f"topics/{topic.slug}.md", page_path), classes)


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


@_blocks.register(ListPage)
def _list_blocks(page: ListPage) -> Iterator[str]:
    yield f"# {text.escape_markdown(page.title)}"
    yield text.escape_markdown(page.lead)
    if page.wider:
        yield "Part of " + " › ".join(_way(way, page.path) for way in page.wider)
    follow = "".join(f" Follow by feed: {feed_links(feed.name, page.path)}" for feed in page.feeds)
    pace = "".join(f", {feed.pace}" for feed in page.feeds if feed.pace)
    yield text.escape_markdown(page.note + pace) + (f".{follow}" if follow else "")
    if page.files:
        yield f"Take the list: {_file_links(page.files, page.path)}"
    if page.narrower:
        yield from _group_blocks(WayGroup("Narrower topics", page.narrower), page.path)
    for section in page.sections:
        yield f"## {text.escape_markdown(section.title)}" if section.title else ""
        yield "\n".join(entry(listing, page.path) for listing in section.listings)
    for group in page.groups:
        yield from _group_blocks(group, page.path)


def _group_blocks(group: WayGroup, page_path: str) -> Iterator[str]:
    yield f"## {text.escape_markdown(group.title)}" if group.title else ""
    yield "\n".join(line for way in group.ways for line in _way_lines(way, page_path))


def _way_lines(way: Way, page_path: str) -> Iterator[str]:
    """Give a way as an entry of a list, those below it as a list within; Python-Markdown asks for four spaces."""
    yield f"- {_way(way, page_path, 'way')} *{way.count}*{{.count}}"
    if way.note:
        yield f"  *{text.escape_markdown(way.note)}*{{.about}}"
    yield from (f"    {line}" for below in way.below for line in _way_lines(below, page_path))


def _way(way: Way, page_path: str, kind: str = "") -> str:
    return link(text.escape_markdown(way.title), _to(way.path, page_path), kind)


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
    title = link(title_markdown(paper), _to(f"papers/{paper.id}.md", page_path), "title")
    topics = [_topic(topic, topic.short, page_path) for topic in listing.topics[:3]]
    return f"- {title}\n  " + " ".join([*marks, *topics])


def _short_names(paper: Paper) -> str:
    """Give who wrote it in a few words: the first name and how many, the organisation, or a number."""
    if paper.authors:
        more = f" and {len(paper.authors) - 1} more" if len(paper.authors) > 1 else ""
        return text.escape_markdown(paper.authors[0].name) + more
    if paper.organizations:
        return text.escape_markdown(paper.organizations[0])
    return text.plural(paper.author_count, "author") if paper.author_count else ""


_blocks.register(FeedsPage)(feeds_blocks)


@_blocks.register(MovedPage)
def _moved_blocks(page: MovedPage) -> Iterator[str]:
    yield f"# {title_markdown(page.target.paper)}"
    target = link(title_markdown(page.target.paper), _to(f"papers/{page.target.paper.id}.md", page.path))
    yield f"This record was merged into another: {target}."
