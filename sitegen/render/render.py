"""One planned page -> its files: the table of which renderer makes what."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sitegen.feed_rows import OpmlPage
from sitegen.machine_pages import OpenSearchPage, RobotsPage, SitemapPage, SummaryPage
from sitegen.output import Output
from sitegen.pages import (
    ArchivePage,
    ExportPage,
    FeedPage,
    FeedsPage,
    ListPage,
    MovedPage,
    Page,
    PaperPage,
    SearchPage,
    shell_of,
    url_of,
)
from sitegen.render import exports, feeds, listings, opml, search
from sitegen.render.article import article
from sitegen.render.coins import coins
from sitegen.render.head import address, description, head, plain_title
from sitegen.render.markdown import markdown
from sitegen.render.shell import Shell, Stamp, stamp
from sitegen.render.small import small_html, small_markdown

ARTICLES = (PaperPage, ListPage, FeedsPage, MovedPage)
Shells = Mapping[str, Shell]


def render(page: Page, shells: Shells, site_url: str) -> tuple[Output, ...]:
    """Give the files of one page; an article needs the shell it stands in."""
    return _RENDERERS[type(page)](page, shells, site_url)


def paths(page: Page) -> tuple[str, ...]:
    """Give the paths of the files that `render` makes of a page, in the same order, without making them.

    All but those of the search that are named by their content: what they are only making them shows.
    """
    if isinstance(page, ARTICLES):
        return (posixpath.join(url_of(page.path), "index.html"), page.path)
    if isinstance(page, FeedPage):
        return feeds.feed_paths(page)
    if isinstance(page, ExportPage):
        return exports.export_paths(page)
    if isinstance(page, SitemapPage):
        return listings.sitemap_paths(page)
    return (page.path,)


def _article(page: PaperPage | ListPage | FeedsPage | MovedPage, shells: Shells, site_url: str) -> tuple[Output, ...]:
    source = markdown(page)
    made, tags = article(source, page.path), head(page, site_url)
    if isinstance(page, PaperPage | ListPage) and page.compact:
        made, tags, source = replace(made, html=small_html(made.html)), small_html(tags), small_markdown(source)
    if isinstance(page, ListPage):
        listed = (listing for section in page.sections for listing in section.listings)
        made = replace(made, html=made.html + coins(listed, site_url))
    content = Stamp(made, plain_title(page), description(page), address(page, site_url), tags)
    whole = stamp(shells[shell_of(page.path)], content)
    html, md = paths(page)
    return (Output(html, whole), Output(md, source.encode()))


def _feed(page: FeedPage, _shells: Shells, _site_url: str) -> tuple[Output, ...]:
    return feeds.render_feed(page)


def _archive(page: ArchivePage, _shells: Shells, _site_url: str) -> tuple[Output, ...]:
    return (feeds.render_archive(page),)


def _opml(page: OpmlPage, _shells: Shells, _site_url: str) -> tuple[Output, ...]:
    return (Output(page.path, opml.render_opml(page)),)


def _search(page: SearchPage, _shells: Shells, _site_url: str) -> tuple[Output, ...]:
    return search.render_search(page)


def _sitemap(page: SitemapPage, _shells: Shells, _site_url: str) -> tuple[Output, ...]:
    return listings.sitemap(page)


def _summary(page: SummaryPage, _shells: Shells, _site_url: str) -> tuple[Output, ...]:
    return (Output(page.path, listings.summary(page)),)


def _open_search(page: OpenSearchPage, _shells: Shells, _site_url: str) -> tuple[Output, ...]:
    return (Output(page.path, listings.open_search(page)),)


def _export(page: ExportPage, _shells: Shells, _site_url: str) -> tuple[Output, ...]:
    return exports.render_exports(page)


def _robots(page: RobotsPage, _shells: Shells, _site_url: str) -> tuple[Output, ...]:
    return (Output(page.path, listings.robots(page)),)


_RENDERERS: dict[type, Callable[[Any, Shells, str], tuple[Output, ...]]] = {
    **dict.fromkeys(ARTICLES, _article),
    FeedPage: _feed,
    ArchivePage: _archive,
    OpmlPage: _opml,
    ExportPage: _export,
    SearchPage: _search,
    SitemapPage: _sitemap,
    RobotsPage: _robots,
    SummaryPage: _summary,
    OpenSearchPage: _open_search,
}
