"""The plan's part for papers: the page of each, and what stands around it in its topics and by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.authors import author_slug, people
from sitegen.counts import by_year, spark, spark_years
from sitegen.exports import file_links
from sitegen.feed_plan import author_links
from sitegen.pages import FeedLink, Listing, PaperPage
from sitegen.paper_parts import MOST_COUNTED, CitedAs, PaperLink, RelatedLink, TopicFigures, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sitegen.formats.cited import Cited
    from sitegen.model import Paper
    from sitegen.related import Neighbour
    from sitegen.repository import Repository
    from sitegen.savings import Savings
    from sitegen.site import Site


def paper_pages(
    site: Site,
    listing: Mapping[str, Listing],
    cited: Mapping[str, Cited],
    repository: Repository | None,
    savings: Savings,
) -> Iterator[PaperPage]:
    """Give the page of each paper, in the order of the corpus; `cited` has all but removed papers by id."""
    authors = author_links(site)
    turns = _turns(site)
    figures = _figures(site)
    known = {person.slug for person in people(site.listed) if person.has_page}
    compact = savings.makes_compact(len(site.corpus.papers))
    for paper in site.corpus.papers:
        cite = cited.get(paper.id)
        yield PaperPage(
            f"papers/{paper.id}.md",
            paper.title,
            listing[paper.id],
            feeds=(*_topic_feeds(listing[paper.id]), *authors.get(paper.id, ())),
            related=tuple(_related(paper, near, listing) for near in site.related.get(paper.id, ())),
            files=file_links(f"papers/{paper.id}", savings.siblings) if cite else (),
            figures=tuple(figures[slug] for slug in paper.topics) if not paper.status else (),
            turn=turns.get(paper.id),
            cited=CitedAs(cite.citekey, cite.url) if cite else None,
            edit=repository.edit_address(paper.origin) if repository else "",
            form=repository.correction_form(paper.id) if repository else "",
            people=_people(paper, known),
            contact=site.corpus.settings.contact,
            compact=compact,
        )


def _people(paper: Paper, known: AbstractSet[str]) -> tuple[str, ...]:
    """Give the page of each author, "" for one who has none; nothing at all where nobody has one."""
    slugs = [author_slug(author.name) for author in paper.authors]
    return tuple(f"authors/{slug}.md" if slug in known else "" for slug in slugs) if known & set(slugs) else ()


def _topic_feeds(listing: Listing) -> tuple[FeedLink, ...]:
    return tuple(FeedLink(f"topics/{topic.slug}", topic.name) for topic in listing.topics)


def _figures(site: Site) -> dict[str, TopicFigures]:
    """Give each topic's figures by its slug."""
    years = spark_years(site.per_year)
    return {slug: _figures_of(papers, years) for slug, papers in site.by_topic.items()}


def _figures_of(papers: Sequence[Paper], years: Sequence[int]) -> TopicFigures:
    if len(papers) > MOST_COUNTED:
        return TopicFigures()
    return TopicFigures(len(papers), spark(by_year(papers), years))


def _turns(site: Site) -> dict[str, Turn]:
    """Give each listed paper's place in its first topic, by its id."""
    return {
        paper.id: _turn(papers, place)
        for slug, papers in site.by_topic.items()
        for place, paper in enumerate(papers)
        if paper.topics[0] == slug
    }


def _turn(papers: Sequence[Paper], place: int) -> Turn:
    newer = _paper_link(papers[place - 1]) if place else None
    older = _paper_link(papers[place + 1]) if place + 1 < len(papers) else None
    if len(papers) > MOST_COUNTED:
        return Turn(0, 0, newer, older)
    return Turn(place + 1, len(papers), newer, older)


def _paper_link(paper: Paper) -> PaperLink:
    return PaperLink(paper.id, paper.title, paper.title_source)


def _related(paper: Paper, near: Neighbour, listing: Mapping[str, Listing]) -> RelatedLink:
    other = listing[near.id].paper
    shared = tuple(slug for slug in paper.topics if slug in other.topics)
    closeness = round(100 * near.closeness)
    return RelatedLink(other.id, other.title, other.title_source, other.date, near.because, closeness, shared)
