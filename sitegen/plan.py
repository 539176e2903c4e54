"""The plan: which files the site has, and at which path."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sitegen import text
from sitegen.above import with_ways_here
from sitegen.browse_pages import browse_pages
from sitegen.counts import months
from sitegen.exports import cited_papers, export_pages, file_links
from sitegen.feed_plan import feed_paces, feed_pages, feed_rows, planned_feeds, with_pace
from sitegen.line_pages import paper_line
from sitegen.lists import year_name
from sitegen.machine_pages import OpenSearchPage, RobotsPage, SitemapPage, SummaryPage
from sitegen.pages import (
    ArticlePage,
    ExportPage,
    FeedLink,
    FeedsPage,
    FileLink,
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
from sitegen.pair_pages import pair_pages
from sitegen.paper_pages import paper_pages
from sitegen.savings import Savings
from sitegen.site import UNDATED, grouped
from sitegen.stats_pages import stats_page
from sitegen.topic_pages import shared_papers, topic_files, topic_index, topic_lines, topic_links, topic_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model import Corpus, Paper
    from sitegen.repository import Repository
    from sitegen.site import Site

NEWEST = 20
_WHOLE = Savings()


def plan(site: Site, site_url: str, repository: Repository | None = None, savings: Savings = _WHOLE) -> Iterator[Page]:
    """Give every page of the site: what it is made of, where it stands; `site_url` is absolute, ending in "/".

    `repository` is where readers may correct the records and add others, `savings` what is left out of the pages.
    """
    topics = topic_links(site.corpus.topics)
    listing = {paper.id: _listing(paper, topics) for paper in site.corpus.papers}
    feeds = planned_feeds(site, listing, site_url)
    paces = feed_paces(feeds)
    cited = cited_papers(site.corpus, site_url)
    papers = tuple(paper_pages(site, listing, cited, repository, savings))
    form = repository.addition_form() if repository else ""
    written = _articles(site, papers, topics, listing, form)
    if savings.makes_compact(len(papers)):
        written = (replace(page, compact=True) if isinstance(page, ListPage) else page for page in written)
    articles = (
        *(with_pace(page, paces) for page in with_ways_here(tuple(written))),
        FeedsPage("feeds/index.md", "Feeds", site.corpus.settings.title, feed_rows(feeds), site_url),
    )
    yield from articles
    yield from feed_pages(feeds)
    yield from export_pages(site.corpus, cited, savings.siblings)
    yield _search(site.listed, listing, topics)
    yield SitemapPage("sitemap.xml", tuple(_sitemap(articles, site_url)), site_url)
    if urlsplit(site_url).path == "/":  # a host has one robots.txt, at its root
        yield RobotsPage("robots.txt", f"{site_url}sitemap.xml")
    yield _summary(site, site_url)
    yield _open_search(site, site_url)


def record_pages(corpus: Corpus, site_url: str) -> tuple[ExportPage | SearchPage, ...]:
    """Give those pages of the plan in which nothing has a part but the records: exports of many papers, and search."""
    topics = topic_links(corpus.topics)
    listed = tuple(paper for paper in corpus.papers if not paper.status)
    listing = {paper.id: _listing(paper, topics) for paper in listed}
    return (*export_pages(corpus, cited_papers(corpus, site_url), ()), _search(listed, listing, topics))


def _search(listed: Sequence[Paper], listing: dict[str, Listing], topics: dict[str, TopicLink]) -> SearchPage:
    return SearchPage("search/current.json", _listings(listed, listing), tuple(topics.values()))


def _articles(
    site: Site, papers: Sequence[PaperPage], topics: dict[str, TopicLink], listing: dict[str, Listing], form: str
) -> Iterator[ArticlePage]:
    """Give the pages that people read, in the order of the site's ways in."""
    yield _home(site, listing, form)
    for page in papers:
        yield page
        for alias in page.listing.paper.aliases:
            yield MovedPage(f"papers/{alias}.md", page.title, page.listing)
    yield topic_index(site)
    pairs = shared_papers(site)
    for topic in site.corpus.topics:
        yield from topic_pages(topic, site, _listings(site.by_topic[topic.slug], listing), topics, pairs)
    yield _exports_page(site, beside_papers=any(page.files for page in papers))
    lines = {paper.id: paper_line(paper) for paper in site.listed}
    yield from pair_pages(site, topics, lines)
    yield from browse_pages(site, listing, lines)
    yield stats_page(site, topics)


def _home(site: Site, listing: dict[str, Listing], form: str) -> ListPage:
    """Give the home page: what this is, the newest papers by month, the topics."""
    settings = site.corpus.settings
    return ListPage(
        "index.md",
        settings.title,
        settings.description,
        note="" if site.listed else "No papers yet",
        facts=tuple(_home_facts(site)),
        chart=months(site.listed),
        newest="New papers",
        sections=tuple(_newest_sections(site, listing)),
        onward=(FileLink(f"All {text.plural(len(site.listed), 'paper')}", "browse/index.md"),) if site.listed else (),
        beside=topic_lines(site),
        feeds=(FeedLink("all", "All papers"),),
        invitation=(FileLink("How papers are added", "guide/curating.md"),),
        form=form,
        terms=(settings.licence, settings.contact) if settings.licence or settings.contact else None,
    )


def _home_facts(site: Site) -> Iterator[FileLink]:
    """Give how many papers there are, on how many topics, and how recent and how well dated they are."""
    if not site.listed:
        return
    yield FileLink(text.plural(len(site.listed), "paper"), "browse/index.md")
    if site.corpus.topics:
        yield FileLink(text.plural(len(site.corpus.topics), "topic"), "topics/index.md")
    newest = next((year for year in site.by_year if year != UNDATED), "")
    if newest:
        yield FileLink(f"{len(site.by_year[newest]):,} from {newest}", f"browse/{newest}.md")
    if UNDATED in site.by_year:
        yield FileLink(f"{len(site.by_year[UNDATED]):,} without a date", f"browse/{UNDATED}.md")


def _newest_sections(site: Site, listing: dict[str, Listing]) -> Iterator[Section]:
    """Give the newest papers by the month of their date; the last month may be shown in part."""
    whole = Counter(paper.date[:7] for paper in site.newest)
    for month, papers in grouped(site.newest[:NEWEST], lambda paper: (paper.date[:7],)).items():
        yield Section(text.long_date(month) if month else year_name(UNDATED), _listings(papers, listing), whole[month])


def _listing(paper: Paper, topics: dict[str, TopicLink]) -> Listing:
    return Listing(paper, url_of(f"papers/{paper.id}.md"), tuple(topics[slug] for slug in paper.topics))


def _listings(papers: Sequence[Paper], listing: dict[str, Listing]) -> tuple[Listing, ...]:
    return tuple(listing[paper.id] for paper in papers)


def _exports_page(site: Site, *, beside_papers: bool) -> ListPage:
    """Give the page that leads to the papers as files, all of them and by topic."""
    count = len(site.listed)
    each = "each topic and each paper" if beside_papers else "each topic"
    lead = f"The papers as files, to cite and to compute with. Beside the page of {each} are its own."
    whole = Way("All papers", "browse/index.md", count, files=file_links("exports/papers"))
    return ListPage(
        "exports/index.md",
        "Exports",
        lead,
        note="" if count else "No papers yet",
        groups=(WayGroup("Everything", (whole,)), *topic_files(site)) if count else (),
    )


def _sitemap(articles: Sequence[ArticlePage], site_url: str) -> Iterator[tuple[str, str]]:
    for page in articles:
        if not isinstance(page, MovedPage):
            yield site_url + url_of(page.path), _updated(page)


def _updated(page: ArticlePage) -> str:
    """Give when the newest change was made to what a page shows of records, or ""."""
    if isinstance(page, PaperPage):
        return page.listing.paper.updated
    sections = page.sections if isinstance(page, ListPage) else ()
    return max((listing.paper.updated for section in sections for listing in section.listings), default="")


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
