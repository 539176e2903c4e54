"""What stands beside a paper, in Markdown: its record, its topics, feeds, and how to correct it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import text
from sitegen.addresses import addresses
from sitegen.formats.cited import page_range
from sitegen.paper_parts import MOST_COUNTED
from sitegen.render.chart_markdown import spark_markdown
from sitegen.render.cite_markdown import cite_links
from sitegen.render.feed_markdown import feed_list
from sitegen.render.prose import link
from sitegen.render.ways import contact_link, file_links, topic_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.figures import Spark
    from sitegen.model import Links, Paper
    from sitegen.pages import FeedLink, PaperPage, TopicLink
    from sitegen.paper_parts import TopicFigures


def aside_markdown(page: PaperPage) -> str:
    """Give what stands beside a paper in a box."""
    return "\n\n".join(["::: aside", *_blocks(page), ":::"])


def _blocks(page: PaperPage) -> Iterator[str]:
    paper = page.listing.paper
    yield "## Record"
    yield "\n".join(f"- *{name}*{{.term}} {words}" for name, words in _record(page))
    if page.figures and not paper.status and not page.compact:
        yield "## Where it sits"
        yield from (
            f"*{spark.first} to {spark.first + len(spark.counts) - 1}*{{.tally}}" for spark in _sparks(page)[:1]
        )
        pairs = zip(page.listing.topics, page.figures, strict=True)
        yield "\n".join(_seat(topic, figures, page.path) for topic, figures in pairs)
    if page.feeds and not paper.status and not page.compact:
        yield "## Follow"
        yield feed_list(_own_feeds(page), page.path)
    if (page.edit or page.contact) and paper.status != "removed":
        yield from _corrections(page)


def _corrections(page: PaperPage) -> Iterator[str]:
    """Give ways to correct a record, and to have it taken down."""
    if not page.compact:
        yield "## Something wrong?"
    if page.edit and not page.compact:
        yield "Names, title, date, topics: whoever knows better may correct the record."
    if page.edit:
        yield link("Suggest a correction", page.edit, "button .edit")
    if page.form and not page.compact:
        yield link("Say what is wrong", page.form, "button .edit")
    if page.contact:
        asked = "" if page.compact else "Your own work? "
        yield f"{asked}{contact_link('Ask for its removal', page.contact)}."


def _own_feeds(page: PaperPage) -> tuple[FeedLink, ...]:
    """Give the feeds of a paper's first topic and of its authors; those of other topics stand on the topics' pages."""
    others = {f"topics/{topic.slug}" for topic in page.listing.topics[1:]}
    return tuple(feed for feed in page.feeds if feed.name not in others)


def _sparks(page: PaperPage) -> list[Spark]:
    return [figures.spark for figures in page.figures if figures.spark]


def _seat(topic: TopicLink, figures: TopicFigures, page_path: str) -> str:
    spark = f"{spark_markdown(figures.spark)} " if figures.spark else ""
    count = figures.count or f"over {MOST_COUNTED}"
    return f"- {topic_link(topic, topic.short, page_path)} {spark}*{count}*{{.count}}"


def _record(page: PaperPage) -> Iterator[tuple[str, str]]:
    """Give what the record says that stands nowhere else on the page: name and Markdown."""
    paper = page.listing.paper
    if paper.status != "removed":
        if not page.compact:
            yield "Date", _date(paper)
        if paper.title_source == "derived":
            yield "Title", "made from the abstract; the source gives none"
        if published := _published(paper):
            yield "Published", published
        yield from _places(paper.links)
    yield "Added", text.long_date(paper.added[:10])
    for change in paper.changes:
        said = f"{text.long_date(change.at[:10])}: {text.escape_markdown(change.note)}"
        yield change.kind.capitalize(), said
    for source in paper.sources:
        listed = f", listed {text.long_date(source.listed)}" if source.listed else ""
        yield "Found in", f"{text.escape_markdown(source.file)}, number {source.ordinal}{listed}"
    data = tuple(file for file in page.files if file.path.endswith(".json") and not file.path.endswith(".csl.json"))
    if data and not (page.compact and cite_links(page)):
        yield "As data", file_links(data, page.path)


def _places(links: Links) -> Iterator[tuple[str, str]]:
    """Give ids as text to copy, and addresses that say where they lead; the buttons have the others."""
    for name, value in (("arXiv", links.arxiv), ("DOI", links.doi)):
        if value:
            yield name, text.escape_markdown(value)
    found = addresses(links)
    for name, address in (("Code", found.get("Code")), ("Page", found.get("Project page"))):
        if address:
            shown = address.removeprefix("https://").removeprefix("http://").rstrip("/")
            yield name, link(text.escape_markdown(shown), address)


def _date(paper: Paper) -> str:
    if not paper.date:
        return "not in the source"
    inferred = " (year inferred)" if paper.date_source == "inferred" else ""
    return text.long_date(paper.date) + inferred


def _published(paper: Paper) -> str:
    """Give what a citation says beyond the venue's name."""
    publication = paper.publication
    issue = f"({publication.issue})" if publication.issue else ""
    first, last = page_range(publication.pages)
    pages = f"pages {first}–{last}" if last else first and f"pages {first}"
    parts = (publication.volume + issue, pages, publication.publisher)
    return text.escape_markdown(", ".join(part for part in parts if part))
