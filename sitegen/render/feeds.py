"""A planned feed as its files: one list of entries, written in each format, with links from each to the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.feed_formats import FEED_FORMATS
from sitegen.output import Output
from sitegen.render.feed_entries import feed_entries, feed_id, feed_updated
from sitegen.render.feed_json import write_json
from sitegen.render.feed_written import DocumentLink, WrittenFeed
from sitegen.render.feed_xml import write_atom, write_rss
from sitegen.text import clean, long_date, one_line

if TYPE_CHECKING:
    from sitegen.feed_formats import FeedFormat
    from sitegen.pages import ArchivePage, Feed, FeedPage
    from sitegen.render.feed_written import Entry

_WRITERS = {"atom": write_atom, "rss": write_rss, "json": write_json}


def feed_paths(page: FeedPage) -> tuple[str, ...]:
    """Give the paths of a feed's files, those of other names last."""
    return (*(page.path + form.suffix for form in FEED_FORMATS), *(path for path, _ in page.aliases))


def render_feed(page: FeedPage) -> tuple[Output, ...]:
    """Give the files of a feed, newest entry first; the same page gives the same bytes anywhere and at any time."""
    entries = feed_entries(page.feed)
    bodies = {form.name: _WRITERS[form.name](_live(page, form, entries)) for form in FEED_FORMATS}
    names = [*(form.name for form in FEED_FORMATS), *(name for _, name in page.aliases)]
    return tuple(Output(path, bodies[name]) for path, name in zip(feed_paths(page), names, strict=True))


def render_archive(page: ArchivePage) -> Output:
    """Give an archive, which is Atom; it is as old as its newest entry."""
    site_url, atom = page.feed.site_url, FEED_FORMATS[0].media_type
    linked = [
        ("current", f"feeds/{page.feed.name}{FEED_FORMATS[0].suffix}"),
        ("prev-archive", page.older),
        ("next-archive", page.newer),
    ]
    links = tuple(DocumentLink(rel, site_url + path, atom) for rel, path in linked if path)
    entries = feed_entries(page.feed, whole=page.whole)
    title = f"{_title(page.feed)}, {long_date(page.month)}"
    return Output(page.path, write_atom(_written(page.feed, title, site_url + page.path, links, entries, archive=True)))


def _live(page: FeedPage, own: FeedFormat, entries: tuple[Entry, ...]) -> WrittenFeed:
    feed = page.feed
    links = [
        DocumentLink("alternate", feed.site_url + page.path + form.suffix, form.media_type)
        for form in FEED_FORMATS
        if form != own
    ]
    if feed.archive:
        links.append(DocumentLink("prev-archive", feed.site_url + feed.archive, FEED_FORMATS[0].media_type))
    written = _written(feed, _title(feed), feed.site_url + page.path + own.suffix, tuple(links), entries)
    return replace(written, hub=feed.hub)


def _written(  # noqa: PLR0913 (what a document says, each once)
    feed: Feed,
    title: str,
    address: str,
    links: tuple[DocumentLink, ...],
    entries: tuple[Entry, ...],
    *,
    archive: bool = False,
) -> WrittenFeed:
    return WrittenFeed(
        id=feed_id(feed),
        title=title,
        author=_title(feed),
        subtitle=one_line(clean(feed.description)) or title,
        url=feed.site_url + feed.url,
        address=address,
        updated=feed_updated(feed),
        links=links,
        entries=entries,
        archive=archive,
    )


def _title(feed: Feed) -> str:
    return one_line(clean(feed.title)) or feed.name
