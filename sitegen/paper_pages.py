"""The plan's part for papers: the page of each, and what stands around it in its topics and by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.authors import author_slug
from sitegen.counts import by_year, spark, spark_years
from sitegen.exports import file_links
from sitegen.feed_plan import author_links
from sitegen.pages import FeedLink, Listing, PaperPage
from sitegen.paper_parts import MOST_COUNTED, CitedAs, PaperLink, RelatedLink, TopicFigures, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.authors import Person
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
    feeds = {topic.slug: FeedLink(f"topics/{topic.slug}", topic.name) for topic in site.corpus.topics}
    turns = _turns(site)
    figures = _figures(site)
    pages = _AuthorPages(site.authors)
    compact = savings.makes_compact(len(site.corpus.papers))
    for paper in site.corpus.papers:
        cite = cited.get(paper.id)
        yield PaperPage(
            f"papers/{paper.id}.md",
            paper.title,
            listing[paper.id],
            feeds=(*[feeds[slug] for slug in paper.topics], *authors.get(paper.id, ())),
            related=tuple(_related(paper, site.related.get(paper.id, ()), listing)),
            files=file_links(f"papers/{paper.id}", savings.siblings) if cite else (),
            figures=() if paper.status else tuple([figures[slug] for slug in paper.topics]),
            turn=turns.get(paper.id),
            cited=CitedAs(cite.citekey, cite.url) if cite else None,
            edit=repository.edit_address(paper.origin) if repository else "",
            form=repository.correction_form(paper.id) if repository else "",
            people=pages.of(paper),
            contact=site.corpus.settings.contact,
            compact=compact,
        )


class _AuthorPages(dict[str, str]):
    """The page of each author by name, "" for one who has none: most names are on several papers."""

    def __init__(self, authors: Iterable[Person]) -> None:
        super().__init__()
        self._known = {person.slug for person in authors if person.has_page}

    def __missing__(self, name: str) -> str:
        slug = author_slug(name)
        page = self[name] = f"authors/{slug}.md" if slug in self._known else ""
        return page

    def of(self, paper: Paper) -> tuple[str, ...]:
        """Give the page of each author of a paper; nothing at all where nobody has one."""
        pages = tuple([self[author.name] for author in paper.authors])
        return pages if any(pages) else ()


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
        paper.id: turn
        for slug, papers in site.by_topic.items()
        for paper, turn in zip(papers, _turns_of(papers), strict=True)
        if paper.topics[0] == slug
    }


def _turns_of(papers: Sequence[Paper]) -> Iterator[Turn]:
    """Give the places of a topic's papers."""
    counted = len(papers) <= MOST_COUNTED
    links = (None, *map(_paper_link, papers), None)
    for place, (newer, older) in enumerate(zip(links, links[2:], strict=False), 1):
        yield Turn(place, len(papers), newer, older) if counted else Turn(0, 0, newer, older)


def _paper_link(paper: Paper) -> PaperLink:
    return PaperLink(paper.id, paper.title, paper.title_source)


def _related(paper: Paper, near: Iterable[Neighbour], listing: Mapping[str, Listing]) -> Iterator[RelatedLink]:
    topics = paper.topics
    for id_, closeness, because in near:
        other = listing[id_].paper
        shared = topics if topics == other.topics else tuple([slug for slug in topics if slug in other.topics])
        yield RelatedLink(id_, other.title, other.title_source, other.date, because, round(100 * closeness), shared)
