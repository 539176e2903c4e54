"""The plan: which files the site has, and at which path."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.pages import (
    ArticlePage,
    Feed,
    FeedLink,
    FeedPage,
    FeedsPage,
    Listing,
    ListPage,
    MovedPage,
    Page,
    PaperPage,
    SearchPage,
    Section,
    SitemapPage,
    SummaryPage,
    TopicLink,
    Way,
    WayGroup,
    feed_window,
    url_of,
)
from sitegen.site import UNDATED, Site, grouped, year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sitegen.model import Paper, Topic

LIST_LIMIT = 300
NEWEST = 20
KIND_NAMES = {
    "survey": "Surveys",
    "benchmark": "Benchmarks",
    "dataset": "Datasets",
    "method": "Methods",
    "theory": "Theory",
    "system": "Systems",
    "position": "Positions",
}


def plan(site: Site, site_url: str) -> Iterator[Page]:
    """Give every page of the site: what it is made of, where it stands; `site_url` is absolute, ending in "/"."""
    groups = list(dict.fromkeys(topic.group for topic in site.corpus.topics if topic.group))
    topics = {topic.slug: _topic_link(topic, groups) for topic in site.corpus.topics}
    listing = {paper.id: _listing(paper, topics) for paper in site.corpus.papers}
    articles = tuple(_articles(site, topics, listing))
    yield from articles
    yield from _feeds(site, listing, site_url)
    yield SearchPage("search/index.json", _listings(site.listed, listing))
    yield SitemapPage("sitemap.xml", tuple(_sitemap(articles, site_url)))
    yield _summary(site, site_url)


def _articles(site: Site, topics: dict[str, TopicLink], listing: dict[str, Listing]) -> Iterator[ArticlePage]:
    """Give the pages that people read, in the order of the site's ways in."""
    yield _home(site, listing)
    for paper in site.corpus.papers:
        yield PaperPage(f"papers/{paper.id}.md", paper.title, listing[paper.id], _paper_feeds(paper, topics))
        for alias in paper.aliases:
            yield MovedPage(f"papers/{alias}.md", paper.title, listing[paper.id])
    yield ListPage("topics/index.md", "Topics", _topics_lead(site), groups=_topic_groups(site))
    for topic in site.corpus.topics:
        yield from _topic_pages(topic, _listings(site.by_topic[topic.slug], listing))
    yield ListPage("browse/index.md", "All papers", _browse_lead(site), groups=_browse_groups(site))
    for year, papers in site.by_year.items():
        yield from _year_pages(year, _listings(papers, listing))
    for kind, papers in site.by_kind.items():
        yield from _list_pages(f"kinds/{kind}", KIND_NAMES[kind], _listings(papers, listing))
    yield FeedsPage("feeds/index.md", "Feeds", site.corpus.settings.title, _all_feeds(site))


def _home(site: Site, listing: dict[str, Listing]) -> ListPage:
    """Give the home page: what this is, the newest papers, the topics."""
    settings = site.corpus.settings
    newest = _listings(site.newest[:NEWEST], listing)
    topics = [way for group in _topic_groups(site) for way in group.ways]
    return ListPage(
        "index.md",
        settings.title,
        settings.description,
        note=_home_note(site),
        sections=(Section("Newest papers", newest),) if newest else (),
        groups=_filled(WayGroup("Topics", tuple(replace(way, note="") for way in topics))),
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


def _topic_link(topic: Topic, groups: list[str]) -> TopicLink:
    url = url_of(f"topics/{topic.slug}.md")
    colour = groups.index(topic.group) + 1 if topic.group else 0
    return TopicLink(topic.slug, topic.name, topic.short or topic.name, topic.group, url, colour)


def _listing(paper: Paper, topics: dict[str, TopicLink]) -> Listing:
    return Listing(paper, url_of(f"papers/{paper.id}.md"), tuple(topics[slug] for slug in paper.topics))


def _listings(papers: Sequence[Paper], listing: dict[str, Listing]) -> tuple[Listing, ...]:
    return tuple(listing[paper.id] for paper in papers)


def _paper_feeds(paper: Paper, topics: dict[str, TopicLink]) -> tuple[FeedLink, ...]:
    return tuple(FeedLink(f"topics/{slug}", topics[slug].name) for slug in paper.topics)


def _all_feeds(site: Site) -> tuple[FeedLink, ...]:
    return (FeedLink("all", "All papers"), *(FeedLink(f"topics/{t.slug}", t.name) for t in site.corpus.topics))


def _topics_lead(site: Site) -> str:
    if not site.corpus.topics:
        return "No topics yet."
    return f"{text.plural(len(site.listed), 'paper')} sorted into {text.plural(len(site.corpus.topics), 'topic')}."


def _topic_groups(site: Site) -> tuple[WayGroup, ...]:
    """Give the topics by group, groups and topics in the order of topics.yaml."""
    groups: dict[str, list[Way]] = {}
    for topic in site.corpus.topics:
        way = Way(topic.name, f"topics/{topic.slug}.md", len(site.by_topic[topic.slug]), topic.description)
        groups.setdefault(topic.group, []).append(way)
    return tuple(WayGroup(name, tuple(ways)) for name, ways in groups.items())


def _browse_lead(site: Site) -> str:
    if not site.listed:
        return "No papers yet."
    return f"{text.plural(len(site.listed), 'paper')}, by the year of their own date and by kind."


def _browse_groups(site: Site) -> tuple[WayGroup, ...]:
    years = tuple(Way(_year_name(year), f"browse/{year}.md", len(papers)) for year, papers in site.by_year.items())
    kinds = tuple(
        Way(name, f"kinds/{kind}.md", len(site.by_kind[kind]))
        for kind, name in KIND_NAMES.items()
        if kind in site.by_kind
    )
    return _filled(WayGroup("By year", years), WayGroup("By kind", kinds))


def _year_name(year: str) -> str:
    return "Without a date" if year == UNDATED else year


def _topic_pages(topic: Topic, listings: tuple[Listing, ...]) -> Iterator[ListPage]:
    feeds = (FeedLink(f"topics/{topic.slug}", topic.name),)
    yield from _list_pages(f"topics/{topic.slug}", topic.name, listings, topic.description, feeds)


def _list_pages(
    stem: str, title: str, listings: tuple[Listing, ...], lead: str = "", feeds: tuple[FeedLink, ...] = ()
) -> Iterator[ListPage]:
    """Give a list by year, and where it is longer than a page may be, one page a year below it."""
    note = text.plural(len(listings), "paper") if listings else "No papers yet"
    years = _by(listings, lambda listing: year_of(listing.paper))
    if len(listings) <= LIST_LIMIT:
        sections = tuple(Section(_year_name(year), papers) for year, papers in years)
        yield ListPage(f"{stem}.md", title, lead, note, sections=sections, feeds=feeds)
        return
    ways = tuple(Way(_year_name(year), f"{stem}/{year}.md", len(papers)) for year, papers in years)
    yield ListPage(f"{stem}.md", title, lead, note, groups=(WayGroup("By year", ways),), feeds=feeds)
    for year, papers in years:
        yield from _parts(f"{stem}/{year}", f"{title}: {_year_name(year)}", papers)


def _year_pages(year: str, listings: tuple[Listing, ...]) -> Iterator[ListPage]:
    """Give a year by month, and where it is longer than a page may be, one page a month below it."""
    stem, title = f"browse/{year}", _year_name(year)
    months = _by(listings, lambda listing: listing.paper.date[5:7])
    if year == UNDATED or len(listings) <= LIST_LIMIT or len(months) == 1:
        yield from _parts(stem, title, listings)
        return
    ways = tuple(Way(_month_name(year, month), f"{stem}/{month or 'year'}.md", len(papers)) for month, papers in months)
    yield ListPage(f"{stem}.md", title, note=text.plural(len(listings), "paper"), groups=(WayGroup("By month", ways),))
    for month, papers in months:
        yield from _parts(f"{stem}/{month or 'year'}", _month_name(year, month), papers)


def _parts(stem: str, title: str, listings: tuple[Listing, ...]) -> Iterator[ListPage]:
    """Give a list on one page, or in parts counted from the oldest, so that a new paper moves no other."""
    note = text.plural(len(listings), "paper")
    if len(listings) <= LIST_LIMIT:
        yield ListPage(f"{stem}.md", title, note=note, sections=_month_sections(listings))
        return
    oldest_first = tuple(sorted(listings, key=lambda listing: listing.paper.order))
    parts = [oldest_first[start : start + LIST_LIMIT] for start in range(0, len(oldest_first), LIST_LIMIT)]
    ways = tuple(Way(f"Part {n}", f"{stem}/part-{n}.md", len(part)) for n, part in enumerate(parts, 1))
    yield ListPage(f"{stem}.md", title, note=note, groups=(WayGroup("In the order they were added", ways),))
    for number, part in enumerate(parts, 1):
        yield ListPage(f"{stem}/part-{number}.md", f"{title}, part {number}", sections=(Section("", part),))


def _month_sections(listings: tuple[Listing, ...]) -> tuple[Section, ...]:
    months = _by(listings, lambda listing: listing.paper.date[:7])
    return tuple(Section(text.long_date(month) if month else "", papers) for month, papers in months)


def _month_name(year: str, month: str) -> str:
    return text.long_date(f"{year}-{month}") if month else f"{year}, month unknown"


def _by(listings: tuple[Listing, ...], key: Callable[[Listing], str]) -> list[tuple[str, tuple[Listing, ...]]]:
    """Cut a sorted list where its key changes."""
    listing_of = {listing.paper.id: listing for listing in listings}
    groups = grouped([listing.paper for listing in listings], lambda paper: (key(listing_of[paper.id]),))
    return [(name, _listings(papers, listing_of)) for name, papers in groups.items()]


def _feeds(site: Site, listing: dict[str, Listing], site_url: str) -> Iterator[FeedPage]:
    """Give each feed in each of its formats."""
    settings = site.corpus.settings
    sources = [("all", settings.title, settings.description, "", site.listed)]
    for topic in site.corpus.topics:
        papers = tuple(sorted(site.by_topic[topic.slug], key=lambda paper: paper.order))
        page = url_of(f"topics/{topic.slug}.md")
        sources.append((f"topics/{topic.slug}", f"{settings.title}: {topic.name}", topic.description, page, papers))
    for name, title, description, url, papers in sources:
        announced = tuple(paper for paper in papers if paper.announce)
        entries = feed_window(_listings(announced, listing))
        identity = settings.feed
        feed = Feed(name, title, description, url, site_url, identity.authority, identity.since, entries)
        for kind in ("atom", "rss"):
            yield FeedPage(f"feeds/{name}.{kind}.xml", kind, feed)


def _sitemap(articles: Sequence[ArticlePage], site_url: str) -> Iterator[tuple[str, str]]:
    for page in articles:
        if isinstance(page, PaperPage):
            yield site_url + url_of(page.path), page.listing.paper.updated
        elif not isinstance(page, MovedPage):
            yield site_url + url_of(page.path), ""


def _summary(site: Site, site_url: str) -> SummaryPage:
    settings = site.corpus.settings
    ways = [("All papers", f"{site_url}browse/", "every paper by year"), ("Feeds", f"{site_url}feeds/", "Atom and RSS")]
    ways += [(t.name, f"{site_url}topics/{t.slug}.md", t.description) for t in site.corpus.topics]
    return SummaryPage("llms.txt", settings.title, settings.description, tuple(ways))
