"""The plan: which files the site has, and at which path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import text
from sitegen.exports import LIST_FORMATS, cited_papers, export_pages, file_links
from sitegen.feed_plan import feed_pages, feed_rows, planned_feeds, with_pace
from sitegen.lists import list_pages, year_name, year_pages
from sitegen.machine_pages import OpenSearchPage, SitemapPage, SummaryPage
from sitegen.pages import (
    ArticlePage,
    FeedLink,
    FeedsPage,
    Listing,
    ListPage,
    MovedPage,
    Page,
    PaperPage,
    SearchPage,
    Section,
    TopicLink,
    Way,
    WayGroup,
    url_of,
)
from sitegen.paper_pages import paper_pages
from sitegen.site import KIND_NAMES
from sitegen.topic_pages import topic_index, topic_links, topic_names, topic_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model import Paper
    from sitegen.repository import Repository
    from sitegen.site import Site

NEWEST = 20


def plan(site: Site, site_url: str, repository: Repository | None = None) -> Iterator[Page]:
    """Give every page of the site: what it is made of, where it stands; `site_url` is absolute, ending in "/".

    `repository` is where readers may correct the records.
    """
    topics = topic_links(site.corpus.topics)
    listing = {paper.id: _listing(paper, topics) for paper in site.corpus.papers}
    feeds = planned_feeds(site, listing, site_url)
    cited = cited_papers(site.corpus, site_url)
    papers = tuple(paper_pages(site, listing, cited, repository))
    articles = (
        *(with_pace(page, feeds) for page in _articles(site, papers, listing)),
        FeedsPage("feeds/index.md", "Feeds", site.corpus.settings.title, feed_rows(feeds), site_url),
    )
    yield from articles
    yield from feed_pages(feeds)
    yield from export_pages(site.corpus, cited)
    legend = tuple((topic.slug, topic.short) for topic in topics.values())
    yield SearchPage("search/current.json", _listings(site.listed, listing), legend)
    yield SitemapPage("sitemap.xml", tuple(_sitemap(articles, site_url)))
    yield _summary(site, site_url)
    yield _open_search(site, site_url)


def _articles(site: Site, papers: Sequence[PaperPage], listing: dict[str, Listing]) -> Iterator[ArticlePage]:
    """Give the pages that people read, in the order of the site's ways in."""
    yield _home(site, listing)
    for page in papers:
        yield page
        for alias in page.listing.paper.aliases:
            yield MovedPage(f"papers/{alias}.md", page.title, page.listing)
    yield topic_index(site)
    for topic in site.corpus.topics:
        yield from topic_pages(topic, site, _listings(site.by_topic[topic.slug], listing))
    files = file_links("exports/papers", LIST_FORMATS) if site.listed else ()
    yield ListPage("browse/index.md", "All papers", _browse_lead(site), groups=_browse_groups(site), files=files)
    for year, group in site.by_year.items():
        yield from year_pages(year, _listings(group, listing))
    for kind, group in site.by_kind.items():
        yield from list_pages(f"kinds/{kind}", KIND_NAMES[kind], _listings(group, listing))


def _home(site: Site, listing: dict[str, Listing]) -> ListPage:
    """Give the home page: what this is, the newest papers, the topics."""
    settings = site.corpus.settings
    newest = _listings(site.newest[:NEWEST], listing)
    return ListPage(
        "index.md",
        settings.title,
        settings.description,
        note=_home_note(site),
        sections=(Section("Newest papers", newest),) if newest else (),
        groups=_filled(WayGroup("Topics", topic_names(site))),
        feeds=(FeedLink("all", "All papers"),),
    )


def _home_note(site: Site) -> str:
    if not site.listed:
        return "No papers yet"
    papers, topics = text.plural(len(site.listed), "paper"), text.plural(len(site.corpus.topics), "topic")
    return f"{papers} on {topics}" if site.corpus.topics else papers


def _filled(*groups: WayGroup) -> tuple[WayGroup, ...]:
    """Leave out groups that lead nowhere: a heading alone says nothing."""
    return tuple(group for group in groups if group.ways)


def _listing(paper: Paper, topics: dict[str, TopicLink]) -> Listing:
    return Listing(paper, url_of(f"papers/{paper.id}.md"), tuple(topics[slug] for slug in paper.topics))


def _listings(papers: Sequence[Paper], listing: dict[str, Listing]) -> tuple[Listing, ...]:
    return tuple(listing[paper.id] for paper in papers)


def _browse_lead(site: Site) -> str:
    if not site.listed:
        return "No papers yet."
    return f"{text.plural(len(site.listed), 'paper')}, by the year of their own date and by kind."


def _browse_groups(site: Site) -> tuple[WayGroup, ...]:
    years = tuple(Way(year_name(year), f"browse/{year}.md", len(papers)) for year, papers in site.by_year.items())
    kinds = tuple(
        Way(name, f"kinds/{kind}.md", len(site.by_kind[kind]))
        for kind, name in KIND_NAMES.items()
        if kind in site.by_kind
    )
    return _filled(WayGroup("By year", years), WayGroup("By kind", kinds))


def _sitemap(articles: Sequence[ArticlePage], site_url: str) -> Iterator[tuple[str, str]]:
    for page in articles:
        if isinstance(page, PaperPage):
            yield site_url + url_of(page.path), page.listing.paper.updated
        elif not isinstance(page, MovedPage):
            yield site_url + url_of(page.path), ""


def _summary(site: Site, site_url: str) -> SummaryPage:
    settings = site.corpus.settings
    ways = [
        ("All papers", f"{site_url}browse/", "every paper by year"),
        ("Feeds", f"{site_url}feeds/", "Atom, RSS and JSON Feed"),
    ]
    ways += [(t.name, f"{site_url}topics/{t.slug}.md", t.description) for t in site.corpus.topics]
    return SummaryPage("llms.txt", settings.title, settings.description, tuple(ways))


def _open_search(site: Site, site_url: str) -> OpenSearchPage:
    settings = site.corpus.settings
    template = f"{site_url}search/?q={{searchTerms}}"
    return OpenSearchPage("assets/opensearch.xml", settings.title, settings.description, template)
