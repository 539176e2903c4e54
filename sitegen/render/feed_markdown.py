"""Feeds as people see them, in Markdown: their addresses on any page, and the page about all of them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from sitegen import latex, text
from sitegen.feed_formats import FEED_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.feed_rows import FeedRow
    from sitegen.pages import FeedLink, FeedsPage

_LEAD = (
    "Copy an address into a feed reader and new papers come to you: whole abstracts, no account, no tracking. "
    "A feed reader gathers what is new on many sites; Thunderbird, Zotero, NetNewsWire and Feedly are some. "
    "Every feed is there as Atom, RSS and JSON Feed, which say the same. "
    "Whoever looks once in two weeks misses nothing, and each Atom feed leads to archives of all that came before."
)


def feed_links(name: str, page_path: str) -> str:
    """Give a feed's addresses as links, one for each format, from the page at `page_path`."""
    folder = posixpath.dirname(page_path) or "."
    return " ".join(
        _link(form.words, posixpath.relpath(f"feeds/{name}{form.suffix}", folder), "feed") for form in FEED_FORMATS
    )


def feed_list(feeds: tuple[FeedLink, ...], page_path: str) -> str:
    """Give feeds as a list, each with its addresses."""
    return "\n".join(
        f"- *{text.escape_markdown(feed.title)}*{{.name}} {feed_links(feed.name, page_path)}" for feed in feeds
    )


def feeds_blocks(page: FeedsPage) -> Iterator[str]:
    """Give the page about all feeds, block by block."""
    yield f"# {text.escape_markdown(page.title)}"
    if not page.feeds:
        yield "The site that `sitegen build` makes has feeds; this plainer copy of it has none."
        return
    yield _LEAD
    yield f"All of them at once, for a reader that imports lists: {_link('OPML', 'index.opml', 'file')}"
    groups: dict[str, list[FeedRow]] = {}
    for row in page.feeds:
        groups.setdefault(row.group, []).append(row)
    for group, rows in groups.items():
        yield f"## {text.escape_markdown(group)}"
        yield "\n".join(_row(row, page) for row in rows)


def _row(row: FeedRow, page: FeedsPage) -> str:
    """Give a feed: its name, its addresses, what it is, how many papers and how often, and the newest of them."""
    name = text.escape_markdown(row.title)
    own_page = row.url and not row.url.startswith(("feeds/", "browse/"))
    way = posixpath.relpath(row.url.rstrip("/") + ".md", posixpath.dirname(page.path) or ".")
    opened = f"feed:{page.site_url}feeds/{row.name}{FEED_FORMATS[0].suffix}"
    lines = [
        f"- {_link(name, way, 'name') if own_page else f'*{name}*{{.name}}'} {feed_links(row.name, page.path)} "
        + _link("Open in a reader", opened, "opens")
    ]
    facts = ", ".join(fact for fact in (row.amount, row.pace) if fact)
    facts = facts[:1].upper() + facts[1:]
    lines.append(f"  *{text.escape_markdown(f'{row.about} {facts}.'.strip())}*{{.about}}")
    lines += [f"  {_link(_title(title), f'../{path}', 'newest')}" for title, path in row.newest]
    return "\n".join(lines)


def _title(title: str) -> str:
    return text.escape_markdown(text.one_line(latex.plain_text(text.one_line(title))))


def _link(words: str, target: str, kind: str) -> str:
    """Give a link whose words are already Markdown; `kind` becomes its class. Our own addresses need no escape."""
    return f"[{words}](<{target}>){{.{kind}}}"
