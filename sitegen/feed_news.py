"""What subscribers get from a change: which entries each live feed gains, and which it would announce again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING

from sitegen.digests import changes, weeks
from sitegen.feed_plan import author_links
from sitegen.pages import Changed, Feed, FeedItem, Listing, Week
from sitegen.windows import published

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sitegen.model import Paper
    from sitegen.site import Site


@dataclass(frozen=True, slots=True)
class FeedNews:
    """A feed that changes for its subscribers; entries are named as in their tags: "paper/x", "week/2025-W45".

    `new` were never in the feed, `again` were announced once and would be so again, `gone` were in the live feed and
    belong to it no more (newer entries have not just pushed them out). `late` are digests that subscribers have had and
    that hold other papers now: no reader shows them again.
    """

    name: str
    title: str
    new: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    late: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A site and its live feeds by name, as subscribers have them."""

    site: Site
    listing: Mapping[str, Listing]
    feeds: Mapping[str, Feed]


def feed_news(base: Published, head: Published, same: Mapping[str, str]) -> tuple[FeedNews, ...]:
    """Give the feeds that gain, repeat or lose entries, in the order in which people see them.

    `same` are ids of new records that are papers of the base under another id there.
    """
    # A retracted paper was announced once as well.
    told, holds = _entries(base, base.site.corpus.papers), _entries(head, head.site.listed)
    # Entries under other tags are others to every reader.
    known = base.feeds if _identity(base) == _identity(head) else {}
    found = [
        _news(feed, told.get(name, {}), known.get(name), holds.get(name, {}), same) for name, feed in head.feeds.items()
    ]
    found += [
        FeedNews(name, feed.title, gone=_window(feed)) for name, feed in base.feeds.items() if name not in head.feeds
    ]
    return tuple(news for news in found if news.new or news.again or news.gone or news.late)


@singledispatch
def entry_name(item: object) -> str:
    """Give what makes an entry's id within its feeds' tag."""
    raise TypeError(type(item))


@entry_name.register(Listing)
def _paper_name(listing: Listing) -> str:
    return f"paper/{listing.paper.id}"


@entry_name.register(Week)
def _week_name(week: Week) -> str:
    return f"week/{week.name}" + (f"/{week.part}" if week.part > 1 else "")


@entry_name.register(Changed)
def _change_name(changed: Changed) -> str:
    return f"paper/{changed.listing.paper.id}/change/{changed.changes[0].at}"


def _news(
    feed: Feed, told: Mapping[str, str], before_it: Feed | None, holds: Collection[str], same: Mapping[str, str]
) -> FeedNews:
    """Compare a feed with what its subscribers were `told` before, and when, and with the feed that they had."""
    was = _window(before_it)
    new, again, window = [], [], set(was)
    for item in feed.entries:
        name = entry_name(item)
        before = told.get(name, told.get(_before(item, same), ""))
        if not before:
            new.append(name)
        elif name not in window or published(item) > before:
            again.append(name)
    gone = tuple(one for one in was if one not in holds)
    late = tuple(_late(feed, before_it)) if before_it else ()
    return FeedNews(feed.name, feed.title, tuple(new), tuple(again), gone, late)


def _late(feed: Feed, before: Feed) -> Iterator[str]:
    """Find weeks that both feeds tell of, with other papers."""
    had = {entry_name(week): _papers(week) for week in before.entries if isinstance(week, Week)}
    for week in feed.entries:
        if isinstance(week, Week) and had.get(name := entry_name(week), papers := _papers(week)) != papers:
            yield name


def _papers(week: Week) -> tuple[str, ...]:
    return tuple(listing.paper.id for listing in week.listings)


def _window(feed: Feed | None) -> tuple[str, ...]:
    return tuple(entry_name(item) for item in feed.entries) if feed else ()


def _before(item: FeedItem, same: Mapping[str, str]) -> str:
    """Give the entry that a paper was under its former id; "" for what has none."""
    known = same.get(item.paper.id, "") if isinstance(item, Listing) else ""
    return f"paper/{known}" if known else ""


def _entries(side: Published, papers: Iterable[Paper]) -> dict[str, dict[str, str]]:
    """Give what each feed could hold were its window endless, of these papers: its entries, when each was published."""
    entries: dict[str, dict[str, str]] = {}
    own = author_links(side.site)
    for paper in papers:
        names = ["all", *(f"topics/{slug}" for slug in paper.topics), *([f"kinds/{paper.kind}"] if paper.kind else [])]
        for name in [*names, *(feed.name for feed in own.get(paper.id, ()))] if paper.announce else []:
            entries.setdefault(name, {})[f"paper/{paper.id}"] = paper.added
    listed = [side.listing[paper.id] for paper in side.site.listed]
    newest = max((paper.added for paper in side.site.corpus.papers), default="")
    entries["weekly"] = {entry_name(week): week.end for week in weeks(listed, newest)}
    found = changes(side.site.corpus.papers, dict(side.listing))
    entries["changes"] = {entry_name(changed): published(changed) for changed in found}
    return entries


def _identity(site: Published) -> tuple[str, str]:
    identity = site.site.corpus.settings.feed
    return (identity.authority, identity.since)
